"""Where the rows of a page of a PDF file are cut: at gutters between columns, and at cells."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain

from pipeline.reading.pdf_crossed import NEAR, are_cells, are_staggered, kind_of_crossed
from pipeline.reading.pdf_gutters import Gutter, free_strips, sides_of
from pipeline.reading.pdf_rows import Row, typical_size


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
    size = typical_size(chain.from_iterable(rows))
    drawn = sorted(chain.from_iterable(rows), key=lambda word: word.order)
    ranks = {id(word): rank for rank, word in enumerate(drawn)}
    strips = list(free_strips(rows, size, ranks))
    sure, crossed = _parted(strips)
    cuts = _for_each_row(sure, rows, ranks)
    kinds = {id(s): kind_of_crossed(s, _column_of(s, rows, cuts), size) for s in crossed}
    cuts = _for_each_row(sure + [s for s in crossed if kinds[id(s)]], rows, ranks)
    others = [strip for strip in crossed if not kinds[id(strip)]]
    cells = [strip for strip in others if are_cells(strip, _column_of(strip, rows, cuts), size)]
    uncut = [strip for strip in others if not _is_cut(strip, cuts)]
    staggered = any(are_staggered(s, _column_of(s, rows, cuts), size) for s in uncut)
    doubtful = staggered or _are_doubtful(cuts, kinds, rows)
    return Cuts(cuts, _for_each_row(cells, rows, ranks), doubtful)


def _parted(strips: list[Gutter]) -> tuple[list[Gutter], list[Gutter]]:
    """Those that the order drawn keeps to, and those that it crosses."""
    return [one for one in strips if not one.is_crossed], [one for one in strips if one.is_crossed]


def _is_cut(strip: Gutter, cuts: tuple[tuple[Gutter, ...], ...]) -> bool:
    """Whether a gutter already parts the rows where the strip is."""
    return any(strip.meets(gutter) for row in cuts[strip.top : strip.bottom + 1] for gutter in row)


def _are_doubtful(
    cuts: tuple[tuple[Gutter, ...], ...], kinds: dict[int, str], rows: list[Row]
) -> bool:
    """Whether a gutter that the page is drawn across may be none; ``kinds`` are by their ids.

    Of three ragged columns and more, lines of which one has no neighbour may be anybody's.
    """
    used = {id(gutter): gutter for row in cuts for gutter in row if gutter.is_crossed}
    several = any(sum(gutter.is_crossed for gutter in row) > 1 for row in cuts)
    if several and any(kinds[key] == "ragged" for key in used):
        return True
    return any(kinds[key] == "doubtful" or _leaks(g, rows, cuts) for key, g in used.items())


def _leaks(gutter: Gutter, rows: list[Row], cuts: tuple[tuple[Gutter, ...], ...]) -> bool:
    """Whether a line of the same text, next to those that the gutter cuts, goes across it."""
    inside = [at for at, found in enumerate(cuts) if gutter in found]
    cut = [rows[at][0] for at in inside]
    for at in range(max(0, inside[0] - NEAR), min(len(rows), inside[-1] + NEAR + 1)):
        first = rows[at][0]
        if any(map(gutter.meets, cuts[at])):
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
    for at in range(max(0, strip.top - NEAR), min(len(rows), strip.bottom + NEAR + 1)):
        start = max((g.x0 for g in gutters[at] if g.x1 <= middle), default=-float("inf"))
        end = min((g.x1 for g in gutters[at] if g.x0 >= middle), default=float("inf"))
        found[at] = [w for w in rows[at] if start <= w.x0 and w.x1 <= end]
    return found


def _for_each_row(
    gutters: list[Gutter], rows: list[Row], ranks: dict[int, int]
) -> tuple[tuple[Gutter, ...], ...]:
    """The gutters of each row from left to right; one that is wider, higher and surer goes first.

    A line of the full width may have a blank where the gutter is: it is drawn across, and is not
    cut.
    """
    cut: list[list[Gutter]] = [[] for _ in rows]
    order = sorted(gutters, key=lambda g: (g.is_crossed, -min(g.left, g.right), -g.width))
    for gutter in order:
        for number in range(gutter.top, gutter.bottom + 1):
            if any(map(gutter.meets, cut[number])):
                continue
            if _parts(gutter, rows[number], ranks, inside=number >= gutter.first):
                cut[number].append(gutter)
    return tuple(tuple(sorted(found, key=lambda g: g.x0)) for found in cut)


def _parts(gutter: Gutter, row: Row, ranks: dict[int, int], *, inside: bool) -> bool:
    """Whether the gutter parts the words of the row; ``inside`` says if it has begun there.

    A line over the columns may be of the full width, and short.
    """
    a, b = sides_of(row, gutter.x0, gutter.x1)
    if a is None or b is None:
        return inside or b is not None
    across = ranks[id(b)] - ranks[id(a)] == 1
    narrow = b.x0 - a.x1 < max(a.size, b.size) / 2
    return not (across and (narrow or not gutter.is_crossed))
