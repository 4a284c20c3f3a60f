"""Networks as graphs of networkx, with names beside ids and nothing that programs stumble over."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.networks.build import Network
from pipeline.networks.discourse import CONCEPT, Discourse, Node
from pipeline.networks.libraries import require
from pipeline.records import Stance


@dataclass(frozen=True, slots=True)
class Tie:
    """A tie between two nodes: ``net`` is its signed weight, ``plus`` and ``minus`` its counts.

    ``dates`` are those of its statements as their articles have them, each once, in order.
    """

    source: str
    target: str
    net: float
    plus: int
    minus: int
    neutral: int = 0
    dates: tuple[str, ...] = ()


def ties_of(network: Network) -> tuple[Tie, ...]:
    """The ties of a network, row by row; of a one-mode network each pair once."""
    import numpy

    plus, minus = network.plus, network.minus
    match network.kind.aggregation:
        case "congruence":
            there = plus > 0
        case "conflict":
            there = minus > 0
        case _:
            there = plus + minus > 0
    if not network.kind.two_mode:
        there = numpy.triu(there)
    return tuple(
        Tie(
            network.rows[row].id,
            network.columns[column].id,
            float(network.weights[row, column]),
            int(plus[row, column]),
            int(minus[row, column]),
        )
        for row, column in numpy.argwhere(there)
    )


def polarity_of(tie: Tie, aggregation: str, words: tuple[str, str]) -> str:
    """What a tie stands for: one of the words, ``both``, or ``neutral``.

    It is the sign of what it weighs; of a tie that is as much the one as the other, and where
    support and opposition are counted alike, it is ``both``.
    """
    match aggregation:
        case "congruence":
            return words[0]
        case "conflict":
            return words[1]
        case "ignore":
            return "both"
        case "combine":
            net = 0 if tie.plus and tie.minus else tie.plus - tie.minus
        case _:
            net = tie.plus - tie.minus
    if net:
        return words[0] if net > 0 else words[1]
    return "both" if tie.plus or tie.minus else "neutral"


def build_graph(network: Network) -> Any:
    """The network as a graph: undirected, weights never negative, ``polarity`` saying the sign."""
    ties = ties_of(network)
    kind = network.kind
    polarities = [polarity_of(tie, kind.aggregation, kind.words) for tie in ties]
    return to_graph(network.shown, ties, polarities, kind.words, network.activity)


def to_graph(
    nodes: Iterable[Node],
    ties: Sequence[Tie],
    polarities: Sequence[str],
    words: tuple[str, str],
    activity: Mapping[str, int],
) -> Any:
    """A graph of the nodes and ties.

    ``weight`` is the size of ``net``; programs drop ties of weight 0, so that a tie which is as
    much for as against has half the least weight that there is, at most 0.5.
    """
    graph = require("networkx").Graph()
    for node in nodes:
        graph.add_node(node.id, **attributes_of(node, activity.get(node.id, 0)))
    least = least_weight(ties)
    for tie, polarity in zip(ties, polarities, strict=True):
        graph.add_edge(
            tie.source,
            tie.target,
            weight=round(abs(tie.net) or least, 6),
            net=round(tie.net, 6),
            polarity=polarity,
            **dict(zip(words, (tie.plus, tie.minus), strict=True)),
        )
    return graph


def attributes_of(node: Node, statements: int) -> dict[str, str | int]:
    """What a graph says of a node; ``label`` is what Gephi shows, ``name`` what igraph does."""
    return {
        "label": node.name,
        "name": node.name,
        "mode": node.mode,
        "bipartite": int(node.mode == CONCEPT),
        "kind": node.kind,
        "country": node.country,
        "statements": statements,
    }


def least_weight(ties: Iterable[Tie]) -> float:
    """The weight of a tie that is balanced: half of the least of the others, at most a half."""
    return min([1.0, *(abs(tie.net) for tie in ties if tie.net)]) / 2


def discourse_ties(discourse: Discourse) -> tuple[Tie, ...]:
    """A tie for each actor and concept, neutral statements counted beside; sorted by their ids."""
    counts: dict[tuple[str, str], dict[Stance, int]] = {}
    dates: dict[tuple[str, str], dict[str, None]] = {}
    for one in discourse.said:  # in the order of their dates
        pair = (one.actor, one.concept)
        counts.setdefault(pair, dict.fromkeys(Stance, 0))[one.stance] += 1
        if one.date:
            dates.setdefault(pair, {})[one.date] = None
    return tuple(
        Tie(
            *pair,
            net=float(cell[Stance.SUPPORT] - cell[Stance.OPPOSE]),
            plus=cell[Stance.SUPPORT],
            minus=cell[Stance.OPPOSE],
            neutral=cell[Stance.NEUTRAL],
            dates=tuple(dates.get(pair, ())),
        )
        for pair, cell in sorted(counts.items())
    )


def discourse_nodes(discourse: Discourse) -> tuple[Node, ...]:
    """The actors, then the concepts, each in the order of their names."""
    return tuple(sorted(discourse.nodes.values(), key=lambda node: (node.mode, node.name, node.id)))


def activity_of(discourse: Discourse) -> Mapping[str, int]:
    """How many statements each node has, the neutral ones too."""
    found: Counter[str] = Counter()
    for one in discourse.said:
        found[one.actor] += 1
        found[one.concept] += 1
    return found


def discourse_graph(discourse: Discourse) -> Any:
    """All statements as a graph of actors and concepts; each tie counts the neutral ones too."""
    words = ("support", "oppose")
    ties = discourse_ties(discourse)
    polarities = [polarity_of(tie, "subtract", words) for tie in ties]
    nodes = discourse_nodes(discourse)
    graph = to_graph(nodes, ties, polarities, words, activity_of(discourse))
    for tie in ties:
        edge = graph.edges[tie.source, tie.target]
        edge["neutral"] = tie.neutral
        edge["statements"] = tie.plus + tie.minus + tie.neutral
        edge["first"], edge["last"] = (tie.dates[0], tie.dates[-1]) if tie.dates else ("", "")
    return graph
