"""Where the rows of a page of a PDF file are cut: at gutters between columns, and at cells."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from pipeline.reading.pdf_gutters import Gutter, free_strips, sides_of
from pipeline.reading.pdf_rows import Row, typical_size
from pipeline.reading.pdf_words import Word

_ALIGNED = 0.3
_MOST = 0.7
_ALL = 0.9
_SEVERAL = 4
_MANY = 6
_CONTINUED = 0.3
_LABEL = 3
_FEW = 0.4
_NEXT = 16


@dataclass(frozen=True, slots=True)
class Cuts:
    """Which gutters part the words of each row, and where a row has the cells of a table."""

    gutters: tuple[tuple[Gutter, ...], ...]
    cells: tuple[tuple[Gutter, ...], ...]
    doubtful: bool = False


def find_cuts(rows: list[Row]) -> Cuts:
    """Where columns and cells part, by the strips that stay free of words over several rows.

    A strip parts columns where the words are drawn first on its one side and then on the other.
    Where they are drawn across it, it does if the words on its right begin at one place and there
    are several to a line on both sides; with few words, it parts the cells of a table. Blanks that
    happen to stand under one another in justified text do neither.

    Source: T. M. Breuel, Two geometric algorithms for layout analysis (DAS 2002): gutters as
    maximal whitespace; the order drawn is added to it, for text whose blanks are as wide.
    """
    words = [word for row in rows for word in row]
    size = typical_size(words)
    ranks = {id(w): rank for rank, w in enumerate(sorted(words, key=lambda w: w.order))}
    strips = list(free_strips(rows, size, ranks))
    sure = [strip for strip in strips if not strip.is_crossed]
    crossed = [strip for strip in strips if strip.is_crossed]
    cuts = _for_each_row(sure, rows, ranks)
    kinds = {id(s): _kind_of_crossed(s, _column_of(s, rows, cuts), size) for s in crossed}
    cuts = _for_each_row(sure + [s for s in crossed if kinds[id(s)]], rows, ranks)
    used = {id(gutter): gutter for row in cuts for gutter in row if gutter.is_crossed}
    doubtful = any(kinds[key] == "doubtful" or _leaks(g, rows, cuts) for key, g in used.items())
    cells = [
        strip
        for strip in crossed
        if not kinds[id(strip)] and _are_cells(strip, _column_of(strip, rows, cuts), size)
    ]
    return Cuts(cuts, _for_each_row(cells, rows, ranks), doubtful)


def _leaks(gutter: Gutter, rows: list[Row], cuts: tuple[tuple[Gutter, ...], ...]) -> bool:
    """Whether a line of the same text, next to those that the gutter cuts, goes across it."""
    inside = [at for at, found in enumerate(cuts) if gutter in found]
    cut = [rows[at][0] for at in inside]
    for at in range(max(0, inside[0] - _NEXT), min(len(rows), inside[-1] + _NEXT + 1)):
        first = rows[at][0]
        if any(g.x0 < gutter.x1 and gutter.x0 < g.x1 for g in cuts[at]):
            continue
        near = any(
            abs(word.y - first.y) <= 1.7 * first.size and abs(word.size - first.size) < 0.5
            for word in cut
        )
        if near and all(sides_of(rows[at], gutter.x0, gutter.x1)):
            return True
    return False


def _column_of(
    strip: Gutter, rows: list[Row], gutters: tuple[tuple[Gutter, ...], ...]
) -> list[Row]:
    """The rows next to the strip, and a few more, with the words between the gutters beside it.

    All other rows are empty.
    """
    middle = (strip.x0 + strip.x1) / 2
    found: list[Row] = [[] for _ in rows]
    for at in range(max(0, strip.top - _NEXT), min(len(rows), strip.bottom + _NEXT + 1)):
        start = max((g.x0 for g in gutters[at] if g.x1 <= middle), default=-float("inf"))
        end = min((g.x1 for g in gutters[at] if g.x0 >= middle), default=float("inf"))
        found[at] = [w for w in rows[at] if start <= w.x0 and w.x1 <= end]
    return found


def _kind_of_crossed(strip: Gutter, rows: list[Row], size: float) -> str:
    """Whether the strip parts ``columns``, ``doubtful`` ones, or nothing.

    ``rows`` are the page's, each with the words of the one column alone in which the strip is.
    """
    beside = [row for row in rows[strip.top : strip.bottom + 1] if row]
    sides = [(row, *sides_of(row, strip.x0, strip.x1)) for row in beside]
    lefts = [(row, a) for row, a, _ in sides if a]
    rights = [(row, b) for row, _, b in sides if b]
    if not lefts or not rights:
        return ""
    ends = _share(abs(a.x1 - strip.x0) <= _ALIGNED * size for _, a in lefts)
    starts = _share(abs(b.x0 - strip.x1) <= _ALIGNED * size for _, b in rights)
    words = _fewest_words(lefts, rights)
    rows_beside = min(len(lefts), len(rights))
    if starts >= _MOST and words >= 2 and rows_beside >= _SEVERAL:
        if ends >= _MOST and (words >= 3 or rows_beside >= _MANY):
            return "columns" if rows_beside >= _MANY else "doubtful"
        if words >= 3 and rows_beside >= _MANY and starts >= _ALL:
            return "columns"
    pairs = [(row, a, b) for row, a, b in sides if a and b]
    if len(pairs) < 3 or starts < _MOST or _is_inside_text(strip, rows, size):
        return ""
    wide = _share(_is_wide(row, a, b, size) for row, a, b in pairs) >= _MOST
    under = starts >= _ALL and strip.x1 - strip.x0 >= size
    several = _fewest_words([(row, a) for row, a, _ in pairs], [(row, b) for row, _, b in pairs])
    return "doubtful" if (wide or under) and several >= 3 and _go_on(pairs) else ""


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


def _are_cells(strip: Gutter, rows: list[Row], size: float) -> bool:
    """Whether the strip parts the cells of a table: they begin or end under one another."""
    beside = [row for row in rows[strip.top : strip.bottom + 1] if row]
    pairs = [
        (row, a, b) for row in beside for a, b in [sides_of(row, strip.x0, strip.x1)] if a and b
    ]
    width = strip.x1 - strip.x0
    if width < size or len(pairs) < max(_FEW * len(beside), 2 if width >= 2 * size else 3):
        return False
    last = max(row[-1].x1 for row, _, _ in pairs)
    furthest = max(b.x1 for _, _, b in pairs)
    aligned = max(
        _share(abs(b.x0 - strip.x1) <= _ALIGNED * size for _, _, b in pairs),
        _share(abs(b.x1 - furthest) <= _ALIGNED * size for _, _, b in pairs),
        _share(abs(row[-1].x1 - last) <= _ALIGNED * size for row, _, _ in pairs),
    )
    label = median([sum(len(w.text) for w in row if w.x1 <= a.x1) for row, a, _ in pairs])
    wide = _share(_is_wide(row, a, b, size) for row, a, b in pairs)
    fits = min(aligned, wide) >= _MOST and label > _LABEL
    return fits and not _is_inside_text(strip, rows, size)


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
    above = rows[max(0, inside[0] - _NEXT) : inside[0]][::-1]
    below = rows[inside[-1] + 1 : inside[-1] + 1 + _NEXT]
    for near, beyond in ((rows[inside[0]], above), (rows[inside[-1]], below)):
        y = near[0].y
        for row in filter(None, beyond):
            if abs(row[0].y - y) > 2 * size:
                break
            y = row[0].y
            is_flush = max(abs(row[0].x0 - x0), abs(row[-1].x1 - x1)) <= size
            if is_flush and any(w.x0 < strip.x1 and strip.x0 < w.x1 for w in row):
                return True
    return False


def _is_wide(row: Row, a: Word, b: Word, size: float) -> bool:
    """Whether the blank between the two words is wider than the others of the row."""
    gap = b.x0 - a.x1
    others = [y.x0 - x.x1 for x, y in pairwise(row) if x is not a]
    if gap >= 3 * size or (gap >= size and all(other >= size for other in others) and others):
        return True  # each word of a row is a cell
    return gap >= 2 * (median(others) if others else size)


def _for_each_row(
    gutters: list[Gutter], rows: list[Row], ranks: dict[int, int]
) -> tuple[tuple[Gutter, ...], ...]:
    """The gutters of each row from left to right; one that is wider, higher and surer goes first.

    A line of the full width may have a blank where the gutter is: it is drawn across, and is not
    cut.
    """
    cut: list[list[Gutter]] = [[] for _ in rows]
    order = sorted(gutters, key=lambda g: (g.is_crossed, -min(g.left, g.right), g.x0 - g.x1))
    for gutter in order:
        for number in range(gutter.top, gutter.bottom + 1):
            if any(g.x0 < gutter.x1 and gutter.x0 < g.x1 for g in cut[number]):
                continue
            a, b = sides_of(rows[number], gutter.x0, gutter.x1)
            if number < gutter.first and b is None:
                continue  # a short line of the full width, over the columns
            across = a and b and ranks[id(b)] - ranks[id(a)] == 1
            narrow = a and b and b.x0 - a.x1 < max(a.size, b.size) / 2
            if across and (narrow or not gutter.is_crossed):
                continue
            cut[number].append(gutter)
    return tuple(tuple(sorted(found, key=lambda g: g.x0)) for found in cut)
