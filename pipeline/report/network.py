"""The network of actors and concepts as the page draws it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import hypot, sqrt
from textwrap import wrap

from pipeline.report.counts import Counts
from pipeline.report.layout import Box, Place, fit, lay_out, part
from pipeline.report.matrix import Matrix
from pipeline.report.ranks import Ranks
from pipeline.report.words import one_line

MOST_TIES = 140
_LETTER, _BOLD, _LINE = 7.4, 8.4, 15
"""How wide a letter of an actor's and a concept's label is, about, and how high a line."""
_WIDE, _LINES = 19, 2
"""How many letters a line of a label has at most, and how many lines."""
_SIDES = (("support", 1), ("oppose", -1))


@dataclass(frozen=True, slots=True)
class Node:
    """An actor or a concept: its middle, half its width and height, and the lines of its label.

    ``size`` is the radius of an actor, whose label is below it; ``first`` is its first line's y.
    """

    is_actor: bool
    lines: tuple[str, ...]
    x: float
    y: float
    half: Box
    size: float
    first: float
    anchor: str
    words: str


@dataclass(frozen=True, slots=True)
class Tie:
    """What an actor says of a concept: one line for each side that it takes."""

    x: float
    y: float
    to_x: float
    to_y: float
    side: str
    width: float
    anchor: str
    words: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """The network as it is drawn; ``left_out`` counts weaker ties, ``neutral`` ties of no side."""

    nodes: tuple[Node, ...] = ()
    ties: tuple[Tie, ...] = ()
    left_out: int = 0
    neutral: int = 0
    width: float = 0
    height: float = 0


def two_mode(matrix: Matrix, ranks: Ranks) -> dict[tuple[str, str], Counts]:
    """The ties of the two-mode network: the statements of each actor on each concept, by key.

    Only those that have a line and a column of their own; the matrix has counted them.
    """
    return {
        (actor, concept): cell.counts
        for actor, line in zip(ranks.actors, matrix.lines, strict=True)
        for concept, cell in zip(ranks.concepts, line.cells, strict=True)
        if cell and actor in ranks.own_actors and concept in ranks.own_concepts
    }


def draw_network(matrix: Matrix, ranks: Ranks) -> Drawing:
    """The drawing of the two-mode network.

    A statement of no side ties nobody; the strongest ``MOST_TIES`` ties are drawn.
    """
    every = two_mode(matrix, ranks)
    sided = {pair: counts for pair, counts in every.items() if counts.side != "neutral"}
    kept = sorted(sided, key=lambda pair: (-_strength(sided[pair]), pair))[:MOST_TIES]
    neutral = len(every) - len(sided)
    if not kept:
        return Drawing(neutral=neutral)
    totals = _totals(matrix, ranks)
    nodes = [one for one in (*ranks.own_actors, *ranks.own_concepts) if _is_tied(one, kept)]
    boxes = {one: _box(one, totals[one], ranks) for one in nodes}
    places, (width, height) = fit(part(lay_out(nodes, kept), boxes), boxes)
    ends = {
        one: _middle(place, boxes[one], totals[one]) if one in ranks.names else place
        for one, place in places.items()
    }
    return Drawing(
        nodes=tuple(_node(one, places[one], totals[one], boxes[one], ranks) for one in nodes),
        ties=tuple(tie for pair in kept for tie in _ties(pair, ends, sided[pair], ranks)),
        left_out=len(sided) - len(kept),
        neutral=neutral,
        width=width,
        height=height,
    )


def _totals(matrix: Matrix, ranks: Ranks) -> dict[str, Counts]:
    lines = zip(ranks.actors, (line.all for line in matrix.lines), strict=True)
    return {**dict(lines), **dict(zip(ranks.concepts, matrix.totals, strict=True))}


def _is_tied(node: str, kept: list[tuple[str, str]]) -> bool:
    return any(node in pair for pair in kept)


def _strength(counts: Counts) -> int:
    return counts.support + counts.oppose


def _width(number: int) -> float:
    """How thick the line of so many statements is."""
    return round(min(8.0, 1.2 + 0.9 * sqrt(number)), 1)


def _name(node: str, ranks: Ranks) -> str:
    return ranks.names.get(node) or ranks.labels[node]


def _size(counts: Counts) -> float:
    """The radius of an actor: its area grows with what it said."""
    return round(min(22.0, 5 + 2.2 * sqrt(counts.total)), 1)


def _label(node: str, ranks: Ranks) -> tuple[str, ...]:
    lines = wrap(one_line(_name(node, ranks)), _WIDE, max_lines=_LINES, placeholder="…")
    return tuple(lines) or ("?",)


def _box(node: str, counts: Counts, ranks: Ranks) -> Box:
    """Half the width and height of a node with its label."""
    lines = _label(node, ranks)
    letter = _LETTER if node in ranks.names else _BOLD
    half, high = max(map(len, lines)) * letter / 2, len(lines) * _LINE / 2
    if node in ranks.names:
        return max(half, _size(counts)), _size(counts) + high + 1
    return half + 7, high + 6


def _node(node: str, place: Place, counts: Counts, box: Box, ranks: Ranks) -> Node:
    is_actor = node in ranks.names
    lines = _label(node, ranks)
    middle = _middle(place, box, counts) if is_actor else place
    column = "" if is_actor else f"concept-{ranks.concepts.index(node) + 1}"
    first = place[1] + box[1] - (len(lines) - 1) * _LINE - 4
    return Node(
        is_actor=is_actor,
        lines=lines,
        x=middle[0],
        y=middle[1],
        half=(round(box[0], 1), round(box[1], 1)),
        size=_size(counts),
        first=round(first if is_actor else first - 6, 1),
        anchor=ranks.anchor(node) if is_actor else column,
        words=f"{_name(node, ranks)}: {counts.words}",
    )


def _middle(place: Place, box: Box, counts: Counts) -> Place:
    """The middle of an actor's circle, which is at the top of its box."""
    return place[0], round(place[1] - box[1] + _size(counts), 1)


def _ties(
    pair: tuple[str, str], places: Mapping[str, Place], counts: Counts, ranks: Ranks
) -> Iterator[Tie]:
    """A line for each side; two of them run beside each other."""
    (x, y), (to_x, to_y) = places[pair[0]], places[pair[1]]
    length = hypot(to_x - x, to_y - y) or 1.0
    widths = {side: _width(getattr(counts, side)) for side, _ in _SIDES}
    aside = sum(widths.values()) / 4 + 0.7 if counts.side == "both" else 0.0
    words = f"{ranks.names[pair[0]]} on {ranks.labels[pair[1]]}: {counts.words}"
    for side, way in _SIDES:
        if getattr(counts, side):
            dx, dy = -way * aside * (to_y - y) / length, way * aside * (to_x - x) / length
            yield Tie(
                x=round(x + dx, 1),
                y=round(y + dy, 1),
                to_x=round(to_x + dx, 1),
                to_y=round(to_y + dy, 1),
                side=side,
                width=widths[side],
                anchor=ranks.anchor(*pair),
                words=words,
            )
