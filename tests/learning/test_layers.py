"""What is laid over weights that ship: found where rows speak for it, nothing where none do."""

from __future__ import annotations

import numpy as np
import pytest

from pipeline.learning.layers import chances_of, fit_added, fit_choices, shares_of

DRAWN = np.random.default_rng(3)
ROWS = np.hstack([np.ones((400, 1)), DRAWN.normal(size=(400, 3))])
PENALTIES = np.array([1.0, 1.0, 1.0, 1.0])


def test_nothing_is_added_where_the_shipped_chances_are_the_shares():
    shipped = ROWS @ np.array([0.2, 1.0, -1.0, 0.0])
    added = fit_added(ROWS, chances_of(shipped), shipped, PENALTIES)
    assert np.abs(added).max() < 1e-6


def test_what_the_shipped_log_odds_lack_is_found():
    lacking = np.array([0.5, 0.0, 1.5, -1.0])
    shipped = ROWS @ np.array([0.0, 1.0, 0.0, 0.0])
    labels = chances_of(shipped + ROWS @ lacking)
    assert fit_added(ROWS, labels, shipped, PENALTIES * 0.01) == pytest.approx(lacking, abs=0.02)


def test_a_larger_penalty_adds_less():
    labels = chances_of(ROWS @ np.array([0.0, 0.0, 2.0, 0.0]))
    sizes = [
        abs(float(fit_added(ROWS, labels, np.zeros(400), PENALTIES * penalty)[2]))
        for penalty in (0.1, 10.0, 1000.0)
    ]
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[-1] < 0.2 < sizes[0]


def test_choices_are_corrected_towards_what_was_chosen():
    shipped = np.zeros((400, 3))
    chosen = np.eye(3)[np.where(ROWS[:, 1] > 0, 0, 2)]
    added = fit_choices(ROWS, chosen, shipped, 1.0)
    found = shares_of(ROWS @ added.T + shipped).argmax(axis=1)
    assert (found == chosen.argmax(axis=1)).mean() > 0.97
    assert added.shape == (3, 4)


def test_choices_without_a_row_add_nothing():
    added = fit_choices(np.zeros((0, 4)), np.zeros((0, 3)), np.zeros((0, 3)), 1.0)
    assert not added.any()


def test_equal_rows_give_equal_weights():
    labels = (ROWS[:, 1] > 0).astype(float)
    first, second = (fit_added(ROWS, labels, np.zeros(400), PENALTIES) for _ in range(2))
    assert first.tolist() == second.tolist()
