"""Parquet: a typed table for analyses of large data, one row a claim, with nothing left out.

The spans of a claim are structs. Where the columns do not say all of a record, as where a later
version has a field that they lack, the column ``record`` has the whole of it as JSON.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any

from pipeline import __version__
from pipeline.errors import RecordError
from pipeline.export.cells import day_of, moment_of, rounded, stamp_of
from pipeline.export.gather import Gathered
from pipeline.export.written import Format
from pipeline.extras import needed
from pipeline.reading.metadata import FIELDS

Json = dict[str, Any]
Record = Mapping[str, Any]

SCHEMA = "urn:stance-claims:claim:1"
GROUP = 5_000
"""How many claims are held at a time; that many make a row group."""

_ENRICHED = ("antecedent", "target_reads", "concepts")
_NAMED = ("name", "country")
_HUMAN = ("verdict", "reviewers", "agreement", "decided_at", "decisions", "comments", "shown")
_OF_FILE = ("date", "date_precision", "record")  # columns that the record has not


def write_parquet(gathered: Gathered, path: Path) -> tuple[str, ...]:
    """Write the table to ``path``, some thousand claims at a time.

    Raises:
        SettingError: pyarrow is not installed.
    """
    arrow = needed("pyarrow", who="format parquet needs", extra="tables")
    parquet = needed("pyarrow.parquet", who="format parquet needs", extra="tables")
    schema = _schema(arrow)
    records = map(rounded, gathered.claims())
    with parquet.ParquetWriter(path, schema, compression="zstd") as writer:
        while group := list(islice(records, GROUP)):
            writer.write_table(_table(arrow, schema, group))
    return ()


def read_parquet(path: Path) -> Iterator[Json]:
    """The record of each claim, as it was when it was written.

    Raises:
        RecordError: the file is no such table.
        SettingError: pyarrow is not installed.
    """
    arrow = needed("pyarrow", who="format parquet needs", extra="tables")
    parquet = needed("pyarrow.parquet", who="format parquet needs", extra="tables")
    try:
        with parquet.ParquetFile(path) as file:
            if SCHEMA.encode() != (file.schema_arrow.metadata or {}).get(b"schema"):
                raise RecordError(f"{path}: holds no claims in {SCHEMA}; export them again")
            for batch in file.iter_batches(batch_size=GROUP):
                yield from map(_from_row, batch.to_pylist())
    except (arrow.ArrowException, OSError) as error:
        raise RecordError(f"{path}: is no Parquet that can be read ({error})") from error


def _table(arrow: Any, schema: Any, group: list[Record]) -> Any:
    """The table of some claims, with the whole record where it would not come back as it was."""
    rows = [_to_row(record) for record in group]
    table = arrow.Table.from_pylist(rows, schema)
    differing = [
        number
        for number, (record, row) in enumerate(zip(group, table.to_pylist(), strict=True))
        if _from_row(row) != record
    ]
    for number in differing:
        rows[number]["record"] = _json(group[number])
    return arrow.Table.from_pylist(rows, schema) if differing else table


def _to_row(record: Record) -> Json:
    """The values of the columns; what they cannot say of the metadata stands in it as JSON."""
    metadata = record["metadata"]
    day = day_of(metadata.get("date"))
    known = {name: metadata[name] for name in FIELDS if isinstance(metadata.get(name), str)}
    other = {name: value for name, value in metadata.items() if name not in known}
    return {
        **record,
        "date": day[0] if day else None,
        "date_precision": day[1] if day else None,
        "metadata": {**known, "other": _json(other) if other else None},
        "decided_at": moment_of(record.get("decided_at")),
        "record": None,
    }


def _from_row(row: Record) -> Json:
    """The record of a row, with the keys that a record of its kind has."""
    if row["record"] is not None:
        whole: Json = json.loads(row["record"])
        return whole
    metadata = {name: value for name, value in row["metadata"].items() if value is not None}
    metadata |= json.loads(metadata.pop("other", "{}"))
    metadata = dict(sorted(metadata.items()))
    record = {name: value for name, value in row.items() if name not in _OF_FILE}
    record["metadata"] = metadata
    for name in ("sentence", "holder", "cue", "target", "antecedent", "attribution"):
        record[name] = _piece(record.get(name), named=record.get("concepts") is not None)
    if isinstance(record.get("decided_at"), datetime):
        record["decided_at"] = stamp_of(record["decided_at"])
    if record.get("machine"):
        record["machine"] = {**record["machine"]}
        record["machine"]["provenance"] = dict(record["machine"]["provenance"])
    absent = [] if record.get("concepts") is not None else list(_ENRICHED)
    absent += [*_HUMAN, "anchored"] if record["source"] == "machine" else []
    for name in absent:
        record.pop(name, None)
    return record


def _piece(piece: Record | None, *, named: bool) -> Json | None:
    """A span without the keys that it has only where something is known: page, name, country."""
    if piece is None:
        return None
    optional = ("page",) if named else ("page", *_NAMED)
    return {key: value for key, value in piece.items() if value is not None or key not in optional}


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def _schema(arrow: Any) -> Any:
    """The columns and their types, in the order of a record; the file says which version it has."""
    text, whole, flag = arrow.string(), arrow.int32(), arrow.bool_()
    word, texts = arrow.dictionary(arrow.int8(), text), arrow.list_(text)
    span = {"start": whole, "end": whole, "text": text}
    page = {"page": whole}

    def struct(**fields: Any) -> Any:
        return arrow.struct(list(fields.items()))

    columns = {
        "version": arrow.int8(),
        "id": text,
        "article": text,
        "date": arrow.date32(),
        "date_precision": word,
        "metadata": struct(**dict.fromkeys((*FIELDS, "other"), text)),
        "text_sha256": text,
        "sentence": struct(**span, **page),
        "holder": struct(**span, entity=text, kind=text, name=text, country=text, **page),
        "cue": struct(**span, **page),
        "stance": word,
        "form": word,
        "target": struct(**span, **page),
        "antecedent": struct(**span, **page),
        "target_reads": text,
        "negated": flag,
        "hedged": flag,
        "attribution": struct(**span, entity=text, name=text, **page),
        "source": word,
        "verdict": word,
        "reviewers": texts,
        "agreement": struct(rule=text, agree=whole, asked=whole, adjudicated=flag),
        "decided_at": arrow.timestamp("us", "UTC"),
        "decisions": texts,
        "comments": texts,
        "shown": text,
        "machine": struct(
            score=arrow.float64(), cue=text, rules=texts, inferences=texts,
            provenance=arrow.map_(text, text),
        ),
        "anchored": word,
        "concepts": arrow.list_(struct(id=text, label=text, stance=text, turned=flag)),
        "record": text,
    }  # fmt: skip
    about = {
        "stance-claims": __version__,
        "schema": SCHEMA,
        "offsets": "code points of the article's text, half-open",
    }
    return arrow.schema(list(columns.items()), metadata=about)


FORMAT = Format(
    "a typed table with nested spans, all that is known of each claim",
    ".parquet",
    write_parquet,
    text=False,
    extra="tables",
)
