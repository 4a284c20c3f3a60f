"""Where the nodes of a drawing stand: in two columns, or drawn together by their ties."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeAlias

from pipeline.networks.discourse import ACTOR, Node
from pipeline.networks.graph import Tie
from pipeline.networks.libraries import require

Point: TypeAlias = tuple[float, float]

_SEED = 13
_SWEEPS = 8
_HUB = "\0"
_APART = 0.03


def place_nodes(
    nodes: Sequence[Node], ties: Sequence[Tie], *, two_mode: bool
) -> Mapping[str, Point]:
    """A place for each node, from -1 to 1 each way; the same for the same network."""
    if not nodes:
        return {}
    return _columns(nodes, ties) if two_mode else _springs(nodes, ties)


def _columns(nodes: Sequence[Node], ties: Sequence[Tie]) -> Mapping[str, Point]:
    """Actors on the left and concepts on the right, each near what it is tied to.

    Source: Sugiyama, Tagawa and Toda 1981, the barycentre heuristic for fewer crossings.
    """
    left = [node.id for node in nodes if node.mode == ACTOR]
    right = [node.id for node in nodes if node.mode != ACTOR]
    tied: dict[str, list[str]] = {node.id: [] for node in nodes}
    for tie in ties:
        tied[tie.source].append(tie.target)
        tied[tie.target].append(tie.source)
    for _ in range(_SWEEPS):
        right = _near(right, left, tied)
        left = _near(left, right, tied)
    return {**_column(left, -0.62), **_column(right, 0.62)}


def _near(own: Sequence[str], others: Sequence[str], tied: Mapping[str, list[str]]) -> list[str]:
    height = {id_: place / max(len(others) - 1, 1) for place, id_ in enumerate(others)}
    return sorted(own, key=lambda id_: (sum(height[o] for o in tied[id_]) / len(tied[id_]), id_))


def _column(ids: Sequence[str], x: float) -> Mapping[str, Point]:
    gap = 2 / max(len(ids), 1)
    return {id_: (x, 1 - gap * (place + 0.5)) for place, id_ in enumerate(ids)}


def _springs(nodes: Sequence[Node], ties: Sequence[Tie]) -> Mapping[str, Point]:
    """Places by networkx's springs; a node that nobody sees keeps unconnected parts near.

    Where congruence is set against conflict, only congruence draws together, so that camps part.

    Source: Fruchterman and Reingold 1991.
    """
    networkx = require("networkx")
    graph = networkx.Graph()
    graph.add_nodes_from(node.id for node in nodes)
    most = max((abs(tie.net) for tie in ties), default=0) or 1.0
    for tie in ties:
        near = 0.4 + 0.6 * abs(tie.net) / most if tie.net > 0 else _APART
        graph.add_edge(tie.source, tie.target, weight=near)
    for node in nodes:
        graph.add_edge(_HUB, node.id, weight=0.25)
    start = networkx.circular_layout(graph)
    found = networkx.spring_layout(
        graph, pos=start, k=2.2 / len(nodes) ** 0.5, iterations=200, seed=_SEED, method="force"
    )
    return _scaled({node.id: tuple(map(float, found[node.id])) for node in nodes})


def _scaled(found: Mapping[str, tuple[float, ...]]) -> Mapping[str, Point]:
    """The places stretched so that they fill the square from -1 to 1."""
    spans = []
    for axis in (0, 1):
        values = [place[axis] for place in found.values()]
        spans.append((min(values), max(max(values) - min(values), 1e-9)))
    (x, width), (y, height) = spans
    return {
        id_: (2 * (at[0] - x) / width - 1, 2 * (at[1] - y) / height - 1)
        for id_, at in found.items()
    }
