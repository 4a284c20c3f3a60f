"""Files of the annotations that are only ever added to: one JSON object a line, with its own id."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from pipeline.errors import RecordError
from pipeline.files import write_text_atomically
from pipeline.guarded.files import read_bytes, refuse_leaving
from pipeline.guarded.jsons import parse_object
from pipeline.guarded.source import Source
from pipeline.guarded.texts import decode_text
from pipeline.jsonl_fields import Fields

_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z")


def read_added(path: Path, *, version: int) -> Iterator[tuple[Fields, str]]:
    """The fields of each line and its place, ``file:line``; no lines where there is no file yet.

    Raises:
        RecordError: beginning with ``file:line``, where a line is no object, or is of another
            version.
    """
    for number, line in enumerate(_bytes_of(path).splitlines(), start=1):
        if not line.strip():
            continue
        place, source = f"{path}:{number}", Source(str(path), RecordError, first=number)
        record = parse_object(decode_text(line, source), source, hint="restore the line")
        fields = Fields(record, where=f"{place}: ")
        if fields.required("version") != version:
            raise fields.refuse(
                "version", f"must be {version}; update stance-claims, or restore it"
            )
        yield fields, place


def check_added(fields: Fields, *, decided_at: str, id: str, known: str) -> None:
    """Refuse a line whose time is none, or whose ``id`` is not ``known``, its content's.

    Raises:
        RecordError: beginning with ``file:line``.
    """
    if not _TIME.fullmatch(decided_at):
        raise fields.refuse("decided_at", f"must be UTC in ISO 8601, not {decided_at!r:.60}")
    if id != known:
        raise fields.refuse("id", "the line was changed after it was written; restore it")


def append_lines(path: Path, records: Iterable[Mapping[str, object]], *, inside: Path) -> None:
    """Add a line for each record behind all others, which stay as they are to the byte.

    Raises:
        LinkError: the file lies behind a link that leads out of the folder ``inside``.
    """
    refuse_leaving(path, inside)
    old = _bytes_of(path).decode("utf-8")
    if old and not old.endswith("\n"):
        old += "\n"
    new = "".join(f"{json.dumps(record, ensure_ascii=False)}\n" for record in records)
    write_text_atomically(path, f"{old}{new}")


def _bytes_of(path: Path) -> bytes:
    return read_bytes(path, Source(str(path), RecordError)) if os.path.lexists(path) else b""
