"""Word documents (.docx): their paragraphs, headings, boxes and tables in the order of the page."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any

from pipeline.reading.converted import Converted, no_text, require, stated
from pipeline.reading.docx_active import check_active_content
from pipeline.reading.docx_runs import ALTERNATIVES, Paragraph, RunReader, chosen_of
from pipeline.reading.docx_styles import WORD, read_styles
from pipeline.reading.safety import check_archive

SUFFIXES = (".docx",)
EXTRA = "docx"
_GONE = (f"{WORD}del", f"{WORD}moveFrom", f"{WORD}sectPr", f"{WORD}sdtPr", f"{WORD}sdtEndPr")
_ROW_GONE = (f"{WORD}trPr/{WORD}del", f"{WORD}trPr/{WORD}hidden")
_CELL_GONE = (f"{WORD}tcPr/{WORD}cellDel",)


def convert_docx(data: bytes) -> Converted:
    """The text of a document as a reader sees it with its tracked changes accepted.

    A heading, and each paragraph of a text box after the paragraph that the box hangs on, is a
    paragraph of its own. A row of a table is a line with tabs, unless a cell holds several
    paragraphs: then each is one. Hidden text, headers, footers, notes and comments are left out.

    Raises:
        ArticleError: ``no-text``, or what ``check_archive`` and ``check_active_content`` refuse.
    """
    docx = require("docx", extra=EXTRA)
    check_archive(data, name="the document")
    check_active_content(data)
    document = docx.Document(BytesIO(data))
    reader = RunReader(read_styles(document))
    blocks = list(_blocks(document.element.body, reader))
    if not blocks:
        raise no_text("its paragraphs are empty; if it is a picture of a text, type it out")
    properties = document.core_properties
    metadata = stated({"title": properties.title, "author": properties.author})
    hidden = [f"hidden text left out, {reader.hidden:,} words"] if reader.hidden else []
    return Converted("\n\n".join(blocks) + "\n", metadata, ("from DOCX", *hidden))


def _blocks(container: Any, reader: RunReader) -> Iterator[str]:
    """The texts of the blocks in a body, cell or box, none of them empty.

    A paragraph whose mark was deleted or is hidden goes on in the next one.
    """
    open_text = ""
    boxes: list[Any] = []
    for element in _of_the_page(container):
        if element.tag == f"{WORD}p":
            found: Paragraph = reader.read(element)
            open_text = _joined(open_text, found.text, hidden_mark=found.after_hidden_mark)
            boxes += found.boxes
            if found.goes_on:
                continue
        yield from _closed(open_text, boxes, reader)
        open_text, boxes = "", []
        if element.tag == f"{WORD}tbl":
            for row in _within(element, "tr"):
                if not any(row.find(path) is not None for path in _ROW_GONE):
                    yield from _row(row, reader)
    yield from _closed(open_text, boxes, reader)


def _joined(before: str, after: str, *, hidden_mark: bool) -> str:
    apart = hidden_mark and before and after
    if apart and not before[-1].isspace() and not after[0].isspace():
        return f"{before} {after}"
    return before + after


def _closed(text: str, boxes: list[Any], reader: RunReader) -> Iterator[str]:
    if text := text.strip():
        yield text
    for box in boxes:
        yield from _blocks(box, reader)


def _of_the_page(container: Any) -> Iterator[Any]:
    """The paragraphs and tables, those in content controls and other wrappers among them, once."""
    for child in container:
        if child.tag in (f"{WORD}p", f"{WORD}tbl"):
            yield child
        elif child.tag == ALTERNATIVES:
            yield from _of_the_page(chosen_of(child))
        elif child.tag not in _GONE:
            yield from _of_the_page(child)


def _row(row: Any, reader: RunReader) -> Iterator[str]:
    cells = [
        list(_blocks(cell, reader))
        for cell in _within(row, "tc")
        if not any(cell.find(path) is not None for path in _CELL_GONE)
    ]
    if any(len(cell) > 1 for cell in cells):
        for cell in cells:
            yield from cell
    elif line := "\t".join(" ".join(" ".join(cell).split("\n")) for cell in cells).strip():
        yield line


def _within(element: Any, name: str) -> Iterator[Any]:
    """The rows of a table or the cells of a row, not those of a table inside it."""
    for child in element:
        if child.tag == f"{WORD}{name}":
            yield child
        elif child.tag not in (f"{WORD}tbl", f"{WORD}tc", *_GONE):
            yield from _within(child, name)
