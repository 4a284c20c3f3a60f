"""What leaves as a table comes back, whatever the words are; what does not was named."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.concepts.statements import statements
from pipeline.export.cells import lost
from pipeline.export.formats import write_export
from pipeline.export.formulas import as_written, harmless
from pipeline.export.json_lines import read_jsonl
from pipeline.export.parquet import read_parquet
from pipeline.export.tables import read_csv
from pipeline.export.tidy import read_tidy, to_tidy
from pipeline.export.workbook import read_xlsx
from tests.export.records import ODD, Json, claim, claims, gathered_of

ANY = settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
Read = Callable[[Path], Iterable[Any]]


def sent_and_read(name: str, read: Read, records: list[Json]) -> tuple[list[Any], str]:
    """What comes back from an export, and what it said that it does not hold."""
    with tempfile.TemporaryDirectory() as folder:
        written = write_export(Path(folder) / f"out.{name}", name, gathered_of(records))
        return list(read(written.paths[0])), "\n".join(written.not_held)


@pytest.mark.parametrize(("name", "read"), [("jsonl", read_jsonl), ("parquet", read_parquet)])
@ANY
@given(records=st.lists(claims(), max_size=4))
def test_nothing_differs(name: str, read: Read, records: list[Json]) -> None:
    assert sent_and_read(name, read, records) == (records, "")


@pytest.mark.parametrize(("name", "read"), [("csv", read_csv), ("xlsx", read_xlsx)])
@ANY
@given(records=st.lists(claims(), max_size=3))
def test_nothing_differs_but_what_was_named(name: str, read: Read, records: list[Json]) -> None:
    back, said = sent_and_read(name, read, records)
    assert len(back) == len(records)
    for record, found in zip(records, back, strict=True):
        differing = lost(record, found) | lost(found, record)
        assert [place for place in differing if place not in said] == []


@ANY
@given(records=st.lists(claims(), max_size=3))
def test_the_fields_of_a_tidy_table_come_back(records: list[Json]) -> None:
    back, _ = sent_and_read("tidy", read_tidy, records)
    assert back == [to_tidy(one) for one in statements(records)]


@pytest.mark.parametrize("words", ODD)
@pytest.mark.parametrize(("name", "read"), [("csv", read_csv), ("xlsx", read_xlsx)])
def test_odd_words_come_back_as_they_are(name: str, read: Read, words: str) -> None:
    record = claim(holder={"start": 0, "end": len(words), "text": words, "entity": None})
    (back,), _ = sent_and_read(name, read, [record])
    assert back["holder"]["text"] == words


def test_all_of_an_enriched_claim_comes_back_from_a_table_but_what_is_named() -> None:
    (back,), said = sent_and_read("csv", read_csv, [claim()])
    assert lost(claim(), back) == {
        "agreement.rule",
        "decisions",
        "machine.provenance",
        "machine.rules",
        "shown",
    }
    assert said == (
        "csv does not hold agreement.rule, decisions, machine.provenance, machine.rules, shown; "
        "jsonl and parquet do"
    )
    assert back["concepts"] == claim()["concepts"]


def test_a_mark_that_parts_values_in_a_value_is_named() -> None:
    records = [claim(comments=["so | so", "no"]), claim("a2")]
    (back, other), said = sent_and_read("csv", read_csv, records)
    assert back["comments"] == ["so", "so", "no"]
    assert other["comments"] == ["Sure?"]
    assert "csv changes comments of 1 claim: one of them has the mark" in said


@given(st.text(alphabet="=+-@';|\t\n\r \u00a0\u200ba\"＝", max_size=9))
def test_a_harmless_cell_tells_what_it_was(cell: str) -> None:
    assert as_written(harmless(cell)) == cell


@pytest.mark.parametrize("label", ["A | B", " | ", "x | | y", "Levy | tax | duty", "| "])
@pytest.mark.parametrize(("name", "read"), [("csv", read_csv), ("xlsx", read_xlsx)])
def test_a_label_with_the_mark_that_parts_labels_leaves_whole_concepts(
    name: str, read: Read, label: str
) -> None:
    record = claim(
        concepts=[{"id": "concept.a.b", "label": label, "stance": "oppose", "turned": False}]
    )
    (back,), said = sent_and_read(name, read, [record])
    (one,) = statements([back])
    assert (one.concept, one.stance) == ("concept.a.b", "oppose")
    assert one.concept_label == label or "concepts.label" in said
