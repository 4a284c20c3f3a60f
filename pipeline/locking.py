"""One verb that writes is at work in a workspace at a time; the next one is told which."""

from __future__ import annotations

import errno
import json
import os
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from pipeline.errors import PipelineError
from pipeline.files import write_text_atomically
from pipeline.guarded.files import refuse_outside

FOLDER = ".stance-claims"
"""The folder beside ``corpus`` and ``annotations`` for what is the machine's own."""

LOCK = "workspace.lock"
_BOOT = Path("/proc/sys/kernel/random/boot_id")
_NO_LOCKS_HERE = {errno.ENOLCK, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EINVAL}
_AGAIN_SECONDS = 0.05
_UNNAMED_SECONDS = 0.5  # who has only begun, or is about to end, is soon named or gone


class LockedError(PipelineError):
    """Another process is at work in the workspace; nothing was started."""

    cause = "locked"


@dataclass(slots=True)
class _Held:
    descriptor: int
    depth: int = 1


_held: dict[Path, _Held] = {}
"""The locks of this process: a verb that calls another is let through."""


@contextmanager
def locked(verb: str, *folders: Path, patience: float = 0, unless: bool = False) -> Iterator[None]:
    """A block that one process of this machine is in at a time for the workspace of each folder.

    ``verb`` is what this process is told to be doing, ``folders`` are what it writes to, such as
    ``corpus`` and ``annotations``; a process that holds the lock already is let through. The lock
    ends with the process, however it ends: what a killed one left is taken over. There is none
    ``unless`` something is written, as in a dry run.

    Raises:
        LockedError: naming the verb and process at work, its host and since when, at once or
            after ``patience`` seconds.
    """
    with ExitStack() as stack:
        for path in (
            () if unless else _lock_paths(folders)
        ):  # in one order, so that no two wait for each other
            stack.enter_context(_locked_at(path, verb, time.monotonic() + patience))
        yield


def state_folder(workspace: Path) -> Path:
    """The folder of a workspace for what can be lost, made where it is not there; git ignores it.

    Raises:
        LinkError: it is a link that leads elsewhere.
    """
    folder = workspace / FOLDER
    refuse_outside(folder, Path(os.path.realpath(workspace)))
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    ignore = folder / ".gitignore"
    if not ignore.exists():
        write_text_atomically(ignore, "*\n")
    return folder


def _lock_paths(folders: tuple[Path, ...]) -> list[Path]:
    """The files of the locks: of where the folders are said to be, and of where they really are."""
    found = set()
    for folder in folders:
        for place in (folder.absolute(), Path(os.path.realpath(folder))):
            found.add(Path(os.path.realpath(_state_for(place) / LOCK)))
    return sorted(found)


def _state_for(folder: Path) -> Path:
    """The state folder beside a folder, or in it where the one above belongs to somebody else."""
    above = folder.parent
    if above != Path(above.anchor):
        with suppress(PermissionError):
            return state_folder(above)
    return state_folder(folder)


@contextmanager
def _locked_at(path: Path, verb: str, until: float) -> Iterator[None]:
    if mine := _held.get(path):
        mine.depth += 1
    else:
        _held[path] = _Held(_acquire(path, verb, until))
    try:
        yield
    finally:
        mine = _held[path]
        mine.depth -= 1
        if not mine.depth:
            del _held[path]
            os.ftruncate(mine.descriptor, 0)
            os.close(mine.descriptor)


def _acquire(path: Path, verb: str, until: float) -> int:
    """The descriptor that holds the lock, its file saying who this is."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o600)
    try:
        while not _take(descriptor):
            late = time.monotonic() - until
            if late >= 0 and (_read(descriptor) or late >= _UNNAMED_SECONDS):
                raise LockedError(
                    f"{_holder(descriptor)} ({path}). Nothing was started; give the same command "
                    "again when that is done"
                )
            time.sleep(_AGAIN_SECONDS)
        os.ftruncate(descriptor, 0)
        os.lseek(descriptor, 0, os.SEEK_SET)  # Windows has no pwrite
        os.write(descriptor, _myself(verb))
    except BaseException:
        os.close(descriptor)
        raise
    return descriptor


def _take(descriptor: int) -> bool:
    try:
        import fcntl
    except ImportError:  # Windows has no flock; there, every file is still replaced whole
        return True
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        # Where the disk knows no locks, the file's own words decide.
        return error.errno in _NO_LOCKS_HERE and not _is_at_work(_read(descriptor))
    return True


def _myself(verb: str) -> bytes:
    since = datetime.now(UTC).isoformat(timespec="seconds")
    who = {"pid": os.getpid(), "host": socket.gethostname(), "since": since}
    return json.dumps({**who, "verb": verb, "boot": _boot()}).encode()


def _is_at_work(found: dict[str, object]) -> bool:
    """Whether the process that a lock names runs: not where it is gone, or of an earlier boot."""
    pid = found.get("pid")
    if not isinstance(pid, int) or pid < 1:
        return False
    if found.get("host") != socket.gethostname():
        return True  # nobody here can tell
    if found.get("boot") != _boot():
        return False
    try:
        os.kill(pid, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        return True
    return True


def _holder(descriptor: int) -> str:
    found = _read(descriptor)
    if not found:
        return "a process that has only begun is at work in this workspace"
    return (
        f"claims {found.get('verb')} is at work in this workspace: process {found.get('pid')} on "
        f"{found.get('host')}, since {found.get('since')}"
    )


def _read(descriptor: int) -> dict[str, object]:
    try:
        os.lseek(descriptor, 0, os.SEEK_SET)
        found = json.loads(os.read(descriptor, 4096))
    except (OSError, ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _boot() -> str:
    try:
        return _BOOT.read_text(encoding="ascii").strip()
    except (OSError, ValueError):
        return ""


def _forget() -> None:
    """Let go of the locks in a child of this process, so that they end with the parent."""
    for mine in _held.values():
        with suppress(OSError):
            os.close(mine.descriptor)
    _held.clear()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget)
