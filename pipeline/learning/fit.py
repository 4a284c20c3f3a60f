"""Logistic regression by Newton's method: the weights that make the labels likeliest, drawn to 0.

Deterministic: the same rows give the same weights, in the same order of magnitude of time.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

_STEPS = 30
_LARGEST = 30.0


def fit_logistic(
    rows: Sequence[Sequence[float]],
    labels: Sequence[float],
    *,
    penalty: float = 3.0,
    weights: Sequence[float] | None = None,
) -> list[float]:
    """One weight a column of ``rows``; the first column should be 1 and is not drawn to 0.

    ``labels`` are in ``[0, 1]``, ``weights`` say how much each row counts, and a larger ``penalty``
    gives smaller weights.
    """
    matrix, rights = np.asarray(rows, dtype=float), np.asarray(labels, dtype=float)
    counts = np.ones(len(rights)) if weights is None else np.asarray(weights, dtype=float)
    drawn = np.full(matrix.shape[1], penalty)
    drawn[0] = 0.01
    found: Any = np.zeros(matrix.shape[1])
    for _ in range(_STEPS):
        chances = predict(matrix, found)
        slope = matrix.T @ (counts * (rights - chances)) - drawn * found
        curve = (matrix * (counts * chances * (1 - chances))[:, None]).T @ matrix + np.diag(drawn)
        step = np.linalg.solve(curve, slope)
        found = found + step
        if float(np.abs(step).max()) < 1e-9:
            break
    return [float(value) for value in found]


def predict(rows: Any, weights: Any) -> Any:
    """The chance of each row, an array in ``(0, 1)``."""
    sums = np.clip(
        np.asarray(rows, dtype=float) @ np.asarray(weights, dtype=float), -_LARGEST, _LARGEST
    )
    return 1 / (1 + np.exp(-sums))
