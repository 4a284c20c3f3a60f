"""Bytes that another process writes as they are read; where nobody does, nobody waits."""

from __future__ import annotations

import io
import os
import stat
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from pipeline.guarded.files import open_file
from pipeline.guarded.source import Source

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

_PIECE = 1 << 16


def is_pipe(path: Path) -> bool:
    """Whether a path is a pipe, standard input or the empty device: what is read as it comes."""
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError):
        return False
    device = stat.S_ISCHR(mode) and (path.samefile(os.devnull) or str(path) == "/dev/stdin")
    return stat.S_ISFIFO(mode) or device


def open_input(path: Path, source: Source) -> AbstractContextManager[BinaryIO]:
    """A stream of what a person named to be read once: an ordinary file, or a pipe.

    Raises:
        PipelineError: the source's error, ``missing`` or ``unreadable``.
    """
    return open_pipe(path, source) if is_pipe(path) else open_file(path, source)


@contextmanager
def open_pipe(path: Path, source: Source, *, seconds: float = 10) -> Iterator[BinaryIO]:
    """A stream of what is written to a pipe, however slowly, once somebody has it open.

    Raises:
        PipelineError: the source's error, ``unreadable``: nobody opened it within ``seconds``.
    """
    raw = os.fdopen(os.open(path, os.O_RDONLY | os.O_NONBLOCK), "rb", buffering=0)
    with raw:
        first = _wait_for_writer(raw, source, seconds) if _is_fifo(raw) else b""
        os.set_blocking(raw.fileno(), True)
        yield io.BufferedReader(_Continued(first, raw), _PIECE)


def _wait_for_writer(raw: io.FileIO, source: Source, seconds: float) -> bytes:
    """What was there at first; a pipe without a writer reads as empty, one with as not ready."""
    until = time.monotonic() + seconds
    while (found := raw.read(_PIECE)) == b"":
        if time.monotonic() > until:
            what = "cannot be read: it is a pipe that nobody writes to; name a file"
            raise source.unreadable(what, "unreadable")
        time.sleep(0.02)
    return found or b""


def _is_fifo(raw: io.FileIO) -> bool:
    return stat.S_ISFIFO(os.fstat(raw.fileno()).st_mode)


class _Continued(io.RawIOBase):
    """Bytes that were read already, and then the rest of the stream that they came from."""

    def __init__(self, first: bytes, rest: io.FileIO) -> None:
        self._first = first
        self._rest = rest

    def readable(self) -> bool:
        """Yes."""
        return True

    def fileno(self) -> int:
        """The descriptor of the stream."""
        return self._rest.fileno()

    def readinto(self, buffer: WriteableBuffer) -> int:
        """How many bytes were put into the buffer; 0 at the end."""
        view = memoryview(buffer).cast("B")
        piece = self._first[: len(view)] or self._rest.read(len(view)) or b""
        self._first = self._first[len(piece) :]
        view[: len(piece)] = piece
        return len(piece)
