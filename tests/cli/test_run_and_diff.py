"""The job on a folder of its own: run, decide, edit, run again, and see what is left to do."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline.dataset.ledger import LEDGER, append_decisions
from pipeline.dataset.lines import with_id
from pipeline.dataset.reanchor import widen_context
from pipeline.dataset.records import Decision, Origin, Position, Verdict, quote
from pipeline.files import sha256_of_text
from pipeline.jsonl import read_extractions, write_extractions
from pipeline.locking import LOCK, locked
from pipeline.records import Extraction
from tests.cli.running import run_claims


@dataclass(frozen=True)
class Ended:
    """A call of the command that came to its end."""

    returncode: int
    stdout: str
    stderr: str


def claims(*arguments: str, folder: Path) -> Ended:
    result = run_claims(*arguments, folder=folder)
    return Ended(result.returncode, result.stdout.decode(), result.stderr.decode())


TEXT = "Rain fell for days.\n\nChile rejected the draft. Mexico supports the treaty.\n"


def put(folder: Path, text: str = TEXT) -> None:
    (folder / "inbox").mkdir(exist_ok=True)
    (folder / "inbox" / "vote.txt").write_text(text)


def extraction(folder: Path) -> Extraction:
    return next(read_extractions(folder / "annotations" / "extracted" / "vote.jsonl"))


def accept_all(folder: Path) -> None:
    """Accept every claim, as a pull would write it down."""
    found = extraction(folder)
    decisions = []
    for claim in found.claims:
        sentence = next(s for s in found.sentences if s.start <= claim.cue.start < s.end)
        position = Position(
            holder=quote(found.text, claim.holder.span),
            entity=claim.holder.entity,
            cue=quote(found.text, claim.cue),
            stance=claim.stance,
            negated=claim.negated,
            hedged=claim.hedged,
            form=claim.form,
            target=quote(found.text, claim.target) if claim.target else None,
        )
        decisions.append(
            with_id(
                Decision(
                    verdict=Verdict.ACCEPTED,
                    article="vote",
                    text_sha256=sha256_of_text(found.text),
                    claim=claim.id,
                    reviewer="ana@example.com",
                    decided_at="2026-01-01T10:00:00.000000Z",
                    origin=Origin("http://server", 1, 7, "1", "unit-1", 3, "model 1"),
                    context=widen_context(quote(found.text, sentence.span), found.text),
                    shown=position,
                    decided=position,
                )
            )
        )
    append_decisions(folder / "annotations" / LEDGER, decisions)


def everything(folder: Path) -> dict[str, tuple[bytes, int]]:
    return {
        str(path.relative_to(folder)): (path.read_bytes(), path.stat().st_mtime_ns)
        for path in folder.rglob("*")
        if path.is_file() and path.name != LOCK
    }


def test_the_job_from_the_first_article_to_an_edited_one(tmp_path: Path) -> None:
    put(tmp_path)
    first = claims("run", folder=tmp_path)
    assert first.returncode == 0, first.stderr
    assert "1 added" in first.stderr
    assert "Claims to review: 2;" in first.stderr
    accept_all(tmp_path)

    second = claims("run", folder=tmp_path)
    assert "Decisions: 2 exact, 0 moved, 0 back to review, 0 orphaned." in second.stderr
    assert "Claims to review: 0;" in second.stderr
    before = everything(tmp_path)
    assert claims("run", folder=tmp_path).returncode == 0
    assert everything(tmp_path) == before, "a run on what is unchanged writes nothing"

    article = tmp_path / "corpus" / "vote.txt"
    article.write_text("A heading\n\n" + TEXT.replace("the treaty", "the new treaty"))
    third = claims("run", folder=tmp_path)
    assert third.returncode == 0, third.stderr
    assert "back to review (1 claim): vote: Mexico supports the treaty." in third.stderr
    assert "Decisions: 0 exact, 1 moved, 1 back to review, 0 orphaned." in third.stderr
    assert "Claims to review: 1;" in third.stderr
    ledger = (tmp_path / "annotations" / LEDGER).read_bytes()
    assert ledger == before["annotations/decisions.jsonl"][0]

    shown = claims("diff", folder=tmp_path)
    assert shown.returncode == 0, shown.stderr
    assert shown.stdout.splitlines() == [
        "~ vote: Mexico | supports | the new treaty [support]",
        "    target: the treaty → the new treaty",
        "    Mexico supports the new treaty.",
    ]
    (line,) = claims("diff", "--json", folder=tmp_path).stdout.splitlines()
    assert json.loads(line)["fields"] == ["target"]


def test_the_second_of_two_runs_says_who_is_at_work(tmp_path: Path) -> None:
    put(tmp_path)
    with locked("verify", tmp_path / "annotations"):
        result = claims("run", folder=tmp_path)
    assert result.returncode == 1
    assert f"claims verify is at work in this workspace: process {os.getpid()} on" in result.stderr
    assert not (tmp_path / "corpus").exists()


def test_a_dry_run_writes_nothing(tmp_path: Path) -> None:
    put(tmp_path)
    (tmp_path / "corpus").mkdir()
    result = claims("run", "--dry-run", folder=tmp_path)
    assert result.returncode == 0, result.stderr
    assert "would be added" in result.stderr
    assert not list((tmp_path / "corpus").iterdir())
    assert not (tmp_path / "annotations").exists()


def test_two_named_extractions_are_compared(tmp_path: Path) -> None:
    put(tmp_path)
    claims("run", folder=tmp_path)
    found = extraction(tmp_path)
    write_extractions(tmp_path / "old.jsonl", [replace(found, claims=found.claims[:1])])
    result = claims("diff", "old.jsonl", folder=tmp_path)
    assert result.stdout.startswith("+ vote: Mexico | supports | the treaty [support]\n")
    assert "1 claim gained, 0 lost, 0 changed, 1 unchanged" in result.stderr
    missing = claims("diff", "nowhere", folder=tmp_path)
    assert missing.returncode == 2
    assert "there is no such folder or file" in missing.stderr


def test_a_run_verifies_by_the_rule_of_the_workspace(tmp_path: Path) -> None:
    put(tmp_path)
    assert claims("run", folder=tmp_path).returncode == 0
    accept_all(tmp_path)
    verified = tmp_path / "annotations" / "verified.jsonl"
    assert claims("run", folder=tmp_path).returncode == 0
    assert len(verified.read_text().splitlines()) == len(extraction(tmp_path).claims) > 0
    (tmp_path / "annotations" / "review.toml").write_text('rule = "adjudicated"\n')
    assert claims("run", folder=tmp_path).returncode == 0
    assert verified.read_text() == ""  # one reviewer's word settles nothing there
    assert "(unchanged)" in claims("verify", folder=tmp_path).stderr
