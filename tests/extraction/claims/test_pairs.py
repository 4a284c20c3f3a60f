"""The minimal pairs: sentences that differ in one thing, each phenomenon in its own file."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.extraction.claims.notation import read_pairs
from tests.extraction.claims.report import PAIRS, run_pairs, to_failures, to_table

AIM_PASSED = 0.97
AIM_REVERSALS = 0
REACHED_IN_FULL = 0.84
"""What the profile ``full`` passes today; the aim is 0.98."""
LEAST_PAIRS = 300
LEAST_EACH = 8


@pytest.fixture(scope="module")
def outcomes(nlp):
    found = run_pairs(nlp, read_pairs(PAIRS))
    print("\n" + to_table(found))
    return found


def test_there_are_enough_pairs_of_each_phenomenon():
    counts = Counter(pair.phenomenon for pair in read_pairs(PAIRS))
    assert sum(counts.values()) >= LEAST_PAIRS
    assert {name for name, count in counts.items() if count < LEAST_EACH} == set()


def test_no_pair_is_written_twice_and_its_members_differ():
    texts = Counter(member.text for pair in read_pairs(PAIRS) for member in pair.members)
    assert [text for text, count in texts.items() if count > 1] == []


@pytest.fixture(scope="module")
def read_in_full(in_full):
    found = run_pairs(in_full, read_pairs(PAIRS))
    print("\n" + to_table(found))
    return found


def test_the_reader_turns_no_claim_the_wrong_way_round(read_in_full):
    reversed_ones = [one for one in read_in_full if one.reversals]
    assert sum(one.reversals for one in reversed_ones) <= AIM_REVERSALS, to_failures(reversed_ones)


def test_share_of_pairs_that_the_reader_leaves_right(read_in_full):
    share = sum(one.passed for one in read_in_full) / len(read_in_full)
    assert share >= REACHED_IN_FULL, to_failures(read_in_full)


def test_share_of_pairs_passed(outcomes):
    share = sum(one.passed for one in outcomes) / len(outcomes)
    assert share >= AIM_PASSED, to_failures(outcomes)


def test_no_claim_is_the_wrong_way_round(outcomes):
    reversed_ones = [one for one in outcomes if one.reversals]
    assert sum(one.reversals for one in outcomes) <= AIM_REVERSALS, to_failures(reversed_ones)
