"""One file into the article that it makes: text, metadata, and what was done to it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from pipeline.errors import ArticleError
from pipeline.files import sha256_of_bytes
from pipeline.lexicon.intake_words import NO_WORDS, IntakeWords
from pipeline.reading import docx, html, pdf
from pipeline.reading.converted import Converted, require
from pipeline.reading.corpus import ARTICLE_SUFFIXES, MARKDOWN_SUFFIXES, SUFFIXES, id_for_name
from pipeline.reading.dates import certain_date, is_date
from pipeline.reading.decode import decode_article, read_bytes
from pipeline.reading.frontmatter import split_front_matter
from pipeline.reading.heads import Head, read_head
from pipeline.reading.markdown import markdown_to_text
from pipeline.reading.metadata import from_front_matter
from pipeline.reading.pages import TEXT_SHA256
from pipeline.reading.safety import read_limited, run_bounded


@dataclass(frozen=True, slots=True)
class Prepared:
    """A file's canonical text and metadata, fixed and checked, not yet written.

    ``kept_as`` is the name under which the original goes to ``originals/``. ``warnings`` say why
    the text may not be what a reader of the file sees. ``guessed`` are the fields that were
    recognised in the text: what somebody else says of them goes before. ``cells`` are all the
    values of a table's row.
    """

    article: str
    text: str
    metadata: Mapping[str, object]
    original: bytes
    kept_as: str
    notes: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    guessed: frozenset[str] = frozenset()
    cells: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class _Converter:
    convert: Callable[[bytes], Converted]
    extra: str
    module: str
    package: str


_CONVERTERS = {
    **dict.fromkeys(
        html.SUFFIXES, _Converter(html.convert_html, html.EXTRA, "trafilatura", "trafilatura")
    ),
    **dict.fromkeys(
        pdf.SUFFIXES, _Converter(pdf.convert_pdf, pdf.EXTRA, "pdfminer.high_level", "pdfminer.six")
    ),
    **dict.fromkeys(
        docx.SUFFIXES, _Converter(docx.convert_docx, docx.EXTRA, "docx", "python-docx")
    ),
}


def prepare_file(
    path: Path,
    *,
    metadata: Mapping[str, object] | None = None,
    words: IntakeWords = NO_WORDS,
) -> Prepared:
    """The article that a file makes: its canonical text is what this returns, for good.

    Of a text without a format of its own, its title, author and date are what the lines over it
    say; ``words`` are those by which such lines are known.

    Raises:
        ArticleError: with the cause, naming the file and what to do.
    """
    suffix = path.suffix.lower()
    _refuse_unknown_ending(path, suffix)
    converter = _CONVERTERS.get(suffix) if path.is_file() else None
    original = read_limited(path) if converter else read_bytes(path)
    article = _id_of(path)
    if converter is not None:
        found, made_by = _convert(converter, original, name=str(path))
    else:
        found, made_by = _read_text(original, suffix, name=str(path))
    decoded = decode_article(found.text.encode("utf-8", "replace"), name=str(path))
    stated, told_of_date = with_plain_date({**found.metadata, **(metadata or {})})
    head = read_head(found.text, words).without(stated) if converter is None else Head()
    told = decoded.notes if converter else tuple(head.notes.values())
    return Prepared(
        article,
        decoded.text,
        {**head.fields, **stated, "source": {**_source_of(path, original), **made_by}},
        original,
        f"{article}{suffix}",
        (*found.notes, *told, *told_of_date),
        found.warnings,
        frozenset(head.fields),
    )


def _refuse_unknown_ending(path: Path, suffix: str) -> None:
    if path.exists() and not path.is_dir() and suffix not in ARTICLE_SUFFIXES:
        raise ArticleError(
            f"{path}: {suffix or 'no'} ending; files taken are {', '.join(SUFFIXES)}: "
            "save it as one of these",
            cause="unsupported",
        )


def _id_of(path: Path) -> str:
    """The id that the file's name gives."""
    if article := id_for_name(path.stem):
        return article
    raise ArticleError(
        f"{path}: its name gives no id; rename it with letters a–z or digits", cause="name"
    )


def _source_of(path: Path, original: bytes) -> dict[str, object]:
    """What the metadata say of the file that the article was made from."""
    name = path.name.encode("utf-8", "backslashreplace").decode("utf-8")
    return {"file": name, "sha256": sha256_of_bytes(original)}


def with_plain_date(metadata: dict[str, object]) -> tuple[dict[str, object], tuple[str, ...]]:
    """The metadata, their date in ISO 8601 where it is certain, and a note where it was not so.

    >>> with_plain_date({"date": "31 May 2024"})
    ({'date': '2024-05-31'}, ("date 2024-05-31 from '31 May 2024'",))
    """
    stated = metadata.get("date")
    if not isinstance(stated, str) or is_date(stated):
        return metadata, ()
    if (date := certain_date(stated)) is None:
        return metadata, (f"date {stated!r:.60} kept as it is written; say which with --date",)
    return {**metadata, "date": date}, (f"date {date} from {stated!r:.60}",)


def is_converted(path: Path) -> bool:
    """Whether the file's kind takes a library and a process of its own to convert."""
    return path.suffix.lower() in _CONVERTERS


def _read_text(original: bytes, suffix: str, *, name: str) -> tuple[Converted, dict[str, object]]:
    decoded = decode_article(original, name=name)
    text, notes, found = decoded.text, decoded.notes, {}
    if suffix in MARKDOWN_SUFFIXES:
        values, body = split_front_matter(text, name=name)
        found = from_front_matter(values)
        text = markdown_to_text(body)
        notes = (*notes, "from Markdown", *(["front matter to metadata"] if values else []))
    return Converted(text, found, notes), {"encoding": decoded.encoding}


def _convert(
    converter: _Converter, original: bytes, *, name: str
) -> tuple[Converted, dict[str, object]]:
    require(converter.module, extra=converter.extra)
    found = run_bounded(converter.convert, original, name=name)
    return found, {
        "converter": f"{converter.package}=={version(converter.package)}",
        TEXT_SHA256: sha256_of_bytes(found.text.encode("utf-8", "replace")),
    }
