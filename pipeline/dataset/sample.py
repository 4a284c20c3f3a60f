"""The random sample of passages, and ``annotations/sample.jsonl``: who read which of them whole.

A passage is in the sample by a hash of its article and its words: the same passages on every
machine and after every extraction, and whatever the machine found in them. That somebody read one
and left nothing in it is no decision on any claim, and so it stands in a file of its own, which is
only added to.
"""

from __future__ import annotations

import json
import os
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.dataset.identity import content_id
from pipeline.errors import RecordError
from pipeline.files import write_text_atomically
from pipeline.guarded.files import read_byte_lines, refuse_leaving
from pipeline.guarded.jsons import parse_object
from pipeline.guarded.source import Source
from pipeline.jsonl_fields import Fields
from pipeline.records import Extraction, Span

SAMPLE_FILE = "sample.jsonl"
VERSION = 1
_DIGITS = 8
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z")
_PASSAGE = re.compile(r"p-[0-9a-f]{16}")


@dataclass(frozen=True, slots=True)
class Reading:
    """One line: the reviewer submitted the passage; or, where not ``read``, took that back.

    ``passage`` is what ``passage_id`` gives, ``place`` names server, project and task.
    """

    passage: str
    article: str
    reviewer: str
    at: str
    place: str
    read: bool = True


def passage_id(article: str, words: str) -> str:
    r"""What names a passage for good, wherever in its article it stands.

    >>> passage_id("note", "Chile objected.") == passage_id("note", "Chile\nobjected.")
    True
    """
    return content_id([article, " ".join(words.split())], prefix="p-")


def is_sampled(passage: str, share: float) -> bool:
    """Whether the passage of that id is in a sample that has so large a share of all passages.

    Who is in a smaller sample is in every larger one.

    >>> is_sampled("p-1999999900000000", 0.1), is_sampled("p-1999999a00000000", 0.1)
    (True, False)
    """
    return _part(passage, 0) < share


def place_in_queue(passage: str) -> float:
    """Where in the queue a sampled passage comes, from 0 on and below 1: its hash says so too."""
    return _part(passage, 1)


def find_sampled(extraction: Extraction, passages: Sequence[Span], share: float) -> dict[Span, str]:
    """The article's passages that are in the sample, each with its id."""
    if not share:
        return {}
    named = {
        span: passage_id(extraction.article, span.text_in(extraction.text)) for span in passages
    }
    return {span: name for span, name in named.items() if is_sampled(name, share)}


def read_readings(annotations: Path) -> tuple[Reading, ...]:
    """Every line, ordered by time; an empty tuple where there is no file yet.

    Raises:
        RecordError: beginning with ``file:line``, where a line is not understood.
    """
    path = annotations / SAMPLE_FILE
    if not os.path.lexists(path):
        return ()
    lines = read_byte_lines(path, Source(str(path), RecordError))
    found = {
        _read_line(line, str(path), number)
        for number, line in enumerate(lines, start=1)
        if line.strip()
    }
    return tuple(sorted(found, key=_in_time))


def readers_of(readings: Iterable[Reading]) -> dict[str, frozenset[str]]:
    """Who has read each passage and did not take that back; ``readings`` in the order of time."""
    found: dict[str, set[str]] = defaultdict(set)
    for one in readings:
        (found[one.passage].add if one.read else found[one.passage].discard)(one.reviewer)
    return {passage: frozenset(who) for passage, who in found.items() if who}


def add_readings(annotations: Path, readings: Iterable[Reading]) -> int:
    """How many lines were new; those that stand stay as they are.

    Raises:
        RecordError: a line of the file is not understood; nothing was written.
        LinkError: the file lies behind a link that leaves the workspace.
    """
    known = set(read_readings(annotations))
    new = [one for one in dict.fromkeys(readings) if one not in known]
    path = annotations / SAMPLE_FILE
    refuse_leaving(path, annotations)
    if new:
        old = path.read_text(encoding="utf-8") if known else ""
        end = "" if old.endswith("\n") or not old else "\n"
        lines = "".join(f"{json.dumps(to_json(one), ensure_ascii=False)}\n" for one in new)
        write_text_atomically(path, f"{old}{end}{lines}")
    return len(new)


def to_json(one: Reading) -> dict[str, object]:
    """The object of a line; its published schema is ``schemas/sample.schema.json``."""
    return {
        "version": VERSION,
        "passage": one.passage,
        "article": one.article,
        "reviewer": one.reviewer,
        "at": one.at,
        "place": one.place,
        "read": one.read,
    }


def _in_time(one: Reading) -> tuple[object, ...]:
    return one.at, not one.read, one.passage, one.reviewer, one.place


def _part(passage: str, number: int) -> float:
    start = len("p-") + number * _DIGITS
    return int(passage[start : start + _DIGITS], 16) / float(1 << 4 * _DIGITS)


def _read_line(line: bytes, path: str, number: int) -> Reading:
    record = parse_object(line, Source(path, RecordError, first=number), hint="restore the line")
    fields = Fields(record, where=f"{path}:{number}: ")
    if fields.required("version") != VERSION:
        raise fields.refuse("version", f"must be {VERSION}; update stance-claims, or restore it")
    one = Reading(
        passage=fields.string("passage"),
        article=fields.string("article"),
        reviewer=fields.string("reviewer"),
        at=fields.string("at"),
        place=fields.string("place"),
        read=fields.flag("read"),
    )
    if not _PASSAGE.fullmatch(one.passage):
        raise fields.refuse("passage", f"must be p- and 16 digits, not {one.passage!r:.60}")
    if not _TIME.fullmatch(one.at):
        raise fields.refuse("at", f"must be UTC in ISO 8601, not {one.at!r:.60}")
    return one
