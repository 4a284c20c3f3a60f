"""Bytes of ordinary files alone: a folder, a pipe or a device in a file's place is named.

Nothing here waits: a pipe that nobody writes to is refused, not read. Nothing is written through
a link that leads out of the workspace.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from pipeline.errors import ArticleError, PipelineError
from pipeline.guarded.source import Source

MAX_BYTES = 256 * 1024 * 1024
"""The largest file that is read whole, where the caller names no other limit."""

_NO_WAIT = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
_KINDS = (
    (stat.S_ISDIR, "a folder"),
    (stat.S_ISFIFO, "a pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)


class LinkError(ArticleError):
    """A link leads out of the workspace: nothing is read or written through it."""

    cause = "link"


def read_bytes(path: Path, source: Source, *, limit: int = MAX_BYTES) -> bytes:
    """The bytes of an ordinary file of no more than ``limit`` bytes.

    Raises:
        PipelineError: the source's error: ``missing``, ``unreadable`` or ``too-large``.
    """
    with open_file(path, source) as stream:
        data = stream.read(limit + 1)
    if len(data) > limit:
        raise _too_large(source, limit)
    return data


def read_byte_lines(path: Path, source: Source, *, limit: int = MAX_BYTES) -> Iterator[bytes]:
    """Each line of an ordinary file of no more than ``limit`` bytes, with its newline.

    Raises:
        PipelineError: as ``read_bytes``.
    """
    with open_file(path, source) as stream:
        if os.fstat(stream.fileno()).st_size > limit:
            raise _too_large(source, limit)
        yield from stream


@contextmanager
def open_file(path: Path, source: Source) -> Iterator[BinaryIO]:
    """A stream of the bytes of an ordinary file, or of the one that a link leads to.

    Raises:
        PipelineError: the source's error, ``missing`` or ``unreadable``.
    """
    try:  # without waiting: the opening of a pipe waits for somebody who writes to it
        descriptor = os.open(path, os.O_RDONLY | _NO_WAIT)
    except (OSError, ValueError) as error:  # a name with NUL in it is a ValueError
        raise _cannot_open(path, source, error) from error
    try:
        if kind := _kind(os.fstat(descriptor).st_mode):
            raise _no_file(source, kind)
        with os.fdopen(descriptor, "rb", closefd=False) as stream:
            yield stream
    except OSError as error:
        raise _cannot_open(path, source, error) from error
    finally:
        os.close(descriptor)


def kind_of(path: Path) -> str:
    """What stands in a file's place, as ``a folder``; empty for a file, or where nothing does.

    >>> kind_of(Path("/"))
    'a folder'
    """
    try:
        return _kind(path.stat().st_mode)
    except (OSError, ValueError):
        return "a link to nothing" if os.path.islink(path) else ""


def workspace_of(folder: Path) -> Path:
    """The real folder that a folder of the workspace, such as ``corpus``, lies in.

    A folder at the root of the disk, as containers have it, is a workspace of its own. A link
    that a person made of the folder itself is followed.
    """
    real = Path(os.path.realpath(folder))
    return real if real.parent == Path(real.anchor) else real.parent


def refuse_leaving(path: Path, folder: Path) -> None:
    """Refuse a path that lies, links followed, outside the workspace of ``folder``.

    Raises:
        LinkError: naming the link and where it leads.
    """
    if path.parent != folder or os.path.islink(path):  # else it lies where the folder does
        refuse_outside(path, workspace_of(folder))


def refuse_outside(path: Path, *roots: Path) -> None:
    """Refuse a path that lies, links followed, in none of the real folders ``roots``.

    Raises:
        LinkError: naming the link and where it leads.
    """
    real = Path(os.path.realpath(path))
    if not any(real.is_relative_to(root) for root in roots):
        raise LinkError(
            f"{path}: is behind a link that leads out of the workspace, to {real}; put the file "
            f"itself there, or delete the link: rm {_link_in(path)}"
        )


def _link_in(path: Path) -> Path:
    """The innermost part of a path that is a link; the path itself where none is."""
    return next((part for part in (path, *path.parents) if part.is_symlink()), path)


def _kind(mode: int) -> str:
    return next((words for holds, words in _KINDS if holds(mode)), "")


def _cannot_open(path: Path, source: Source, error: Exception) -> PipelineError:
    if kind := kind_of(path):
        return _no_file(source, kind)
    if isinstance(error, FileNotFoundError):
        return source.unreadable("cannot be read: there is no such file; check its name", "missing")
    why = getattr(error, "strerror", None) or str(error)
    return source.unreadable(f"cannot be read ({why}); check its permissions", "unreadable")


def _too_large(source: Source, limit: int) -> PipelineError:
    what = f"is larger than {limit:,} bytes, the most that is read; split it"
    return source.unreadable(what, "too-large")


def _no_file(source: Source, kind: str) -> PipelineError:
    what = f"cannot be read: it is {kind}, not a file; take it away, or put a file in its place"
    return source.unreadable(what, "unreadable")
