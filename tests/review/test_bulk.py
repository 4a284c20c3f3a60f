"""Many claims at once: what is taken, what is left alone, and what a run taken back leaves."""

from __future__ import annotations

import json
import os
import subprocess
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest

from pipeline.dataset.agreement import measure_agreement
from pipeline.dataset.ledger import append_decisions, read_decisions, standing_decisions
from pipeline.dataset.lines import from_json, to_json
from pipeline.dataset.records import Rule, Verdict
from pipeline.errors import RecordError, SettingError
from pipeline.records import Extraction
from pipeline.review import bulk, work
from pipeline.review.bulk import Wanted, find_choice
from pipeline.review.connection import find_own_name
from pipeline.review.studio import read_account
from pipeline.review.work import Workspace
from tests.cli.running import COMMAND, environment, run_claims
from tests.dataset.build import article, as_extracted, chile, decide, peru
from tests.review.make import make_workspace

SCHEMA = Path(__file__).parents[2] / "pipeline" / "schemas" / "decision.schema.json"
ANA, BO = "ana@example.com", "bo@example.com"


@pytest.fixture
def desk(workspace_folder: Path) -> Workspace:
    """One article with the claims of Chile (0.5) and of Peru (0.9)."""
    return make_workspace(workspace_folder, as_extracted(article()), "Bulk")


def claims_of(desk: Workspace) -> dict[str, str]:
    """The ids of the two claims by their holder."""
    found = desk.articles()["note"]
    return {one.holder.span.text_in(found.text): one.id for one in found.claims}


def take(desk: Workspace, above: float = 0.8, reviewer: str = ANA, **named: tuple[str, ...]) -> str:
    wanted = Wanted(above, **named)
    made = bulk.accept(desk, wanted, find_choice(desk, wanted), reviewer=reviewer)
    return made[0].bulk or "" if made else ""


def verified(desk: Workspace) -> set[str]:
    return {one.id for one in work.read_status(desk, rule=Rule.MAJORITY)[1].verified}


def human(desk: Workspace, holder: str, verdict: str, reviewer: str, at: str) -> None:
    base = decide({"Chile": chile(), "Peru": peru()}[holder], verdict, reviewer=reviewer, at=at)
    line = replace(base, claim=claims_of(desk)[holder], id="")
    append_decisions(desk.ledger, [line])


def test_each_decision_is_marked_says_what_was_wanted_and_is_a_whole_line(desk: Workspace) -> None:
    run = take(desk)
    (one,) = read_decisions(desk.ledger)
    assert (one.claim, one.verdict, one.reviewer, one.bulk) == (
        claims_of(desk)["Peru"],
        Verdict.ACCEPTED,
        ANA,
        run,
    )
    assert "score 0.8 or more" in one.comment
    assert one.shown == one.decided
    assert one.context is not None
    assert one.context.text == "Peru backed the vote."
    assert one.machine is not None
    assert one.machine.score == 0.9
    line = json.loads(desk.ledger.read_text())
    jsonschema.validate(line, json.loads(SCHEMA.read_text()))
    assert line["version"] == 4
    assert from_json(line) == one
    with pytest.raises(RecordError, match="changed"):
        from_json({**line, "bulk": "b-another"})
    assert "bulk" not in to_json(decide(chile()))
    assert verified(desk) == {one.claim}


def test_what_somebody_decided_is_never_touched(desk: Workspace) -> None:
    human(desk, "Peru", "rejected", BO, "2026-01-01T10:00:00.000000Z")
    before = desk.ledger.read_bytes()
    choice = find_choice(desk, Wanted(0.8))
    assert (choice.offers, choice.decided) == ((), 1)
    assert take(desk) == ""
    assert desk.ledger.read_bytes() == before
    take(desk, above=0.1)
    assert desk.ledger.read_bytes().startswith(before)
    assert verified(desk) == {claims_of(desk)["Chile"]}


def test_a_second_run_takes_nothing_again(desk: Workspace) -> None:
    take(desk)
    before = desk.ledger.read_bytes()
    assert take(desk) == ""
    assert desk.ledger.read_bytes() == before


def test_what_was_decided_while_the_person_was_asked_is_left(desk: Workspace) -> None:
    wanted = Wanted(0.1)
    choice = find_choice(desk, wanted)
    human(desk, "Peru", "rejected", BO, "2026-01-01T10:00:00.000000Z")
    made = bulk.accept(desk, wanted, choice, reviewer=ANA)
    assert [one.claim for one in made] == [claims_of(desk)["Chile"]]


def test_only_the_cues_and_articles_that_were_named_and_no_unknown_ones(desk: Workspace) -> None:
    assert len(find_choice(desk, Wanted(0, cues=("cue.reject.reject",))).offers) == 2
    assert len(find_choice(desk, Wanted(0, articles=("note",))).offers) == 2
    with pytest.raises(SettingError, match=r"cue 'cue\.reject\.rejct'; did you mean cue\.reject"):
        find_choice(desk, Wanted(0, cues=("cue.reject.rejct",)))
    with pytest.raises(SettingError, match="article 'nota'; did you mean note"):
        find_choice(desk, Wanted(0, articles=("nota",)))


def test_passages_of_the_sample_and_imported_claims_are_left(desk: Workspace) -> None:
    drawn = find_choice(replace(desk, sample=1.0), Wanted(0.1))
    assert (drawn.offers, drawn.sampled) == ((), 2)
    found = desk.articles()["note"]
    evidence = found.claims[0].evidence
    assert evidence is not None
    imported = replace(found.claims[0], evidence=replace(evidence, proposers=("import:x",)))
    assert Wanted(0).takes(found.claims[0], "note")
    assert not Wanted(0).takes(imported, "note")


def test_a_run_is_taken_back_as_one_and_nothing_is_rewritten(desk: Workspace) -> None:
    first = take(desk, above=0.8)
    second = take(desk, above=0.1)
    before = desk.ledger.read_bytes()
    assert bulk.undo(desk, second, dry_run=True) == 1
    assert desk.ledger.read_bytes() == before
    assert bulk.undo(desk, second) == 1
    assert desk.ledger.read_bytes().startswith(before)
    assert verified(desk) == {claims_of(desk)["Peru"]}
    assert bulk.undo(desk, second) == 0
    runs = {
        one.id: (one.claims, one.standing) for one in bulk.find_runs(read_decisions(desk.ledger))
    }
    assert runs == {first: (1, 1), second: (1, 0)}
    with pytest.raises(SettingError, match=rf"no run 'b-x'; known are: {first}, {second}"):
        bulk.undo(desk, "b-x")
    assert take(desk, above=0.1) not in ("", second)  # it can be taken again


@pytest.mark.parametrize("reviewer", [ANA, BO])
def test_a_later_word_counts_by_the_rules_of_the_fold(desk: Workspace, reviewer: str) -> None:
    run = take(desk)
    human(desk, "Peru", "rejected", reviewer, "2099-01-01T10:00:00.000000Z")
    _, fold = work.read_status(desk, rule=Rule.MAJORITY)
    peru_claim = claims_of(desk)["Peru"]
    if reviewer == ANA:  # the same person's last word
        assert (fold.rejected, fold.disagreements) == ((peru_claim,), ())
    else:
        assert [one.claim for one in fold.disagreements] == [peru_claim]
    bulk.undo(desk, run)
    _, fold = work.read_status(desk, rule=Rule.MAJORITY)
    assert (fold.rejected, fold.disagreements) == ((peru_claim,), ())


def test_it_is_no_reading_in_agreement_and_pace(desk: Workspace) -> None:
    take(desk, above=0.1)
    human(desk, "Peru", "rejected", BO, "2099-01-01T10:00:00.000000Z")
    found = measure_agreement(read_decisions(desk.ledger), desk.articles())
    assert (found.pairs, found.stance_alpha) == ((), None)
    status, _ = work.read_status(desk, rule=Rule.MAJORITY)
    ana, bo = status.reviewers
    assert (ana.claims, ana.bulk, ana.rate) == (2, 2, None)
    assert (bo.claims, bo.bulk) == (1, 0)


def test_an_article_that_was_edited_meanwhile_is_not_taken_as_it_was(desk: Workspace) -> None:
    wanted = Wanted(0.8)
    choice = find_choice(desk, wanted)
    found = desk.articles()["note"]
    other = Extraction("note", found.text.replace("Mexico", "Kenya"), found.sentences, (), ())
    make_workspace(desk.corpus.parent, other, "Bulk")
    assert bulk.accept(desk, wanted, choice, reviewer=ANA) == ()
    assert standing_decisions(read_decisions(desk.ledger)) == ()


def test_the_decisions_are_those_of_the_person_who_reviews_on_the_screen(
    desk: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("LABEL_STUDIO_URL", "LABEL_STUDIO_API_KEY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("getpass.getuser", lambda: "ana")
    assert find_own_name(desk.state) == "ana"
    assert find_own_name(desk.state) != (email := read_account(desk.state).email)
    assert find_own_name(desk.state) == email


def call(folder: Path, *words: str, answer: str = "") -> tuple[int, str, str]:
    """What the command says to a person who answers, or to a pipe where there is no answer."""
    if not answer:
        done = run_claims("review", *words, folder=folder)
        return done.returncode, done.stdout.decode(), done.stderr.decode()
    ours, theirs = os.openpty()
    try:
        process = subprocess.Popen(
            [*COMMAND, "review", *words],
            cwd=folder,
            env=environment(),
            stdin=theirs,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        os.write(ours, answer.encode())
        out, talk = process.communicate(timeout=60)
    finally:
        os.close(ours)
        os.close(theirs)
    return process.returncode, out, talk


def test_the_verb_shows_asks_accepts_and_takes_back(desk: Workspace) -> None:
    folder = desk.corpus.parent
    (desk.annotations / "review.toml").write_text("sample = 0\n")
    words = ("accept", "--above", "0.8", "--reviewer", ANA)
    code, out, talk = call(folder, *words, "--dry-run")
    assert code == 0, talk
    assert "Peru — supports — the vote" in out
    assert "Peru backed the vote." in out
    assert "“backed” (cue.reject.reject)" in out
    assert "1 claim would be accepted" in talk
    code, _, talk = call(folder, *words)
    assert (code, "--yes" in talk) == (2, True)
    code, _, talk = call(folder, *words, answer="n\n")
    assert (code, "Accept 1 claim?" in talk) == (1, True)
    assert not desk.ledger.exists()
    code, out, talk = call(folder, *words, "--show", "0", answer="y\n")
    assert (code, out) == (0, "")
    (run,) = bulk.find_runs(read_decisions(desk.ledger))
    assert f"1 claim accepted as {ANA}'s, in run {run.id}" in talk.splitlines()[-1]
    _, out, _ = call(folder, "status")
    assert f"in bulk, run {run.id}" in out
    assert f"{ANA}: 0 claims in 0.0 min, 1 more in bulk" in out
    assert f"1 decision of run {run.id} taken back" in call(folder, "accept", "--undo", run.id)[2]
    assert verified(desk) == set()
    assert call(folder, *words, "--yes", "--show", "0")[0] == 0
    code, _, talk = call(folder, "accept", "--undo", run.id, "--above", "0.9")
    assert (code, "--undo" in talk) == (2, True)
    code, _, talk = call(folder, "accept")
    assert (code, "--above 0.95" in talk) == (2, True)
