"""Converting files that strangers made: in a process of its own, in bounded memory and time."""

from __future__ import annotations

import multiprocessing
import zipfile
from collections.abc import Callable
from io import BytesIO
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, TypeVar

from pipeline.errors import ArticleError

MAX_FILE_BYTES = 50 * 1024 * 1024
"""The largest HTML, PDF or DOCX file that is opened."""

MAX_SECONDS = 60.0
"""The longest that the conversion of one file may take."""

MAX_MEMORY = 1024 * 1024 * 1024
"""How much memory the conversion of one file may take, in bytes, beside what is loaded."""

MAX_UNPACKED = 200 * 1024 * 1024
"""The most bytes that an archive may unpack to."""

_MAX_MEMBERS = 10_000
_MAX_RATIO = 200
_SMALL = 1024 * 1024
_ACTIVE = ("vbaproject.bin", "vbadata.xml", "/activex/", "oleobject", "/embeddings/")
_PAGE = 4096

Result = TypeVar("Result")


def read_limited(path: Path, *, limit: int = MAX_FILE_BYTES) -> bytes:
    """The bytes of a file that has no more than ``limit``; a larger one is not read.

    Raises:
        ArticleError: ``too-large``, ``missing`` or ``unreadable``.
    """
    try:
        if path.stat().st_size > limit:
            raise _too_large(path, limit)
        with path.open("rb") as stream:
            data = stream.read(limit + 1)
    except FileNotFoundError as error:
        raise ArticleError(f"{path}: there is no such file", cause="missing") from error
    except OSError as error:
        raise ArticleError(
            f"{path}: cannot be read ({error.strerror}); check its permissions", cause="unreadable"
        ) from error
    if len(data) > limit:
        raise _too_large(path, limit)
    return data


def check_archive(data: bytes, *, name: str) -> None:
    """Nothing; the ZIP archive can be unpacked safely, and holds nothing that would be run.

    Raises:
        ArticleError: ``malformed``, ``encrypted``, ``zip-bomb`` or ``active-content``.
    """
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise ArticleError(
            f"{name}: its archive is malformed ({error}); open it in the program that made it "
            "and save it again",
            cause="malformed",
        ) from error
    if any(member.flag_bits & 0x1 for member in members):
        raise ArticleError(f"{name}: is encrypted; save it without a password", cause="encrypted")
    _check_bomb(members, name=name)
    for member in members:
        if any(mark in f"/{member.filename.lower()}" for mark in _ACTIVE):
            raise ArticleError(
                f"{name}: holds active content ({member.filename}); save it without macros and "
                "embedded objects",
                cause="active-content",
            )


def run_bounded(
    convert: Callable[[bytes], Result],
    data: bytes,
    *,
    name: str,
    seconds: float = MAX_SECONDS,
    memory: int = MAX_MEMORY,
) -> Result:
    """What ``convert`` makes of ``data``, worked out in a process of its own.

    Raises:
        ArticleError: the one that ``convert`` raised; or ``too-slow``, ``too-much-memory`` or
            ``malformed`` where it went beyond the bounds or failed in any other way.
    """
    methods = multiprocessing.get_all_start_methods()
    context: Any = multiprocessing.get_context("fork" if "fork" in methods else "spawn")
    here, there = context.Pipe(duplex=False)
    child = context.Process(
        target=_convert, args=(convert, data, memory, there), name="convert", daemon=True
    )
    child.start()
    there.close()
    try:
        if not here.poll(seconds):
            raise ArticleError(
                f"{name}: was not converted within {seconds:.0f} seconds; split it or save it as "
                "plain text",
                cause="too-slow",
            )
        kind, found = here.recv()
    except EOFError as error:
        raise ArticleError(
            f"{name}: its conversion ended before its time; save it as plain text",
            cause="malformed",
        ) from error
    finally:
        if child.is_alive():
            child.join(0.2)
        if child.is_alive():
            child.kill()
        child.join()
        here.close()
    if kind == "article":
        raise ArticleError(f"{name}: {found[0]}", cause=found[1])
    result: Result = found
    return result


def _convert(
    convert: Callable[[bytes], object], data: bytes, memory: int, answer: Connection
) -> None:
    """Nothing; the result, or what is wrong, is sent; this is all that the process does."""
    _limit_memory(memory)
    try:
        found = ("result", convert(data))
    except ArticleError as error:
        found = ("article", (str(error), error.cause))
    except MemoryError:
        fault = f"needs more than {memory // 2**20:,} MB to convert; split it"
        found = ("article", (fault, "too-much-memory"))
    except RecursionError:
        found = ("article", ("is nested too deeply; save it as plain text", "malformed"))
    except Exception as error:  # whatever a broken file makes a parser do, it is one bad file
        fault = f"{type(error).__name__}: {error}"[:200]
        found = ("article", (f"is malformed ({fault}); save it again", "malformed"))
    answer.send(found)
    answer.close()


def _limit_memory(memory: int) -> None:
    try:
        import resource

        with open("/proc/self/statm", encoding="ascii") as stream:
            loaded = int(stream.read().split()[0]) * _PAGE
        resource.setrlimit(resource.RLIMIT_AS, (loaded + memory, loaded + memory))
    except (ImportError, OSError, ValueError):
        return  # no such limit on this system: the one on time is left


def _check_bomb(members: list[zipfile.ZipInfo], *, name: str) -> None:
    unpacked = sum(member.file_size for member in members)
    packed = sum(member.compress_size for member in members) or 1
    if len(members) > _MAX_MEMBERS:
        fault = f"{len(members):,} files"
    elif unpacked > MAX_UNPACKED:
        fault = f"{unpacked / 2**20:,.0f} MB"
    elif unpacked > _SMALL and unpacked > _MAX_RATIO * packed:
        fault = f"{unpacked / packed:,.0f} times its size"
    else:
        return
    raise ArticleError(
        f"{name}: would unpack to {fault}, as a zip bomb does; it was not unpacked",
        cause="zip-bomb",
    )


def _too_large(path: Path, limit: int) -> ArticleError:
    return ArticleError(
        f"{path}: is larger than {limit // 2**20:,} MB, the most that is opened; split it or save "
        "it as plain text",
        cause="too-large",
    )
