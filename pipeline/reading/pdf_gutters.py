"""The strips of a page of a PDF file that stay free of words over several rows."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, pairwise

from pipeline.reading.pdf_rows import Row
from pipeline.reading.pdf_words import Word

_NARROWEST = 0.5
_MAX_OPEN = 200
_MAX_GUTTERS = 300
_FEW_LINES = 8
_KEPT = 0.6


@dataclass(frozen=True, slots=True)
class Gutter:
    """A strip without words from ``x0`` to ``x1``, beside rows ``top`` to ``bottom``.

    From row ``first`` on there are words on both sides. ``left`` and ``right`` are the numbers of
    rows with words on that side where both run side by side; ``crossed`` is how often the order
    drawn goes from one side to the other.
    """

    x0: float
    x1: float
    top: int
    bottom: int
    first: int
    left: int
    right: int
    crossed: int

    @property
    def is_crossed(self) -> bool:
        """Whether the order drawn does not keep to one side of it for more than a line or so."""
        lines = self.left + self.right
        return self.crossed > (_KEPT * lines if lines >= _FEW_LINES else 1)

    @property
    def width(self) -> float:
        """How far it is from side to side."""
        return self.x1 - self.x0

    def meets(self, other: Gutter | Word) -> bool:
        """Whether the other is over, under or in it, be it in part."""
        return other.x0 < self.x1 and self.x0 < other.x1


def free_strips(rows: list[Row], size: float, ranks: dict[int, int]) -> Iterator[Gutter]:
    """The largest free strips that have two rows or more on both sides."""
    narrowest = _NARROWEST * size
    found = 0
    open_: dict[tuple[float, float], int] = {}
    for number, row in enumerate([*rows, []]):
        free = _free(row, narrowest) if row else []
        goes_on: dict[tuple[float, float], int] = {}
        for (x0, x1), top in open_.items():
            kept = False
            for left, right in free:
                both = (max(x0, left), min(x1, right))
                if both[1] - both[0] >= narrowest:
                    goes_on[both] = min(top, goes_on.get(both, top))
                    kept = kept or both == (x0, x1)
            if not kept and (strip := _measured(rows, x0, x1, top, number - 1, ranks)):
                found += 1
                yield strip
        for strip_ in free:
            goes_on.setdefault(strip_, number)
        if len(goes_on) > _MAX_OPEN:
            goes_on = dict(sorted(goes_on.items(), key=lambda item: item[1])[:_MAX_OPEN])
        open_ = goes_on
        if found > _MAX_GUTTERS:
            return


def _free(row: Row, narrowest: float) -> list[tuple[float, float]]:
    """The strips beside the words of a row; the first and last have no end."""
    edge = float("inf")
    free, end = [], -edge
    for word in row:
        if word.x0 - end >= narrowest:
            free.append((end, word.x0))
        end = max(end, word.x1)
    return [*free, (end, edge)]


def sides_of(row: Row, x0: float, x1: float) -> tuple[Word | None, Word | None]:
    """The words next to the strip on its left and right."""
    at = bisect_right(row, (x0 + x1) / 2, key=lambda w: w.x0)
    return (row[at - 1] if at else None), (row[at] if at < len(row) else None)


@dataclass(frozen=True, slots=True)
class _Stretch:
    """The rows ``first`` to ``last``, and how many of them have words on the left and the right."""

    first: int
    last: int
    left: int
    right: int


def _measured(
    rows: list[Row], x0: float, x1: float, top: int, bottom: int, ranks: dict[int, int]
) -> Gutter | None:
    """The strip with its rows counted where both sides run side by side; None for fewer than two.

    Where there are words on one side only, below or above, the strip is as free there.
    """
    if x0 == -float("inf") or x1 == float("inf"):
        return None
    beside = _side_by_side([sides_of(row, x0, x1) for row in rows[top : bottom + 1]])
    if beside is None:
        return None
    crossed = _crossings(rows[top + beside.first : top + beside.last + 1], x1, ranks)
    if min(beside.left, beside.right) < 2 and crossed > 1:
        return None
    return Gutter(x0, x1, top, bottom, top + beside.first, beside.left, beside.right, crossed)


def _side_by_side(sides: list[tuple[Word | None, Word | None]]) -> _Stretch | None:
    """The rows from the first to the last with words on both sides; None where they are too few.

    One line at the head of a column counts beside a whole other column.
    """
    on_left = [n for n, (left, _) in enumerate(sides) if left is not None]
    on_right = [n for n, (_, right) in enumerate(sides) if right is not None]
    if not on_left or not on_right:
        return None
    first, last = max(on_left[0], on_right[0]), min(on_left[-1], on_right[-1])
    left = sum(first <= n <= last for n in on_left)
    right = sum(first <= n <= last for n in on_right)
    if min(left, right) >= 2:
        return _Stretch(first, last, left, right)
    if len(on_left) + len(on_right) < _FEW_LINES // 2:
        return None
    return _Stretch(0, len(sides) - 1, left, right)


def _crossings(rows: list[Row], x1: float, ranks: dict[int, int]) -> int:
    """How often the order drawn goes from one side of the strip to the other."""
    words = sorted(chain.from_iterable(rows), key=lambda word: ranks[id(word)])
    return sum((a.x0 < x1) != (b.x0 < x1) for a, b in pairwise(words))
