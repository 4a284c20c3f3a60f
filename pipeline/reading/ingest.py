"""Files into the corpus: each is added, is there already, or is refused with the reason."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from pipeline.errors import ArticleError, PipelineError
from pipeline.files import sha256_of_file, sha256_of_text
from pipeline.lexicon.intake_words import NO_WORDS, IntakeWords
from pipeline.reading.corpus import TABLE_SUFFIXES, Corpus
from pipeline.reading.duplicates import DUPLICATE_OF
from pipeline.reading.invisible import count_invisible, invisible_in_words
from pipeline.reading.known import Known, source_of
from pipeline.reading.language import ENGLISH, check_language
from pipeline.reading.linking import Linked, apply_link, link
from pipeline.reading.metadata import read_metadata
from pipeline.reading.prepare import Prepared, is_converted, prepare_file
from pipeline.reading.safety import MAX_FILE_BYTES
from pipeline.reading.storing import (
    corrected_metadata,
    differences,
    store,
    store_links,
    store_metadata,
)
from pipeline.reading.tables import BadRow, Columns, prepare_table


@dataclass(frozen=True, slots=True)
class Added:
    """A file that became an article; ``notes`` say what was converted.

    ``warnings`` say why its text is doubtful: somebody has to look at it.
    """

    path: Path
    article: str
    characters: int
    notes: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Corrected:
    """A file whose text is in the corpus already, as ``article``, which has other metadata now."""

    path: Path
    article: str
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Unchanged:
    """A file whose text is in the corpus already, as ``article``; nothing was written."""

    path: Path
    article: str
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Refused:
    """A file that was not taken; ``cause`` is one word, ``message`` is for a person."""

    path: Path
    cause: str
    message: str


Outcome = Added | Corrected | Unchanged | Refused


@dataclass(frozen=True, slots=True)
class Adding:
    """How files are added, the same for all of a call.

    ``metadata`` goes before what the files say. ``languages`` are the codes of those that
    something reads. ``on_fault`` is told of each article of the corpus that cannot be read, and
    that nothing is compared with. With ``replace`` another text under an id that is taken replaces
    the old one, and other metadata those of a text that is there. ``words`` are those by which
    columns and the lines over a text are known; ``decided`` gives the articles that have
    decisions: a copy with them counts before one without.
    """

    metadata: Mapping[str, object] = field(default_factory=dict)
    columns: Columns = field(default_factory=Columns)
    languages: Collection[str] = (ENGLISH,)
    replace: bool = False
    dry_run: bool = False
    on_fault: Callable[[str], None] = lambda _: None
    words: IntakeWords = NO_WORDS
    decided: Callable[[], Collection[str]] = frozenset


def add_files(
    paths: Iterable[Path],
    corpus: Corpus,
    *,
    metadata: Mapping[str, object] | None = None,
    dry_run: bool = False,
    adding: Adding | None = None,
) -> Iterator[Outcome]:
    """The outcome of each file, in order, as it is dealt with; a bad one does not stop the rest.

    An article's id is its file's name in lower case with hyphens. A text that the corpus has
    already, under whatever id, is not added again; one that is almost the same is, and of the two
    the better copy counts: the other one has ``duplicate_of`` in its metadata. Another text under
    an id that is taken is refused (``collision``) unless it is to replace the old one, so that no
    article is overwritten or numbered unasked. A file that was put into the corpus folder itself
    is moved to ``originals/``. A table has an outcome for each row. ``metadata`` and ``dry_run``
    are short for those of ``adding``.

    Raises:
        SettingError: where the corpus is not a folder.
    """
    how = adding or Adding(metadata=metadata or {}, dry_run=dry_run)
    known = Known(corpus)
    known.load(on_fault=how.on_fault)
    for path in paths:
        if path.is_symlink():
            yield _refused_link(path)
        elif path.suffix.lower() in TABLE_SUFFIXES and path.is_file():
            yield from _add_table(path, known, how)
        else:
            yield _guarded(path, known, how, None)


def _refused_link(path: Path) -> Refused:
    """A link that was named is not followed: what it leads to may be changed by others."""
    leads_to = os.path.realpath(path)
    fault = f"{path}: is a link to {leads_to}; name the file itself: claims add {leads_to}"
    return Refused(path, "link", fault)


def _add_table(path: Path, known: Known, how: Adding) -> Iterator[Outcome]:
    try:
        for row in prepare_table(path, how.columns, metadata=how.metadata, words=how.words):
            if isinstance(row, BadRow):
                yield Refused(path, row.cause, row.message)
            else:
                yield _guarded(path, known, how, row)
    except PipelineError as error:
        yield Refused(path, error.cause, str(error))


def _guarded(path: Path, known: Known, how: Adding, prepared: Prepared | None) -> Outcome:
    try:
        if prepared is not None:
            return _add(path, prepared, known, how, in_place=False)
        return _add_file(path, known, how)
    except PipelineError as error:
        return Refused(path, error.cause, str(error))
    except OSError as error:
        return Refused(
            path,
            "unwritable",
            f"{path}: its article cannot be written ({error}); see to {known.corpus.folder}",
        )


def _add_file(path: Path, known: Known, how: Adding) -> Added | Corrected | Unchanged:
    corpus = known.corpus
    if is_converted(path) and path.is_file() and path.stat().st_size <= MAX_FILE_BYTES:
        same = known.made_from(sha256_of_file(path))
        again = same is not None and how.replace and (known.edited(same) or bool(how.metadata))
        if same is not None and not again:  # a conversion takes long, and gives what it gave
            return _unchanged(path, same, known, how)
    prepared = prepare_file(path, metadata=how.metadata, words=how.words)
    in_place = path.resolve() == corpus.text_path(prepared.article).resolve()
    outcome = _add(path, prepared, known, how, in_place=in_place)
    inside = path.parent.resolve() == corpus.folder.resolve()
    if isinstance(outcome, Added) and inside and not (in_place or how.dry_run):
        path.unlink()  # its bytes are in originals/
    return outcome


def _add(
    path: Path, prepared: Prepared, known: Known, how: Adding, *, in_place: bool
) -> Added | Corrected | Unchanged:
    metadata_path = known.corpus.metadata_path(prepared.article)
    same = known.by_hash.get(sha256_of_text(prepared.text))
    if same is not None and (same != prepared.article or not in_place or metadata_path.exists()):
        return _add_again(path, prepared, same, known, how)
    made = None if in_place else _made_before(prepared, known)
    if made is not None and not how.replace:
        return _edited_since(path, prepared, made)
    if made is not None:
        prepared = _as_before(prepared, made)
    replaces = prepared.article in known.by_id and not in_place
    if replaces and not how.replace:
        raise ArticleError(
            f"{path}: the corpus has another text as {prepared.article!r}; rename the file to add "
            "it as well, or add it with --replace if it is a newer version of that",
            cause="collision",
        )
    prepared = _with_language(prepared, path, how)
    return _add_text(path, prepared, known, how, in_place=in_place, replaces=replaces)


def _add_text(
    path: Path, prepared: Prepared, known: Known, how: Adding, *, in_place: bool, replaces: bool
) -> Added:
    """The text as an article, written, and linked with those that are almost the same."""
    article, corpus = prepared.article, known.corpus
    there = read_metadata(corpus.metadata_path(article))
    linked = Linked()
    if DUPLICATE_OF not in there or "source" in there:  # else somebody said so before it was added
        linked = link(article, prepared.text, known, how.decided)
    notes = [*prepared.notes, *linked.notes]
    if replaces:
        notes.append("in place of the earlier text")
        notes += differences(there, prepared, how.metadata)
    if not how.dry_run:
        store(prepared, known, linked, metadata=how.metadata, in_place=in_place, replaces=replaces)
        notes += store_links(article, linked, corpus)
    known.take(prepared, sha256_of_text(prepared.text))
    apply_link(article, linked, known)
    if unseen := invisible_in_words(count_invisible(prepared.text)):
        notes.append(unseen)
    return Added(path, article, len(prepared.text), tuple(notes), prepared.warnings)


def _edited_since(path: Path, prepared: Prepared, made: str) -> Unchanged:
    """What is told of a file whose article was edited after it was added."""
    edited = "was edited in the corpus since"
    if _is_row(prepared):
        edited += ", or is of another column; --replace takes this one"
    return Unchanged(path, made, (f"its text {edited}",))


def _made_before(prepared: Prepared, known: Known) -> str | None:
    """The article that was made from this very file, or this row of it, and then edited."""
    source = source_of(prepared.metadata)
    made = None if source is None else known.made_from(*source)
    if made is None or (made != prepared.article and not _is_row(prepared)):
        return None
    return made


def _is_row(prepared: Prepared) -> bool:
    source = source_of(prepared.metadata)
    return source is not None and source[1] is not None


def _as_before(prepared: Prepared, article: str) -> Prepared:
    """A row under the id that it has in the corpus: decisions on it keep their place."""
    if prepared.article == article:
        return prepared
    return replace(
        prepared, article=article, notes=(*prepared.notes, _to_rename(article, prepared.article))
    )


def _to_rename(old: str, new: str) -> str:
    return f"it is {old} already; for the other id: claims rename {old} {new}"


def _add_again(
    path: Path, prepared: Prepared, article: str, known: Known, how: Adding
) -> Added | Corrected | Unchanged:
    """What becomes of a text that is in the corpus: its metadata change where that is asked for."""
    same_source = _made_before(prepared, known) == article
    if article != prepared.article and not same_source:
        return _unchanged(path, article, known, how)
    there = read_metadata(known.corpus.metadata_path(article))
    notes: tuple[str, ...] = ()
    if article != prepared.article:
        notes = (_to_rename(article, prepared.article),)
    different = differences(there, prepared, how.metadata)
    if not different:
        return Unchanged(path, article, notes)
    if not how.replace:
        if not (_is_row(prepared) and same_source):
            return _unchanged(path, article, known, how)
        told = f"{', '.join(different)} by these columns; correct it with --replace"
        return Unchanged(path, article, (*notes, told))
    if not how.dry_run:
        store_metadata(article, corrected_metadata(there, prepared, how.metadata), known.corpus)
    return Corrected(path, article, (*different, *notes))


def _unchanged(path: Path, article: str, known: Known, how: Adding) -> Unchanged:
    edit = f"to change its metadata: claims edit {article}, or --replace"
    edit += f" (they are in {known.corpus.metadata_path(article)})"
    return Unchanged(path, article, (edit,) if how.metadata else ())


def _with_language(prepared: Prepared, path: Path, how: Adding) -> Prepared:
    """The article, its language in the metadata where it is one that was routed."""
    found = check_language(prepared.text, how.metadata, name=str(path), languages=how.languages)
    if found is None or found == ENGLISH or "language" in prepared.metadata:
        return prepared
    return replace(prepared, metadata={**prepared.metadata, "language": found})
