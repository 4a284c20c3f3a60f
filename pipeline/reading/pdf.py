"""PDF files: the words in reading order, whole again where lines and pages had cut them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from pipeline.errors import ArticleError
from pipeline.reading.converted import Converted, no_text, require

SUFFIXES = (".pdf",)
EXTRA = "pdf"
PAGES = "pages"
"""The key of the metadata that says at which offset of the text each page begins, from page 1."""

_EDGE = 0.12
_REPEATED = 0.5
_CID = re.compile(r"\(cid:\d+\)")
_LOST_SHARE = 0.05
_NUMBER = re.compile(
    r"[\W_]*(?:page\s*)?(?:\d+|[ivxlc]+)(?:\s*(?:of|/)\s*\d+)?[\W_]*", re.IGNORECASE
)
_SENTENCE_END = re.compile(r"[.!?:;][\"'”’)\]]*\Z")
_HYPHENS = "-\u2010\u00ad"
_LIGATURES = str.maketrans(
    {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
)


@dataclass(frozen=True, slots=True)
class _Block:
    """The lines of a block of a page; ``edge`` where it lies wholly in the page's margin."""

    page: int
    lines: tuple[str, ...]
    edge: bool


def convert_pdf(data: bytes) -> Converted:
    """The text of a PDF file, a blank line between paragraphs.

    Columns are read one after the other; running heads, feet and page numbers go; words that a
    line's end cut are joined, and paragraphs that a page's end cut. ``metadata["pages"]`` has the
    offset at which each page begins.

    Raises:
        ArticleError: ``encrypted``, ``active-content``, ``malformed`` or ``no-text``.
    """
    require("pdfminer", extra=EXTRA)
    metadata = _open(data)
    blocks = list(_without_running_heads(list(_read_blocks(data))))
    text, pages = _join(blocks)
    lost = len(_CID.findall(text))
    if not text.strip():
        raise no_text("its pages are pictures; put it through OCR first")
    if lost > _LOST_SHARE * len(text.split()):
        raise no_text("its fonts do not say which letters they draw; put it through OCR first")
    notes = ("from PDF", f"{len(pages)} pages")
    return Converted(text, {**metadata, PAGES: pages}, notes)


def page_of(pages: object, offset: int) -> int | None:
    """The page, from 1, that the offset lies on, by ``metadata["pages"]``; None where not known.

    >>> page_of([0, 812], 900), page_of(None, 900)
    (2, None)
    """
    if not isinstance(pages, list) or not pages:
        return None
    return max(1, sum(int(start) <= offset for start in pages))


def _open(data: bytes) -> dict[str, object]:
    """The title and author that the file gives; it is one that can be read and runs nothing."""
    from pdfminer.pdfdocument import PDFDocument, PDFEncryptionError
    from pdfminer.pdfparser import PDFParser

    try:
        document = PDFDocument(PDFParser(BytesIO(data)))
    except PDFEncryptionError as error:  # a wrong password is one of these
        raise ArticleError("is encrypted; save it without a password", cause="encrypted") from error
    if found := _active_content(document.catalog):
        raise ArticleError(
            f"holds active content ({found}); print it to a new PDF first", cause="active-content"
        )
    values: dict[str, object] = {}
    for info in document.info:
        for key, name in (("Title", "title"), ("Author", "author")):
            if (value := _string(info.get(key))) and name not in values:
                values[name] = value
    return values


def _active_content(catalog: Any) -> str | None:
    """What in the document's catalogue would be run when it is opened."""
    from pdfminer.pdftypes import resolve1

    names = resolve1(catalog.get("Names")) or {}
    if isinstance(names, dict) and "JavaScript" in names:
        return "JavaScript"
    actions = [resolve1(catalog.get("OpenAction"))]
    extra = resolve1(catalog.get("AA"))
    actions += [resolve1(action) for action in extra.values()] if isinstance(extra, dict) else []
    for action in actions:
        kind = getattr(action.get("S"), "name", "") if isinstance(action, dict) else ""
        if kind in ("JavaScript", "Launch", "ImportData", "SubmitForm"):
            return str(kind)
    return None


def _string(value: object) -> str:
    from pdfminer.utils import decode_text

    return decode_text(value).strip("\x00 \n\t") if isinstance(value, bytes) else ""


def _read_blocks(data: bytes) -> Iterator[_Block]:
    from pdfminer.high_level import extract_pages
    from pdfminer.layout import LAParams, LTTextContainer

    for number, page in enumerate(extract_pages(BytesIO(data), laparams=LAParams()), start=1):
        height = page.height or 1.0
        for box in page:
            if isinstance(box, LTTextContainer):
                text = box.get_text().translate(_LIGATURES)
                lines = tuple(line.strip() for line in text.split("\n") if line.strip())
                edge = box.y0 > (1 - _EDGE) * height or box.y1 < _EDGE * height
                if lines:
                    yield _Block(number, lines, edge)


def _without_running_heads(blocks: list[_Block]) -> Iterator[_Block]:
    """The blocks without those in the margins that are page numbers or the same on most pages."""
    pages = len({block.page for block in blocks})
    seen = Counter(key for key, _ in {(_key(block), block.page) for block in blocks if block.edge})
    for block in blocks:
        number = block.edge and _NUMBER.fullmatch(" ".join(block.lines))
        often = pages > 1 and seen[_key(block)] >= max(2, _REPEATED * pages)
        if not (number or (block.edge and often)):
            yield block


def _key(block: _Block) -> str:
    return re.sub(r"\d+", "#", " ".join(block.lines)).lower()


def _join(blocks: list[_Block]) -> tuple[str, list[int]]:
    """The text, and at which offset each page begins, pages without text at that of the next."""
    words = Counter(
        re.findall(r"[\w-]+", " ".join(line for b in blocks for line in b.lines).lower())
    )
    text, page = "", 0
    pages: list[int] = []
    for block in blocks:
        paragraph = _join_lines(block.lines, words)
        if block.page == page or not _goes_on(text, paragraph):
            start = f"{text}\n\n" if text else ""
        else:
            cut = text[-1] in _HYPHENS and text[-2:-1].isalpha()
            start = _without_hyphen(text, paragraph, words) if cut else f"{text} "
        if block.page != page:
            pages += [len(start)] * (block.page - len(pages))
            page = block.page
        text = start + paragraph
    return (text + "\n" if text else ""), pages


def _goes_on(text: str, paragraph: str) -> bool:
    """Whether the paragraph is the rest of the last one of the page before."""
    return bool(text) and not _SENTENCE_END.search(text) and paragraph[:1].islower()


def _join_lines(lines: tuple[str, ...], words: Counter[str]) -> str:
    text = lines[0]
    for line in lines[1:]:
        cut = text[-1:] in _HYPHENS and text[-2:-1].isalpha() and line[:1].islower()
        text = (_without_hyphen(text, line, words) if cut else text + " ") + line
    return text


def _without_hyphen(text: str, line: str, words: Counter[str]) -> str:
    """The text to put before ``line``: its last hyphen stays where the whole word is written so."""
    first = re.split(r"[\s-]", text[:-1])[-1].lower()
    rest = re.match(r"\w+", line)
    second = rest.group().lower() if rest else ""
    hyphenated = words[f"{first}-{second}"] > words[f"{first}{second}"]
    return text if hyphenated and text[-1] != "\u00ad" else text[:-1]
