"""Label Studio in a virtual environment of its own, installed on first use."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from pipeline.errors import SettingError

VERSION = "1.23"
_READY = "installed"


def studio_home() -> Path:
    """Where the environment is: in the user's cache, or where ``CLAIMS_STUDIO_HOME`` says.

    It is shared by all workspaces of this user and Python version.
    """
    if own := os.environ.get("CLAIMS_STUDIO_HOME"):
        return Path(own)
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    python = f"py{sys.version_info.major}{sys.version_info.minor}"
    return cache / "stance-claims" / f"label-studio-{VERSION}-{python}"


def studio_command(home: Path) -> Path:
    """The program ``label-studio`` of an environment."""
    return home / ("Scripts" if os.name == "nt" else "bin") / "label-studio"


def is_installed(home: Path) -> bool:
    """Whether an earlier installation came to its end."""
    return (home / _READY).exists() and studio_command(home).exists()


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
    try:
        _run([sys.executable, "-m", "venv", str(home)])
        _run([*pip, f"label-studio=={VERSION}.*"])
        (home / _READY).write_text(VERSION, encoding="utf-8")
    except BaseException:
        shutil.rmtree(home, ignore_errors=True)
        raise


def _run(command: list[str]) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        last = [line for line in done.stderr.splitlines() if line.strip()][-3:]
        raise SettingError(
            f"Label Studio cannot be installed ({' '.join(last)[:400]}); check the connection to "
            "the package index and the disk, or name a server in LABEL_STUDIO_URL",
            cause="install",
        )
