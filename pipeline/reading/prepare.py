"""One file into the article that it makes: text, metadata, and what was done to it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from pipeline.errors import ArticleError
from pipeline.files import sha256_of_bytes
from pipeline.reading import docx, html, pdf
from pipeline.reading.converted import Converted, require
from pipeline.reading.corpus import ARTICLE_SUFFIXES, MARKDOWN_SUFFIXES, SUFFIXES, id_for_name
from pipeline.reading.decode import decode_article, read_bytes
from pipeline.reading.frontmatter import split_front_matter
from pipeline.reading.markdown import markdown_to_text
from pipeline.reading.metadata import from_front_matter
from pipeline.reading.pages import TEXT_SHA256
from pipeline.reading.safety import read_limited, run_bounded


@dataclass(frozen=True, slots=True)
class Prepared:
    """A file's canonical text and metadata, fixed and checked, not yet written.

    ``kept_as`` is the name under which the original goes to ``originals/``. ``warnings`` say why
    the text may not be what a reader of the file sees.
    """

    article: str
    text: str
    metadata: Mapping[str, object]
    original: bytes
    kept_as: str
    notes: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


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


def prepare_file(path: Path, *, metadata: Mapping[str, object] | None = None) -> Prepared:
    """The article that a file makes: its canonical text is what this returns, for good.

    Raises:
        ArticleError: with the cause, naming the file and what to do.
    """
    suffix = path.suffix.lower()
    if path.exists() and not path.is_dir() and suffix not in ARTICLE_SUFFIXES:
        raise ArticleError(
            f"{path}: {suffix or 'no'} ending; files taken are {', '.join(SUFFIXES)}: "
            "save it as one of these",
            cause="unsupported",
        )
    converter = _CONVERTERS.get(suffix) if path.is_file() else None
    original = read_limited(path) if converter else read_bytes(path)
    article = id_for_name(path.stem)
    if not article:
        raise ArticleError(
            f"{path}: its name gives no id; rename it with letters a–z or digits", cause="name"
        )
    if converter is not None:
        found, source = _convert(converter, original, name=str(path))
    else:
        found, source = _read_text(original, suffix, name=str(path))
    source = {
        "file": path.name.encode("utf-8", "backslashreplace").decode("utf-8"),
        "sha256": sha256_of_bytes(original),
        **source,
    }
    decoded = decode_article(found.text.encode("utf-8", "replace"), name=str(path))
    return Prepared(
        article,
        decoded.text,
        {**found.metadata, **(metadata or {}), "source": source},
        original,
        f"{article}{suffix}",
        (*found.notes, *decoded.notes) if converter else found.notes,
        found.warnings,
    )


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
