"""A DocBin packed and unpacked piece by piece, in the memory of one copy; spaCy takes three."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from spacy.tokens import DocBin

_LARGEST = 2**31 - 1


def write_packed(docs: DocBin, path: Path) -> None:
    """Write what ``DocBin.to_disk`` writes, piece by piece: it holds three more copies of all.

    Source: ``DocBin.to_bytes`` of spaCy 3.8.
    """
    from srsly.msgpack import Packer

    packer, squeezed = Packer(use_bin_type=True), zlib.compressobj()
    with path.open("wb") as file:
        for piece in _packed(docs, packer):
            file.write(squeezed.compress(piece))
        file.write(squeezed.flush())


def _packed(docs: DocBin, packer: Any) -> Iterator[bytes]:
    """The packed parts of a DocBin, one after the other."""
    import numpy

    whole: dict[str, Any] = {
        "version": docs.version,
        "attrs": docs.attrs,
        "tokens": b"".join(one.tobytes("C") for one in docs.tokens),
        "spaces": b"".join(one.tobytes("C") for one in docs.spaces),
        "lengths": numpy.asarray([len(one) for one in docs.tokens], dtype="int32").tobytes("C"),
        "strings": sorted(docs.strings),
    }
    lists: dict[str, list[Any]] = {
        "cats": docs.cats,
        "flags": docs.flags,
        "span_groups": docs.span_groups,
        "user_data": docs.user_data,
    }
    yield packer.pack_map_header(len(whole) + len(lists))
    for name, value in whole.items():
        yield packer.pack(name) + packer.pack(value)
    for name, values in lists.items():
        yield packer.pack(name) + packer.pack_array_header(len(values))
        yield from map(packer.pack, values)


def read_packed(data: bytes) -> DocBin:
    """What ``DocBin.from_bytes`` reads, unpacked as it is inflated: that holds all of it twice.

    Raises:
        ValueError, KeyError, TypeError, zlib.error: it is no DocBin.

    Source: ``DocBin.from_bytes`` of spaCy 3.8.
    """
    import numpy
    from spacy.tokens import DocBin
    from srsly.msgpack import OutOfData, Unpacker

    packed = Unpacker(_Inflated(data), raw=False, max_buffer_size=_LARGEST)
    try:
        whole = {packed.unpack(): packed.unpack() for _ in range(packed.read_map_header())}
    except OutOfData as error:
        raise ValueError("it ends too early") from error
    docs = DocBin(attrs=whole["attrs"], store_user_data="user_data" in whole)
    docs.attrs = whole["attrs"]
    docs.strings = set(whole["strings"])
    lengths = numpy.frombuffer(whole["lengths"], dtype="int32")
    places = list(zip(numpy.cumsum(lengths) - lengths, numpy.cumsum(lengths), strict=True))
    tokens = numpy.frombuffer(whole["tokens"], dtype="uint64").reshape(-1, len(docs.attrs))
    spaces = numpy.frombuffer(whole["spaces"], dtype=bool).reshape(-1, 1)
    docs.tokens = [tokens[start:end] for start, end in places]
    docs.spaces = [spaces[start:end] for start, end in places]
    docs.cats = whole["cats"]
    docs.span_groups = whole.get("span_groups", [b"" for _ in lengths])
    docs.flags = whole.get("flags", [{} for _ in lengths])
    docs.user_data = whole.get("user_data", [None for _ in lengths])
    return docs


class _Inflated:
    """Compressed bytes as a file that gives what was compressed."""

    def __init__(self, data: bytes) -> None:
        self._stream, self._rest = zlib.decompressobj(), data

    def read(self, size: int) -> bytes:
        """Up to so many bytes more, none at the end."""
        piece = self._stream.decompress(self._rest, size)
        self._rest = self._stream.unconsumed_tail
        return piece
