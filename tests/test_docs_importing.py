"""What docs/importing.md and docs/exports-marks.md show runs as it stands."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.importing.files import fault_of
from pipeline.schemas import load_schema
from tests.cli.running import ROOT, environment, run_claims
from tests.dataset.build import chile, decide, peru, workspace

IMPORTING, MARKS = ROOT / "docs" / "importing.md", ROOT / "docs" / "exports-marks.md"
BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def blocks(page: Path, language: str) -> list[str]:
    found = BLOCK.findall(page.read_text(encoding="utf-8"))
    return [text for name, text in found if name == language]


def run_line(line: str, folder: Path) -> str:
    words = shlex.split(line)
    if words[0] == "printf":
        text = words[1].replace("\\n", "\n").replace("\\\\", "\\")
        (folder / words[3]).write_text(text, encoding="utf-8")
        return ""
    done = run_claims(*words[1:], folder=folder)
    assert done.returncode == 0, (line, done.stderr.decode())
    return done.stdout.decode() + done.stderr.decode()


def test_the_tour_runs(tmp_path: Path) -> None:
    (tour,) = blocks(IMPORTING, "sh")
    said = [run_line(line, tmp_path) for line in tour.splitlines()]
    assert "2 claims read: 2 imported" in said[-2]
    assert "from gpt-x" in said[-1]
    (example,) = blocks(IMPORTING, "json")
    assert fault_of(json.loads(example)) == ""
    (tmp_path / "one.jsonl").write_text(example, encoding="utf-8")
    assert "1 claim read: 1 imported" in run_line("claims import one.jsonl", tmp_path)


def test_the_page_names_every_key() -> None:
    page = IMPORTING.read_text(encoding="utf-8")
    schema = load_schema("import")
    assert [key for key in schema["properties"] if f"`{key}`" not in page] == []


@pytest.fixture(scope="module")
def reviewed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("reviewed")
    workspace(folder, decide(chile()), decide(peru()))
    for text in blocks(MARKS, "sh"):
        for line in text.splitlines():
            run_line(line, folder)
    return folder


def test_the_snippets_print_the_claims(reviewed: Path) -> None:
    printed = [
        subprocess.run(
            [sys.executable, "-c", code],
            cwd=reviewed,
            env=environment(),
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for code in blocks(MARKS, "python")
    ]
    assert printed == [
        "Chile oppose rejected\nPeru support backed\n",
        "note Chile oppose rejected\nnote Peru support backed\n",
    ]
