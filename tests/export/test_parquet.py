"""Parquet has types and nested spans, holds all of a claim, and is written piece by piece."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipeline import __version__
from pipeline.errors import RecordError
from pipeline.export.json_lines import to_jsonl
from pipeline.export.parquet import GROUP, SCHEMA, read_parquet, write_parquet
from pipeline.export.rows import machine_records
from tests.dataset.build import article
from tests.export.records import Json, claim, gathered_of


def file_of(folder: Path, *records: Json) -> pq.ParquetFile:
    assert write_parquet(gathered_of(list(records)), folder / "out.parquet") == ()
    return pq.ParquetFile(folder / "out.parquet")


def test_columns_are_typed_and_spans_nested(tmp_path: Path) -> None:
    schema = file_of(tmp_path, claim()).schema_arrow
    assert schema.field("date").type == pa.date32()
    assert schema.field("decided_at").type == pa.timestamp("us", "UTC")
    assert pa.types.is_dictionary(schema.field("stance").type)
    assert pa.types.is_boolean(schema.field("hedged").type)
    holder = schema.field("holder").type
    assert {holder.field(n).name: holder.field(n).type for n in range(3)} == {
        "start": pa.int32(),
        "end": pa.int32(),
        "text": pa.string(),
    }
    assert schema.field("concepts").type.value_type.field("turned").type == pa.bool_()
    assert schema.metadata[b"schema"] == SCHEMA.encode()
    assert schema.metadata[b"stance-claims"] == __version__.encode()


@pytest.mark.parametrize(
    ("stated", "first", "exact"),
    [
        ("2024-05-31", date(2024, 5, 31), "day"),
        ("2024-05", date(2024, 5, 1), "month"),
        ("2024", date(2024, 1, 1), "year"),
        ("1066", date(1066, 1, 1), "year"),
        ("last week", None, None),
    ],
)
def test_a_date_is_a_day_with_how_exact_it_is(
    tmp_path: Path, stated: str, first: date | None, exact: str | None
) -> None:
    record = claim(metadata={"date": stated})
    (row,) = file_of(tmp_path, record).read().to_pylist()
    assert (row["date"], row["date_precision"]) == (first, exact)
    assert list(read_parquet(tmp_path / "out.parquet")) == [record]


@pytest.mark.parametrize(
    "changes",
    [
        {"codebook": "3"},
        {"holder": {**claim()["holder"], "born": 1970}},
        {"metadata": {"title": 7, "pages": [0, 3], "source": {"file": "a.pdf"}}},
        {"decided_at": "2026-01-01T10:00:00Z"},
        {"machine": {**claim()["machine"], "proposers": ["reader"]}},
        {"machine": None, "verdict": "added"},
        {"concepts": []},
    ],
)
def test_a_record_with_more_than_the_columns_say_comes_back_whole(
    tmp_path: Path, changes: Json
) -> None:
    records = [claim(), claim("a2", **changes)]
    file_of(tmp_path, *records)
    assert list(read_parquet(tmp_path / "out.parquet")) == records


def test_usual_records_need_no_json(tmp_path: Path) -> None:
    machine = list(machine_records([article()]))
    rows = file_of(tmp_path, claim(), *machine).read().to_pylist()
    assert [row["record"] for row in rows] == [None] * 3
    back = list(read_parquet(tmp_path / "out.parquet"))
    assert to_jsonl(back) == to_jsonl([claim(), *machine])  # the keys in their order, too


def test_it_is_written_in_row_groups(tmp_path: Path) -> None:
    file = file_of(tmp_path, *(claim(str(number)) for number in range(GROUP + 1)))
    assert [file.metadata.row_group(n).num_rows for n in range(file.num_row_groups)] == [GROUP, 1]
    assert [record["id"] for record in read_parquet(tmp_path / "out.parquet")][-1] == str(GROUP)


def test_a_file_that_holds_no_claims_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "out.parquet"
    pq.write_table(pa.table({"id": ["a"]}), path)
    with pytest.raises(RecordError, match="holds no claims in urn:stance-claims:claim:1"):
        list(read_parquet(path))
    path.write_bytes(b"PAR1")
    with pytest.raises(RecordError, match="is no Parquet"):
        list(read_parquet(path))
