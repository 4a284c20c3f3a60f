"""What a page of a PDF file draws: each character, where it stands and how large it is."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from math import atan2, degrees, hypot
from typing import TYPE_CHECKING, Any

from pipeline.errors import ArticleError

if TYPE_CHECKING:
    from pdfminer.pdfpage import PDFPage

UNMAPPED = "\ufffd"
"""What stands for a glyph of which the file does not say what character it is."""

_TURNED = 10.0
_TWICE = 0.12
_AROUND = (-1, 0, 1)
_BOLD = re.compile(r"bold|black|heavy|demi", re.IGNORECASE)
_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"} | {
    "\x0b": "ff", "\x0c": "fi", "\r": "fl", "\x0e": "ffi", "\x0f": "ffl"
}  # fmt: skip
"""Letters drawn together, taken apart; the second row is where TeX's fonts have them."""


@dataclass(frozen=True, slots=True)
class Character:
    """A character as the reader sees it once the page is turned so that it stands upright.

    ``x0`` to ``x1`` is what it takes of its line, ``y`` its line's height over the page's foot;
    ``turn`` is how many quarters the page is turned, None for one that stands aslant.
    """

    text: str
    x0: float
    x1: float
    y: float
    size: float
    turn: int | None = 0
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page: its number from 1, its height and width, its characters in the order drawn."""

    number: int
    width: float
    height: float
    characters: tuple[Character, ...]


def read_sheets(pages: list[PDFPage], *, limit: int) -> Iterator[Sheet]:
    """The pages in order, each with what can be seen of it, and that once.

    Raises:
        ArticleError: ``too-long``, where there are more than ``limit`` of text.
    """
    from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager

    manager = PDFResourceManager()
    total = 0
    for number, page in enumerate(pages, start=1):
        drawn = _recorder(manager)
        PDFPageInterpreter(manager, drawn).process_page(page)
        left, bottom, right, top = drawn.seen
        found = [c for c in drawn.characters if _is_inside(c, left, bottom, right, top)]
        found = list(_once(found))
        total += sum(not c.text.isspace() for c in found)
        if total > limit:
            raise ArticleError(
                f"has more than {limit:,} characters by page {number:,}; split it into chapters",
                cause="too-long",
            )
        width, height = right - left, top - bottom
        placed = tuple(_placed(c, left, bottom, width, height) for c in found)
        yield Sheet(number, width, height, placed)


def _recorder(manager: Any) -> Any:
    """A device of the library that keeps the characters drawn on it and where the page ends."""
    from pdfminer.pdfdevice import PDFTextDevice
    from pdfminer.pdffont import PDFUnicodeNotDefined
    from pdfminer.utils import apply_matrix_rect

    class Recorder(PDFTextDevice):
        def __init__(self) -> None:
            super().__init__(manager)
            self.characters: list[Character] = []
            self.seen = (0.0, 0.0, 0.0, 0.0)

        def begin_page(self, page: Any, ctm: Any) -> None:
            left, bottom, right, top = apply_matrix_rect(ctm, page.mediabox)
            x0, y0, x1, y1 = apply_matrix_rect(ctm, page.cropbox)
            seen = (max(left, x0), max(bottom, y0), min(right, x1), min(top, y1))
            is_empty = seen[0] >= seen[2] or seen[1] >= seen[3]
            self.seen = (left, bottom, right, top) if is_empty else seen

        def render_char(
            self,
            matrix: Any,
            font: Any,
            fontsize: float,
            scaling: float,
            rise: float,
            cid: int,
            ncs: Any,  # noqa: ARG002 - the library's signature
            graphicstate: Any,  # noqa: ARG002
        ) -> float:
            try:
                text = font.to_unichr(cid)
            except PDFUnicodeNotDefined:
                text = chr(cid) if cid < 32 and not font.is_multibyte() else UNMAPPED
            advance = float(font.char_width(cid) * fontsize * scaling)
            a, b, c, d, e, f = matrix
            self.characters.append(
                Character(
                    _letters(text),
                    e + c * rise,
                    e + c * rise + hypot(a, b) * advance,
                    f + d * rise,
                    hypot(c, d) * abs(fontsize),
                    _turn(a, b),
                    bool(_BOLD.search(font.fontname or "")),
                )
            )
            return advance

        # forms, pictures and paths have no characters of their own
        def begin_figure(self, name: str, bbox: Any, matrix: Any) -> None: ...
        def end_figure(self, name: str) -> None: ...
        def paint_path(self, *args: Any) -> None: ...
        def render_image(self, name: str, stream: Any) -> None: ...

    return Recorder()


def _letters(text: str) -> str:
    r"""The characters that a glyph stands for, by what its font says of it.

    Old fonts have small capitals and their digits among the private code points, in the order of
    Latin-1. A glyph is drawn, so it is no control character.

    >>> _letters("ﬁ"), _letters("\x0c"), _letters("\uf76f"), _letters("\x03"), _letters("\xad")
    ('fi', 'fi', 'o', '�', '\xad')
    """
    if len(text) != 1:
        return "".join(map(_letters, text)) if text else UNMAPPED
    if text in _LIGATURES:
        return _LIGATURES[text]
    if "\uf730" <= text <= "\uf739" or "\uf761" <= text <= "\uf77a" or "\uf7e0" <= text <= "\uf7fe":
        return chr(ord(text) - 0xF700)
    return UNMAPPED if text < " " and text not in "\t\n" else text


def is_unmapped(text: str) -> bool:
    """Whether it is one character, and the file does not say which.

    >>> is_unmapped("\ufffd"), is_unmapped("\ue001"), is_unmapped("é")
    (True, True, False)
    """
    return text == UNMAPPED or (len(text) == 1 and unicodedata.category(text) in ("Co", "Cn"))


def _turn(a: float, b: float) -> int | None:
    angle = degrees(atan2(b, a))
    quarters = round(angle / 90)
    return quarters % 4 if abs(angle - 90 * quarters) <= _TURNED else None


def _is_inside(character: Character, left: float, bottom: float, right: float, top: float) -> bool:
    """Whether it lies on the page that is shown: what is beside it no reader sees."""
    slack = character.size / 2
    return left - slack <= character.x0 <= right + slack and bottom - slack <= character.y <= top


def _placed(c: Character, left: float, bottom: float, width: float, height: float) -> Character:
    """The character where it is on what is shown, once that is turned so that it stands upright."""
    if not (left or bottom or c.turn):
        return c
    x, y = c.x0 - left, c.y - bottom
    match c.turn:
        case 1:
            x, y = y, width - x
        case 2:
            x, y = width - x, height - y
        case 3:
            x, y = height - y, x
    return Character(c.text, x, x + c.x1 - c.x0, y, c.size, c.turn, c.bold)


def _once(characters: list[Character]) -> Iterator[Character]:
    """The characters without those drawn again in the same place, as for a shadow or for bold."""
    there: dict[tuple[str, int, int], Character] = {}
    for c in characters:
        x, y = round(c.x0), round(c.y)
        if c.text.isspace() or not any(
            _is_same_place(c, there[key])
            for key in ((c.text, x + dx, y + dy) for dx in _AROUND for dy in _AROUND)
            if key in there
        ):
            there[c.text, x, y] = c
            yield c


def _is_same_place(a: Character, b: Character) -> bool:
    return max(abs(a.x0 - b.x0), abs(a.y - b.y)) <= _TWICE * a.size


def by_turn(characters: Iterable[Character]) -> dict[int | None, list[Character]]:
    """The characters by how they are turned, in the order drawn; upright ones first."""
    ordered = sorted(characters, key=lambda c: 4 if c.turn is None else c.turn)
    return {turn: list(group) for turn, group in groupby(ordered, key=lambda c: c.turn)}
