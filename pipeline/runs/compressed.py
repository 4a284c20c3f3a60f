"""Bytes that are compressed as gzip or Zstandard, to be read and written as they are."""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, BinaryIO, cast

from pipeline.errors import PipelineError
from pipeline.extras import needed
from pipeline.guarded.source import Source

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

GZIP, ZSTD = ".gz", ".zst"
_GZIP, _ZSTD = b"\x1f\x8b", b"\x28\xb5\x2f\xfd"
_PIECE = 1 << 17
_GZIP_LEVEL = 6


def is_packed(start: bytes) -> bool:
    """Whether what begins with these bytes is compressed."""
    return start.startswith((_GZIP, _ZSTD))


def plain(stream: BinaryIO, source: Source) -> BinaryIO:
    """What a stream holds, unpacked where its first bytes say that it is packed.

    Its name does not matter: standard input has none. Reading on raises the source's error, cause
    ``compressed``, where the stream is damaged or ends too early.

    Raises:
        SettingError: it is Zstandard, and the library for it is not installed.
    """
    start = stream.read(len(_ZSTD))
    whole = io.BufferedReader(_Joined(start, stream), _PIECE)
    if not is_packed(start):
        return cast(BinaryIO, whole)
    if start.startswith(_GZIP):
        unpacked: Any = gzip.GzipFile(fileobj=whole, mode="rb")
    else:
        unpacked = _Zstandard(cast(BinaryIO, whole))
    return cast(BinaryIO, io.BufferedReader(_Checked(unpacked, source), _PIECE))


@contextmanager
def packing(stream: BinaryIO, name: str) -> Iterator[BinaryIO]:
    """A stream whose bytes go to ``stream``, compressed where the ending of ``name`` says so.

    Equal bytes are packed to equal bytes: no time and no name is packed with them.

    Raises:
        SettingError: the ending is ``.zst``, and the library for it is not installed.
    """
    if name.endswith(GZIP):
        with gzip.GzipFile("", "wb", _GZIP_LEVEL, stream, mtime=0) as packed:
            yield cast(BinaryIO, packed)
    elif name.endswith(ZSTD):
        writer = (
            needed("zstandard", who="this needs", extra="scale")
            .ZstdCompressor()
            .stream_writer(stream, closefd=False)
        )
        with writer as packed:
            yield cast(BinaryIO, packed)
    else:
        yield stream


class _Joined(io.RawIOBase):
    """Bytes that were read already, and then the rest of the stream."""

    def __init__(self, first: bytes, rest: BinaryIO) -> None:
        self._first = first
        self._rest = rest

    def readable(self) -> bool:
        """Yes."""
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        """How many bytes were put into the buffer; 0 at the end."""
        view = memoryview(buffer).cast("B")
        read = getattr(self._rest, "read1", self._rest.read)  # what is there, not all that fits
        piece = self._first[: len(view)] or read(len(view)) or b""
        self._first = self._first[len(piece) :]
        view[: len(piece)] = piece
        return len(piece)


class _Zstandard(io.RawIOBase):
    """What is unpacked of Zstandard's frames; its own reader takes half of one for all."""

    def __init__(self, packed: BinaryIO) -> None:
        self._packed = packed
        self._new = needed("zstandard", who="this needs", extra="scale").ZstdDecompressor
        self._frame: Any = None
        self._ready = b""

    def readable(self) -> bool:
        """Yes."""
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        """How many bytes were put into the buffer; 0 at the end."""
        view = memoryview(buffer).cast("B")
        while not self._ready:
            if not self._read_on():
                return 0
        count = min(len(view), len(self._ready))
        view[:count] = self._ready[:count]
        self._ready = self._ready[count:]
        return count

    def _read_on(self) -> bool:
        piece: bytes = self._packed.read1(_PIECE)  # type: ignore[attr-defined]
        if not piece:
            if self._frame is not None:
                raise EOFError("it ends in the middle")
            return False
        while piece:
            if self._frame is None:
                self._frame = self._new().decompressobj()
            self._ready += self._frame.decompress(piece)
            piece = b""
            if self._frame.eof:
                piece, self._frame = self._frame.unused_data, None
        return True


class _Checked(io.RawIOBase):
    """The stream, whose faults are those of its source."""

    def __init__(self, stream: Any, source: Source) -> None:
        self._stream = stream
        self._source = source

    def readable(self) -> bool:
        """Yes."""
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        """How many bytes were put into the buffer; 0 at the end."""
        try:
            return int(self._stream.readinto(buffer))
        except PipelineError:
            raise
        except (EOFError, gzip.BadGzipFile, zlib.error) as error:
            raise self._fault(error) from error
        except Exception as error:
            if type(error).__module__.startswith("zstandard"):
                raise self._fault(error) from error
            raise

    def _fault(self, error: Exception) -> PipelineError:
        what = f"cannot be decompressed ({error}): it is damaged or not all there; fetch it again"
        return self._source.unreadable(what, "compressed")
