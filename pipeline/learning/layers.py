"""What is laid over weights that ship: fitted to new rows, and drawn to changing nothing.

Every fit begins with the log-odds that ship (``shipped``) and finds what is to be added. Equal
rows give equal weights.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

_STEPS = 25
_CLOSE = 1e-7
_LARGEST = 30.0
_TELLING = 1e-3
_WALKED = 250


def fit_added(rows: Floats, labels: Floats, shipped: Floats, penalties: Floats) -> Floats:
    """What each column adds to the ``shipped`` log-odds of the labels, in ``[0, 1]``.

    ``penalties`` draw each to 0. Newton's method; rows of which is all but sure what they are tell
    where to go, and not how far.
    """
    found: Any = np.zeros(rows.shape[1])
    for _ in range(_STEPS):
        chances = chances_of(rows @ found + shipped)
        slope = rows.T @ (labels - chances) - penalties * found
        spread = chances * (1 - chances)
        near = rows[spread > _TELLING]
        curve = (near * spread[spread > _TELLING][:, None]).T @ near + np.diag(penalties + _TELLING)
        step = np.linalg.solve(curve, slope)
        found = found + step
        if float(np.abs(step).max(initial=0.0)) < _CLOSE:
            break
    return np.asarray(found, dtype=np.float64)


def fit_choices(rows: Floats, chosen: Floats, shipped: Floats, penalty: float) -> Floats:
    """What the columns add to the ``shipped`` scores of each choice, as [choices, columns].

    ``chosen`` has a 1 in the column of the right choice of each row. Accelerated descent, so many
    steps that what is left is below what is rounded away.
    """
    bound = 0.5 * _largest_curve(rows) + penalty
    found: Any = np.zeros((rows.shape[1], shipped.shape[1]))
    ahead, pace = found, 1.0
    for _ in range(_WALKED):
        slope = rows.T @ (shares_of(rows @ ahead + shipped) - chosen) + penalty * ahead
        last, found = found, ahead - slope / bound
        next_pace = (1 + np.sqrt(1 + 4 * pace * pace)) / 2
        ahead = found + (pace - 1) / next_pace * (found - last)
        pace = next_pace
    return np.asarray(found.T, dtype=np.float64)


def _largest_curve(rows: Floats) -> float:
    """The largest eigenvalue of the rows' products, a little more rather than less."""
    if not len(rows):
        return 0.0
    along: Any = np.ones(rows.shape[1])
    size = 0.0
    for _ in range(20):
        along = rows.T @ (rows @ along)
        size = float(np.linalg.norm(along))
        if not size:
            return 0.0
        along = along / size
    return 1.1 * size


def chances_of(odds: Any) -> Any:
    """The chances of log-odds."""
    return 1 / (1 + np.exp(-np.clip(odds, -_LARGEST, _LARGEST)))


def shares_of(scores: Any) -> Any:
    """The chances of the choices of each row."""
    raised = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return raised / raised.sum(axis=-1, keepdims=True)
