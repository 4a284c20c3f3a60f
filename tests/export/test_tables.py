"""Tables for people: what their columns say, and what is said of a file that is none."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from pipeline.errors import PipelineError, RecordError
from pipeline.export.columns import COLUMNS
from pipeline.export.formats import write_export
from pipeline.export.json_lines import read_jsonl
from pipeline.export.rows import to_row
from pipeline.export.tables import read_csv
from pipeline.export.tidy import COLUMNS as TIDY
from pipeline.export.tidy import read_tidy
from tests.export.records import Json, claim, gathered_of


def table_of(folder: Path, name: str, *records: Json) -> list[dict[str, str]]:
    path = write_export(folder / "out.csv", name, gathered_of(list(records))).paths[0]
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def test_an_enriched_claim_is_one_row_with_all_its_concepts(tmp_path: Path) -> None:
    (row,) = table_of(tmp_path, "csv", claim())
    assert (row["holder_name"], row["holder_country"]) == ("Sam Ita", "NA")
    assert (row["antecedent"], row["target_reads"]) == ("Sam", "It [the ban] and the levy")
    assert row["concept"] == "concept.a.ban | concept.a.levy"
    assert row["concept_label"] == "The ban | The levy"
    assert row["concept_stance"] == "oppose | support"
    assert row["concept_turned"] == "false | true"
    assert (row["stance"], row["reviewers"], row["score"]) == (
        "oppose",
        "ana@example.org bo",
        "0.75",
    )


def test_a_claim_that_nobody_enriched_has_the_columns_empty() -> None:
    plain = {
        key: value
        for key, value in claim().items()
        if key not in ("concepts", "antecedent", "target_reads")
    }
    row = to_row(plain)
    assert list(row) == list(COLUMNS)
    assert {
        row[name] for name in ("concept", "antecedent", "antecedent_start", "target_reads")
    } == {""}


def test_scores_are_given_to_four_places(tmp_path: Path) -> None:
    record = claim(machine={**claim()["machine"], "score": 2 / 3})
    assert table_of(tmp_path, "csv", record)[0]["score"] == "0.6667"
    path = write_export(tmp_path / "out.jsonl", "jsonl", gathered_of([record])).paths[0]
    assert next(iter(read_jsonl(path)))["machine"]["score"] == 0.6667


def test_a_tidy_table_has_a_dozen_columns_and_a_row_a_statement(tmp_path: Path) -> None:
    rows = table_of(tmp_path, "tidy", claim(), claim("a2", concepts=[]))
    assert len(TIDY) == 12
    assert [list(row) for row in rows] == [list(TIDY)] * 3
    assert [(row["claim"], row["concept"], row["stance"]) for row in rows] == [
        ("a1", "The ban", "oppose"),
        ("a1", "The levy", "support"),
        ("a2", "", "oppose"),
    ]
    assert rows[0] == {
        "article": "note",
        "date": "2024-05-31",
        "publisher": "The Paper",
        "holder": "Sam Ita",
        "kind": "person",
        "country": "NA",
        "stance": "oppose",
        "concept": "The ban",
        "target": "It [the ban] and the levy",
        "cue": "rejected",
        "sentence": "Sam rejected it and the levy.",
        "claim": "a1",
    }


def test_an_unresolved_holder_stays_in_the_tidy_table_by_its_words(tmp_path: Path) -> None:
    nobody = {**claim()["holder"], "entity": None, "name": None, "country": None}
    (row,) = table_of(tmp_path, "tidy", claim(holder=nobody, concepts=[]))
    assert (row["holder"], row["country"]) == ("Sam", "")


def test_no_cell_of_a_tidy_table_is_a_formula(tmp_path: Path) -> None:
    (row,) = table_of(tmp_path, "tidy", claim(target_reads="=1+1", concepts=[]))
    assert row["target"] == "'=1+1"
    assert next(iter(read_tidy(tmp_path / "out.csv")))["target"] == "=1+1"


@pytest.mark.parametrize("name", ["csv", "tidy"])
def test_what_the_columns_mean_stands_beside_the_table(tmp_path: Path, name: str) -> None:
    paths = write_export(tmp_path / "out.csv", name, gathered_of([claim()])).paths
    assert [path.name for path in paths] == ["out.csv", "out.columns.md"]
    words = paths[1].read_text(encoding="utf-8")
    assert all(f"| `{column}` |" in words for column in (TIDY if name == "tidy" else COLUMNS))
    assert f"One row is one {'statement' if name == 'tidy' else 'claim'}." in words


def test_a_table_with_a_wrong_cell_is_refused_with_its_line(tmp_path: Path) -> None:
    write_export(tmp_path / "out.csv", "csv", gathered_of([claim(comments=["a\nb"]), claim("a2")]))
    path = tmp_path / "out.csv"
    path.write_bytes(path.read_bytes().replace(b",0.75,", b",much,", 2))
    with pytest.raises(RecordError, match=r"out\.csv:2: column score: 'much' is no number"):
        list(read_csv(path))


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"id,article\r\n1,2\r\n", r"out\.csv:1: has no column title"),
        (b"", r"out\.csv:1: has no column id"),
        (b"\xff\xfe\x00", r"out\.csv:\d+: is no table in UTF-8"),
    ],
)
def test_a_file_that_is_no_such_table_is_refused(tmp_path: Path, data: bytes, said: str) -> None:
    path = tmp_path / "out.csv"
    path.write_bytes(data)
    with pytest.raises(RecordError, match=said):
        list(read_csv(path))


def test_a_row_that_is_too_short_is_refused_with_its_line(tmp_path: Path) -> None:
    path = write_export(tmp_path / "out.csv", "tidy", gathered_of([claim()])).paths[0]
    path.write_bytes(path.read_bytes() + b"note,2024\r\n")
    with pytest.raises(RecordError, match=r"out\.csv:4: has 2 cells, the head 12"):
        list(read_tidy(path))


@pytest.mark.parametrize(
    ("line", "said"),
    [("{", "not a JSON object"), ('{"id": "a"}', "is no claim: it has no article"), ("[]", "list")],
)
def test_a_line_that_is_no_claim_is_refused(tmp_path: Path, line: str, said: str) -> None:
    path = write_export(tmp_path / "out.jsonl", "jsonl", gathered_of([claim()])).paths[0]
    path.write_bytes(path.read_bytes() + f"\n{line}\n".encode())
    with pytest.raises(PipelineError, match=rf"out\.jsonl:3: .*{said}"):
        list(read_jsonl(path))
