"""Label Studio in a virtual environment of its own, installed on first use."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from pipeline.errors import SettingError

VERSION = "1.23"
LOCK = Path(__file__).with_name("label-studio.txt")
"""Every package of the environment at one version, each file by its hash."""
BUILD_LOCK = LOCK.with_name("label-studio-build.txt")
"""What builds those that are published as source alone, likewise."""
_READY = "installed"


def studio_home() -> Path:
    """Where the environment is: in the user's cache, or where ``CLAIMS_STUDIO_HOME`` says.

    It is shared by all workspaces of this user, Python version and lock: an environment of an
    earlier lock stays for the servers that run from it.
    """
    if own := os.environ.get("CLAIMS_STUDIO_HOME"):
        return Path(own)
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    python = f"py{sys.version_info.major}{sys.version_info.minor}"
    return cache / "stance-claims" / f"label-studio-{VERSION}-{python}-{lock_digest()[:8]}"


def lock_digest() -> str:
    """The hash of all that is installed: another where any package or option is."""
    return hashlib.sha256(LOCK.read_bytes() + BUILD_LOCK.read_bytes()).hexdigest()


def studio_command(home: Path) -> Path:
    """The program ``label-studio`` of an environment."""
    return home / ("Scripts" if os.name == "nt" else "bin") / "label-studio"


def is_installed(home: Path) -> bool:
    """Whether an earlier installation from the same lock came to its end."""
    ready = home / _READY
    if not (ready.is_file() and studio_command(home).exists()):
        return False
    return ready.read_bytes() == lock_digest().encode()


def ensure_studio(*, say: Callable[[str], None] = lambda _: None) -> Path:
    """The program ``label-studio``, installed first where it is not there yet.

    Raises:
        SettingError: where the installation fails; half an installation is taken away.
    """
    home = studio_home()
    if not is_installed(home):
        say(f"Installing Label Studio {VERSION} into {home}: once, about 1 GB, a few minutes …")
        _install(home)
    return studio_command(home)


def _install(home: Path) -> None:
    home.parent.mkdir(parents=True, exist_ok=True)
    shutil.rmtree(home, ignore_errors=True)
    python = home / ("Scripts" if os.name == "nt" else "bin") / "python"
    pip = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    locked = [*pip, "--no-deps", "--require-hashes"]
    try:
        _run([sys.executable, "-m", "venv", str(home)])
        _run([*locked, "-r", str(BUILD_LOCK)])
        # What is built is built with those, and not with what pip would fetch beside the lock.
        _run([*locked, "--no-build-isolation", "-r", str(LOCK)])
        (home / _READY).write_bytes(lock_digest().encode())
    except BaseException:
        shutil.rmtree(home, ignore_errors=True)
        raise


def _run(command: list[str]) -> None:
    done = subprocess.run(command, capture_output=True, text=True, errors="replace", check=False)
    if not done.returncode:
        return
    last = " ".join([line for line in done.stderr.splitlines() if line.strip()][-3:])[:400]
    if "DO NOT MATCH THE HASHES" in done.stderr:
        raise SettingError(
            f"Label Studio is not installed: a package is not the one that {LOCK.name} names by "
            f"its hash ({last}); look where pip gets its packages from (`pip config list`), or "
            "name a server in LABEL_STUDIO_URL",
            cause="install",
        )
    raise SettingError(
        f"Label Studio cannot be installed ({last}); check the connection to the package index "
        "and the disk, or name a server in LABEL_STUDIO_URL",
        cause="install",
    )
