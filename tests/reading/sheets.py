"""Pages of PDF files with each word in its place, so that any layout can be drawn."""

from __future__ import annotations

from dataclasses import dataclass, replace

from pdfminer.fontmetrics import FONT_METRICS

from tests.reading.files import escaped, written

_WIDTHS = FONT_METRICS["Helvetica"][1]


@dataclass(frozen=True, slots=True)
class Placed:
    """A word that begins ``x`` points from the page's left and stands ``y`` over its foot.

    ``rise`` raises it over its line without moving it; ``turn`` turns it by quarters.
    """

    text: str
    x: float
    y: float
    size: float = 10
    rise: float = 0
    turn: int = 0


def width_of(text: str, size: float = 10) -> float:
    """How wide the words are in Helvetica."""
    return sum(_WIDTHS.get(letter, 556) for letter in text) * size / 1000


def column(
    text: str,
    *,
    x: float,
    top: float,
    width: float,
    size: float = 10,
    leading: float = 12,
    justified: bool = True,
) -> list[list[Placed]]:
    """The lines of a text that is set into a column, without hyphens; the last one is ragged."""
    lines: list[list[str]] = [[]]
    for word in text.split(" "):
        if lines[-1] and width_of(" ".join([*lines[-1], word]), size) > width:
            lines.append([])
        lines[-1].append(word)
    placed = []
    for number, words in enumerate(lines):
        blank = width_of(" ", size)
        if justified and len(words) > 1 and number < len(lines) - 1:
            blank = (width - sum(width_of(word, size) for word in words)) / (len(words) - 1)
        at, row = x, []
        for word in words:
            row.append(Placed(word, at, top - leading * number, size))
            at += width_of(word, size) + blank
        placed.append(row)
    return placed


def drawn(pages: list[list[Placed]], *, encoding: str = "/WinAnsiEncoding", box: str = "") -> bytes:
    """A PDF file whose pages have these words, drawn in this order and with no blanks."""
    font = f"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding {encoding} >>"
    objects = ["", "", font, "<< >>"]
    kids = []
    for words in pages:
        content = "BT " + "".join(map(_drawn, words)) + "ET"
        objects.append(f"<< /Length {len(content)} >>\nstream\n{content}\nendstream")
        objects.append(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] "
            f"/Resources << /Font << /F1 3 0 R >> >> /Contents {len(objects)} 0 R {box} >>"
        )
        kids.append(f"{len(objects)} 0 R")
    objects[0] = "<< /Type /Catalog /Pages 2 0 R >>"
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    return written(objects)


def _drawn(word: Placed) -> str:
    matrix = ("1 0 0 1", "0 1 -1 0", "-1 0 0 -1", "0 -1 1 0")[word.turn]
    codes = escaped(word.text).encode("cp1252")
    text = "".join(chr(code) if 32 <= code < 127 else f"\\{code:03o}" for code in codes)
    return f"/F1 {word.size} Tf {word.rise} Ts {matrix} {word.x:.2f} {word.y:.2f} Tm ({text}) Tj "


def flat(lines: list[list[Placed]]) -> list[Placed]:
    """The words of the lines, one line after the other."""
    return [word for line in lines for word in line]


def across(*columns: list[list[Placed]]) -> list[Placed]:
    """The words of columns as they are drawn from the page's left to its right, line by line."""
    longest = max(map(len, columns))
    return [
        word
        for at in range(longest)
        for one in columns
        for word in (one[at] if at < len(one) else [])
    ]


def line(text: str, x: float, y: float, size: float = 10) -> list[Placed]:
    """The words of one line."""
    return flat(column(text, x=x, top=y, width=10_000, size=size))


def moved(words: list[Placed], by: float) -> list[Placed]:
    """The words, higher by so much."""
    return [replace(word, y=word.y + by) for word in words]
