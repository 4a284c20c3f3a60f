"""Files into the corpus: each is added, is there already, or is refused with the reason."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.errors import ArticleError, PipelineError, SettingError
from pipeline.files import (
    sha256_of_bytes,
    sha256_of_text,
    write_bytes_atomically,
    write_text_atomically,
)
from pipeline.reading.corpus import (
    MARKDOWN_SUFFIXES,
    SUFFIXES,
    Corpus,
    id_for_name,
)
from pipeline.reading.decode import decode_article, read_bytes
from pipeline.reading.frontmatter import split_front_matter
from pipeline.reading.markdown import markdown_to_text
from pipeline.reading.metadata import from_front_matter, read_metadata, write_metadata


@dataclass(frozen=True, slots=True)
class Added:
    """A file that became an article; ``notes`` say what was converted."""

    path: Path
    article: str
    characters: int
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


Outcome = Added | Unchanged | Refused


@dataclass(frozen=True, slots=True)
class Prepared:
    """A file's canonical text and metadata, fixed and checked, not yet written."""

    article: str
    text: str
    metadata: Mapping[str, object]
    original: bytes
    suffix: str
    notes: tuple[str, ...]


@dataclass(slots=True)
class _Known:
    """The texts that are in the corpus or that this run has taken, by id and by hash."""

    corpus: Corpus
    by_id: dict[str, str] = field(default_factory=dict)
    by_hash: dict[str, str] = field(default_factory=dict)

    def load(self) -> None:
        for article in self.corpus.ids():
            self.add(article, self.corpus.sha256(article))

    def add(self, article: str, sha256: str) -> None:
        self.by_id[article] = sha256
        self.by_hash.setdefault(sha256, article)


def add_files(
    paths: Iterable[Path],
    corpus: Corpus,
    *,
    metadata: Mapping[str, object] | None = None,
    dry_run: bool = False,
) -> Iterator[Outcome]:
    """The outcome of each file, in order, as it is dealt with; a bad one does not stop the rest.

    An article's id is its file's name in lower case with hyphens. A text that the corpus has
    already, under whatever id, is not added again. Another text under an id that is taken is
    refused (``collision``), so that no article is ever overwritten or quietly numbered. A file
    that was put into the corpus folder itself is moved to ``originals/``. ``metadata`` goes before
    what the files say.

    Raises:
        SettingError: where the corpus is not a folder.
    """
    known = _Known(corpus)
    known.load()
    for path in paths:
        try:
            yield _add_file(path, known, metadata=metadata or {}, dry_run=dry_run)
        except SettingError:
            raise
        except PipelineError as error:
            yield Refused(path, error.cause, str(error))
        except OSError as error:
            yield Refused(
                path,
                "unwritable",
                f"{path}: its article cannot be written ({error}); see to {corpus.folder}",
            )


def prepare_file(path: Path, *, metadata: Mapping[str, object] | None = None) -> Prepared:
    """The article that a file makes: its canonical text is what this returns, for good.

    Raises:
        ArticleError: with the cause, naming the file and what to do.
    """
    suffix = path.suffix.lower()
    if path.exists() and not path.is_dir() and suffix not in SUFFIXES:
        raise ArticleError(
            f"{path}: {suffix or 'no'} ending; files taken are {', '.join(SUFFIXES)}: "
            "save it as one of these",
            cause="unsupported",
        )
    original = read_bytes(path)
    article = id_for_name(path.stem)
    if not article:
        raise ArticleError(
            f"{path}: its name gives no id; rename it with letters a–z or digits", cause="name"
        )
    decoded = decode_article(original, name=str(path))
    text, notes, found = decoded.text, decoded.notes, {}
    if suffix in MARKDOWN_SUFFIXES:
        values, body = split_front_matter(text, name=str(path))
        found = from_front_matter(values)
        text = markdown_to_text(body)
        notes = (*notes, "from Markdown", *(["front matter to metadata"] if values else []))
    text = decode_article(text.encode("utf-8"), name=str(path)).text
    source = {
        "file": path.name.encode("utf-8", "backslashreplace").decode("utf-8"),
        "sha256": sha256_of_bytes(original),
        "encoding": decoded.encoding,
    }
    return Prepared(
        article,
        text,
        {**found, **(metadata or {}), "source": source},
        original,
        suffix,
        notes,
    )


def _add_file(
    path: Path, known: _Known, *, metadata: Mapping[str, object], dry_run: bool
) -> Added | Unchanged:
    corpus = known.corpus
    prepared = prepare_file(path, metadata=metadata)
    sha256 = sha256_of_text(prepared.text)
    text_path, metadata_path = (
        corpus.text_path(prepared.article),
        corpus.metadata_path(prepared.article),
    )
    in_place = path.resolve() == text_path.resolve()
    same = known.by_hash.get(sha256)
    if same is not None and (same != prepared.article or not in_place or metadata_path.exists()):
        notes = (f"edit {corpus.metadata_path(same)} to change its metadata",) if metadata else ()
        return Unchanged(path, same, notes)
    if prepared.article in known.by_id and not in_place:
        raise ArticleError(
            f"{path}: the corpus has another text as {prepared.article!r}; rename the file to add "
            f"it as well, or delete {text_path} first to replace that",
            cause="collision",
        )
    if not dry_run:
        _write(prepared, corpus, metadata=metadata, in_place=in_place)
        if not in_place and path.parent.resolve() == corpus.folder.resolve():
            path.unlink()  # its bytes are in originals/
    known.add(prepared.article, sha256)
    return Added(path, prepared.article, len(prepared.text), prepared.notes)


def _write(
    prepared: Prepared, corpus: Corpus, *, metadata: Mapping[str, object], in_place: bool
) -> None:
    """Nothing; the article's files are written, the text last: with it the article exists.

    Metadata that somebody has put there before the text are kept, save what the call gives. A
    text that was added before and then edited in place keeps its first original.
    """
    metadata_path = corpus.metadata_path(prepared.article)
    there = read_metadata(metadata_path)
    merged = {**prepared.metadata, **there, **metadata}
    if not (in_place and "source" in there):
        merged["source"] = prepared.metadata["source"]
        original_path = corpus.original_path(prepared.article, prepared.suffix)
        write_bytes_atomically(original_path, prepared.original)
    write_metadata(metadata_path, merged)
    write_text_atomically(corpus.text_path(prepared.article), prepared.text)
