"""Which claims count as added, and where they stand now."""

from __future__ import annotations

import pytest

from pipeline.lessons.additions import find_added, place_additions
from pipeline.lessons.decided import Fate, read_decided
from pipeline.records import Form, Span, Stance
from tests.lessons.made import ANA, BO, EVE, add, at, carry, claim, decide, extraction, retract

TEXT = "Chile mothballed the plan. Peru rejected the fee."
PERU = claim(TEXT, "Peru", "rejected")
PORT = extraction("port", TEXT, PERU)


def placed(*decisions, found=PORT):
    items = find_added(decisions).get(found.article, ())
    return place_additions(items, found)[0]


def test_what_was_added_counts_and_what_was_taken_back_does_not():
    one = add(PORT, "Chile", "mothballed", target="the plan")
    (addition,) = placed(one)
    assert (addition.position.cue.text, addition.reviewers) == ("mothballed", (ANA,))
    assert placed(one, retract(one)) == ()


def test_two_reviewers_who_add_the_same_cue_add_one_claim():
    decisions = [add(PORT, "Chile", "mothballed", who=who) for who in (BO, ANA)]
    (addition,) = placed(*decisions)
    assert addition.reviewers == (ANA, BO)


def test_an_edit_counts_where_it_moved_the_cue():
    moved = decide(PORT, PERU, "edited", cue=at(TEXT, "rejected the"))
    assert [one.moved for one in placed(moved)] == [True]
    assert placed(decide(PORT, PERU, "edited", form=Form.ACTION)) == ()
    assert placed(decide(PORT, PERU)) == ()


def test_of_reviewers_who_differ_on_a_moved_cue_most_must_have_moved_it():
    votes = [decide(PORT, PERU, "edited", who=ANA, cue=at(TEXT, "fee")), decide(PORT, PERU, who=BO)]
    assert placed(*votes) == ()
    assert len(placed(*votes, decide(PORT, PERU, "edited", who=EVE, cue=at(TEXT, "fee")))) == 1


def test_an_adjudication_settles_it():
    vote = decide(PORT, PERU, "edited", cue=at(TEXT, "fee"))
    ruling = decide(PORT, PERU, "rejected", who=BO, adjudicates=True)
    assert placed(vote, ruling) == ()


def test_a_renamed_article_has_its_additions_once_under_the_new_id():
    one = add(PORT, "Chile", "mothballed")
    harbour = extraction("harbour", TEXT)
    assert placed(one, carry(one, "harbour")) == ()
    assert len(placed(one, carry(one, "harbour"), found=harbour)) == 1


def test_in_an_edited_article_an_addition_moves_or_is_lost():
    one = add(PORT, "Chile", "mothballed")
    longer = extraction("port", f"It rained all day. {TEXT}")
    (addition,) = placed(one, found=longer)
    assert addition.position.cue.start == TEXT.index("mothballed") + len("It rained all day. ")
    gone = extraction("port", "Chile kept the plan. Peru rejected the fee.")
    assert place_additions((one,), gone) == ((), 1)


def test_the_stance_is_that_before_negation():
    (addition,) = placed(add(PORT, "Chile", "mothballed", "support", negated=True))
    assert addition.stance is Stance.OPPOSE


@pytest.mark.parametrize(
    ("verdict", "changed", "fate"),
    [
        ("accepted", {}, Fate.KEPT),
        ("rejected", {}, Fate.REJECTED),
        ("edited", {"stance": Stance.NEUTRAL}, Fate.OTHERWISE),
    ],
)
def test_a_new_claim_is_held_against_what_people_said_there(verdict, changed, fate):
    decided = read_decided([decide(PORT, PERU, verdict, **changed)], TEXT)
    holder, cue = at(TEXT, "Peru").span, PERU.cue
    assert decided.fate_of(holder, cue, Stance.OPPOSE) is fate
    assert decided.fate_of(Span(0, 5), cue, Stance.OPPOSE) is Fate.PASSED
    assert decided.fate_of(Span(0, 5), Span(6, 16), Stance.OPPOSE) is Fate.UNDECIDED
