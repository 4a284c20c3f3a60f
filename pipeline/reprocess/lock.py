"""One run of a workspace at a time; the next one is told who is at work."""

from __future__ import annotations

import json
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from pipeline.errors import PipelineError


class LockedError(PipelineError):
    """Another process is at the same work; nothing was started."""

    cause = "locked"


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """A block that one process of this machine is in at a time; the second does not wait.

    The file ``path`` names the process that holds the lock. The lock ends with the process,
    however it ends: a file that a killed process left is no lock.

    Raises:
        LockedError: naming the process that is at work, its host and since when.
    """
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        if not _take(descriptor):
            raise LockedError(
                f"another run is at work in this folder: {_holder(descriptor)}. "
                "Nothing was started; the same command can be given again when it is done"
            )
        _write(descriptor, _myself())
        yield
        _write(descriptor, b"")
    finally:
        os.close(descriptor)


def _take(descriptor: int) -> bool:
    try:
        import fcntl
    except ImportError:  # Windows has no flock; there, every file is still replaced whole
        return True
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _myself() -> bytes:
    since = datetime.now(UTC).isoformat(timespec="seconds")
    return json.dumps({"pid": os.getpid(), "host": socket.gethostname(), "since": since}).encode()


def _holder(descriptor: int) -> str:
    try:
        found = json.loads(os.pread(descriptor, 4096, 0))
        return f"process {found['pid']} on {found['host']}, since {found['since']}"
    except (ValueError, KeyError, TypeError):
        return "a process that has only begun"


def _write(descriptor: int, data: bytes) -> None:
    os.ftruncate(descriptor, 0)
    os.pwrite(descriptor, data, 0)
