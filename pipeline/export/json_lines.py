"""JSON lines: the canonical format, all that is known of each claim."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from pipeline.export.gather import Gathered
from pipeline.export.written import Format

Record = Mapping[str, Any]


def to_jsonl(records: Iterable[Record]) -> str:
    """One JSON object a line, as in ``verified.jsonl``; its schema is published."""
    return "".join(map(_line, records))


def write_jsonl(gathered: Gathered, path: Path) -> tuple[str, ...]:
    """Write one line a claim to ``path``."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        stream.writelines(map(_line, gathered.claims()))
    return ()


def _line(record: Record) -> str:
    return json.dumps(record, ensure_ascii=False, allow_nan=False) + "\n"


FORMAT = Format("JSON lines, all that is known of each claim", ".jsonl", write_jsonl)
