"""The weights are read only where they are those that the manifest names."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.errors import SettingError
from pipeline.extraction.propose.reader.manifest import (
    FILES,
    MANIFEST,
    read_manifest,
    reader_folder,
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    copied = tmp_path / "reader"
    shutil.copytree(reader_folder(), copied)
    return copied


def changed(folder: Path, change: Callable[[dict[str, object]], None]) -> None:
    path = folder / MANIFEST
    facts = json.loads(path.read_text(encoding="utf-8"))
    change(facts)
    path.write_text(json.dumps(facts), encoding="utf-8")


def test_the_packaged_weights_are_what_their_manifest_says() -> None:
    manifest = read_manifest()
    assert len(manifest.sha256) == 64
    assert 0 < manifest.least < 1
    sizes = [path.stat().st_size for path in reader_folder().iterdir()]
    assert sum(sizes) < 60_000_000


def test_the_manifest_says_what_the_weights_are_and_where_they_come_from() -> None:
    facts = read_manifest().facts
    for name in ("encoder", "training", "figures", "licences", "intended_use", "annotated_by"):
        assert facts.get(name), name


@pytest.mark.parametrize("name", FILES)
def test_another_file_is_refused_by_name(folder: Path, name: str) -> None:
    with (folder / name).open("ab") as file:
        file.write(b"\n")
    with pytest.raises(SettingError, match=f"{name}: not the file that manifest.json names"):
        read_manifest(folder)


@pytest.mark.parametrize("name", [*FILES, MANIFEST])
def test_a_missing_file_is_refused_by_name(folder: Path, name: str) -> None:
    (folder / name).unlink()
    with pytest.raises(SettingError, match=name):
        read_manifest(folder)


def test_other_labels_are_refused(folder: Path) -> None:
    changed(folder, lambda facts: facts["labels"]["people"].reverse())  # type: ignore[index]
    with pytest.raises(SettingError, match="other labels \\(people\\)"):
        read_manifest(folder)


def test_another_format_is_refused(folder: Path) -> None:
    changed(folder, lambda facts: facts.update(format=99))
    with pytest.raises(SettingError, match="format 99"):
        read_manifest(folder)


def test_a_threshold_that_is_no_chance_is_refused(folder: Path) -> None:
    changed(folder, lambda facts: facts.update(least_confidence="high"))
    with pytest.raises(SettingError, match="least_confidence"):
        read_manifest(folder)
