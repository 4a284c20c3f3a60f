"""What a ledger teaches: passages that were decided whole, with what stands in them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.dataset.lines import with_id
from pipeline.dataset.records import Rule
from pipeline.lessons.outcomes import judge_claims
from pipeline.teaching.gather import gather
from tests.dataset.build import chile, decide
from tests.teaching.reviewing import REFUSED, decide_all, make_articles


@pytest.fixture(scope="module")
def reviewed(nlp, tmp_path_factory):
    folder = tmp_path_factory.mktemp("ledger")
    found = make_articles(nlp, folder, 2)
    return {one.article: one for one in found}, decide_all(folder, found)


def test_what_was_accepted_stands_and_what_was_rejected_does_not(reviewed):
    articles, decisions = reviewed
    first, second = gather(decisions, articles, rule=Rule.FIRST)
    assert (first.gold.article, second.gold.article) == ("article-0", "article-1")
    cues = {claim.cue.text_in(first.gold.text) for claim in first.gold.claims}
    assert cues == {"supports"}
    assert first.covers(first.gold.text.index(REFUSED))
    assert first.decisions == 4


def test_a_passage_that_was_decided_in_part_teaches_nothing(reviewed):
    articles, decisions = reviewed
    half = [with_id(replace(one, unit_claims=2, id="")) for one in decisions]
    assert gather(half, articles, rule=Rule.FIRST) == ()


def test_a_passage_that_was_edited_since_teaches_nothing(reviewed):
    articles, decisions = reviewed
    one = articles["article-0"]
    edited = {"article-0": replace(one, text=one.text.replace("supports", "advances"))}
    known = gather(decisions, edited, rule=Rule.FIRST)
    assert all(not claim for found in known for claim in found.gold.claims)


def test_what_was_taken_in_bulk_teaches_nothing(reviewed):
    articles, decisions = reviewed
    unread = [with_id(replace(one, bulk="run-1", id="")) for one in decisions]
    assert gather(unread, articles, rule=Rule.FIRST) == ()


def test_what_was_taken_in_bulk_says_nothing_of_rules():
    read = decide(chile())
    assert len([*judge_claims([read])]) == 1
    assert [*judge_claims([with_id(replace(read, bulk="run-1", id=""))])] == []
