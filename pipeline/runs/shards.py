"""Inputs cut into shards: a whole packed file, or so many bytes of a plain one, at line ends."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, cast

from pipeline.errors import SettingError
from pipeline.guarded.source import Source
from pipeline.records import Article
from pipeline.runs.bulk import read_articles
from pipeline.runs.compressed import is_packed, plain
from pipeline.runs.guard import Failure
from pipeline.runs.streams import find_sources, is_address, opened, size_at

SHARD_BYTES = 4 << 20
"""So much of a plain file is one shard: some minutes of work for one core."""


@dataclass(frozen=True, slots=True)
class Shard:
    """The lines of a file that begin at or after the byte ``start`` and before ``stop``.

    Without ``stop`` it is the whole file, as where that is packed.
    """

    source: str
    start: int = 0
    stop: int | None = None

    @property
    def name(self) -> str:
        """What its lines are named after: the file, and the byte where the count begins.

        >>> Shard("in.jsonl").name, Shard("in.jsonl", 4096, 8192).name
        ('in.jsonl', 'in.jsonl@4096')
        """
        return f"{self.source}@{self.start}" if self.start else self.source


def find_shards(sources: Iterable[str], *, size: int = SHARD_BYTES) -> Iterator[Shard]:
    """The shards of each file that the sources stand for, in order, each of about ``size`` bytes.

    A source is a file, a folder, an address, or a pattern with ``*``.

    Raises:
        SettingError: there is no such file, or it cannot be read.
    """
    for source in sources:
        for name in find_sources(source):
            name = name if is_address(name) else str(Path(name).absolute())
            whole = size_at(name)
            if whole is None or _packed(name):
                yield Shard(name)
            else:
                for start in range(0, whole, size):
                    yield Shard(name, start, min(start + size, whole))


def read_shard(shard: Shard) -> Iterator[Article | Failure]:
    """The articles of a shard, and a failure for each line that is none."""
    with _open(shard) as stream:
        yield from read_articles(stream, name=shard.name)


@contextmanager
def _open(shard: Shard) -> Iterator[BinaryIO]:
    source = Source(shard.source, SettingError)
    with opened(shard.source, source) as stream:
        if shard.stop is None:
            yield plain(stream, source)
        else:
            yield cast(BinaryIO, _Lines(stream, shard.start, shard.stop))


def _packed(name: str) -> bool:
    with opened(name, Source(name, SettingError)) as stream:
        return is_packed(stream.read(4))


class _Lines:
    """The lines of a stream that begin in a range of bytes."""

    def __init__(self, stream: Any, start: int, stop: int) -> None:
        self._stream = stream
        self._left = stop - start
        self._inside = False  # a line, of which more is to come
        if start:
            stream.seek(start - 1, os.SEEK_SET)
            while (piece := stream.readline(1 << 20)) and not piece.endswith(b"\n"):
                self._left -= len(piece)
            self._left -= len(piece) - 1

    def readline(self, limit: int) -> bytes:
        """The next line, or as much of it as is asked for; empty at the end of the range."""
        if self._left <= 0 and not self._inside:
            return b""
        piece: bytes = self._stream.readline(limit)
        self._left -= len(piece)
        self._inside = not piece.endswith(b"\n")
        return piece
