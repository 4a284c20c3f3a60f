"""What a free strip of a page of a PDF file parts that the page is drawn across: columns, cells."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from pipeline.reading.pdf_gutters import Gutter, sides_of
from pipeline.reading.pdf_rows import Row
from pipeline.reading.pdf_words import Word

NEAR = 16
"""How many rows above and below a strip are near it."""

_ALIGNED = 0.3
_MOST = 0.7
_ALL = 0.9
_SEVERAL = 4
_MANY = 6
_CONTINUED = 0.3
_OFTEN = 3
_WIDE = 0.5
_BLANK = 0.25
_FULL = 0.75
_LABEL = 3
_FEW = 0.4


@dataclass(frozen=True, slots=True)
class _Beside:
    """The rows beside a strip, each with the words next to it: left, right, or in ``pairs`` both.

    ``size`` is that of the page's letters.
    """

    strip: Gutter
    size: float
    lefts: list[tuple[Row, Word]]
    rights: list[tuple[Row, Word]]
    pairs: list[tuple[Row, Word, Word]]

    def share_ending(self) -> float:
        """The share of the words on the left that end where the strip begins."""
        return _share(self.is_aligned(a.x1, self.strip.x0) for _, a in self.lefts)

    def share_beginning(self) -> float:
        """The share of the words on the right that begin where the strip ends."""
        return _share(self.is_aligned(b.x0, self.strip.x1) for _, b in self.rights)

    def share_wide(self) -> float:
        """The share of the pairs with a wider blank between them than the others of their rows."""
        return _share(_is_wide(row, a, b, self.size) for row, a, b in self.pairs)

    def is_aligned(self, x: float, other: float) -> bool:
        """Whether the two stand under one another."""
        return abs(x - other) <= _ALIGNED * self.size


def _beside(strip: Gutter, rows: list[Row], size: float) -> _Beside:
    """The rows beside the strip, those without words left out."""
    sides = [
        (row, *sides_of(row, strip.x0, strip.x1))
        for row in rows[strip.top : strip.bottom + 1]
        if row
    ]
    lefts = [(row, a) for row, a, _ in sides if a]
    rights = [(row, b) for row, _, b in sides if b]
    pairs = [(row, a, b) for row, a, b in sides if a and b]
    return _Beside(strip, size, lefts, rights, pairs)


def kind_of_crossed(strip: Gutter, rows: list[Row], size: float) -> str:
    """Whether the strip parts ``columns``, ``ragged`` or ``doubtful`` ones, or nothing.

    ``rows`` are the page's, each with the words of the one column alone in which the strip is.
    """
    beside = _beside(strip, rows, size)
    if not beside.lefts or not beside.rights:
        return ""
    kind = _kind_by_edges(beside) if beside.share_beginning() >= _MOST else ""
    if kind == "columns" and beside.share_ending() < _FEW:
        return "ragged"
    if kind or len(beside.pairs) < 3 or _is_inside_text(strip, rows, size):
        return kind
    return "doubtful" if _are_lines_of_text(beside) or _are_ragged(beside) else ""


def _kind_by_edges(beside: _Beside) -> str:
    """What the strip parts, by how many lines of several words end and begin at it."""
    words = _fewest_words(beside.lefts, beside.rights)
    lines = min(len(beside.lefts), len(beside.rights))
    if words < 2 or lines < _SEVERAL:
        return ""
    long, many = words >= 3, lines >= _MANY
    flush = beside.share_ending() >= _MOST or beside.share_beginning() >= _ALL
    if long and many and flush:
        return "columns"
    if beside.share_ending() < _MOST or not (long or many):
        return ""
    return "columns" if many else "doubtful"


def _are_lines_of_text(beside: _Beside) -> bool:
    """Whether lines of several words, parted by a wide strip or blank, go on on both sides."""
    if beside.share_beginning() < _MOST:
        return False
    wide = beside.share_wide() >= _MOST
    under = beside.share_beginning() >= _ALL and beside.strip.width >= beside.size
    lefts = [(row, a) for row, a, _ in beside.pairs]
    rights = [(row, b) for row, _, b in beside.pairs]
    return (wide or under) and _fewest_words(lefts, rights) >= 3 and _go_on(beside.pairs)


def _are_ragged(beside: _Beside) -> bool:
    """Whether short lines go on on both sides, and those on the right begin at a few places.

    So do the lines of narrow columns that are not justified, of which some end before the others;
    the cells of a table seldom go on.
    """
    here = [pair for pair in beside.pairs if beside.is_aligned(pair[2].x0, beside.strip.x1)]
    wide = bool(here) and _share(_is_wide(*pair, beside.size) for pair in here) >= _MOST
    if len(here) < (_SEVERAL if wide else _MANY) or _share_of_starts(beside) < _ALL:
        return False
    lefts, rights = [(row, a) for row, a, _ in here], [(row, b) for row, _, b in here]
    return _fewest_words(lefts, rights) >= 2 and _go_on(here) and _fill(lefts, rights, beside.size)


def _share_of_starts(beside: _Beside) -> float:
    """The share of the lines on the right that begin where others of them do."""
    starts = [word.x0 for _, word in beside.rights]
    return _share(sum(beside.is_aligned(x, y) for y in starts) >= _OFTEN for x in starts)


def _fill(lefts: list[tuple[Row, Word]], rights: list[tuple[Row, Word]], size: float) -> bool:
    """Whether the lines on both sides are as full as lines can be."""
    left = [_phrase_of(row[: row.index(a) + 1][::-1], size)[::-1] for row, a in lefts]
    right = [_phrase_of(row[row.index(b) :], size) for row, b in rights]
    return min(_share_full(left, size), _share_full(right, size)) >= _FULL


def _phrase_of(words: Row, size: float) -> Row:
    """The first words up to a blank that is wider than those of lines that are not justified."""
    for number, (one, other) in enumerate(pairwise(words), start=1):
        if max(one.x0, other.x0) - min(one.x1, other.x1) >= _WIDE * size:
            return words[:number]
    return words


def _share_full(lines: list[Row], size: float) -> float:
    """The share of the lines in which the next one's first word has no room left.

    That is why text goes on in a new line; a cell ends where it has been said.
    """
    end = max(line[-1].x1 for line in lines)
    return _share(
        line[-1].x1 + _BLANK * size + below[0].x1 - below[0].x0 > end
        for line, below in pairwise(lines)
    )


def _fewest_words(lefts: list[tuple[Row, Word]], rights: list[tuple[Row, Word]]) -> float:
    """How many words most lines have on the side that has fewer."""
    return min(
        median([sum(w.x1 <= a.x1 for w in row) for row, a in lefts]),
        median([sum(w.x0 >= b.x0 for w in row) for row, b in rights]),
    )


def _go_on(pairs: list[tuple[Row, Word, Word]]) -> bool:
    """Whether the lines are the rest of sentences, and no cells: many begin with a small letter."""
    begins = [word.text for row, _, b in pairs[1:] for word in (row[0], b)]
    return sum(text[:1].islower() for text in begins) >= _CONTINUED * len(begins)


def are_staggered(strip: Gutter, rows: list[Row], size: float) -> bool:
    """Whether lines on both sides, drawn in turn, lie between one another and not on one height."""
    beside = _beside(strip, rows, size)
    lines = min(len(beside.lefts), len(beside.rights))
    if lines < _SEVERAL or len(beside.pairs) > lines / _SEVERAL or strip.crossed < lines:
        return False
    return _fewest_words(beside.lefts, beside.rights) >= 2


def are_cells(strip: Gutter, rows: list[Row], size: float) -> bool:
    """Whether the strip parts the cells of a table: they begin or end under one another."""
    beside = _beside(strip, rows, size)
    fewest = 2 if strip.width >= 2 * size else 3
    filled = sum(bool(row) for row in rows[strip.top : strip.bottom + 1])
    if strip.width < size or len(beside.pairs) < max(_FEW * filled, fewest):
        return False
    fits = min(_share_under_one_another(beside), beside.share_wide()) >= _MOST
    return fits and _length_of_labels(beside) > _LABEL and not _is_inside_text(strip, rows, size)


def _share_under_one_another(beside: _Beside) -> float:
    """The share of the cells that begin, or end, or end their rows, at one place."""
    last = max(row[-1].x1 for row, _, _ in beside.pairs)
    furthest = max(b.x1 for _, _, b in beside.pairs)
    return max(
        _share(beside.is_aligned(b.x0, beside.strip.x1) for _, _, b in beside.pairs),
        _share(beside.is_aligned(b.x1, furthest) for _, _, b in beside.pairs),
        _share(beside.is_aligned(row[-1].x1, last) for row, _, _ in beside.pairs),
    )


def _length_of_labels(beside: _Beside) -> float:
    """How many characters most rows have left of the strip."""
    return median([sum(len(w.text) for w in row if w.x1 <= a.x1) for row, a, _ in beside.pairs])


def _share(found: Iterable[bool]) -> float:
    values = list(found)
    return sum(values) / len(values)


def _is_inside_text(strip: Gutter, rows: list[Row], size: float) -> bool:
    """Whether a line near the strip goes across it and is as wide as those that it parts.

    The strip is then a blank of justified text: in lines of two words it may be very wide.
    """
    inside = [
        at
        for at in range(strip.top, strip.bottom + 1)
        if rows[at] and all(sides_of(rows[at], strip.x0, strip.x1))
    ]
    x0, x1 = min(rows[at][0].x0 for at in inside), max(rows[at][-1].x1 for at in inside)
    above = rows[max(0, inside[0] - NEAR) : inside[0]][::-1]
    below = rows[inside[-1] + 1 : inside[-1] + 1 + NEAR]
    for near, beyond in ((rows[inside[0]], above), (rows[inside[-1]], below)):
        y = near[0].y
        for row in filter(None, beyond):
            if abs(row[0].y - y) > 2 * size:
                break
            y = row[0].y
            is_flush = max(abs(row[0].x0 - x0), abs(row[-1].x1 - x1)) <= size
            if is_flush and any(map(strip.meets, row)):
                return True
    return False


def _is_wide(row: Row, a: Word, b: Word, size: float) -> bool:
    """Whether the blank between the two words is wider than the others of the row."""
    gap = b.x0 - a.x1
    others = [y.x0 - x.x1 for x, y in pairwise(row) if x is not a]
    if gap >= 3 * size or (gap >= size and all(other >= size for other in others) and others):
        return True  # each word of a row is a cell
    return gap >= 2 * (median(others) if others else size)
