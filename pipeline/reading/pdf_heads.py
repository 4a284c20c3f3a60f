"""The rows of the pages of a PDF file without running heads, feet and page numbers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.reading.pdf_rows import Row, typical_size

_EDGE = 0.12
_NEAR = 0.2
_AWAY = 1.8
_REPEATED = 0.3
_ROMAN = r"(?=[ivxlc])(?:x[cl]|l?x{0,3})c{0,3}(?:i[xv]|v?i{0,3})"
_NUMBER = re.compile(
    rf"[\W_]*(?:page\s*)?(?:\d+|{_ROMAN})(?:\s*(?:of|/)\s*\d+)?[\W_]*", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Part:
    """Rows of a page that stand the same way up; ``height`` is the page's, turned that way."""

    page: int
    height: float
    rows: list[Row]


def without_running_heads(parts: list[Part]) -> Iterator[Part]:
    """The parts without rows in the margins that are page numbers or that many pages have."""
    pages = len({part.page for part in parts})
    seen = _pages_with(parts)
    least = max(2, _REPEATED * pages)
    for part in parts:
        rows = [row for row in part.rows if not (_is_edge(row, part) and seen[_key(row)] >= least)]
        for at, beside in ((0, 1), (-1, -2)):
            if rows and _NUMBER.fullmatch(_text(rows[at])) and _is_apart(rows, at, beside, part):
                del rows[at]
        yield Part(part.page, part.height, rows)


def _pages_with(parts: list[Part]) -> Counter[str]:
    """On how many pages each row of the margins is, by what is the same on each page."""
    edges = {(_key(row), part.page) for part in parts for row in part.rows if _is_edge(row, part)}
    return Counter(key for key, _ in edges)


def _is_edge(row: Row, part: Part) -> bool:
    return not _EDGE * part.height <= row[0].y <= (1 - _EDGE) * part.height


def _is_apart(rows: list[Row], at: int, beside: int, part: Part) -> bool:
    """Whether the first or last row is in the margin, or near it and away from the text."""
    if _is_edge(rows[at], part):
        return True
    y, near = rows[at][0].y, _NEAR * part.height
    if near <= y <= part.height - near:
        return False
    return len(rows) == 1 or abs(rows[beside][0].y - y) > _AWAY * rows[at][0].size


def _key(row: Row) -> str:
    """What is the same on each page: not its number, but the size, which is another in a title."""
    return f"{re.sub(r'[0-9]+', '#', _text(row)).lower()} {typical_size(row):.0f}"


def _text(row: Row) -> str:
    return " ".join(word.text for word in row)
