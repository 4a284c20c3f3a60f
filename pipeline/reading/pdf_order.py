"""The lines of a page of a PDF file in the order in which they are read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain, pairwise

from pipeline.reading.pdf_characters import is_unmapped
from pipeline.reading.pdf_columns import Cuts, find_cuts
from pipeline.reading.pdf_gutters import Gutter
from pipeline.reading.pdf_rows import Row, typical_size
from pipeline.reading.pdf_words import Word

_MOST_BLOCKS = 100
_MOST_PIECES = 500
_OVERLAP = 0.3
_OVERDRAWN = 2
_WOVEN = 0.08
_BLANK = 1.5
_CLOSE = 0.65
_NEAR = 1e-3


@dataclass(slots=True)
class Line:
    """A line of a column; ``left`` and ``right`` are the column's edges, ``block`` its place.

    ``row_of_cells`` is for a line of a table, ``mark`` for one that begins with a note's number.
    """

    text: str
    x0: float
    x1: float
    y: float
    size: float
    order: int
    column: tuple[float, float]
    bold: bool = False
    mark: bool = False
    row_of_cells: bool = False
    first_width: float = 0.0
    block: int = 0
    left: float = 0.0
    right: float = 0.0


@dataclass(slots=True)
class _Block:
    """Lines of one column under one another, with nothing of another column between them."""

    lines: list[Line] = field(default_factory=list)
    x0: float = float("inf")
    x1: float = -float("inf")

    def add(self, line: Line) -> None:
        self.lines.append(line)
        self.x0, self.x1 = min(self.x0, line.x0), max(self.x1, line.x1)

    @property
    def top(self) -> float:
        return self.lines[0].y + self.lines[0].size * 0.7

    @property
    def bottom(self) -> float:
        return self.lines[-1].y - self.lines[-1].size * 0.1


def in_reading_order(rows: list[Row]) -> tuple[list[Line], bool]:
    """The lines of a page as they are read, and whether that is in doubt.

    Columns are read one after the other between what goes across them. Where the order in which
    the page is drawn keeps to that, it decides the rest: whether a table is read by its rows.

    Source: T. M. Breuel, High performance document layout analysis (SDIUT 2003): the order of
    blocks; the order drawn is added to it.
    """
    if not rows:
        return [], False
    cuts = find_cuts(rows)
    size = typical_size(chain.from_iterable(rows))
    parts = [part for at, row in enumerate(rows) for part in _parts_of(row, cuts, at)]
    lines = [_line(*part) for part in parts]
    blocks = _find_blocks(lines, size)
    woven = _woven([words for words, _, _ in parts])
    ordered, sure = _ordered(blocks, lines, cuts, size)
    for number, block in enumerate(ordered):
        for line in block.lines:
            line.block = number
    doubtful = cuts.doubtful or woven >= _WOVEN or not sure or _is_overdrawn(rows, blocks)
    return [line for block in ordered for line in block.lines], doubtful


def _ordered(
    blocks: list[_Block], lines: list[Line], cuts: Cuts, size: float
) -> tuple[list[_Block], bool]:
    """The blocks as they are read, and whether that is sure.

    Lines drawn one by one from one side to the other and back are in no sure order.
    """
    crossed = any(gutter.is_crossed for row in cuts.gutters for gutter in row)
    drawn = None if crossed else _as_drawn(blocks, lines, size)
    if drawn is None:
        return _by_place(blocks, size)
    return drawn, len(drawn) <= max(len(lines) / 2, 2 * len(blocks))


def _parts_of(
    row: Row, cuts: Cuts, at: int
) -> Iterator[tuple[list[Word], tuple[float, float], tuple[Gutter, ...]]]:
    """The parts of the row that gutters cut, each with its column and the cells in the row."""
    edge = float("inf")
    gutters = cuts.gutters[at]
    starts = [-edge, *(gutter.x1 for gutter in gutters)]
    ends = [*(gutter.x0 for gutter in gutters), edge]
    for start, end in zip(starts, ends, strict=True):
        words = [word for word in row if start - _NEAR <= word.x0 < end]
        if words:
            yield words, (start, end), cuts.cells[at]


def _woven(lines: list[list[Word]]) -> float:
    """The share of the lines in which words stand next to one another that are not drawn so."""
    words = sorted((word for line in lines for word in line), key=lambda word: word.order)
    rank = {id(word): number for number, word in enumerate(words)}
    jumps = sum(
        any(
            rank[id(b)] - rank[id(a)] != 1 and b.x0 - a.x1 < _BLANK * a.size
            for a, b in pairwise(line)
        )
        for line in lines
    )
    return jumps / len(lines)


def _line(words: list[Word], column: tuple[float, float], gutters: tuple[Gutter, ...]) -> Line:
    """The line of a column, with a tab where a cell of a table ends."""
    if _has_sign_of_item(words):
        words[0].text = "•"
    text = _in_cells(words, [g for g in gutters if column[0] <= g.x0 and g.x1 <= column[1]])
    large = max(words, key=lambda word: word.size * min(len(word.text), 4))
    return Line(
        text,
        min(word.x0 for word in words),
        max(word.x1 for word in words),
        large.y,
        typical_size(words),
        min(word.order for word in words),
        column,
        bold=all(word.bold for word in words),
        mark=words[0].mark,
        row_of_cells="\t" in text,
        first_width=words[0].x1 - words[0].x0,
    )


def _has_sign_of_item(words: list[Word]) -> bool:
    """Whether a sign of unknown shape, before an item of a list, is all that is not known."""
    first, *others = (word.text for word in words)
    return bool(others) and is_unmapped(first) and not any(map(is_unmapped, "".join(others)))


def _in_cells(words: list[Word], gutters: list[Gutter]) -> str:
    """The words with a tab at each gutter, but for those at the end."""
    ends = [*(gutter.x1 - _NEAR for gutter in gutters), float("inf")]
    cells: list[list[str]] = [[] for _ in ends]
    for word in words:
        cells[next(n for n, end in enumerate(ends) if word.x0 < end)].append(word.text)
    return "\t".join(" ".join(cell) for cell in cells).rstrip("\t")


def _find_blocks(lines: list[Line], size: float) -> list[_Block]:
    """The blocks, and each line told of the edges of its column."""
    open_: list[tuple[tuple[float, float], _Block]] = []
    blocks: list[_Block] = []
    for line in lines:
        mine = None
        still = []
        for column, block in open_:
            if _is_same_column(column, line.column, size):
                mine = block
            elif column[0] < line.column[1] and line.column[0] < column[1]:
                continue
            still.append((column, block))
        if mine is None:
            mine = _Block()
            blocks.append(mine)
            still.append((line.column, mine))
        mine.add(line)
        open_ = still
    for block in blocks:
        for line in block.lines:
            line.left, line.right = block.x0, block.x1
    return blocks


def _is_same_column(a: tuple[float, float], b: tuple[float, float], size: float) -> bool:
    return all(x == y or abs(x - y) <= 2 * size for x, y in zip(a, b, strict=True))


def _as_drawn(blocks: list[_Block], lines: list[Line], size: float) -> list[_Block] | None:
    """The blocks, cut where another comes between, in the order drawn; None if it is not to be.

    What stands under a thing or right of it may be drawn later alone.
    """
    rank = {id(line): n for n, line in enumerate(sorted(lines, key=lambda line: line.order))}
    pieces: list[_Block] = []
    for block in blocks:
        last = None
        for line in block.lines:
            if last is None or rank[id(line)] != last + 1:
                pieces.append(_Block())
            pieces[-1].add(line)
            last = rank[id(line)]
    if len(pieces) > _MOST_PIECES:
        return None
    pieces.sort(key=lambda piece: rank[id(piece.lines[0])])
    for at, later in enumerate(pieces):
        if any(_comes_first(later, earlier, size) for earlier in pieces[:at]):
            return None
    return pieces


def _comes_first(a: _Block, b: _Block, size: float) -> bool:
    """Whether a reader meets the one before the other, wherever else the page has something."""
    slack = _OVERLAP * size
    if _beside(a, b, slack):
        return a.bottom >= b.top - slack
    return a.x1 <= b.x0 + slack and min(a.top, b.top) - max(a.bottom, b.bottom) > slack


def _beside(a: _Block, b: _Block, slack: float) -> bool:
    """Whether the two share some of the page's width."""
    return min(a.x1, b.x1) - max(a.x0, b.x0) > slack


def _by_place(blocks: list[_Block], size: float) -> tuple[list[_Block], bool]:
    """The blocks as their places order them, and whether these order them all."""
    if len(blocks) > _MOST_BLOCKS:
        return sorted(blocks, key=lambda block: block.lines[0].order), False
    slack = _OVERLAP * size
    before: dict[int, set[int]] = {n: set() for n in range(len(blocks))}
    for i, a in enumerate(blocks):
        for j, b in enumerate(blocks):
            if i != j and _is_before(a, b, blocks, slack):
                before[j].add(i)
    ordered: list[_Block] = []
    sure = True
    while before:
        ready = [n for n, first in before.items() if not first]
        sure = sure and bool(ready)
        chosen = min(ready or before, key=lambda n: (-blocks[n].top, blocks[n].x0))
        ordered.append(blocks[chosen])
        del before[chosen]
        for first in before.values():
            first.discard(chosen)
    return ordered, sure


def _is_before(a: _Block, b: _Block, blocks: list[_Block], slack: float) -> bool:
    if _beside(a, b, slack):
        return a.top > b.top
    if a.x1 > b.x0 + slack:
        return False
    return not any(
        _beside(a, c, slack)
        and _beside(c, b, slack)
        and min(a.top, b.top) > c.top > max(a.bottom, b.bottom) - slack
        for c in blocks
        if c is not a and c is not b
    )


def _is_overdrawn(rows: list[Row], blocks: list[_Block]) -> bool:
    """Whether words or lines lie on one another, so that no reader could tell them apart."""
    words = sum(
        y.x0 < x.x1 - _OVERLAP * min(x.size, y.size) for row in rows for x, y in pairwise(row)
    )
    lines = sum(
        x.y - y.y < _CLOSE * min(x.size, y.size)
        for block in blocks
        for x, y in pairwise(block.lines)
    )
    return words + lines >= _OVERDRAWN
