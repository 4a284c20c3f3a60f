"""The ledger: ``annotations/decisions.jsonl``, one line a human decision, only ever added to."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from pipeline.dataset.lines import from_json, to_json
from pipeline.dataset.records import Decision, Verdict
from pipeline.errors import RecordError
from pipeline.guarded.files import read_byte_lines, refuse_leaving
from pipeline.guarded.jsons import parse_object
from pipeline.guarded.source import Source

LEDGER = "decisions.jsonl"
_QUOTE, _BACKSLASH = b'"\\'


def read_decisions(path: Path) -> tuple[Decision, ...]:
    """Every decision once, ordered by time and id, whatever the order of the lines.

    An empty tuple where there is no ledger yet. A last line without its newline that is the
    beginning of an object and no more is what a crash left half written: it is passed over, and
    ``append_decisions`` cuts it off. No other line is ever passed over or cut.

    Raises:
        RecordError: beginning with ``file:line``, where a line is not understood: it is of a later
            version, was changed, has a value of a wrong type, or is a conflict mark of a merge.
    """
    if not os.path.lexists(path):
        return ()
    found: dict[str, Decision] = {}
    whole = _whole_lines(read_byte_lines(path, Source(str(path), RecordError)))
    for number, line in enumerate(whole, start=1):
        if line.strip():
            decision = _read_line(line, path=str(path), number=number)
            found[decision.id] = decision
    return tuple(sorted(found.values(), key=lambda item: (item.decided_at, item.id)))


def append_decisions(path: Path, decisions: Iterable[Decision]) -> int:
    """How many decisions were new; they are on the disk when this returns.

    What the ledger already has is not written again. Two processes may call this at once.

    Raises:
        RecordError: a line of the ledger is not understood; nothing was written.
    """
    refuse_leaving(path, path.parent)
    path.parent.mkdir(parents=True, exist_ok=True)
    with _locked(path) as stream:
        known = {decision.id for decision in read_decisions(path)}
        lines = []
        for record in map(to_json, decisions):
            if record["id"] not in known:
                known.add(record["id"])
                lines.append(_line_of(record))
        if lines:
            _close_last_line(stream)
            stream.write("".join(f"{line}\n" for line in lines).encode("utf-8"))
            stream.flush()
            os.fsync(stream.fileno())
    return len(lines)


def line_for(decision: Decision) -> str:
    """The line of a decision, without its newline; equal decisions give equal bytes."""
    return _line_of(to_json(decision))


def _line_of(record: Mapping[str, object]) -> str:
    return json.dumps(record, ensure_ascii=False, allow_nan=False)


def standing_decisions(decisions: Iterable[Decision]) -> tuple[Decision, ...]:
    """What holds now: each reviewer's last word on each claim, without what was taken back.

    A decision that adjudicates is a word of its own beside the same person's word as a reviewer. Of
    one that was carried to its article's new id only the carrying line counts, and it is taken back
    with the one that it carries.
    """
    ordered = sorted(decisions, key=lambda item: (item.decided_at, item.id))
    retracted = {item.retracts for item in ordered if item.verdict is Verdict.RETRACTED}
    carried = {item.carries for item in ordered}
    origins = find_origins(ordered)
    last: dict[tuple[str, str, str, bool], Decision] = {}
    seen: set[tuple[str, str]] = set()
    for item in ordered:
        if item.verdict is Verdict.RETRACTED or item.id in carried:
            continue
        chain = origins.get(item.id, (item.id,))
        if retracted.isdisjoint(chain) and (item.article, chain[-1]) not in seen:
            seen.add((item.article, chain[-1]))
            last[item.article, item.claim, item.reviewer, item.adjudicates] = item
    return tuple(sorted(last.values(), key=lambda item: (item.decided_at, item.id)))


def read_ones(decisions: Iterable[Decision]) -> tuple[Decision, ...]:
    """What holds of it that somebody decided having read it: what was taken in bulk nobody read."""
    return tuple(item for item in standing_decisions(decisions) if item.bulk is None)


def find_origins(decisions: Iterable[Decision]) -> dict[str, tuple[str, ...]]:
    """Of each carrying decision the ids of itself and of all that it carries, the first last."""
    carries = {item.id: item.carries for item in decisions if item.carries is not None}
    found = {}
    for name in carries:
        chain = [name]
        while (before := carries.get(chain[-1])) is not None and before not in chain:
            chain.append(before)
        found[name] = tuple(chain)
    return found


def _read_line(line: bytes, *, path: str, number: int) -> Decision:
    where = f"{path}:{number}"
    if line.startswith((b"<<<<<<<", b"=======", b">>>>>>>")):
        raise RecordError(
            f"{where}: a conflict mark of git; delete the lines with marks and keep all others "
            "(.gitattributes with `annotations/decisions.jsonl merge=union` avoids this)"
        )
    record = parse_object(line, Source(path, RecordError, first=number), hint="restore the line")
    try:
        return from_json(record)
    except (RecordError, RecursionError) as error:
        cause = getattr(error, "cause", None)
        raise RecordError(f"{where}: {error}", cause=cause) from error


def _whole_lines(lines: Iterable[bytes]) -> Iterator[bytes]:
    """The lines without their newlines; not a last one that is half a line."""
    for line in lines:
        if line.endswith(b"\n"):
            yield line[:-1]
        elif not is_half_a_line(line):
            yield line


def is_half_a_line(line: bytes) -> bool:
    r"""Whether a last line without its newline is the beginning of a JSON object and no more.

    >>> is_half_a_line(b'{"id": "d-1", "comm'), is_half_a_line(b'{"version": 9}')
    (True, False)
    >>> is_half_a_line(b"<<<<<<< HEAD")
    False
    """
    line = line.rstrip(b"\0")  # what a file system may leave where the machine went down
    if not line.strip():
        return True
    if not line.startswith(b"{"):
        return False
    depth, quoted, escaped = 0, False, False
    for byte in line:
        if quoted:
            quoted = escaped or byte != _QUOTE
            escaped = not escaped and byte == _BACKSLASH
        elif byte == _QUOTE:
            quoted = True
        elif byte in b"{[":
            depth += 1
        elif byte in b"}]":
            depth -= 1
            if depth == 0:
                return False
    return True


def _close_last_line(stream: BinaryIO) -> None:
    """Set the stream behind the last whole line, and cut off half a line."""
    stream.seek(0)
    data = stream.read()
    last = data[data.rfind(b"\n") + 1 :]
    if not last:
        return
    if not is_half_a_line(last):
        stream.write(b"\n")
        return
    stream.truncate(len(data) - len(last))
    stream.seek(len(data) - len(last))


@contextmanager
def _locked(path: Path) -> Iterator[BinaryIO]:
    """The ledger opened for reading and writing, for one process at a time."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
    with os.fdopen(descriptor, "r+b") as stream:
        try:
            import fcntl
        except ImportError:  # Windows has no flock; there one process at a time is up to the user
            yield stream
            return
        fcntl.flock(stream, fcntl.LOCK_EX)
        yield stream
