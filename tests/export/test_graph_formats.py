"""Graphs and matrices come back as the statements that they were made from, whatever the names."""

from __future__ import annotations

import csv
import tempfile
from pathlib import Path
from typing import Any

import networkx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.export.edge_list import read_edge_list
from pipeline.export.formats import FORMATS, write_export
from pipeline.export.gather import Gathered
from pipeline.export.graphml import read_graphml
from pipeline.export.tables import harmless
from pipeline.networks.discourse import on_a_line
from tests.networks.build import TEN, claim, gathered_of, named, ten

GRAPHS = ("graphml", "graphml-visone", "gexf", "edgelist", "ucinet")
NETS = {"A-ban": 3, "A-tax": -1, "B-ban": 1, "B-tax": 1, "C-ban": 0, "C-quota": 1, "D-quota": 1}


Made = tuple[tuple[Path, ...], tuple[str, ...]]


def written(folder: Path, name: str, gathered: Gathered) -> Made:
    made = write_export(folder / f"out{FORMATS[name].suffix}", name, gathered)
    return made.paths, made.not_held


def ties_of(path: Path) -> dict[str, dict[str, Any]]:
    return {f"{tie['source_name']}-{tie['target_name']}": tie for tie in read_graphml(path)}


def test_graphml_is_read_by_networkx_with_names_and_signs(tmp_path: Path) -> None:
    (path,), not_held = written(tmp_path, "graphml", ten())
    ties = ties_of(path)
    assert {name: tie["net"] for name, tie in ties.items()} == NETS
    assert {name: tie["polarity"] for name, tie in ties.items()}["C-ban"] == "both"
    assert min(tie["weight"] for tie in ties.values()) == 0.5  # Gephi drops ties of weight 0
    assert (ties["A-ban"]["source"], ties["A-ban"]["target"]) == ("org:A", "concept.ban")
    assert (ties["A-ban"]["first"], ties["A-ban"]["last"]) == ("2024-01-02", "2024-01-20")
    assert not_held == ()
    keys = [line for line in path.read_text().splitlines() if "<key" in line]
    assert len(keys) == 16
    assert all("attr.name" in key and "attr.type" in key for key in keys)


def test_the_flavour_of_visone_has_its_keys_signed_weights_and_colours(tmp_path: Path) -> None:
    (path,), _ = written(tmp_path, "graphml-visone", ten())
    assert {name: tie["weight"] for name, tie in ties_of(path).items()} == NETS
    graph = networkx.read_graphml(path)
    assert {data["variable"] for _, data in graph.nodes(data=True)} == {"actor", "concept"}
    assert dict(graph.nodes(data="frequency")).pop("n0") == 4
    text = path.read_text()
    assert '<visone:labelAttribute nodeLabel="name" edgeLabel="weight" />' in text
    assert '<key id="d0" for="node" yfiles.type="nodegraphics" />' in text
    assert text.count("#0072b2") == 5
    assert text.count("#d55e00") == 1


def test_gexf_has_the_days_of_each_tie(tmp_path: Path) -> None:
    records = [*map(claim, TEN), claim("A cap + six 2024-02"), claim("A cap + six 2023")]
    (path,), not_held = written(tmp_path, "gexf", gathered_of([*records, claim("E cap + x -")]))
    graph = networkx.read_gexf(path)
    assert graph.graph["mode"] == "dynamic"
    assert graph.nodes["org:A"]["label"] == "A"
    assert graph.edges["org:A", "concept.ban"]["spells"] == [
        ("2024-01-02", "2024-01-02"), ("2024-01-20", "2024-01-20"),
    ]  # fmt: skip
    assert graph.edges["org:A", "concept.cap"]["spells"] == [
        ("2023-01-01", "2023-12-31"), ("2024-02-01", "2024-02-29"),
    ]  # fmt: skip
    assert graph.nodes["org:A"]["spells"] == [("2023-01-01", "2024-02-29")]
    assert "spells" not in graph.edges["org:E", "concept.cap"]
    assert not_held == (
        "gexf cannot place in time: 1 statement without a date; their weight counts",
    )
    assert b"lastmodified" not in path.read_bytes()


def test_the_edge_list_has_a_head_numbers_and_the_nodes_beside(tmp_path: Path) -> None:
    (path, nodes), _ = written(tmp_path, "edgelist", ten())
    rows = list(read_edge_list(path))
    assert {f"{row['source_name']}-{row['target_name']}": int(row["net"]) for row in rows} == NETS
    assert rows[0] == {
        "source": "org:A", "source_name": "A", "target": "concept.ban", "target_name": "ban",
        "weight": "3", "net": "3", "polarity": "support", "support": "3", "oppose": "0",
        "neutral": "0", "first": "2024-01-02", "last": "2024-01-20",
    }  # fmt: skip
    with nodes.open(newline="") as stream:
        known = {row["label"]: int(row["statements"]) for row in csv.DictReader(stream)}
    assert known == {"A": 4, "B": 2, "C": 3, "D": 1, "ban": 6, "quota": 2, "tax": 2}


def test_ucinet_gets_two_mode_and_one_mode_matrices(tmp_path: Path) -> None:
    paths, not_held = written(
        tmp_path, "ucinet", gathered_of(map(claim, [*TEN, "E ban 0 six", 'A"b x + six']))
    )
    assert [path.name for path in paths] == [
        "out.dl", "out.actor-conflict.dl", "out.actor-congruence.dl", "out.actor-subtract.dl",
        "out.concept-conflict.dl", "out.concept-congruence.dl",
    ]  # fmt: skip
    assert paths[0].read_text() == (
        'dl nr = 5, nc = 4, format = fullmatrix\nrow labels:\n"A"\n"A\'b"\n"B"\n"C"\n"D"\n'
        'col labels:\n"ban"\n"quota"\n"tax"\n"x"\ndata:\n'
        "3 0 -1 0\n0 0 0 1\n1 0 1 0\n0 1 0 0\n0 1 0 0\n"
    )
    assert paths[2].read_text() == (
        'dl n = 5, format = fullmatrix\nlabels:\n"A"\n"A\'b"\n"B"\n"C"\n"D"\ndata:\n'
        "0 0 3 3 0\n0 0 0 0 0\n3 0 0 1 0\n3 0 1 0 1\n0 0 0 1 0\n"
    )
    assert not_held == (
        "ucinet cannot hold 1 neutral statement: its matrices are support less opposition",
    )


@pytest.mark.parametrize("name", GRAPHS)
def test_each_format_says_what_it_leaves_out_and_holds_nothing_gladly(
    tmp_path: Path, name: str
) -> None:
    nobody = claim("critics ban + two", entity=None, name=None)
    _, not_held = written(tmp_path, name, gathered_of([claim("A - + one"), nobody]))
    assert [line.partition(" (")[0].partition(";")[0] for line in not_held] == [
        "left out: 1 statement without a concept",
        "left out: 1 statement of holders whom nobody has resolved",
    ]
    written(tmp_path, name, gathered_of([]))


@pytest.mark.parametrize("name", GRAPHS)
def test_the_same_claims_are_the_same_bytes(tmp_path: Path, name: str) -> None:
    first, second = (
        [path.read_bytes() for path in written(tmp_path, name, ten())[0]] for _ in range(2)
    )
    assert first == second


ODD = st.text(
    st.one_of(
        st.sampled_from("\"'<>&;,=+-@ \t\n\u00a0\u202e\u200f\u0301\x00\x0b\x85\u2028\ufeff"),
        st.sampled_from("👩\u200d👧ضe"),
        st.characters(exclude_categories=["Cs"]),
    ),
    min_size=1,
    max_size=100,
).filter(lambda name: on_a_line(name))


@settings(max_examples=40, deadline=None)
@given(ODD, ODD)
def test_any_name_comes_back(actor: str, concept: str) -> None:
    known = {on_a_line(actor), on_a_line(concept)}
    with tempfile.TemporaryDirectory() as folder:
        for name in ("graphml", "graphml-visone"):
            (path,), _ = written(Path(folder), name, gathered_of([named(actor, concept)]))
            (tie,) = read_graphml(path)
            assert {tie["source_name"], tie["target_name"]} == known
        (path,), _ = written(Path(folder), "gexf", gathered_of([named(actor, concept)]))
        assert set(dict(networkx.read_gexf(path).nodes(data="label")).values()) == known
        (path, _), _ = written(Path(folder), "edgelist", gathered_of([named(actor, concept)]))
        (row,) = read_edge_list(path)
        assert {row["source_name"], row["target_name"]} == set(map(harmless, known))
