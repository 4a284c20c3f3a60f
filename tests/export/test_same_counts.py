"""Every format, the networks and the report count the same statements of the same claims."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import networkx
import pytest

from pipeline.concepts.statements import statements
from pipeline.export.dna_read import read_dna
from pipeline.export.docbin import read_docbin
from pipeline.export.edge_list import read_edge_list
from pipeline.export.formats import FORMATS, write_export
from pipeline.export.formulas import as_written
from pipeline.export.gather import Gathered
from pipeline.export.gold import read_gold
from pipeline.export.graphml import read_graphml
from pipeline.export.json_lines import read_jsonl
from pipeline.export.matrix import to_matrix
from pipeline.export.parquet import read_parquet
from pipeline.export.refi_read import read_qdpx
from pipeline.export.tables import read_csv
from pipeline.export.tidy import read_tidy
from pipeline.export.web_annotation_reading import read_web_annotation
from pipeline.export.workbook import read_xlsx
from pipeline.files import sha256_of_text
from pipeline.networks.build import build_network
from pipeline.networks.discourse import read_discourse
from pipeline.networks.kinds import NetworkType
from pipeline.report.figures import build_figures
from tests.report.build import Json, article_of, gather

Counts = Counter[tuple[str, str, str]]
"""How often an actor has a stance on a concept, by their names; without a concept it is empty."""
ARABIC, LONG, FORMULA = "نقابة النقل", "N" * 100, "=SUM(A1:A9)"


def workspace() -> Gathered:
    """Four articles: repeated sentences, joined and contrary targets, and who is not resolved."""
    march = article_of(
        "march",
        ("Alder 🌲 Union", "support", "levy"),
        ("Alder 🌲 Union", "support", "levy"),
        ("Alder 🌲 Union", "oppose", "levy"),
        (ARABIC, "oppose", "levy"),
        ("Critics", "oppose", "levy"),
        title="March 😀",
        date="2024-03-05",
    )
    may = article_of(
        "may",
        (LONG, "neutral", "levy"),
        (LONG, "support", "quota"),
        ("<b>Birch</b>", "oppose", ""),
        (FORMULA, "support", "levy"),
        date="2024-05",
    )
    year = article_of("year", ("NA", "oppose", "quota"), ("Alder 🌲 Union", "support", "quota"))
    undated = article_of("undated", ("NA", "support", "quota"), ("Critics", "support", ""))
    for record in (march.records[4], undated.records[1]):
        record["holder"].update(entity=None, kind="")
    _joins(march.records[3], ("quota", "support"))
    _joins(year.records[1], ("a|b", "oppose"), ("levy", "oppose"))
    articles = (march, may, year, undated)
    for article in articles:
        for record in article.records:
            record["text_sha256"] = sha256_of_text(article.text)
    return gather(*articles)


def _joins(record: Json, *concepts: tuple[str, str]) -> None:
    """The record's target on some concepts more, turned round where the stance is the other."""
    record["concepts"] += [
        {
            "id": f"concept.{label}",
            "label": label,
            "stance": stance,
            "turned": stance != record["stance"],
        }
        for label, stance in concepts
    ]


def of_records(records: Iterable[Mapping[str, Any]]) -> Counts:
    return Counter(
        (one.actor_name, one.concept_label, one.stance.value) for one in statements(records)
    )


def of_ties(ties: Iterable[Mapping[str, Any]]) -> Counts:
    found: Counts = Counter()
    for tie in ties:
        for stance in ("support", "oppose", "neutral"):
            key = as_written(tie["source_name"]), tie["target_name"], stance
            found[key] += int(tie[stance])
    return +found


def exported(folder: Path, name: str) -> Path:
    return write_export(folder / f"out.{name}", name, workspace()).paths[0]


EXPECTED = of_records(workspace().claims())
IN_NETWORKS = Counter(
    {key: often for key, often in EXPECTED.items() if key[1] and key[0] != "Critics"}
)
NET: dict[tuple[str, str], int] = {}
for (_actor, _concept, _stance), _often in IN_NETWORKS.items():
    _sign = {"support": 1, "oppose": -1, "neutral": 0}[_stance]
    if _sign:
        NET[_actor, _concept] = NET.get((_actor, _concept), 0) + _sign * _often


def test_what_is_expected_is_counted_by_hand() -> None:
    assert EXPECTED.total() == 16
    assert IN_NETWORKS.total() == 13
    assert EXPECTED["Alder 🌲 Union", "levy", "support"] == 2
    assert EXPECTED["Alder 🌲 Union", "levy", "oppose"] == 2
    assert EXPECTED[ARABIC, "quota", "support"] == 1


@pytest.mark.parametrize(
    ("name", "read"),
    [
        ("jsonl", read_jsonl),
        ("csv", read_csv),
        ("xlsx", read_xlsx),
        ("parquet", read_parquet),
        ("web-annotation", read_web_annotation),
        ("spacy", read_docbin),
        ("dna-rich", read_dna),
    ],
)
def test_records_have_every_statement(
    tmp_path: Path, name: str, read: Callable[[Path], Iterable[Any]]
) -> None:
    assert of_records(read(exported(tmp_path, name))) == EXPECTED


def test_a_tidy_table_has_a_row_for_every_statement(tmp_path: Path) -> None:
    rows = read_tidy(exported(tmp_path, "tidy"))
    found = Counter((row["holder"], row["concept"] or "", row["stance"]) for row in rows)
    assert found == EXPECTED


def test_dna_has_every_statement_and_neutral_ones_as_annotations(tmp_path: Path) -> None:
    records = [{**one, "metadata": {}} for one in read_dna(exported(tmp_path, "dna"))]
    assert of_records(records) == EXPECTED


def test_a_qda_project_codes_every_claim(tmp_path: Path) -> None:
    found: Counts = Counter()
    for record in read_qdpx(exported(tmp_path, "refi-qda")):
        for concept in record["concepts"] or [""]:
            found[record["holder"]["name"], concept, record["stance"]] += 1
    to_target: Counts = Counter()
    for record in workspace().claims():
        for one in record["concepts"] or [{"label": ""}]:
            to_target[record["holder"]["name"], one["label"], record["stance"]] += 1
    assert found == to_target


def test_gold_has_every_claim(tmp_path: Path) -> None:
    def stances(records: Iterable[Mapping[str, Any]]) -> Counter[Any]:
        return Counter((one["article"], one["holder"]["text"], one["stance"]) for one in records)

    assert stances(read_gold(exported(tmp_path, "gold"))) == stances(workspace().claims())


@pytest.mark.parametrize(
    ("name", "read"),
    [
        ("graphml", read_graphml),
        ("graphml-visone", read_graphml),
        ("edgelist", read_edge_list),
    ],
)
def test_ties_count_the_statements(
    tmp_path: Path, name: str, read: Callable[[Path], Iterable[Any]]
) -> None:
    assert of_ties(read(exported(tmp_path, name))) == IN_NETWORKS


def test_gephis_timeline_counts_the_statements(tmp_path: Path) -> None:
    graph = networkx.read_gexf(exported(tmp_path, "gexf"))
    names = {node: data["label"] for node, data in graph.nodes(data=True)}
    ends = {node: data["mode"] for node, data in graph.nodes(data=True)}
    ties = []
    for one, other, data in graph.edges(data=True):
        actor, concept = (one, other) if ends[one] == "actor" else (other, one)
        ties.append({**data, "source_name": names[actor], "target_name": names[concept]})
    assert of_ties(ties) == IN_NETWORKS


def test_a_dl_matrix_has_support_less_opposition(tmp_path: Path) -> None:
    head, _, data = exported(tmp_path, "ucinet").read_text("utf-8").partition("data:\n")
    rows, columns = (re.findall('"(.*)"', part) for part in head.split("col labels:"))
    cells = [line.split() for line in data.splitlines()]
    found = {
        (row, column): int(cell)
        for row, line in zip(rows, cells, strict=True)
        for column, cell in zip(columns, line, strict=True)
    }
    assert {pair: net for pair, net in found.items() if net} == {k: v for k, v in NET.items() if v}


def test_the_matrix_of_networks_has_support_less_opposition() -> None:
    discourse = read_discourse(statements(workspace().claims()))
    network = build_network(discourse.said, discourse.nodes, NetworkType.ACTOR_CONCEPT)
    (_, *columns), *lines = csv.reader(io.StringIO(to_matrix(network)))
    found = {
        (as_written(row), column): int(cell)
        for row, *cells in lines
        for column, cell in zip(columns, cells, strict=True)
    }
    assert {pair: net for pair, net in found.items() if net} == {k: v for k, v in NET.items() if v}


def test_the_matrix_of_a_report_counts_the_statements() -> None:
    figures = build_figures(workspace())
    found: Counts = Counter()
    for line in figures.matrix.lines:
        for cell in filter(None, line.cells):
            actor = "Critics" if line.name == "Unresolved holders" else line.name
            concept = "" if cell.concept == "No concept" else cell.concept
            for stance in ("support", "oppose", "neutral"):
                found[actor, concept, stance] += getattr(cell.counts, stance)
    assert +found == EXPECTED


def test_every_format_is_counted_here() -> None:
    assert set(FORMATS) == {
        "jsonl", "csv", "tidy", "xlsx", "parquet", "dna", "dna-rich", "refi-qda", "graphml",
        "graphml-visone", "gexf", "edgelist", "ucinet", "web-annotation", "spacy", "gold",
    }  # fmt: skip
