from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.dataset.reanchor import AnchorState
from pipeline.jsonl import write_extractions
from pipeline.records import Claim, Extraction, Stance
from pipeline.reprocess.diff import Difference, diff_extractions
from pipeline.reprocess.merge import MachineNow, merge_article, settled_claims
from pipeline.reprocess.snapshots import read_last_two
from pipeline.runs.previous import keep_previous, previous_folder
from tests.dataset.build import TEXT, article, chile, claim_of, decide, peru, position_of, retract

EDITED = "A heading\n\n" + TEXT


def edited(*claims: Claim) -> Extraction:
    """The article under a heading that was inserted, its claims with new ids."""
    return article(EDITED, tuple(claims))


def chile_now(stance: str = "oppose", target: str = "the draft") -> Claim:
    found = claim_of("Chile", "rejected", stance, target, "country:CL", EDITED)
    return replace(found, id="other-id")


def test_claims_of_one_text_are_told_apart() -> None:
    before = article(claims=(chile(), peru()))
    longer = claim_of("Mexico", "met", "neutral", "nobody", "country:MX")
    now = article(claims=(replace(chile(), stance=Stance.NEUTRAL), longer))
    found = [(item.kind, item.fields) for item in diff_extractions(before, now)]
    assert found == [
        (Difference.CHANGED, ("stance",)),
        (Difference.GAINED, ()),
        (Difference.LOST, ()),
    ]


def test_a_claim_whose_target_grew_is_changed_not_lost_and_gained() -> None:
    grown = claim_of("Chile", "rejected", "oppose", "the draft. Peru", "country:CL")
    (only,) = diff_extractions(article(claims=(chile(),)), article(claims=(grown,)))
    assert (only.kind, only.fields) == (Difference.CHANGED, ("target",))
    assert only.said.sentence == "Chile rejected the draft."


def test_claims_are_the_same_through_an_edit_elsewhere() -> None:
    (only,) = diff_extractions(article(claims=(chile(),)), edited(chile_now()))
    assert only.kind is Difference.UNCHANGED


def test_a_decision_stands_whatever_the_machine_says() -> None:
    decisions = [decide(chile())]
    for claims, machine in (
        ((chile_now(),), MachineNow.SAME),
        ((chile_now(stance="support"),), MachineNow.DIFFERS),
        ((chile_now(target="the draft. Peru"),), MachineNow.DIFFERS),
        ((), MachineNow.ABSENT),
    ):
        merged = merge_article(article(), edited(*claims), decisions)
        (standing,) = merged.standing
        assert standing.anchor.state is AnchorState.MOVED
        assert standing.machine is machine
        assert merged.settled == {claim.id for claim in claims}
        assert merged.to_look_at() == ()


def test_what_nobody_decided_is_told_apart() -> None:
    gained = claim_of("Mexico", "met", "neutral", "nobody", "country:MX")
    before = article(claims=(chile(), peru()))
    now = article(claims=(chile(), gained))
    merged = merge_article(before, now, [decide(chile())])
    assert merged.undecided == {gained.id: Difference.GAINED}
    assert merged.lost == (peru().id,)
    assert merged.counts() == {
        "decision exact": 1,
        "machine same": 1,
        "claim gained": 1,
        "claim lost": 1,
    }


def test_a_rejected_claim_comes_back_only_as_another() -> None:
    decisions = [decide(chile(), "rejected")]
    assert settled_claims(decisions, {"note": edited(chile_now())}) == {"other-id"}
    assert settled_claims(decisions, {"note": edited(chile_now(stance="support"))}) == frozenset()
    assert (
        settled_claims(decisions, {"note": edited(chile_now(target="the draft. Peru"))})
        == frozenset()
    )


def test_an_edited_claim_settles_the_one_that_was_shown() -> None:
    corrected = replace(position_of(chile()), stance=Stance.NEUTRAL)
    decisions = [decide(chile(), "edited", decided=corrected)]
    assert settled_claims(decisions, {"note": edited(chile_now())}) == {"other-id"}


def test_a_claim_in_an_edited_sentence_goes_back_to_review() -> None:
    text = TEXT.replace("the draft.", "the draft on Monday.")
    now = article(text, (claim_of("Chile", "rejected", "oppose", "the draft", "country:CL", text),))
    merged = merge_article(article(), now, [decide(chile())])
    assert merged.settled == frozenset()
    assert [item.decision.claim for item in merged.to_look_at()] == [chile().id]
    assert list(merged.undecided or {}) == [chile().id]


def test_a_passage_that_was_decided_again_is_done_with() -> None:
    text = TEXT.replace("Chile rejected the draft.", "Chile has rejected the draft.")
    claim = replace(claim_of("Chile", "rejected", "oppose", "the draft", "", text), id="new")
    now = article(text, (claim,))
    again = decide(claim, text=text, at="2026-02-01T10:00:00.000000Z")
    merged = merge_article(article(), now, [decide(chile()), again])
    assert [item.anchor.state.value for item in merged.standing] == ["changed", "exact"]
    assert merged.to_look_at() == ()
    assert merged.settled == {"new"}


def test_as_many_as_are_wanted_must_have_decided() -> None:
    articles = {"note": edited(chile_now())}
    one = decide(chile())
    two = [one, decide(chile(), reviewer="eva@example.com")]
    ruled = [decide(chile(), adjudicates=True)]
    settled = [settled_claims(said, articles, reviewers=2) for said in ([one], two, ruled)]
    assert settled == [frozenset(), {"other-id"}, {"other-id"}]


def test_what_was_taken_back_settles_nothing() -> None:
    first = decide(chile())
    assert settled_claims([first, retract(first)], {"note": article()}) == frozenset()


def test_the_replaced_extraction_is_kept(tmp_path: Path) -> None:
    extracted = tmp_path / "extracted"
    path = extracted / "note.jsonl"
    keep_previous(path, unless="")
    assert not previous_folder(extracted).exists()
    write_extractions(path, [article(claims=(chile(),))])
    assert read_last_two(extracted, on_fault=pytest.fail) == ({}, {})
    old = path.read_bytes()
    keep_previous(path, unless=old.decode())
    assert not previous_folder(extracted).exists(), "the same again replaces nothing"
    keep_previous(path, unless="other")
    write_extractions(path, [article()])
    before, now = read_last_two(extracted, on_fault=pytest.fail)
    assert (previous_folder(extracted) / "note.jsonl").read_bytes() == old
    assert [len(item["note"].claims) for item in (before, now)] == [1, 2]
