"""Claims read back from the Web Annotations that were made of them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pipeline.errors import RecordError
from pipeline.export.marking import PIECES
from pipeline.guarded.files import open_file
from pipeline.guarded.jsons import parse_object, read_json
from pipeline.guarded.source import Source
from pipeline.guarded.texts import decode_text

Json = dict[str, Any]
_OWN = ("type", "purpose", "id", "identifier")
_HINT = "only annotations that claims export wrote are read"


def read_web_annotation(path: Path) -> Iterator[Json]:
    """The records of the claims, whole and in order.

    A file that was formatted anew by another program is read as well, and so is a bare page, or a
    single annotation.

    Raises:
        RecordError: beginning with ``file:line``, the file is none, or an annotation has no claim.
    """
    for record, _ in read_annotated(path):
        yield record


def read_annotated(path: Path, *, own: bool = False) -> Iterator[tuple[Json, int]]:
    """Each record with the line on which its annotation begins; 1 where that is not known.

    A file that is one's ``own``, written just now, is not searched for values out of bounds.
    """
    name = str(path)
    with open_file(path, Source(name, RecordError)) as stream:
        if not stream.readline().rstrip().endswith(b'"items": ['):
            yield from ((record, 1) for record in _read_whole(path))
            return
        for number, raw in enumerate(stream, start=2):
            source = Source(name, RecordError, first=number)
            line = decode_text(raw, source).strip()
            if line.startswith("]}"):
                return
            line = line.removesuffix(",")
            found = json.loads(line) if own else parse_object(line, source, hint=_HINT)
            yield to_record(found, source), number
    raise RecordError(f"{name}: ends amid its annotations; export it again")


def _read_whole(path: Path) -> Iterator[Json]:
    source = Source(str(path), RecordError)
    found: Any = read_json(path, source)
    page = found.get("first") or found
    items = page.get("items") if isinstance(page, dict) else None
    for item in items if isinstance(items, list) else [found]:
        yield to_record(item, source)


def to_record(annotation: object, source: Source) -> Json:
    """The record of the claim that an annotation holds.

    Raises:
        RecordError: it holds none.
    """
    try:
        return _to_record(annotation)
    except (KeyError, TypeError, ValueError, AttributeError, StopIteration) as error:
        raise source.fault(
            f"not an annotation of a claim ({type(error).__name__} {error}); {_HINT}"
        ) from error


def _to_record(annotation: Any) -> Json:
    bodies, target = annotation["body"], annotation["target"]
    bodies = bodies if isinstance(bodies, list) else [bodies]
    claim = next(body for body in bodies if body.get("type") == "Claim")
    record: Json = {}
    for key, value in claim.items():
        if key == "identifier":
            record["id"] = value
        elif key in PIECES and value is not None:
            selectors = target["selector"] if key == "sentence" else value["selector"]
            record[key] = {**_piece(selectors), **_rest(value)}
        elif key not in _OWN:
            record[key] = value
    for key in ("id", "article", "stance", "metadata", "text_sha256", "holder", "cue"):
        record[key]
    return record


def _piece(selectors: list[Mapping[str, Any]]) -> Json:
    kinds = {selector["type"]: selector for selector in selectors}
    quoted, place = kinds["TextQuoteSelector"], kinds["TextPositionSelector"]
    start, end, text = place["start"], place["end"], quoted["exact"]
    if end - start != len(text):
        raise ValueError(f"{start}–{end} are not the offsets of {text!r:.60}")
    return {"start": start, "end": end, "text": text}


def _rest(value: Mapping[str, Any]) -> Json:
    return {name: found for name, found in value.items() if name != "selector"}
