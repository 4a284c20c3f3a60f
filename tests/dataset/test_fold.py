"""What is verified, waits or is stale, by each rule."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from pipeline.dataset.fold import Fold, fold_decisions
from pipeline.dataset.records import Decision, Rule, Verdict
from pipeline.records import Stance
from tests.dataset.build import TEXT, article, chile, decide, peru, position_of, retract

NOTE = {"note": article()}
BO, LU = "bo@example.com", "lu@example.com"
LATER = "2026-01-02T10:00:00.000000Z"


def fold(*decisions: Decision, rule: Rule = Rule.MAJORITY) -> Fold:
    return fold_decisions(decisions, NOTE, rule=rule)


def opposing(reviewer: str, at: str = LATER) -> Decision:
    edited = replace(position_of(peru()), stance=Stance.OPPOSE)
    return decide(peru(), "edited", decided=edited, reviewer=reviewer, at=at)


def test_an_accepted_claim_is_verified_as_it_was_shown() -> None:
    (claim,) = fold(decide(chile())).verified
    assert claim.position == position_of(chile())
    assert claim.sentence.text == "Chile rejected the draft."
    assert (claim.id, claim.kind, claim.verdict) == (chile().id, "state", Verdict.ACCEPTED)


def test_a_corrected_stance_keeps_the_id_and_a_moved_span_does_not() -> None:
    (claim,) = fold(opposing(BO)).verified
    assert (claim.id, claim.position.stance) == (peru().id, Stance.OPPOSE)
    wider = replace(position_of(peru()), cue=replace(position_of(chile()).cue))
    (moved,) = fold(decide(peru(), "edited", decided=wider)).verified
    assert moved.id != peru().id
    assert moved.shown == peru().id


def test_nothing_unreviewed_or_rejected_or_taken_back_is_verified() -> None:
    taken_back = decide(peru())
    result = fold(decide(chile(), "rejected"), taken_back, retract(taken_back))
    assert result.verified == ()
    assert result.rejected == (chile().id,)


@pytest.mark.parametrize(
    ("rule", "verified"), [(Rule.FIRST, 1), (Rule.MAJORITY, 0), (Rule.ADJUDICATED, 0)]
)
def test_two_who_differ(rule: Rule, verified: int) -> None:
    result = fold(decide(peru()), opposing(BO), rule=rule)
    assert len(result.verified) == verified
    assert [d.claim for d in result.disagreements] == [peru().id]


@pytest.mark.parametrize(
    ("rule", "verified"), [(Rule.FIRST, 1), (Rule.MAJORITY, 1), (Rule.ADJUDICATED, 0)]
)
def test_one_alone(rule: Rule, verified: int) -> None:
    assert len(fold(decide(peru()), rule=rule).verified) == verified


def test_two_of_three_carry_a_majority() -> None:
    (claim,) = fold(decide(peru()), opposing(BO), opposing(LU)).verified
    assert claim.position.stance is Stance.OPPOSE
    assert (claim.reviewers, claim.asked) == ((BO, LU), 3)


@pytest.mark.parametrize("rule", list(Rule))
def test_a_ruling_settles_it_under_every_rule(rule: Rule) -> None:
    ruling = replace(opposing(LU, at="2026-01-03T10:00:00.000000Z"), adjudicates=True)
    result = fold(decide(peru()), opposing(BO), ruling, rule=rule)
    (claim,) = result.verified
    assert (claim.position.stance, claim.adjudicated) == (Stance.OPPOSE, True)
    assert result.disagreements == ()


def test_a_claim_that_only_one_of_two_added_waits() -> None:
    added = decide(chile(), "added", decided=position_of(chile()))
    both = decide(peru()), decide(peru(), reviewer=BO)
    result = fold(added, *both)
    assert [claim.id for claim in result.verified] == [peru().id]
    assert result.waiting == (added.claim,)
    again = decide(chile(), "added", decided=position_of(chile()), reviewer=BO)
    assert len(fold(added, again, *both).verified) == 2


def test_the_order_of_the_ledger_changes_nothing() -> None:
    decisions = [decide(chile()), decide(peru()), opposing(BO), opposing(LU)]
    expected = fold(*decisions)
    for seed in range(5):
        random.Random(seed).shuffle(decisions)
        assert fold(*decisions) == expected


def test_an_edit_elsewhere_moves_the_claim_and_an_edit_of_its_sentence_makes_it_stale() -> None:
    moved = article("Breaking news. " + TEXT, ())
    (claim,) = fold_decisions([decide(chile())], {"note": moved}, rule=Rule.FIRST).verified
    assert claim.anchored == "moved"
    assert claim.position.stands_in(moved.text)
    edited = article(TEXT.replace("rejected", "rejected outright"), ())
    result = fold_decisions([decide(chile())], {"note": edited}, rule=Rule.FIRST)
    assert (result.verified, len(result.stale)) == ((), 1)


def test_a_passage_that_is_there_twice_is_left_to_a_person() -> None:
    twice = article("Chile rejected the draft. " + TEXT, ())
    result = fold_decisions([decide(chile())], {"note": twice}, rule=Rule.FIRST)
    assert (result.verified, len(result.stale)) == ((), 1)
