"""The verb ``claims rules``: counts by cue, and precision by gold and by decisions."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from pipeline.cli.rules import rules
from pipeline.dataset.imported import Imported, write_imported
from pipeline.dataset.ledger import append_decisions
from pipeline.dataset.lines import with_id
from pipeline.dataset.records import Decision, Machine, Origin, Position, Verdict, quote
from pipeline.errors import SettingError
from pipeline.files import sha256_of_text
from pipeline.jsonl import write_extractions
from pipeline.records import Claim, Evidence, Extraction, Form, Holder, Sentence, Span, Stance

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
    wide = {"COLUMNS": "120"}  # a narrow terminal cuts cells
    return CliRunner().invoke(app, ["--annotations", str(folder), *arguments], env=wide)


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
        claim=f"c-{verdict}-{stance}",
        reviewer="ana@example.org",
        decided_at="2024-01-01T00:00:00Z",
        origin=Origin("s", 1, 1, "a", "u"),
        shown=shown,
        decided=decided,
        machine=Machine(cue=REJECT, rules=("rule.holder.subject",)),
    )
    return with_id(decision)


DECISIONS = (
    make_decision(Verdict.ACCEPTED),
    make_decision(Verdict.REJECTED),
    make_decision(Verdict.EDITED),
    make_decision(Verdict.EDITED, stance=Stance.SUPPORT),
)


def test_cues_are_counted_and_the_unused_listed(folder):
    found = report(folder, "--family", "reject")
    (row,) = found["cues"]
    assert (row["cue"], row["family"], row["claims"]) == (REJECT, "reject", 2)
    assert (row["judged"], row["precision"], row["low"], row["trend"]) == (0, None, None, None)
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
    append_decisions(folder / "decisions.jsonl", DECISIONS)
    found = report(folder)
    for row in (found["cues"][0], found["rules"][0], found["corpus"]):
        assert (row["judged"], row["right"], row["shown"]) == (4, 2, 4)
        assert (row["accepted"], row["corrected"], row["rejected"]) == (1, 2, 1)
        assert (row["corrected_stance"], row["corrected_spans"], row["corrected_other"]) == (
            1,
            0,
            1,
        )
        assert (row["low"], row["high"]) == (0.15, 0.85)
    assert found["rules"][0]["rule"] == "rule.holder.subject"


def test_the_same_figures_as_csv(folder):
    append_decisions(folder / "decisions.jsonl", DECISIONS)
    result = run(folder, "--csv")
    rows = list(csv.DictReader(io.StringIO(result.stdout)))
    assert [row["id"] for row in rows] == [REJECT, "rule.holder.subject"]
    assert (rows[0]["rejected"], rows[0]["precision"], rows[0]["words"]) == ("1", "0.500", "reject")
    assert isinstance(run(folder, "--csv", "--json").exception, SettingError)


def test_the_table_tells_what_was_corrected(folder):
    append_decisions(folder / "decisions.jsonl", DECISIONS)
    line = run(folder).stdout.splitlines()[2]
    assert "1+0+1" in line
    assert "0.50 (0.15–0.85)" in line


def test_a_trend_has_a_column_where_there_are_enough(folder):
    days = [f"2024-01-{day:02}T00:00:00Z" for day in range(1, 31)]
    append_decisions(
        folder / "decisions.jsonl",
        (
            with_id(replace(DECISIONS[number >= 20], claim=f"c{number}", decided_at=day, id=""))
            for number, day in enumerate(days)
        ),
    )
    head, _, line, *_ = run(folder).stdout.splitlines()
    assert "trend" in head
    assert "1.00→0.00 falls" in line
    assert report(folder)["cues"][0]["trend"]["says"] == "falls"


def test_suspects_by_the_corpus_and_by_a_bound(folder):
    append_decisions(folder / "decisions.jsonl", DECISIONS)
    assert report(folder, "--suspects")["cues"] == []
    found = report(folder, "--suspects", "--below", "0.9")
    assert [row["cue"] for row in found["cues"]] == [REJECT]
    assert found["suspect_below"] == 0.9
    said = run(folder, "--suspects")
    assert said.stdout == "None is suspect.\n"
    assert "0 suspects: all of the interval is below 0.50" in said.stderr


def test_rows_by_id_kind_and_number_of_judged(folder):
    append_decisions(folder / "decisions.jsonl", DECISIONS[:2])
    assert report(folder, "--cue", "cue.reject", "--min", "2")["rules"] == []
    assert report(folder, "--min", "3")["cues"] == []
    assert report(folder, "--kind", "rule")["cues"] == []
    assert isinstance(run(folder, "--cue", "cue.rejekt").exception, SettingError)


def test_all_lists_the_unused_cues_too(folder):
    rows = report(folder, "--all", "--family", "reject")["cues"]
    assert len(rows) > 6
    assert {row["claims"] for row in rows} == {0, 2}


def test_imported_claims_have_a_row_of_their_own(folder):
    position = Position(quote(TEXT, Span(26, 30)), quote(TEXT, Span(31, 39)), Stance.SUPPORT)
    sentence = quote(TEXT, Span(26, 43))
    one = Imported("vote", sha256_of_text(TEXT), "coder", position, sentence, 0.5)
    write_imported(folder, "vote", [one])
    whole = replace(FOUND, sentences=(Sentence(0, 25), Sentence(26, 43)))
    write_extractions(folder / "extracted" / "vote.jsonl", [whole])
    kinds = {row["cue"]: (row["kind"], row["claims"]) for row in report(folder)["cues"]}
    assert kinds == {REJECT: ("cue", 2), "import:coder": ("import", 1)}


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
