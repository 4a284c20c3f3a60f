"""PDF files: the words in reading order, whole again where lines and pages had cut them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from io import BytesIO
from itertools import islice
from typing import TYPE_CHECKING

from pipeline.errors import ArticleError
from pipeline.reading.converted import Converted, no_text, require, stated
from pipeline.reading.decode import MAX_CHARACTERS
from pipeline.reading.pages import PAGES
from pipeline.reading.pdf_active import find_active_content
from pipeline.reading.pdf_characters import UNMAPPED, Sheet, by_turn, is_unmapped, read_sheets
from pipeline.reading.pdf_heads import Part, without_running_heads
from pipeline.reading.pdf_order import Line, in_reading_order
from pipeline.reading.pdf_paragraphs import find_paragraphs, to_text
from pipeline.reading.pdf_rows import find_rows
from pipeline.reading.pdf_words import find_words

if TYPE_CHECKING:
    from pdfminer.pdfdocument import PDFDocument
    from pdfminer.pdfpage import PDFPage

SUFFIXES = (".pdf",)
EXTRA = "pdf"
MAX_PAGES = 5_000
"""The most pages of a file that is read: no article has as many."""

_LOST_SHARE = 0.2
_FEW_WORDS = 20


def convert_pdf(data: bytes) -> Converted:
    """The text of a PDF file, a blank line between paragraphs.

    Columns are read one after the other; running heads, feet, page numbers and reference marks of
    notes go; words that a line's end cut are joined, and paragraphs that a column's or page's end
    cut. ``metadata["pages"]`` has the offset at which each page begins. Warnings name the pages on
    which the order of the lines, or a letter, is in doubt.

    Raises:
        ArticleError: ``encrypted``, ``active-content``, ``too-large``, ``too-long``,
            ``malformed`` or ``no-text``.
    """
    require("pdfminer", extra=EXTRA)
    document, sheets = _open(data)
    metadata = _stated(document)
    turned: list[int] = []
    parts = list(without_running_heads(list(_read_parts(sheets, turned))))
    unsure: list[int] = []
    lines = [(part.page, _lines_of(part, unsure)) for part in parts]
    text, pages = to_text(find_paragraphs(lines))
    if not text.strip():
        raise no_text("its pages are pictures; put it through OCR first")
    lost = [page for page, found in lines for line in found for _ in range(_lost(line.text))]
    if len(lost) > _LOST_SHARE * len(text.split()):
        raise no_text("its fonts do not say which letters they draw; put it through OCR first")
    notes = ["from PDF", "1 page" if len(pages) == 1 else f"{len(pages)} pages"]
    if turned:
        notes.append(f"text that is turned was left out on {_on_pages(turned)}")
    return Converted(text, {**metadata, PAGES: pages}, tuple(notes), _warnings(unsure, lost))


def _warnings(unsure: list[int], lost: list[int]) -> tuple[str, ...]:
    """What is in doubt, by the pages on which it is."""
    found = []
    if unsure:
        found.append(
            f"the order of the lines on {_on_pages(unsure)} is in doubt; compare the text with the "
            "PDF and correct it"
        )
    if lost:
        signs = f"{len(lost)} sign{'s'[: len(lost) > 1]}"
        found.append(
            f"the fonts do not say what letters {signs} on {_on_pages(lost)} stand for (kept as "
            f"{UNMAPPED}, U+FFFD, or as a private code point); compare the text with the PDF and "
            "correct it"
        )
    return tuple(found)


def _lost(text: str) -> int:
    return sum(map(is_unmapped, text))


def _on_pages(numbers: Iterable[int]) -> str:
    """The pages in words, those that follow one another as a range.

    >>> _on_pages([4, 2, 3, 3, 7]), _on_pages([5])
    ('pages 2–4, 7', 'page 5')
    """
    ranges: list[list[int]] = []
    for number in sorted(set(numbers)):
        if ranges and number == ranges[-1][-1] + 1:
            ranges[-1][1:] = [number]
        else:
            ranges.append([number])
    word = "page" if len(set(numbers)) == 1 else "pages"
    return f"{word} {', '.join('–'.join(map(str, one)) for one in ranges)}"


def _read_parts(pages: list[PDFPage], turned: list[int]) -> Iterator[Part]:
    """The rows of the pages; ``turned`` is told of those of which some are left out.

    A few words that stand aslant or upright in the margin are a stamp or the label of an axis.
    """
    for sheet in read_sheets(pages, limit=MAX_CHARACTERS):
        groups = by_turn(sheet.characters)
        largest = max(groups, key=lambda turn: len(groups[turn]), default=0)
        for turn, characters in groups.items():
            words = find_words(characters)
            if turn != largest and turn != 0 and (turn is None or len(words) < _FEW_WORDS):
                turned.append(sheet.number)
                continue
            yield Part(sheet.number, _height(sheet, turn), find_rows(words))


def _height(sheet: Sheet, turn: int | None) -> float:
    return (sheet.width if turn in (1, 3) else sheet.height) or 1.0


def _lines_of(part: Part, unsure: list[int]) -> list[Line]:
    """The lines in the order in which they are read; ``unsure`` is told where that is in doubt."""
    lines, doubtful = in_reading_order(part.rows)
    if doubtful:
        unsure.append(part.page)
    return lines


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
