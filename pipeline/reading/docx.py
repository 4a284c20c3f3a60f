"""Word documents (.docx): their paragraphs, headings and tables in the order of the page."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any

from pipeline.reading.converted import Converted, no_text, require, stated
from pipeline.reading.docx_active import check_active_content
from pipeline.reading.safety import check_archive

SUFFIXES = (".docx",)
EXTRA = "docx"
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_BREAKS = {
    f"{_WORD}tab": "\t",
    f"{_WORD}br": "\n",
    f"{_WORD}cr": "\n",
    f"{_WORD}noBreakHyphen": "-",
}
_LEFT_OUT = {_FALLBACK, f"{_WORD}del", f"{_WORD}moveFrom", f"{_WORD}pPr", f"{_WORD}rPr"}


def convert_docx(data: bytes) -> Converted:
    """The text of a document as it stands with its tracked changes accepted.

    Headings are paragraphs of their own, a row of a table is a line with tabs. Headers, footers,
    notes and comments are left out.

    Raises:
        ArticleError: ``no-text``, or what ``check_archive`` and ``check_active_content`` refuse.
    """
    docx = require("docx", extra=EXTRA)
    check_archive(data, name="the document")
    check_active_content(data)
    document = docx.Document(BytesIO(data))
    blocks = [block for block in _blocks(document.element.body) if block.strip()]
    if not blocks:
        raise no_text("its paragraphs are empty; if it is a picture of a text, type it out")
    properties = document.core_properties
    metadata = stated({"title": properties.title, "author": properties.author})
    return Converted("\n\n".join(blocks) + "\n", metadata, ("from DOCX",))


def _blocks(body: Any) -> Iterator[str]:
    for child in body:
        if child.tag == f"{_WORD}p":
            yield _text_of(child).strip()
        elif child.tag == f"{_WORD}tbl":
            for row in _within(child, "tr"):
                cells = ["".join(_text_of(cell).split("\n")) for cell in _within(row, "tc")]
                yield "\t".join(cell.strip() for cell in cells)
        elif child.tag == f"{_WORD}sdt":
            for content in child.iter(f"{_WORD}sdtContent"):
                yield from _blocks(content)


def _within(element: Any, name: str) -> Iterator[Any]:
    """The rows of a table or the cells of a row, not those of a table inside it."""
    for child in element:
        if child.tag == f"{_WORD}{name}":
            yield child
        elif child.tag not in (f"{_WORD}tbl", f"{_WORD}tc"):
            yield from _within(child, name)


def _text_of(element: Any) -> str:
    return "".join(_pieces(element))


def _pieces(element: Any) -> Iterator[str]:
    for child in element:
        if child.tag in _LEFT_OUT:
            continue
        if child.tag == f"{_WORD}t":
            yield child.text or ""
        elif child.tag in _BREAKS:
            yield _BREAKS[child.tag]
        else:
            yield from _pieces(child)
