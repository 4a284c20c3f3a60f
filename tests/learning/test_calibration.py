"""How well chances keep what they promise, and rank, on hand-made cases."""

from __future__ import annotations

import random

import pytest

from pipeline.learning.calibration import expected_error, ranking


def test_ranking_is_the_chance_that_a_right_claim_scores_higher():
    assert ranking([(0.9, True), (0.1, False)]) == 1.0
    assert ranking([(0.1, True), (0.9, False)]) == 0.0
    assert ranking([(0.5, True), (0.5, False)]) == 0.5
    assert ranking([(0.5, True)]) is None


def test_ranking_counts_every_pair():
    rows = random.Random(1)
    judged = [(rows.choice([0.2, 0.4, 0.6, 0.8]), rows.random() < 0.5) for _ in range(300)]
    rights = [score for score, right in judged if right]
    wrongs = [score for score, right in judged if not right]
    won = sum((a > b) + (a == b) / 2 for a in rights for b in wrongs)
    assert ranking(judged) == pytest.approx(won / len(rights) / len(wrongs))


def test_chances_that_come_true_as_often_as_they_say_have_no_error():
    kept = [(0.25, number % 4 == 0) for number in range(400)]
    kept += [(0.75, number % 4 != 0) for number in range(400)]
    assert expected_error(kept, bins=2) == 0.0
    assert expected_error([(0.9, False)] * 10) == pytest.approx(0.9)
    assert expected_error([]) == 0.0
