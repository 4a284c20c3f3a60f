"""Extractions as a Parquet table: a row an article, its claims in words, and its whole line."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, BinaryIO

from pipeline.extras import needed

GROUP = 500
"""How many articles are held at a time; that many make a row group."""

_WORDS = ("id", "holder", "entity", "cue", "stance", "form", "target", "attribution")
_FLAGS = ("negated", "hedged")


@contextmanager
def open_table(stream: BinaryIO) -> Iterator[Callable[[str], None]]:
    """What takes one line of an extraction after the other, and writes them to the stream.

    Columns: ``article``, ``metadata`` as JSON, ``claims`` with the words of each, and ``record``,
    the line itself.

    Raises:
        SettingError: pyarrow is not installed.
    """
    arrow = needed("pyarrow", who="this needs", extra="tables")
    schema = _schema(arrow)
    rows: list[dict[str, object]] = []

    def flush(file: Any) -> None:
        file.write_table(arrow.Table.from_pylist(rows, schema))
        rows.clear()

    with needed("pyarrow.parquet", who="this needs", extra="tables").ParquetWriter(
        stream, schema, compression="zstd"
    ) as file:

        def write(line: str) -> None:
            rows.append(_row(line))
            if len(rows) == GROUP:
                flush(file)

        yield write
        flush(file)


def _schema(arrow: Any) -> Any:
    claim = [(name, arrow.string()) for name in _WORDS]
    claim += [(name, arrow.bool_()) for name in _FLAGS]
    claim.append(("score", arrow.float64()))
    return arrow.schema(
        [
            ("article", arrow.string()),
            ("metadata", arrow.string()),
            ("claims", arrow.list_(arrow.struct(claim))),
            ("record", arrow.string()),
        ]
    )


def _row(line: str) -> dict[str, object]:
    record = json.loads(line)
    return {
        "article": record["article"],
        "metadata": json.dumps(record["metadata"], ensure_ascii=False),
        "claims": [_claim(claim, record["text"]) for claim in record["claims"]],
        "record": line,
    }


def _claim(claim: dict[str, Any], text: str) -> dict[str, object]:
    def words(name: str) -> str | None:
        span = claim.get(name)
        return None if span is None else text[span["start"] : span["end"]]

    spans = {name: words(name) for name in ("holder", "cue", "target", "attribution")}
    kept = {name: claim.get(name) for name in ("id", "stance", "form", *_FLAGS, "score")}
    return {**kept, **spans, "entity": claim["holder"].get("entity")}
