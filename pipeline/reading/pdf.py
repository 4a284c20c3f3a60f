"""PDF files: the words in reading order, whole again where lines and pages had cut them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from itertools import islice
from typing import TYPE_CHECKING

from pipeline.errors import ArticleError
from pipeline.reading.converted import Converted, no_text, require, stated
from pipeline.reading.decode import MAX_CHARACTERS
from pipeline.reading.pages import PAGES
from pipeline.reading.pdf_active import find_active_content

if TYPE_CHECKING:
    from pdfminer.pdfdocument import PDFDocument
    from pdfminer.pdfpage import PDFPage

SUFFIXES = (".pdf",)
EXTRA = "pdf"
MAX_PAGES = 5_000
"""The most pages of a file that is read: no article has as many."""

_EDGE = 0.12
_REPEATED = 0.5
_CID = re.compile(r"\(cid:\d+\)")
_LOST_SHARE = 0.05
_NUMBER = re.compile(
    r"[\W_]*(?:page\s*)?(?:\d+|[ivxlc]+)(?:\s*(?:of|/)\s*\d+)?[\W_]*", re.IGNORECASE
)
_SENTENCE_END = re.compile(r"[.!?:;][\"'”’)\]]*\Z")
_HYPHENS = "-\u2010\u00ad"
_LETTERS = str.maketrans(
    {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
    | {"\x00": "", "\ufeff": "", "\r": " "}
)
"""Letters drawn together, taken apart; and what no text of the corpus has, which would go later and
move all offsets."""


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
        ArticleError: ``encrypted``, ``active-content``, ``too-large``, ``too-long``,
            ``malformed`` or ``no-text``.
    """
    require("pdfminer", extra=EXTRA)
    document, sheets = _open(data)
    metadata = _stated(document)
    blocks = list(_without_running_heads(list(_read_blocks(sheets))))
    text, pages = _join(blocks)
    lost = len(_CID.findall(text))
    if not text.strip():
        raise no_text("its pages are pictures; put it through OCR first")
    if lost > _LOST_SHARE * len(text.split()):
        raise no_text("its fonts do not say which letters they draw; put it through OCR first")
    notes = ("from PDF", f"{len(pages)} pages")
    return Converted(text, {**metadata, PAGES: pages}, notes)


def _open(data: bytes) -> tuple[PDFDocument, list[PDFPage]]:
    """The document and its pages; it is one that can be read and runs nothing."""
    from pdfminer.pdfdocument import PDFDocument, PDFEncryptionError
    from pdfminer.pdfpage import PDFPage
    from pdfminer.pdfparser import PDFParser

    try:
        document = PDFDocument(PDFParser(BytesIO(data)))
    except PDFEncryptionError as error:  # a wrong password is one of these
        raise ArticleError("is encrypted; save it without a password", cause="encrypted") from error
    pages = list(islice(PDFPage.create_pages(document), MAX_PAGES + 1))
    if not pages:
        raise ArticleError("has no pages that can be found; save it again", cause="malformed")
    if len(pages) > MAX_PAGES:
        raise ArticleError(
            f"has more than {MAX_PAGES:,} pages; split it into chapters", cause="too-long"
        )
    if found := find_active_content([document.catalog, *(page.attrs for page in pages)]):
        raise ArticleError(
            f"holds active content ({found}); print it to a new PDF first", cause="active-content"
        )
    return document, pages


def _stated(document: PDFDocument) -> dict[str, object]:
    """The title and author that the file gives."""
    from pdfminer.pdftypes import resolve1

    values: dict[str, object] = {}
    for info in document.info:
        for key, name in (("Title", "title"), ("Author", "author")):
            if (value := _string(resolve1(info.get(key)))) and name not in values:
                values[name] = value
    return stated(values)


def _string(value: object) -> str:
    from pdfminer.utils import decode_text

    return decode_text(value).strip("\x00 \n\t") if isinstance(value, bytes) else ""


def _read_blocks(pages: list[PDFPage]) -> Iterator[_Block]:
    from pdfminer.converter import PDFPageAggregator
    from pdfminer.layout import LAParams, LTTextContainer
    from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager

    manager = PDFResourceManager()
    device = PDFPageAggregator(manager, laparams=LAParams())
    interpreter = PDFPageInterpreter(manager, device)
    characters = 0
    for number, page in enumerate(pages, start=1):
        interpreter.process_page(page)
        layout = device.get_result()
        height = layout.height or 1.0
        for box in layout:
            if isinstance(box, LTTextContainer):
                text = box.get_text().translate(_LETTERS)
                lines = tuple(line.strip() for line in text.split("\n") if line.strip())
                edge = box.y0 > (1 - _EDGE) * height or box.y1 < _EDGE * height
                characters += sum(map(len, lines))
                if lines:
                    yield _Block(number, lines, edge)
        if characters > MAX_CHARACTERS:
            raise ArticleError(
                f"has more than {MAX_CHARACTERS:,} characters by page {number:,}; split it into "
                "chapters",
                cause="too-long",
            )


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
