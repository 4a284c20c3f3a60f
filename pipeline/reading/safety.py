"""Converting files that strangers made: in a process of its own, in bounded memory and time."""

from __future__ import annotations

import multiprocessing
import os
import zipfile
from collections.abc import Callable
from contextlib import suppress
from io import BytesIO
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, TypeVar

from pipeline.errors import ArticleError
from pipeline.guarded.files import open_file
from pipeline.guarded.source import Source

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
_GRACE = 5
_KEPT_BACK = 4 * 1024 * 1024

Result = TypeVar("Result")


def read_limited(path: Path, *, limit: int = MAX_FILE_BYTES) -> bytes:
    """The bytes of a file that has no more than ``limit``; a larger one is not read.

    Raises:
        ArticleError: ``too-large``, ``missing`` or ``unreadable``.
    """
    with open_file(path, Source(str(path), ArticleError)) as stream:
        if os.fstat(stream.fileno()).st_size > limit:
            raise _too_large(path, limit)
        data = stream.read(limit + 1)
    if len(data) > limit:
        raise _too_large(path, limit)
    return data


def check_archive(data: bytes, *, name: str) -> None:
    """Refuse a ZIP archive that cannot be unpacked safely.

    Raises:
        ArticleError: ``malformed``, ``encrypted`` or ``zip-bomb``.
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
        target=_convert,
        args=(convert, data, memory, seconds, there),
        name="convert",
        daemon=True,
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
    convert: Callable[[bytes], object],
    data: bytes,
    memory: int,
    seconds: float,
    answer: Connection,
) -> None:
    """Send the result, or what is wrong; this is all that the process does.

    What a library would print of a stranger's file is not: the refusal says it. Where memory has
    run out, what was kept back is freed and the limit lifted, so that this can be said.
    """
    _be_silent()
    kept_back = bytearray(_KEPT_BACK)
    lift = _limit(memory, seconds)
    try:
        found = ("result", convert(data))
    except ArticleError as error:
        found = ("article", (str(error), error.cause))
    except MemoryError:
        kept_back.clear()
        fault = f"needs more than {memory // 2**20:,} MB to convert; split it"
        found = ("article", (fault, "too-much-memory"))
    except RecursionError:
        found = ("article", ("is nested too deeply; save it as plain text", "malformed"))
    except Exception as error:  # whatever a broken file makes a parser do, it is one bad file
        fault = f"{type(error).__name__}: {error}"[:200]
        found = ("article", (f"is malformed ({fault}); save it again", "malformed"))
    lift()
    answer.send(found)
    answer.close()


def _be_silent() -> None:
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (1, 2):
        os.dup2(nowhere, stream)


def _limit(memory: int, seconds: float) -> Callable[[], None]:
    """What lifts the limit on memory again; both limits hold from now on.

    That on the processor's time is for a process whose parent was killed and cannot end it.
    """
    try:
        import resource

        limit = int(seconds) + _GRACE
        with suppress(ValueError):  # a lower limit is there already
            resource.setrlimit(resource.RLIMIT_CPU, (limit, limit))
        with open("/proc/self/statm", encoding="ascii") as stream:
            loaded = int(stream.read().split()[0]) * resource.getpagesize()
        before = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (loaded + memory, before[1]))
    except (ImportError, OSError, ValueError):
        return lambda: None  # no such limit on this system: the one on time is left
    return lambda: resource.setrlimit(resource.RLIMIT_AS, before)


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
