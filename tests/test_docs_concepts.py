"""The tour in docs/concepts.md runs as it stands, and its tables say what is."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipeline.cli.main import app
from pipeline.concepts.files import Concept, ConceptLexicon
from pipeline.concepts.mapping import Piece, build_mapper
from pipeline.concepts.patterns import read_pattern
from tests.cli.running import ROOT
from tests.concepts.lexicons import NAMES

PAGE = (ROOT / "docs" / "concepts.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
ROW = re.compile(r"^\| `(?P<pattern>[^`]+)` \| (?P<takes>\".*) \| (?P<not>\".*) \|$", re.MULTILINE)


def run_line(line: str) -> str:
    """What a line of the page prints; it is one of printf into a file, or of claims."""
    words = shlex.split(line)
    if words[0] == "printf":
        Path(words[3]).write_text(words[1].replace("\\n", "\n"), encoding="utf-8")
        return ""
    done = CliRunner().invoke(app, words[1:])
    assert done.exit_code == 0, (line, done.output)
    return done.stdout


def plain(text: str) -> list[str]:
    """The lines with single blanks, since the width of a table is that of the longest name."""
    return [" ".join(line.split()) for line in text.splitlines()]


def test_the_tour_runs_and_prints_what_the_page_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "120")
    tour = PAGE.partition("## A tour")[2].partition("\n## ")[0]
    printed = ""
    for language, text in BLOCK.findall(tour):
        if language == "sh":
            printed = "".join(run_line(line) for line in text.splitlines())
        elif language == "yaml":
            path = tmp_path / text.splitlines()[0].removeprefix("# ")
            path.parent.mkdir(parents=True)
            path.write_text(text, encoding="utf-8")
        else:
            lines = plain(printed)
            assert [line for line in plain(text) if line not in lines] == []
    ledger = (tmp_path / "annotations" / "concepts.jsonl").read_text(encoding="utf-8")
    assert re.findall(r'"deed": "(\w+)"', ledger) == ["assign", "undo"]


@pytest.mark.parametrize("row", list(ROW.finditer(PAGE)), ids=lambda row: row["pattern"])
def test_a_pattern_takes_what_the_table_says(row: re.Match[str]) -> None:
    pattern = read_pattern(row["pattern"].replace("\\|", "|"))
    mapper = build_mapper(ConceptLexicon({"x": Concept("x", "x", (pattern,))}), NAMES)
    for column, taken in (("takes", True), ("not", False)):
        targets = [
            one for one in re.findall(r'"([^"]+)"', row[column]) if not one.startswith("its ")
        ]
        assert targets
        assert [bool(mapper.find((Piece(one),))) for one in targets] == [taken] * len(targets)


def test_the_table_of_patterns_is_read() -> None:
    assert len(list(ROW.finditer(PAGE))) == 5
