"""Files that are the old one or the new one, never half of it; and hashes of texts and files."""

from __future__ import annotations

import hashlib
import io
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO, TextIO

from pipeline.errors import ArticleError, SettingError
from pipeline.guarded.files import open_file
from pipeline.guarded.source import Source

_CHUNK_BYTES = 1 << 20


def sha256_of_bytes(data: bytes) -> str:
    """The SHA-256 of bytes, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def sha256_of_text(text: str) -> str:
    """The SHA-256 of a text's UTF-8 bytes, in hexadecimal.

    >>> sha256_of_text("Chile objected.")[:12]
    'f3347b956e1e'
    """
    return _sha256_of_text(text)


@lru_cache(maxsize=2)  # decisions on one article come one after the other, and each asks for it
def _sha256_of_text(text: str) -> str:
    return sha256_of_bytes(text.encode("utf-8"))


def sha256_of_file(path: Path) -> str:
    """The SHA-256 of a file's bytes, in hexadecimal; the file is read in pieces.

    Raises:
        ArticleError: it is not there, cannot be read, or is a folder or a pipe.
    """
    digest = hashlib.sha256()
    with open_file(path, Source(str(path), ArticleError)) as stream:
        while chunk := stream.read(_CHUNK_BYTES):
            digest.update(chunk)
    return digest.hexdigest()


def write_text_atomically(path: Path, text: str) -> None:
    """Write exactly ``text`` to ``path`` in UTF-8, newlines as they are.

    Folders on the way are made. Whatever ends the writing early, Ctrl-C too, leaves the old
    file as it was and no temporary file beside it.
    """
    with open_text_atomically(path) as stream:
        stream.write(text)


def write_bytes_atomically(path: Path, data: bytes) -> None:
    """Write exactly ``data`` to ``path``, or leave it as it was before."""
    with open_bytes_atomically(path) as stream:
        stream.write(data)


@contextmanager
def open_text_atomically(path: Path) -> Iterator[TextIO]:
    """A UTF-8 stream whose text becomes the file ``path`` when the block ends without an error.

    For results that are written line by line and must not be seen before the last one.
    """
    with open_bytes_atomically(path) as raw:
        stream = io.TextIOWrapper(raw, encoding="utf-8", newline="")
        try:
            yield stream
            stream.flush()
        finally:
            with suppress(ValueError, OSError):
                stream.detach()


@contextmanager
def open_bytes_atomically(path: Path) -> Iterator[BinaryIO]:
    """A stream to a temporary file in the folder of ``path`` that takes its place at the end."""
    target = Path(os.path.realpath(path))
    if target.exists() and not target.is_file():
        raise SettingError(f"{path} is not a file: name another path to write to")
    target.parent.mkdir(parents=True, exist_ok=True)
    temporary = target.parent / f".{target.name[:80]}.{secrets.token_hex(6)}.tmp"
    try:
        with _create(temporary) as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        _keep_mode(target, temporary)
        os.replace(temporary, target)
    except BaseException:  # Ctrl-C included: the temporary file goes, the old file stays
        with suppress(OSError):
            temporary.unlink()
        raise
    _sync_folder(target.parent)


def _create(path: Path) -> BinaryIO:
    """A new file that nobody else has made, with the permissions that the umask leaves."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    return os.fdopen(os.open(path, flags, 0o666), "wb")


def _keep_mode(old: Path, new: Path) -> None:
    """Give ``new`` the permissions of ``old`` where there is an old file."""
    with suppress(FileNotFoundError):
        new.chmod(old.stat().st_mode & 0o7777)


def _sync_folder(folder: Path) -> None:
    """Wait until the renaming is on the disk, where the system can promise it."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
