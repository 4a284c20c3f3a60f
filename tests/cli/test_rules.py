"""The verb ``claims rules``: counts by cue, and precision by gold and by decisions."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from pipeline.cli.rules import rules
from pipeline.dataset.ledger import append_decisions
from pipeline.dataset.lines import with_id
from pipeline.dataset.records import Decision, Machine, Origin, Position, Verdict, quote
from pipeline.errors import SettingError
from pipeline.jsonl import write_extractions
from pipeline.records import Claim, Evidence, Extraction, Form, Holder, Span, Stance

TEXT = "Chile rejected the draft. Peru rejected it."
REJECT = "cue.reject.reject"


def make_claim(holder: Span, cue: Span, stance: Stance = Stance.OPPOSE) -> Claim:
    return Claim(
        f"c{cue.start}",
        Holder(holder.start, holder.end),
        cue,
        stance,
        Form.ACTION,
        evidence=Evidence(REJECT),
    )


CLAIMS = (make_claim(Span(0, 5), Span(6, 14)), make_claim(Span(26, 30), Span(31, 39)))
FOUND = Extraction("vote", TEXT, claims=CLAIMS)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "extracted").mkdir()
    write_extractions(tmp_path / "extracted" / "vote.jsonl", [FOUND])
    return tmp_path


def run(folder: Path, *arguments: str):
    app = typer.Typer()
    app.command()(rules)
    return CliRunner().invoke(app, ["--annotations", str(folder), *arguments])


def report(folder: Path, *arguments: str) -> dict[str, object]:
    result = run(folder, "--json", *arguments)
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def make_decision(verdict: Verdict, *, stance: Stance = Stance.OPPOSE) -> Decision:
    shown = Position(quote(TEXT, Span(0, 5)), quote(TEXT, Span(6, 14)), Stance.OPPOSE)
    decided = None if verdict is Verdict.REJECTED else replace(shown, stance=stance)
    decision = Decision(
        id="",
        verdict=verdict,
        article="vote",
        text_sha256="0" * 64,
        claim="c6",
        reviewer=f"{verdict}-{stance}",
        decided_at="2024-01-01T00:00:00Z",
        origin=Origin("s", 1, 1, "a", "u"),
        shown=shown,
        decided=decided,
        machine=Machine(cue=REJECT),
    )
    return with_id(decision)


def test_cues_are_counted_and_the_unused_listed(folder):
    found = report(folder, "--family", "reject")
    assert found["cues"] == [
        {"cue": REJECT, "family": "reject", "claims": 2, "judged": 0, "right": 0, "precision": None}
    ]
    assert REJECT not in found["unused"]
    assert all(cue.startswith("cue.reject.") for cue in found["unused"])
    assert len(found["unused"]) > 5


def test_gold_gives_precision_from_what_is_extracted(folder):
    gold = folder / "gold.jsonl"
    wrong = replace(CLAIMS[1], stance=Stance.SUPPORT)
    write_extractions(gold, [replace(FOUND, claims=(CLAIMS[0], wrong))])
    (row,) = report(folder, "--gold", str(gold))["cues"]
    assert (row["judged"], row["right"], row["precision"]) == (2, 1, 0.5)


def test_decisions_give_precision_by_claim_and_stance(folder):
    decisions = [
        make_decision(Verdict.ACCEPTED),
        make_decision(Verdict.REJECTED),
        make_decision(Verdict.EDITED),
        make_decision(Verdict.EDITED, stance=Stance.SUPPORT),
    ]
    append_decisions(folder / "decisions.jsonl", decisions)
    (row,) = report(folder)["cues"]
    assert (row["judged"], row["right"]) == (4, 2)


def test_table_and_last_line(folder):
    result = run(folder)
    assert "2" in result.stdout.splitlines()[2]
    assert REJECT in result.stdout
    assert "1 article read, 2 claims of 1 cue," in result.stderr
    assert "cues unused" in result.stderr


def test_unknown_family_names_the_known_ones(folder):
    error = run(folder, "--family", "rejekt").exception
    assert isinstance(error, SettingError)
    assert "'rejekt'; there are: accuse" in str(error)
