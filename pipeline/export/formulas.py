"""Cells that no spreadsheet takes for formulas, and the text that such a cell was made of."""

from __future__ import annotations

import re

_PARTS = ";|\t\n\r\v\f\x85\u2028\u2029"
"""What begins another cell where a spreadsheet parts the table at other marks than commas."""

_UNSEEN = (  # what a spreadsheet passes over, nobody sees, or opens a text in quotes
    r"\s\x00-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f"
    r"\u2028-\u202f\u2060-\u206f\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffc"
    r"\U000e0000-\U000e0fff\""
)
_SIGNS = (  # = + - @ in every width
    r"=+\-@\u207a-\u207c\u208a-\u208c\u2212\ufe62\ufe63\ufe66\ufe6b\uff0b\uff0d\uff1d\uff20"
)
# Apostrophes belong to the gap, so that one of the text's own is told from one put there: a gap
# that has some gets one more, and reading takes one away. Each gap is tried once.
_FORMULA = re.compile(rf"(?<![{_UNSEEN};|'])(?P<gap>[{_UNSEEN};|']*+)(?P<sign>[{_SIGNS}])")
_OPENS = re.compile(r"[ \u00a0']*+[\t\r\n]")


def harmless(cell: str) -> str:
    """The cell, so that no spreadsheet runs it: an apostrophe before what could be a formula.

    Within a cell that is behind a semicolon, a tab or a line break: there another cell begins
    where a spreadsheet parts the table at other marks than commas.

    >>> print(harmless('=HYPERLINK("evil")'), harmless("the vote"), harmless("a;=1+1"))
    '=HYPERLINK("evil") the vote a;'=1+1
    """
    if cell.isalnum() or not cell:
        return cell
    safe = _FORMULA.sub(_with_apostrophe, cell)
    return f"'{safe}" if _opens_oddly(cell) else safe


def as_written(cell: str) -> str:
    """The text that ``harmless`` made the cell of.

    >>> as_written("a;'=1+1"), as_written(harmless("'=1")), as_written("'tis")
    ('a;=1+1', "'=1", "'tis")
    """
    bare = cell[1:] if _opens_oddly(cell) and cell.startswith("'") else cell
    return _FORMULA.sub(_without_apostrophe, bare)


def _opens_oddly(cell: str) -> bool:
    """Whether the cell begins with a tab or line break, and not with what is a formula anyway."""
    if not _OPENS.match(cell):
        return False
    found = _FORMULA.match(cell)
    return found is None or _place(found) != 0


def _place(found: re.Match[str]) -> int | None:
    """Where in its gap an apostrophe goes; None for a sign amid a cell's words."""
    gap = found["gap"]
    if not gap and found.start():
        return None
    parted = max(gap.rfind(";"), gap.rfind("|")) + 1
    if not parted and found.start():
        parted = 1 + max(gap.rfind(part) for part in _PARTS)
        return parted or None
    return parted


def _with_apostrophe(found: re.Match[str]) -> str:
    place, gap = _place(found), found["gap"]
    return found[0] if place is None else f"{gap[:place]}'{gap[place:]}{found['sign']}"


def _without_apostrophe(found: re.Match[str]) -> str:
    place, gap = _place(found), found["gap"]
    if place is None or gap[place : place + 1] != "'":
        return found[0]
    return f"{gap[:place]}{gap[place + 1 :]}{found['sign']}"
