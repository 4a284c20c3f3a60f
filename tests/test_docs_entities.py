"""The tour in docs/entities.md runs as it stands, and prints what it says."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from tests.cli.running import ROOT, run_claims

PAGE = ROOT / "docs" / "entities.md"
BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def tour() -> str:
    return PAGE.read_text(encoding="utf-8").partition("## A tour")[2].partition("\n## ")[0]


def run_line(line: str, folder: Path) -> str:
    """What a line of the page prints; it is one of printf into a file, or of claims."""
    words = shlex.split(line)
    if words[0] == "printf":
        text, target = words[1], words[3]
        (folder / target).write_text(text.replace("\\n", "\n"), encoding="utf-8")
        return ""
    done = run_claims(*words[1:], folder=folder)
    assert done.returncode == 0, (line, done.stderr.decode())
    return done.stdout.decode()


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("tour")
    commands = [text for language, text in BLOCK.findall(tour()) if language == "sh"]
    return "".join(run_line(line, folder) for text in commands for line in text.splitlines())


def test_every_command_runs_and_every_line_is_printed(printed: str) -> None:
    told = [text for language, text in BLOCK.findall(tour()) if not language]
    assert told
    lines = printed.splitlines()
    assert [line for text in told for line in text.splitlines() if line not in lines] == []


def test_the_help_names_a_command_that_runs(tmp_path: Path) -> None:
    from pipeline.cli import entity_corrections

    name = "latin-america-cyber-diplomacy"
    (tmp_path / "corpus").mkdir()
    for suffix in (".txt", ".toml"):
        source = ROOT / "corpus" / f"{name}{suffix}"
        (tmp_path / "corpus" / source.name).write_bytes(source.read_bytes())
    run_line("claims extract", tmp_path)
    for example in (entity_corrections.MERGE, entity_corrections.RENAME, entity_corrections.SPLIT):
        run_line(example.removeprefix("Example: "), tmp_path)
