"""Networks as graphs: names beside ids, and no weight that a program would drop."""

from __future__ import annotations

import sys

import pytest

from pipeline.errors import SettingError
from pipeline.networks.build import build_network
from pipeline.networks.graph import build_graph, discourse_graph
from pipeline.networks.kinds import NetworkType
from tests.networks.build import TEN, discourse_of


def graph_of(kind: str) -> dict[str, tuple[float, float, str]]:
    found = discourse_of()
    graph = build_graph(build_network(found.said, found.nodes, NetworkType(kind)))
    name = dict(graph.nodes(data="name"))
    return {
        f"{name[one]}-{name[other]}": (data["weight"], data["net"], data["polarity"])
        for one, other, data in graph.edges(data=True)
    }


def test_a_graph_says_the_sign_beside_the_weight() -> None:
    assert graph_of("actor-concept") == {
        "A-ban": (3, 3, "support"),
        "A-tax": (1, -1, "oppose"),
        "B-ban": (1, 1, "support"),
        "B-tax": (1, 1, "support"),
        "C-ban": (0.5, 0, "both"),  # once for and once against: programs drop ties of weight 0
        "C-quota": (1, 1, "support"),
        "D-quota": (1, 1, "support"),
    }
    assert graph_of("actor-subtract") == {
        "A-B": (2, 2, "congruence"),
        "A-C": (0.5, 0, "both"),
        "B-C": (0.5, 0, "both"),
        "C-D": (1, 1, "congruence"),
    }
    assert graph_of("actor-conflict") == {
        "A-B": (1, 1, "conflict"), "A-C": (3, 3, "conflict"), "B-C": (1, 1, "conflict"),
    }  # fmt: skip
    assert graph_of("actor-concept-combine")["C-ban"] == (3, 3, "both")
    assert {tie[2] for tie in graph_of("concept-ignore").values()} == {"both"}


def test_nodes_say_who_they_are_and_isolates_stay() -> None:
    found = discourse_of()
    network = build_network(found.said, found.nodes, NetworkType("actor-conflict"))
    assert build_graph(network).nodes["org:D"] == {
        "label": "D", "name": "D", "mode": "actor", "bipartite": 0, "kind": "organisation",
        "country": "", "statements": 1,
    }  # fmt: skip


def test_the_graph_of_all_statements_has_the_neutral_ones_and_the_dates() -> None:
    graph = discourse_graph(discourse_of([*TEN, "A ban 0 six -", "E ban 0 six -"]))
    assert graph.edges["org:A", "concept.ban"] == {
        "weight": 3, "net": 3, "polarity": "support", "support": 3, "oppose": 0, "neutral": 1,
        "statements": 4, "first": "2024-01-02", "last": "2024-01-20",
    }  # fmt: skip
    only = graph.edges["org:E", "concept.ban"]
    assert (only["polarity"], only["weight"], only["first"]) == ("neutral", 0.5, "")


def test_a_library_that_is_not_there_is_named_with_the_command(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "networkx", None)  # as Python has it where there is none
    with pytest.raises(SettingError, match=r'need networkx; .* "stance-claims\[report\]"'):
        discourse_graph(discourse_of())
