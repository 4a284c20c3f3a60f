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

LEDGER = "decisions.jsonl"


def read_decisions(path: Path) -> tuple[Decision, ...]:
    """Every decision once, ordered by time and id, whatever the order of the lines.

    An empty tuple where there is no ledger yet. A last line without its newline that is not whole
    is what a crash left half written: it is passed over, and ``append_decisions`` cuts it off.

    Raises:
        RecordError: beginning with ``file:line``; conflict marks of a merge are named as such.
    """
    if not path.exists():
        return ()
    found: dict[str, Decision] = {}
    for number, line in enumerate(_whole_lines(path.read_bytes()), start=1):
        if line.strip():
            decision = _read_line(line, where=f"{path}:{number}")
            found[decision.id] = decision
    return tuple(sorted(found.values(), key=lambda item: (item.decided_at, item.id)))


def append_decisions(path: Path, decisions: Iterable[Decision]) -> int:
    """How many decisions were new; they are on the disk when this returns.

    What the ledger already has is not written again. Two processes may call this at once.
    """
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

    A decision that adjudicates is a word of its own beside the same person's word as a reviewer.
    """
    ordered = sorted(decisions, key=lambda item: (item.decided_at, item.id))
    retracted = {item.retracts for item in ordered if item.verdict is Verdict.RETRACTED}
    last: dict[tuple[str, str, str, bool], Decision] = {}
    for item in ordered:
        if item.verdict is not Verdict.RETRACTED and item.id not in retracted:
            last[item.article, item.claim, item.reviewer, item.adjudicates] = item
    return tuple(sorted(last.values(), key=lambda item: (item.decided_at, item.id)))


def _read_line(line: bytes, *, where: str) -> Decision:
    if line.startswith((b"<<<<<<<", b"=======", b">>>>>>>")):
        raise RecordError(
            f"{where}: a conflict mark of git; delete the lines with marks and keep all others "
            "(.gitattributes with `annotations/decisions.jsonl merge=union` avoids this)"
        )
    try:
        record = json.loads(line.decode("utf-8"))
    except ValueError as error:
        raise RecordError(f"{where}: not a JSON object ({error}); restore the line") from error
    try:
        return from_json(record)
    except RecordError as error:
        raise RecordError(f"{where}: {error}", cause=error.cause) from error


def _whole_lines(data: bytes) -> list[bytes]:
    *lines, last = data.split(b"\n")
    return [*lines, last] if _is_whole(last) else lines


def _is_whole(line: bytes) -> bool:
    """Whether a last line that lacks its newline is a decision all the same."""
    try:
        from_json(json.loads(line.decode("utf-8")))
    except (ValueError, RecordError):
        return False
    return True


def _close_last_line(stream: BinaryIO) -> None:
    """Nothing; the stream stands behind the last whole line, and half a line is gone."""
    stream.seek(0)
    data = stream.read()
    last = data[data.rfind(b"\n") + 1 :]
    if _is_whole(last):
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
