"""Names beside the nodes of a drawing, where they hide as little as can be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

from pipeline.networks.discourse import ACTOR, Node
from pipeline.networks.graph import Tie
from pipeline.networks.layout import Point

Box: TypeAlias = tuple[float, float, float, float]

LONGEST = 40
_SIDES = (  # where a name can stand, the best first: right, left, above, below, corners
    (1, 0), (-1, 0), (0, 1), (0, -1), (1, 1), (-1, 1), (1, -1), (-1, -1),
)  # fmt: skip
_GAP = 3  # points between the rim of a node and its name
_ALIGN = {1: "left", 0: "center", -1: "right"}
_LEVEL = {1: "bottom", 0: "center", -1: "top"}


def short(name: str) -> str:
    """The name, cut where it is too long for a drawing.

    >>> short("the " * 20)
    'the the the the the the the the the the…'
    """
    return name if len(name) <= LONGEST else f"{name[: LONGEST - 1].rstrip()}…"


def draw_labels(
    axes: Any,
    nodes: Sequence[Node],
    ties: Sequence[Tie],
    places: Mapping[str, Point],
    radii: Mapping[str, float],
    *,
    two_mode: bool,
    colour: str,
) -> None:
    """Write each node's name: outside the columns of a two-mode drawing, else where there is room.

    ``radii`` are those of the nodes, in points. A name has a white ground, so that it is
    read over ties; in SVG it stays text.
    """
    style = {
        "fontsize": 9.5, "color": colour, "zorder": 5, "parse_math": False,
        "bbox": {"facecolor": "white", "alpha": 0.7, "linewidth": 0, "pad": 0.4},
    }  # fmt: skip
    if two_mode:
        for node in nodes:
            x, y = places[node.id]
            side = -1 if node.mode == ACTOR else 1
            axes.text(x + 0.06 * side, y, short(node.name), ha=_ALIGN[side], va="center", **style)
        return
    taken = [_around(axes, places[node.id], radii[node.id]) for node in nodes]
    lines = [_points(axes, places[tie.source], places[tie.target]) for tie in ties]
    for node in nodes:
        text = axes.annotate(
            short(node.name), places[node.id], (0, 0), textcoords="offset points",
            annotation_clip=False, **style,
        )  # fmt: skip
        taken.append(_put_beside(text, axes, radii[node.id] + _GAP, taken, lines))


def _put_beside(
    text: Any, axes: Any, gap: float, taken: Sequence[Box], lines: Sequence[Sequence[Point]]
) -> Box:
    """Move a name to the side of its node where it hides least, and give its box in pixels."""
    renderer = axes.figure.canvas.get_renderer()
    right = axes.figure.bbox.x1
    tried: list[tuple[float, int, Box]] = []
    for number, side in enumerate(_SIDES):
        _put(text, side, gap)
        extent = text.get_window_extent(renderer)
        box = (extent.x0, extent.y0, extent.x1, extent.y1)
        outside = max(0, -box[0]) + max(0, box[2] - right)
        hidden = sum(_shared(box, other) for other in taken)
        crossed = sum(_inside(box, point) for line in lines for point in line)
        tried.append((hidden + 60 * outside + 25 * crossed, number, box))
    _, number, box = min(tried)
    _put(text, _SIDES[number], gap)
    return box


def _put(text: Any, side: tuple[int, int], gap: float) -> None:
    along, up = side
    if along and up:
        gap *= 0.7
    text.set_position((along * gap, up * gap))
    text.set_horizontalalignment(_ALIGN[along])
    text.set_verticalalignment(_LEVEL[up])


def _around(axes: Any, place: Point, radius: float) -> Box:
    x, y = axes.transData.transform(place)
    radius *= axes.figure.dpi / 72
    return (x - radius, y - radius, x + radius, y + radius)


def _points(axes: Any, start: Point, end: Point) -> list[Point]:
    """Points along a tie, in pixels."""
    (x, y), (to_x, to_y) = axes.transData.transform([start, end])
    steps = 16
    return [(x + (to_x - x) * i / steps, y + (to_y - y) * i / steps) for i in range(1, steps)]


def _inside(box: Box, point: Point) -> bool:
    return box[0] <= point[0] <= box[2] and box[1] <= point[1] <= box[3]


def _shared(one: Box, other: Box) -> float:
    """How many pixels two boxes share."""
    width = min(one[2], other[2]) - max(one[0], other[0])
    height = min(one[3], other[3]) - max(one[1], other[1])
    return width * height if width > 0 and height > 0 else 0.0
