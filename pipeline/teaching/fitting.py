"""A lesson of decided articles: what is added to the reader, and to the judge."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

import numpy as np

from pipeline.extraction.propose.reader import Tuning
from pipeline.learning.layers import Floats, fit_added, fit_choices, shares_of
from pipeline.lexicon.lesson import Odds
from pipeline.teaching.rows import Table, Told, names_of

FREE = 1.0
"""How strongly biases are drawn to what ships."""
STANCES, NAMED, SLOPE = 300.0, 10.0, 10.0
"""How strongly the states of cues, named features and slopes are."""
LEAST = 5
"""So many claims must have a feature for it to be weighed."""
_DIGITS = 4


def fit_tuning(stances: Sequence[Table]) -> Tuning:
    """What is added to the reader's scores of the stances, by the decided articles' cues."""
    told = Table.joined(stances)
    return Tuning(_rounded(fit_choices(told.rows, told.said, told.shipped, STANCES)))


def stance_loss(tuning: Tuning | None, told: Table) -> float:
    """The log loss of the stances that people gave, added up; as it ships where it is not tuned."""
    scores = told.shipped if tuning is None else told.shipped + told.rows @ tuning.stances.T
    return float(-np.log((shares_of(scores) * told.said).sum(axis=1)).sum())


def fit_odds(told: Sequence[Sequence[Told]], *, stands: bool) -> Odds:
    """What is added to the log-odds that a position stands, or that a claim is right as it is."""
    claims = list(chain.from_iterable(told))
    names = names_of(told, LEAST)
    shipped = np.array([one.taken if stands else one.shipped for one in claims])
    said = np.array([float(one.stands if stands else one.right) for one in claims])
    rows = np.array(
        [[1.0, odds, *(one.features.get(name, 0.0) for name in names)]
         for one, odds in zip(claims, shipped, strict=True)]
    )  # fmt: skip
    penalties = np.array([FREE, SLOPE, *([NAMED] * len(names))])
    bias, slope, *weights = _rounded(fit_added(rows, said, shipped, penalties)).tolist()
    kept = {name: value for name, value in zip(names, weights, strict=True) if value}
    return Odds(bias, round(1.0 + slope, _DIGITS), kept)


def _rounded(values: Floats) -> Floats:
    return np.round(values, _DIGITS)
