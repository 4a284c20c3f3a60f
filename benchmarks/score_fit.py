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
from pipeline.learning.calibration import ranking
from pipeline.learning.fit import fit_logistic

_LEAST = 15
_FOLDS = 5


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
    weights = fit_logistic(_matrix(judged, columns), _rights(judged))
    gold = [one for one in judged if one.set == "gold"]
    on_gold = fit_logistic(_matrix(gold, columns), _rights(gold))
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


def _rank_left_out(judged: Sequence[Judged], columns: Sequence[str]) -> float:
    articles = sorted({one.article for one in judged})
    fold_of = {article: number % _FOLDS for number, article in enumerate(articles)}
    scores = np.zeros(len(judged))
    matrix, rights = _matrix(judged, columns), _rights(judged)
    folds = np.array([fold_of[one.article] for one in judged])
    for fold in range(_FOLDS):
        weights = fit_logistic(matrix[folds != fold], rights[folds != fold])
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
