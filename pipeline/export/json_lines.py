"""JSON lines: the canonical format, all that is known of each claim."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from pipeline.errors import RecordError
from pipeline.export.cells import rounded
from pipeline.export.gather import Gathered
from pipeline.export.written import Format
from pipeline.guarded.files import open_file
from pipeline.guarded.jsons import parse_object
from pipeline.guarded.source import Source

Record = Mapping[str, Any]
_NEEDED = ("id", "article", "holder", "cue", "stance")


def to_jsonl(records: Iterable[Record]) -> str:
    """One JSON object a line, as in ``verified.jsonl``; its schema is published."""
    return "".join(map(_line, records))


def write_jsonl(gathered: Gathered, path: Path) -> tuple[str, ...]:
    """Write one line a claim to ``path``."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        stream.writelines(map(_line, gathered.claims()))
    return ()


def read_jsonl(path: Path) -> Iterator[dict[str, Any]]:
    """The record of each line's claim, as it was when it was written.

    Raises:
        RecordError: naming the line that is no JSON object, or no claim.
    """
    with open_file(path, Source(str(path), RecordError)) as stream:
        for number, line in enumerate(stream, start=1):
            if not line.strip():
                continue
            source = Source(str(path), RecordError, first=number)
            record = parse_object(line, source)
            if lacking := [name for name in _NEEDED if name not in record]:
                what = f"is no claim: it has no {', '.join(lacking)}; export the claims again"
                raise source.fault(what)
            yield record


def _line(record: Record) -> str:
    record = rounded(record)
    return json.dumps(record, ensure_ascii=False, allow_nan=False) + "\n"


FORMAT = Format("JSON lines, all that is known of each claim", ".jsonl", write_jsonl)
