"""What became of claims that were shown: once a claim, whoever decided and however often."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.dataset.records import Machine
from pipeline.lessons.outcomes import Judged, Outcome, judge_claims
from pipeline.records import Form, Stance
from tests.lessons.made import ANA, BO, EVE, add, at, carry, claim, decide, extraction, retract

TEXT = "Chile rejected the draft. Peru rejected the fee."
CHILE = claim(TEXT, "Chile", "rejected")
VOTE = extraction("vote", TEXT, CHILE)


def judged(*decisions) -> Judged:
    (one,) = judge_claims(decisions)
    return one


@pytest.mark.parametrize(
    ("changed", "outcome", "right"),
    [
        ({"stance": Stance.SUPPORT}, Outcome.STANCE, False),
        ({"stance": Stance.NEUTRAL, "target": at(TEXT, "the draft")}, Outcome.STANCE, False),
        ({"target": at(TEXT, "the draft")}, Outcome.SPANS, True),
        ({"attribution": at(TEXT, "Peru")}, Outcome.SPANS, True),
        ({"holder": at(TEXT, "Peru")}, Outcome.SPANS, False),
        ({"cue": at(TEXT, "fee")}, Outcome.SPANS, False),
        ({"form": Form.ACTION}, Outcome.OTHER, True),
        ({"entity": "country:CL"}, Outcome.OTHER, True),
        ({"hedged": True}, Outcome.OTHER, True),
    ],
)
def test_an_edit_is_of_the_stance_of_spans_or_of_the_rest(changed, outcome, right):
    one = judged(decide(VOTE, CHILE, "edited", **changed))
    assert (one.outcome, one.right) == (outcome, right)


def test_accepted_and_rejected():
    assert judged(decide(VOTE, CHILE)).outcome is Outcome.ACCEPTED
    one = judged(decide(VOTE, CHILE, "rejected"))
    assert (one.outcome, one.right, one.source) == (Outcome.REJECTED, False, "cue.reject.reject")


def test_two_reviewers_who_agree_are_one_claim():
    one = judged(decide(VOTE, CHILE, who=ANA), decide(VOTE, CHILE, who=BO))
    assert (one.outcome, one.right) == (Outcome.ACCEPTED, True)


def test_two_reviewers_who_differ_are_disputed_until_somebody_settles_it():
    both = (decide(VOTE, CHILE, who=ANA), decide(VOTE, CHILE, "rejected", who=BO))
    assert (judged(*both).outcome, judged(*both).right) == (None, None)
    ruling = decide(VOTE, CHILE, "rejected", who=EVE, adjudicates=True)
    assert judged(*both, ruling).outcome is Outcome.REJECTED


def test_of_three_most_count_and_of_what_is_as_common_the_greater_change():
    votes = (
        decide(VOTE, CHILE, who=ANA),
        decide(VOTE, CHILE, "edited", who=BO, form=Form.ACTION),
        decide(VOTE, CHILE, "rejected", who=EVE),
    )
    assert (judged(*votes).outcome, judged(*votes).right) == (Outcome.OTHER, True)


def test_the_last_word_of_a_reviewer_counts_and_nothing_that_was_taken_back():
    first = decide(VOTE, CHILE)
    later = decide(VOTE, CHILE, "rejected", when="2026-01-02T10:00:00.000000Z")
    assert judged(first, later).outcome is Outcome.REJECTED
    assert list(judge_claims([first, retract(first)])) == []


def test_a_renamed_article_counts_once():
    first = decide(VOTE, CHILE, "rejected")
    assert judged(first, carry(first, "the-vote")).outcome is Outcome.REJECTED


def test_added_claims_were_not_shown():
    assert list(judge_claims([add(VOTE, "Peru", "rejected")])) == []


def test_rules_and_inferences_are_those_that_stand_on_the_decision():
    it = claim(TEXT, "Chile", "rejected", inferences=("holder:subject+relative",))
    assert judged(decide(VOTE, it)).rules == (
        "rule.holder.subject",
        "inference.subject",
        "inference.relative",
    )


def test_what_made_a_claim_without_a_cue():
    read = claim(TEXT, "Chile", "rejected", by=None, rules=("rule.reader",))
    assert judged(decide(VOTE, read)).source == "reader"
    old = claim(TEXT, "Chile", "rejected", by=None, rules=(), proposers=("import:coder",))
    assert judged(decide(VOTE, old)).source == "import:coder"
    bare = replace(decide(VOTE, CHILE), machine=Machine())
    assert judged(bare).source == "unknown"
