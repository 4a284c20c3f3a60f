"""The text of one paragraph of a Word document: its runs as shown, with changes accepted."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from pipeline.reading.docx_styles import WORD, Styles

ALTERNATIVES = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
_MATHS = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_TEXT = (f"{WORD}t", _MATHS)
_BOX = f"{WORD}txbxContent"
_SIGNS = {
    f"{WORD}tab": "\t",
    f"{WORD}ptab": "\t",
    f"{WORD}br": "\n",
    f"{WORD}cr": "\n",
    f"{WORD}noBreakHyphen": "-",
}
_LEFT_OUT = frozenset(
    WORD + name for name in ("del", "moveFrom", "pPr", "rPr", "sdtPr", "sdtEndPr", "rt")
)
_NOTES = (f"{WORD}footnoteReference", f"{WORD}endnoteReference")
_OWN_MARK = f"{WORD}customMarkFollows"
_RAISED = f"{WORD}vertAlign[@{WORD}val='superscript']"
_NUMBER = re.compile(r"[\[(]?\d{1,3}(?:[,–-]\d{1,3})*[\])]?")
_AFTER_WORDS = re.compile(r"(?:[^\W\d_]{3}|[.,;:!?)\]”’\"'])\Z")
_SYMBOL = f"{WORD}sym"
_CODE = re.compile("[0-9A-Fa-f]{1,4}")
_FIRST_SHOWN = 0x20
_PRIVATE = range(0xD800, 0xF900)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph's text, and the boxes that hang on it.

    ``goes_on`` where its mark is gone, so that the next paragraph belongs to it;
    ``after_hidden_mark`` where that of the one before was hidden and not deleted.
    """

    text: str
    boxes: tuple[Any, ...]
    goes_on: bool
    after_hidden_mark: bool


@dataclass(slots=True)
class RunReader:
    """Reads a document's paragraphs in order; ``hidden`` counts the words that were left out."""

    styles: Styles
    hidden: int = 0
    _fields: list[bool] = field(default_factory=list)
    _after_hidden_mark: bool = False

    def read(self, paragraph: Any) -> Paragraph:
        """The paragraph as it is shown, with tracked changes accepted."""
        named = paragraph.find(f"{WORD}pPr/{WORD}pStyle")
        style = "" if named is None else named.get(f"{WORD}val", "")
        mark = paragraph.find(f"{WORD}pPr/{WORD}rPr")
        deleted = mark is not None and any(
            mark.find(f"{WORD}{name}") is not None for name in ("del", "moveFrom")
        )
        hidden = self.styles.hides(mark, style)
        pieces: list[str] = []
        boxes: list[Any] = []
        self._walk(paragraph, style, pieces, boxes)
        # an instruction ends with its paragraph at the latest: a broken one hides no more
        self._fields = [shown for shown in self._fields if shown]
        before, self._after_hidden_mark = self._after_hidden_mark, hidden
        return Paragraph("".join(pieces), tuple(boxes), deleted or hidden, before)

    def _walk(self, element: Any, style: str, pieces: list[str], boxes: list[Any]) -> None:
        """Add the text in an element to the pieces, and the boxes in it."""
        for child in element:
            if child.tag in _LEFT_OUT:
                continue
            if child.tag == f"{WORD}fldChar":
                self._turn(child.get(f"{WORD}fldCharType"))
            elif child.tag == _BOX:
                boxes.append(child)
            elif child.tag == ALTERNATIVES:
                self._walk(chosen_of(child), style, pieces, boxes)
            elif child.tag == f"{WORD}r":
                self._read_run(child, style, pieces, boxes)
            elif child.tag in _TEXT or child.tag in _SIGNS or child.tag == _SYMBOL:
                pieces += [_sign_of(child)] if all(self._fields) else []
            else:
                self._walk(child, style, pieces, boxes)

    def _read_run(self, run: Any, style: str, pieces: list[str], boxes: list[Any]) -> None:
        """Add what a run shows, unless it is hidden or refers to a note."""
        own: list[str] = []
        own_boxes: list[Any] = []
        self._walk(run, style, own, own_boxes)
        text = "".join(own)
        properties = run.find(f"{WORD}rPr")
        if self.styles.hides(properties, style):
            self.hidden += len(text.split())
            return
        boxes += own_boxes
        if not _is_reference(run, properties, text, "".join(pieces[-2:])):
            pieces.append(text)

    def _turn(self, kind: str | None) -> None:
        """Note that a field's instruction begins, or its result, or that it ends."""
        if kind == "begin":
            self._fields.append(False)
        elif kind == "separate" and self._fields:
            self._fields[-1] = True
        elif kind == "end" and self._fields:
            self._fields.pop()


def chosen_of(alternatives: Any) -> Any:
    """The first of the alternatives that has text; each shows the same, to other programs."""
    found = list(alternatives)
    for each in found:
        if any(next(each.iter(tag), None) is not None for tag in _TEXT):
            return each
    return found[0] if found else alternatives


def _sign_of(child: Any) -> str:
    """The text of an element that has some; nothing for a picture out of a font of symbols."""
    if child.tag in _TEXT:
        return child.text or ""
    if child.tag in _SIGNS:
        return _SIGNS[child.tag]
    code = child.get(f"{WORD}char", "")
    number = int(code, 16) if _CODE.fullmatch(code) else 0
    return "" if number < _FIRST_SHOWN or number in _PRIVATE else chr(number)


def _is_reference(run: Any, properties: Any, text: str, before: str) -> bool:
    """Whether the run refers to a note: by a mark of the writer's, or a raised number after a word.

    Powers follow a number or a short unit (10², km²) and stay. Source: the style guides' rule that
    a note's number follows the word or the mark that it is about.
    """
    for note in _NOTES:
        found = run.find(note)
        if found is not None and found.get(_OWN_MARK, "0").lower() not in ("0", "false", "off"):
            return True
    raised = properties is not None and properties.find(_RAISED) is not None
    return bool(raised and _NUMBER.fullmatch(text.strip()) and _AFTER_WORDS.search(before.rstrip()))
