"""What the judge's features cost, on hand-made cases."""

from __future__ import annotations

import pytest

from benchmarks.claim_features import Judged
from benchmarks.score_fit import fit_costs
from pipeline.extraction.judge import FEATURES


def test_a_feature_of_wrong_claims_costs_and_one_of_right_claims_does_not():
    def make(number: int, hedged: bool) -> Judged:
        features = dict.fromkeys(FEATURES, 0.0) | {"hedged": float(hedged)}
        right = number % 10 < (3 if hedged else 8)
        return Judged("gold", f"a{number % 7}", 0.5, features, right)

    fit = fit_costs([make(n, hedged) for hedged in (False, True) for n in range(50 - 10 * hedged)])
    (row,) = fit.rows
    assert (row.feature, row.count) == ("hedged", 40)
    assert 0.2 < row.cost < 0.6
    assert fit.ranking > fit.ranking_now == pytest.approx(0.5)
