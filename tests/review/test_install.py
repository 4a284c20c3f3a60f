"""Label Studio's environment holds what its lock names by version and hash, and nothing else."""

from __future__ import annotations

import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from pipeline.errors import SettingError
from pipeline.review import install

PINNED = re.compile(r"([a-z0-9.-]+)==(\S+)( ; [^\\]+)? \\")
HASH = re.compile(r"    --hash=sha256:[0-9a-f]{64}( \\)?")


def entries(lock: Path) -> dict[str, set[str]]:
    """The versions by package; each line is one of the kinds that a lock has."""
    found: dict[str, set[str]] = {}
    for line in lock.read_text(encoding="utf-8").splitlines():
        if match := PINNED.fullmatch(line):
            found.setdefault(match[1], set()).add(match[2])
        else:
            assert not line or line.startswith(("#", "--")) or HASH.fullmatch(line), line
    return found


@pytest.mark.parametrize("lock", [install.LOCK, install.BUILD_LOCK])
def test_a_lock_pins_every_package_by_hash_and_names_no_place(lock: Path) -> None:
    text = lock.read_text(encoding="utf-8")
    assert len(entries(lock)) >= 3
    assert "--require-hashes" in text
    assert "--only-binary :all:" in text
    for word in ("://", "index", "find-links", "@ ", "file:"):
        assert word not in text.replace("--no-emit-index-url", "")
    blocks = re.split(r"\n(?=[a-z])", text)[1:]
    assert all("--hash=sha256:" in block for block in blocks)


def test_the_lock_is_of_the_version_that_the_program_knows() -> None:
    versions = entries(install.LOCK)
    (studio,) = versions["label-studio"]
    assert studio.startswith(f"{install.VERSION}.")
    for package, found in entries(install.BUILD_LOCK).items():
        assert versions[package] == found


def test_what_is_installed_is_what_the_lock_names() -> None:
    home = install.studio_home()
    python = install.studio_command(install.ensure_studio().parents[1]).with_name("python")
    listed = subprocess.run(
        [python, "-m", "pip", "list", "--format=freeze", "--disable-pip-version-check"],
        capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    versions = entries(install.LOCK)
    pairs = [line.lower().split("==") for line in listed.splitlines()]
    there = {re.sub(r"[._]", "-", name): version for name, version in pairs}
    assert {name for name in there if there[name] not in versions.get(name, ())} <= {"pip"}
    assert len(there) > 140
    assert install.is_installed(home)


def wheel(folder: Path, name: str, version: str, *, body: str = "") -> str:
    """A wheel with one module, and its line in a lock."""
    import hashlib

    path = folder / f"{name}-{version}-py3-none-any.whl"
    about = f"{name}-{version}.dist-info"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(f"{name}.py", body)
        archive.writestr(
            f"{about}/METADATA", f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n"
        )
        archive.writestr(
            f"{about}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
        )
        archive.writestr(f"{about}/RECORD", "")
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    return f"{name}=={version} \\\n    --hash=sha256:{digest}\n"


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that is all that pip has to take packages from, and a home for the environment."""
    (folder := tmp_path / "shelf").mkdir()
    monkeypatch.setenv("CLAIMS_STUDIO_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(folder))
    monkeypatch.setattr(install, "LOCK", tmp_path / "studio.txt")
    monkeypatch.setattr(install, "BUILD_LOCK", tmp_path / "build.txt")
    (tmp_path / "build.txt").write_text(f"--require-hashes\n{wheel(folder, 'tools', '1')}")
    (tmp_path / "studio.txt").write_text(f"--require-hashes\n{wheel(folder, 'studio', '2')}")
    return folder


def test_a_package_that_is_not_the_one_of_the_lock_is_refused(shelf: Path, tmp_path: Path) -> None:
    wheel(shelf, "studio", "2", body="import os  # something else")
    with pytest.raises(SettingError, match="by its hash"):
        install.ensure_studio()
    assert not (tmp_path / "home").exists()


def test_a_package_that_the_lock_does_not_pin_is_refused(shelf: Path, tmp_path: Path) -> None:
    (tmp_path / "studio.txt").write_text("--require-hashes\nstudio\n")
    with pytest.raises(SettingError, match="cannot be installed"):
        install.ensure_studio()
    assert shelf.exists()


def test_another_lock_is_another_environment(
    shelf: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = install.studio_command(Path(str(tmp_path / "home"))).parents[1]
    install.ensure_studio()
    command = install.studio_command(home)
    command.write_text("")  # this wheel has no program
    assert install.is_installed(home)
    (tmp_path / "studio.txt").write_text(f"--require-hashes\n{wheel(shelf, 'studio', '3')}")
    assert not install.is_installed(home)
    monkeypatch.delenv("CLAIMS_STUDIO_HOME")
    one = install.studio_home()
    (tmp_path / "studio.txt").write_text(f"--require-hashes\n{wheel(shelf, 'studio', '4')}")
    assert install.studio_home() != one
    assert f"py{sys.version_info.major}{sys.version_info.minor}" in one.name
