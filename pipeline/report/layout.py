"""Where the nodes of a network stand: networkx lays them out, and labels that overlap part."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from pipeline.report.needs import needed

WIDTH, HEIGHT = 1000, 620
_HUB = "\0hub"
_PULL = 0.15
"""How much everything is drawn to the middle, so that what is tied to nothing else stays near."""
_ROUNDS = 400
_GAP = 16
_EDGE = 14

Box = tuple[float, float]
Place = tuple[float, float]


def lay_out(nodes: Sequence[str], ties: Iterable[tuple[str, str]]) -> dict[str, Place]:
    """The places of the nodes in ``WIDTH`` × ``HEIGHT``; the same for the same nodes and ties.

    Source: Fruchterman and Reingold 1991, as networkx has it.
    """
    networkx = needed("networkx")
    graph = networkx.Graph()
    graph.add_nodes_from(nodes)
    graph.add_edges_from(ties, weight=1.0)
    graph.add_edges_from(((_HUB, node) for node in nodes), weight=_PULL)
    found = networkx.spring_layout(graph, k=1.9 / len(nodes) ** 0.5, iterations=_ROUNDS, seed=7)
    del found[_HUB]
    return _stretch({node: (float(x), float(y)) for node, (x, y) in found.items()})


def _stretch(places: Mapping[str, Place]) -> dict[str, Place]:
    """The places moved and stretched so that they fill the area."""
    xs, ys = zip(*places.values(), strict=True)
    wide, high = max(xs) - min(xs) or 1.0, max(ys) - min(ys) or 1.0
    return {
        node: ((x - min(xs)) / wide * WIDTH, (y - min(ys)) / high * HEIGHT)
        for node, (x, y) in places.items()
    }


def part(places: Mapping[str, Place], boxes: Mapping[str, Box]) -> dict[str, Place]:
    """The places moved apart until no box (half its width and height) lies on another one."""
    found = {node: list(place) for node, place in places.items()}
    names = sorted(found)
    for _ in range(_ROUNDS):
        moved = False
        for number, one in enumerate(names):
            for other in names[number + 1 :]:
                moved |= _push(found[one], found[other], boxes[one], boxes[other])
        if not moved:
            break
    return {node: (place[0], place[1]) for node, place in found.items()}


def _push(one: list[float], other: list[float], box: Box, against: Box) -> bool:
    """Move two places apart along the shorter way, where their boxes overlap."""
    across = box[0] + against[0] + _GAP - abs(one[0] - other[0])
    down = box[1] + against[1] + _GAP - abs(one[1] - other[1])
    if across <= 0 or down <= 0:
        return False
    axis, way = (0, across) if across < down else (1, down)
    sign = 1 if one[axis] >= other[axis] else -1
    one[axis] += sign * way / 2
    other[axis] -= sign * way / 2
    return True


def fit(places: Mapping[str, Place], boxes: Mapping[str, Box]) -> tuple[dict[str, Place], Box]:
    """The places from the upper left corner on, to a tenth, and the width and height of all."""
    left = min(x - boxes[node][0] for node, (x, _) in places.items()) - _EDGE
    top = min(y - boxes[node][1] for node, (_, y) in places.items()) - _EDGE
    right = max(x + boxes[node][0] for node, (x, _) in places.items()) + _EDGE
    bottom = max(y + boxes[node][1] for node, (_, y) in places.items()) + _EDGE
    moved = {node: (round(x - left, 1), round(y - top, 1)) for node, (x, y) in places.items()}
    return moved, (round(right - left), round(bottom - top))
