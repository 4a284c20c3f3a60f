"""The tour in docs/rules.md runs as it stands, and prints what it says."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.dataset.ledger import LEDGER, append_decisions
from pipeline.dataset.records import Decision
from pipeline.jsonl import read_extractions
from pipeline.records import Extraction
from tests.cli.running import ROOT, run_claims
from tests.lessons.made import add, decide

PAGE = ROOT / "docs" / "rules.md"
BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
ROW = re.compile(r"^\| (port|road|fair|talk|vote) \|(.*)\|$", re.MULTILINE)


def tour() -> str:
    return PAGE.read_text(encoding="utf-8").partition("## A tour")[2].partition("\n## ")[0]


def run_line(line: str, folder: Path) -> str:
    """What a line of the page prints: one of mkdir, of printf into a file, or of claims."""
    words = shlex.split(line)
    if words[0] == "mkdir":
        (folder / words[2]).mkdir()
        return ""
    if words[0] == "printf":
        text, target = words[1], words[3]
        (folder / target).write_text(text.replace("\\n", "\n"), encoding="utf-8")
        return ""
    done = run_claims(*words[1:], folder=folder)
    assert done.returncode == 0, (line, done.stderr.decode())
    return done.stdout.decode()


def decisions(folder: Path) -> Iterator[Decision]:
    """What the page's table says that Ana decided."""
    for article, cells in ROW.findall(tour()):
        holder, cue, target, said = (cell.strip() for cell in cells.split("|"))
        path = folder / "annotations" / "extracted" / f"{article}.jsonl"
        (found,) = read_extractions(path)
        verdict, _, more = said.replace(",", "").partition(" ")
        if verdict == "added":
            yield add(found, holder, cue, more, target)
        else:
            yield from decided(found, holder, cue, verdict, more)


def decided(
    found: Extraction, holder: str, cue: str, verdict: str, more: str
) -> Iterator[Decision]:
    for claim in found.claims:
        named = holder in ("every", claim.holder.span.text_in(found.text))
        if named and claim.cue.text_in(found.text) == cue:
            if verdict == "entity":
                yield decide(found, claim, "edited", entity=more)
            else:
                yield decide(found, claim, verdict)


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("tour")
    first, *others = (text for language, text in BLOCK.findall(tour()) if language == "sh")
    output = [run_line(line, folder) for line in first.splitlines()]
    append_decisions(folder / "annotations" / LEDGER, decisions(folder))
    output += [run_line(line, folder) for text in others for line in text.splitlines()]
    assert not (folder / "models" / "cues" / "reviewed.yaml").exists()
    return "".join(output)


def test_every_command_runs_and_every_line_is_printed(printed: str) -> None:
    told = [text for language, text in BLOCK.findall(tour()) if not language]
    assert len(told) == 5
    lines = [line.rstrip() for line in printed.splitlines()]
    assert [line for text in told for line in text.splitlines() if line not in lines] == []
