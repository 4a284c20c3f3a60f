"""Files into the corpus: each is added, is there already, or is refused with the reason."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from pipeline.errors import ArticleError, PipelineError
from pipeline.files import (
    sha256_of_bytes,
    sha256_of_file,
    sha256_of_text,
    write_bytes_atomically,
    write_text_atomically,
)
from pipeline.guarded.files import refuse_leaving
from pipeline.reading.corpus import TABLE_SUFFIXES, Corpus
from pipeline.reading.duplicates import DUPLICATE_OF, LIKENESS, duplicate_of
from pipeline.reading.invisible import count_invisible, invisible_in_words
from pipeline.reading.known import Known, stated_metadata
from pipeline.reading.language import ENGLISH, check_language
from pipeline.reading.metadata import read_metadata, write_metadata
from pipeline.reading.pages import PAGES
from pipeline.reading.prepare import Prepared, is_converted, prepare_file
from pipeline.reading.safety import MAX_FILE_BYTES
from pipeline.reading.tables import BadRow, Columns, prepare_table

_OF_THE_TEXT = {PAGES, DUPLICATE_OF, LIKENESS}


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


Outcome = Added | Unchanged | Refused


@dataclass(frozen=True, slots=True)
class Adding:
    """How files are added, the same for all of a call.

    ``metadata`` goes before what the files say. ``languages`` are the codes of those that
    something reads. ``on_fault`` is told of each article of the corpus that cannot be read, and
    that nothing is compared with. With ``replace`` another text under an id that is taken replaces
    the old one.
    """

    metadata: Mapping[str, object] = field(default_factory=dict)
    columns: Columns = field(default_factory=Columns)
    languages: Collection[str] = (ENGLISH,)
    replace: bool = False
    dry_run: bool = False
    on_fault: Callable[[str], None] = lambda _: None


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
    already, under whatever id, is not added again; one that is almost the same is, with
    ``duplicate_of`` in its metadata. Another text under an id that is taken is refused
    (``collision``) unless it is to replace the old one, so that no article is overwritten or
    numbered unasked. A file that was put into the corpus folder itself is moved to
    ``originals/``. A table has an outcome for each row. ``metadata`` and ``dry_run`` are short for
    those of ``adding``.

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
        for row in prepare_table(path, how.columns, metadata=how.metadata):
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


def _add_file(path: Path, known: Known, how: Adding) -> Added | Unchanged:
    corpus = known.corpus
    if is_converted(path) and path.is_file() and path.stat().st_size <= MAX_FILE_BYTES:
        same = known.made_from(sha256_of_file(path))
        again = same is not None and how.replace and known.edited(same)
        if same is not None and not again:  # a conversion takes long, and gives what it gave
            return _unchanged(path, same, known, how)
    prepared = prepare_file(path, metadata=how.metadata)
    in_place = path.resolve() == corpus.text_path(prepared.article).resolve()
    outcome = _add(path, prepared, known, how, in_place=in_place)
    inside = path.parent.resolve() == corpus.folder.resolve()
    if isinstance(outcome, Added) and inside and not (in_place or how.dry_run):
        path.unlink()  # its bytes are in originals/
    return outcome


def _add(
    path: Path, prepared: Prepared, known: Known, how: Adding, *, in_place: bool
) -> Added | Unchanged:
    corpus, sha256 = known.corpus, sha256_of_text(prepared.text)
    metadata_path = corpus.metadata_path(prepared.article)
    same = known.by_hash.get(sha256)
    if same is not None and (same != prepared.article or not in_place or metadata_path.exists()):
        return _unchanged(path, same, known, how)
    taken = prepared.article in known.by_id and not in_place
    if taken and not how.replace:
        if _is_the_original(prepared, stated_metadata(corpus, prepared.article)):
            return Unchanged(path, prepared.article, ("its text was edited in the corpus since",))
        raise ArticleError(
            f"{path}: the corpus has another text as {prepared.article!r}; rename the file to add "
            "it as well, or add it with --replace if it is a newer version of that",
            cause="collision",
        )
    prepared = _with_language(prepared, path, how)
    prepared = _with_duplicate(prepared, known)
    if taken:
        prepared = replace(prepared, notes=(*prepared.notes, "in place of the earlier text"))
    if not how.dry_run:
        _write(prepared, corpus, metadata=how.metadata, in_place=in_place, replaces=taken)
    known.take(prepared, sha256)
    unseen = invisible_in_words(count_invisible(prepared.text))
    notes = (*prepared.notes, unseen) if unseen else prepared.notes
    return Added(path, prepared.article, len(prepared.text), notes, prepared.warnings)


def _is_the_original(prepared: Prepared, metadata: Mapping[str, object]) -> bool:
    """Whether the article was made from this very file, or this row of it, and then edited."""
    old, new = metadata.get("source"), prepared.metadata["source"]
    if not isinstance(old, Mapping) or not isinstance(new, Mapping):
        return False
    return all(old.get(key) == new.get(key) for key in ("sha256", "row"))


def _unchanged(path: Path, article: str, known: Known, how: Adding) -> Unchanged:
    edit = f"edit {known.corpus.metadata_path(article)} to change its metadata"
    return Unchanged(path, article, (edit,) if how.metadata else ())


def _with_language(prepared: Prepared, path: Path, how: Adding) -> Prepared:
    """The article, its language in the metadata where it is one that was routed."""
    found = check_language(prepared.text, how.metadata, name=str(path), languages=how.languages)
    if found is None or found == ENGLISH or "language" in prepared.metadata:
        return prepared
    return replace(prepared, metadata={**prepared.metadata, "language": found})


def _with_duplicate(prepared: Prepared, known: Known) -> Prepared:
    """The article, linked to the one that it is almost the same as, where there is one."""
    found = known.duplicates().find(prepared.text)
    if found is None or found.article == prepared.article:
        return prepared
    first = duplicate_of(stated_metadata(known.corpus, found.article)) or found.article
    if first == prepared.article:
        return prepared
    metadata = {
        **prepared.metadata,
        DUPLICATE_OF: first,
        LIKENESS: round(found.likeness, 3),
    }
    note = f"{found.likeness:.0%} like {found.article}, counted as a duplicate of {first}"
    return replace(prepared, metadata=metadata, notes=(*prepared.notes, note))


def _write(
    prepared: Prepared,
    corpus: Corpus,
    *,
    metadata: Mapping[str, object],
    in_place: bool,
    replaces: bool = False,
) -> None:
    """Nothing; the article's files are written, the text last: with it the article exists.

    Metadata that somebody has put there before the text are kept, save what the call gives. A
    text that was added before and then edited in place keeps its first original.
    """
    metadata_path = corpus.metadata_path(prepared.article)
    original_path = corpus.original_path(prepared.kept_as)
    for path in (metadata_path, original_path, corpus.text_path(prepared.article)):
        refuse_leaving(path, corpus.folder)
    there = read_metadata(metadata_path)
    if replaces or (PAGES in there and "source" in there and not in_place):
        there = {key: value for key, value in there.items() if key not in _OF_THE_TEXT}
    merged = {**prepared.metadata, **there, **metadata}
    if not (in_place and "source" in there):
        merged["source"] = prepared.metadata["source"]
        if replaces:
            _keep_aside(original_path)
        if not (original_path.is_file() and _holds(original_path, prepared.original)):
            write_bytes_atomically(original_path, prepared.original)
    write_metadata(metadata_path, merged)
    write_text_atomically(corpus.text_path(prepared.article), prepared.text)


def _holds(path: Path, data: bytes) -> bool:
    return sha256_of_file(path) == sha256_of_bytes(data)


def _keep_aside(path: Path) -> None:
    """Nothing; an original that is about to be replaced is kept under its hash."""
    if path.is_file():
        aside = path.with_name(f"{path.stem}-{sha256_of_file(path)[:8]}{path.suffix}")
        write_bytes_atomically(aside, path.read_bytes())
