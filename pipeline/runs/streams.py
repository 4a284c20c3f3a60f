"""Inputs and outputs by name: a file, or an address of whatever kind fsspec knows.

Either may be compressed. An output has its name when it is whole, and not before.
"""

from __future__ import annotations

import io
import os
import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, TextIO, cast

from pipeline.errors import PipelineError, SettingError
from pipeline.extras import needed
from pipeline.files import open_bytes_atomically
from pipeline.guarded.pipes import open_input
from pipeline.guarded.source import Source
from pipeline.runs.compressed import GZIP, ZSTD, packing, plain

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+(::|://)")
_PIECE = 1 << 20


def is_address(name: str) -> bool:
    """Whether a name is an address, as ``s3://bucket/in.jsonl``, and no path.

    >>> is_address("memory://in.jsonl"), is_address("in.jsonl"), is_address("C:/in.jsonl")
    (True, False, False)
    """
    return _ADDRESS.match(name) is not None


@contextmanager
def open_source(name: str) -> Iterator[BinaryIO]:
    """The bytes of a file or an address, decompressed.

    Raises:
        SettingError: there is no such file, or the address cannot be read.
    """
    source = Source(name, SettingError)
    with opened(name, source) as stream:
        yield plain(stream, source)


def size_of(name: str) -> int | None:
    """How many bytes ``open_source`` gives; None where that is not known before they are read."""
    if is_address(name) or name.endswith((GZIP, ZSTD)):
        return None
    with suppress(OSError):
        return Path(name).stat().st_size or None
    return None


@contextmanager
def open_result(name: str) -> Iterator[BinaryIO]:
    """A stream to a file or an address that has that name when the block ends without an error.

    The bytes are compressed where the name ends in ``.gz`` or ``.zst``.

    Raises:
        SettingError: the address cannot be written to.
    """
    place = _replacing(name) if is_address(name) else open_bytes_atomically(Path(name))
    with place as stream, packing(stream, name) as packed:
        yield packed


@contextmanager
def as_text(stream: BinaryIO) -> Iterator[TextIO]:
    """UTF-8 text to a stream of bytes, which stays open, line ends as they are."""
    text = io.TextIOWrapper(stream, encoding="utf-8", newline="")
    try:
        yield text
        text.flush()
    finally:
        with suppress(ValueError, OSError):
            text.detach()


def size_at(name: str) -> int | None:
    """How many bytes lie at a name, and can be read from any place on; None where not known.

    Raises:
        SettingError: there is no such file.
    """
    if not is_address(name):
        with opened(name, Source(name, SettingError)) as stream:
            return os.fstat(stream.fileno()).st_size if stream.seekable() else None
    files, path = _files_at(name)
    try:
        size = files.info(path).get("size")
        with files.open(path, "rb") as stream:
            return size if stream.seekable() else None
    except Exception as error:  # each kind of address has its own
        raise _fault(name, "read", error) from error


def remove(name: str) -> None:
    """Remove a file, where it is there."""
    with suppress(FileNotFoundError):
        if is_address(name):
            files, path = _files_at(name)
            files.rm_file(path)
        else:
            Path(name).unlink()


def list_names(folder: str) -> list[str]:
    """The names of the files in a folder or below an address; none where there is no such place."""
    if not is_address(folder):
        return sorted(os.listdir(folder)) if os.path.isdir(folder) else []
    files, root = _files_at(folder)
    try:
        found = files.ls(root, detail=False, refresh=True)
    except (FileNotFoundError, NotADirectoryError):
        return []
    return sorted(str(path).rstrip("/").rpartition("/")[2] for path in found)


def find_sources(name: str) -> list[str]:
    """The files that a name stands for: itself, those that fit its ``*``, those of its folder.

    Raises:
        SettingError: there are none.
    """
    if not is_address(name) and Path(name).is_file():
        return [name]
    if "*" in name:
        found = _that_fit(name)
    elif (not is_address(name) and Path(name).is_dir()) or name.endswith("/"):
        names = list_names(name)
        found = [f"{name.rstrip('/')}/{one}" for one in names if not one.startswith(("_", "."))]
    else:
        return [name]
    if not found:
        raise SettingError(f"{name}: there is no such file; check the name")
    return found


def _that_fit(pattern: str) -> list[str]:
    if is_address(pattern):
        files, root = _files_at(pattern)
        return sorted(files.unstrip_protocol(path) for path in files.glob(root))
    from glob import glob

    return sorted(path for path in glob(pattern) if os.path.isfile(path))


@contextmanager
def opened(name: str, source: Source) -> Iterator[BinaryIO]:
    """The bytes of a file or an address as they are."""
    if is_address(name):
        with _read_from(name) as stream:
            yield stream
        return
    path = Path(name)
    if not path.exists() or path.is_dir():
        kind = "a folder" if path.is_dir() else "not there"
        raise SettingError(f"{name} is {kind}; name a file of JSON lines, or - for stdin")
    with open_input(path, source) as stream:
        yield stream


@contextmanager
def _read_from(address: str) -> Iterator[BinaryIO]:
    files, path = _files_at(address)
    try:
        stream = files.open(path, "rb")
    except Exception as error:  # each kind of address has its own
        raise _fault(address, "read", error) from error
    with stream:
        yield cast(BinaryIO, io.BufferedReader(_Distant(stream, address), _PIECE))


@contextmanager
def _replacing(address: str) -> Iterator[BinaryIO]:
    """A stream to another name at the address that is given the name itself at the end."""
    files, path = _files_at(address)
    folder, _, name = path.rpartition("/")
    begun = f"{folder}/.{name[:80]}.{secrets.token_hex(6)}.tmp" if folder else f".{name}.tmp"
    try:
        files.makedirs(folder, exist_ok=True) if folder else None
        stream = files.open(begun, "wb")
    except Exception as error:
        raise _fault(address, "written to", error) from error
    try:
        with _saying(address, "written to"):
            yield stream
            stream.close()
            files.mv(begun, path)
    except BaseException:
        with suppress(Exception):
            stream.close()
        with suppress(Exception):
            files.rm(begun)
        raise


@contextmanager
def _saying(address: str, what: str) -> Iterator[None]:
    """A block whose faults of the network name the address."""
    try:
        yield
    except (OSError, NotImplementedError) as error:
        raise _fault(address, what, error) from error


def _files_at(address: str) -> tuple[Any, str]:
    """What fsspec knows the files of an address by, and the path there."""
    core = needed("fsspec.core", who="this needs", extra="scale")
    try:
        files, path = core.url_to_fs(address)
    except (ImportError, ValueError) as error:
        kind = address.partition(":")[0]
        raise SettingError(
            f"{address}: what reads {kind}: is not installed or not known ({error}); "
            "https://filesystem-spec.readthedocs.io lists the library for each kind"
        ) from error
    return files, str(path)


def _fault(address: str, what: str, error: Exception) -> PipelineError:
    why = str(error).strip() or type(error).__name__
    return SettingError(f"{address}: cannot be {what} ({why:.200}); check the address and access")


class _Distant(io.RawIOBase):
    """What an address holds; a fault on the way names it."""

    def __init__(self, stream: Any, address: str) -> None:
        self._stream = stream
        self._address = address

    def readable(self) -> bool:
        """Yes."""
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        """How many bytes were put into the buffer; 0 at the end."""
        view = memoryview(buffer).cast("B")
        try:
            piece = self._stream.read(len(view))
        except Exception as error:
            raise _fault(self._address, "read to its end", error) from error
        view[: len(piece)] = piece
        return len(piece)
