"""The regression finds the weights that made the labels, and is the same every time."""

from __future__ import annotations

import math
import random

import pytest

from pipeline.learning.fit import fit_logistic, predict


def made(weights: list[float], count: int = 6000) -> tuple[list[list[float]], list[float]]:
    rows = random.Random(3)
    matrix = [[1.0, *(rows.choice([0.0, 1.0]) for _ in weights[1:])] for _ in range(count)]
    chances = [1 / (1 + math.exp(-sum(map(float.__mul__, row, weights)))) for row in matrix]
    return matrix, [float(rows.random() < chance) for chance in chances]


def test_the_weights_are_those_that_made_the_labels():
    true = [-0.5, 1.5, -1.0, 0.0]
    matrix, labels = made(true)
    assert fit_logistic(matrix, labels, penalty=0.1) == pytest.approx(true, abs=0.15)
    assert fit_logistic(matrix, labels) == fit_logistic(matrix, labels)


def test_a_penalty_draws_all_weights_but_the_first_to_nothing():
    matrix, labels = made([1.0, 2.0])
    first, second = fit_logistic(matrix, labels, penalty=1e7)
    assert abs(second) < 0.01
    assert first > 1.0


def test_a_row_that_counts_twice_is_a_row_that_stands_twice():
    matrix, labels = made([0.3, 1.0], count=50)
    twice = fit_logistic([*matrix, *matrix[:10]], [*labels, *labels[:10]])
    counted = fit_logistic(matrix, labels, weights=[2.0] * 10 + [1.0] * 40)
    assert counted == pytest.approx(twice)


def test_chances_of_far_rows_are_no_overflow():
    assert list(predict([[1e6], [-1e6]], [1.0])) == pytest.approx([1.0, 0.0])
