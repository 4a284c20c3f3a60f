"""Networks in a folder: whole or not at all, the same each time, and windows told apart."""

from __future__ import annotations

import csv
from pathlib import Path

import networkx
import pytest

from pipeline.concepts.statements import statements
from pipeline.errors import SettingError
from pipeline.export.network_files import (
    Wanted,
    make_networks,
    to_bytes,
    write_folder,
    write_network,
)
from pipeline.networks.dates import Length
from pipeline.networks.discourse import read_discourse
from pipeline.networks.kinds import NetworkType, Normalise
from tests.networks.build import claim, discourse_of, gathered_of, named

YEARS = (Length(1, "y"), Length(1, "y"))


def test_a_folder_gets_each_network_as_matrix_graph_and_drawing(tmp_path: Path) -> None:
    folder = tmp_path / "networks"
    wanted = Wanted(kinds=(NetworkType("actor-concept"), NetworkType("actor-subtract")))
    paths = write_folder(folder, discourse_of(), wanted)
    assert [path.name for path in paths] == [
        "actor-concept.csv", "actor-concept.graphml", "actor-concept.png", "actor-concept.svg",
        "actor-subtract.csv", "actor-subtract.graphml", "actor-subtract.png", "actor-subtract.svg",
        "networks.csv", "nodes.csv",
    ]  # fmt: skip
    assert (folder / "actor-subtract.csv").read_text() == (
        ",A,B,C,D\nA,0,2,0,0\nB,2,0,0,0\nC,0,0,0,1\nD,0,0,1,0\n"
    )
    assert networkx.read_graphml(folder / "actor-subtract.graphml").number_of_edges() == 4
    assert (folder / "networks.csv").read_text().splitlines() == [
        "file,network,normalised,first,last,statements,nodes,ties",
        "actor-concept.csv,actor-concept,none,,,10,7,7",
        "actor-subtract.csv,actor-subtract,none,,,10,4,4",
    ]
    before = {path.name: path.read_bytes() for path in paths}
    again = write_folder(folder, discourse_of(), wanted)
    assert {path.name: path.read_bytes() for path in again} == before
    assert [path.name for path in tmp_path.iterdir()] == ["networks"]


def test_windows_stand_beside_the_whole(tmp_path: Path) -> None:
    wanted = Wanted(kinds=(NetworkType("actor-congruence"),), windows=YEARS)
    write_folder(tmp_path / "out", discourse_of(), wanted)
    with (tmp_path / "out" / "networks.csv").open(newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert [(row["first"], row["statements"], row["ties"]) for row in rows] == [
        ("", "10", "4"), ("2024-01-01", "9", "3"), ("2025-01-01", "1", "0"),
    ]  # fmt: skip
    assert all((tmp_path / "out" / row["file"]).is_file() for row in rows)
    assert (tmp_path / "out" / "actor-congruence.2024-01-01.2024-12-31.svg").is_file()


def test_normalised_weights_have_six_decimals_and_networks_that_cannot_have_plain_ones() -> None:
    kinds = (NetworkType("actor-concept"), NetworkType("actor-congruence"))
    made = list(make_networks(discourse_of(), Wanted(kinds=kinds, normalise=Normalise.COSINE)))
    plain, cosine = (to_bytes(one.whole, ".csv").decode().splitlines() for one in made)
    assert plain[1] == "A,3,0,-1"
    assert cosine[1] == "A,0.000000,0.375000,0.250000,0.000000"
    with pytest.raises(SettingError, match="actor-concept cannot be normalised by cosine"):
        list(make_networks(discourse_of(), Wanted(kinds=kinds[:1], normalise=Normalise.COSINE)))


def test_one_network_goes_to_a_file_by_its_suffix(tmp_path: Path) -> None:
    wanted = Wanted(kinds=(NetworkType("actor-conflict"),), windows=YEARS)
    (made,) = make_networks(discourse_of(), wanted)
    for suffix in (".csv", ".dl", ".graphml", ".svg", ".png"):
        paths = write_network(tmp_path / f"net{suffix}", made)
        assert [path.name for path in paths] == [
            f"net{suffix}", f"net.2024-01-01.2024-12-31{suffix}",
            f"net.2025-01-01.2025-12-31{suffix}",
        ]  # fmt: skip
    with pytest.raises(SettingError, match=r"there are: \.csv, \.dl, \.graphml, \.svg, \.png"):
        to_bytes(made.whole, ".gml")


def test_two_of_one_name_are_told_apart_and_no_cell_is_a_formula() -> None:
    records = [
        named("=1+1", "ban"),
        claim("x ban + one", name="Union"),
        claim("y ban + one", name="Union"),
    ]
    records[0]["concepts"][0]["id"] = "concept.ban"
    found = read_discourse(statements(gathered_of(records).claims()))
    (made,) = make_networks(found, Wanted(kinds=(NetworkType("actor-concept"),)))
    assert to_bytes(made.whole, ".csv").decode().splitlines() == [
        ",ban", "'=1+1,1", "Union [org:x],1", "Union [org:y],1",
    ]  # fmt: skip
