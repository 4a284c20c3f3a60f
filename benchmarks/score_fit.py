"""What each feature of the judge costs a claim, by a logistic regression on judged claims.

A cost is the change in the chance of being right, at the mean chance, where the feature is
present: what could be taken off a score in ``models/judge.yaml``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from benchmarks.claim_features import Judged
from pipeline.extraction.judge import FEATURES

_LEAST = 15
_PENALTY = 3.0
_FOLDS = 5
_STEPS = 25


@dataclass(frozen=True, slots=True)
class Row:
    """A feature: how many claims have it, and what it costs."""

    feature: str
    count: int
    cost: float
    cost_on_gold: float


@dataclass(frozen=True, slots=True)
class Fit:
    """Costs, the chance to begin from, and how well claims of left-out articles are ranked."""

    rows: tuple[Row, ...]
    base: float
    ranking: float
    ranking_now: float


def fit_costs(judged: Sequence[Judged]) -> Fit:
    """The costs on all sets together (each with its own mean), and on gold alone."""
    columns = _columns(judged)
    weights = _regress(_matrix(judged, columns), _rights(judged))
    gold = [one for one in judged if one.set == "gold"]
    on_gold = _regress(_matrix(gold, columns), _rights(gold))
    counts = _counts(judged)
    mean = float(np.mean(_rights(judged)))
    mean_gold = float(np.mean(_rights(gold)))
    rows = tuple(
        Row(
            name,
            counts[name],
            float(-weights[2 + n] * mean * (1 - mean)),
            float(-on_gold[2 + n] * mean_gold * (1 - mean_gold)),
        )
        for n, name in enumerate(columns)
    )
    left_out = _rank_left_out(judged, columns)
    now = _mean_ranking(judged, [one.score for one in judged])
    return Fit(rows, 1 / (1 + float(np.exp(-weights[0] - weights[1]))), left_out, now)


def ranking(pairs: Iterable[tuple[float, bool]]) -> float | None:
    """The chance that a right claim scores above a wrong one (ties half); None without both.

    >>> ranking([(0.9, True), (0.5, False), (0.5, True)])
    0.75
    """
    rights: Counter[float] = Counter()
    wrongs: Counter[float] = Counter()
    for score, right in pairs:
        (rights if right else wrongs)[score] += 1
    total = sum(rights.values()) * sum(wrongs.values())
    won = sum(
        many * other * (1.0 if high > low else 0.5)
        for high, many in rights.items()
        for low, other in wrongs.items()
        if high >= low
    )
    return won / total if total else None


def _counts(judged: Iterable[Judged]) -> Counter[str]:
    return Counter(name for one in judged for name, value in one.features.items() if value)


def _columns(judged: Sequence[Judged]) -> list[str]:
    """The features that enough claims have, in the judge's order."""
    counts = _counts(judged)
    return [name for name in FEATURES if counts[name] >= _LEAST]


def _matrix(judged: Sequence[Judged], columns: Sequence[str]) -> Any:
    rows = [
        [1.0, float(one.set == "gold"), *(one.features[name] for name in columns)] for one in judged
    ]
    return np.array(rows)


def _rights(judged: Sequence[Judged]) -> Any:
    return np.array([float(one.right) for one in judged])


def _regress(matrix: Any, rights: Any) -> Any:
    """Weights of a logistic regression by Newton's method, drawn towards nothing."""
    penalty = np.full(matrix.shape[1], _PENALTY)
    penalty[:2] = 0.01
    weights = np.zeros(matrix.shape[1])
    for _ in range(_STEPS):
        chances = 1 / (1 + np.exp(-np.clip(matrix @ weights, -30, 30)))
        slope = matrix.T @ (rights - chances) - penalty * weights
        curve = (matrix * (chances * (1 - chances))[:, None]).T @ matrix + np.diag(penalty)
        weights = weights + np.linalg.solve(curve, slope)
    return weights


def _rank_left_out(judged: Sequence[Judged], columns: Sequence[str]) -> float:
    articles = sorted({one.article for one in judged})
    fold_of = {article: number % _FOLDS for number, article in enumerate(articles)}
    scores = np.zeros(len(judged))
    matrix, rights = _matrix(judged, columns), _rights(judged)
    folds = np.array([fold_of[one.article] for one in judged])
    for fold in range(_FOLDS):
        weights = _regress(matrix[folds != fold], rights[folds != fold])
        scores[folds == fold] = matrix[folds == fold] @ weights
    return _mean_ranking(judged, [float(score) for score in scores])


def _mean_ranking(judged: Sequence[Judged], scores: Sequence[float]) -> float:
    """The mean of the sets' rankings."""
    pairs = list(zip(judged, scores, strict=True))
    found = [
        ranking([(score, one.right) for one, score in pairs if one.set == name])
        for name in sorted({one.set for one in judged})
    ]
    kept = [value for value in found if value is not None]
    return sum(kept) / len(kept) if kept else 0.5
