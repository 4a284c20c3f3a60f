"""How well scores rank, and what the features of a claim are, on hand-made cases."""

from __future__ import annotations

import pytest

from benchmarks.claim_features import Judged, features_of
from benchmarks.score_fit import FEATURES, fit_costs, ranking
from pipeline.records import (
    Claim,
    Evidence,
    Extraction,
    Form,
    Holder,
    Kind,
    Mention,
    Sentence,
    Source,
    Span,
    Stance,
)

TEXT = "Critics did not reject the draft."


def test_ranking_is_the_chance_that_a_right_claim_scores_higher():
    assert ranking([(0.9, True), (0.1, False)]) == 1.0
    assert ranking([(0.1, True), (0.9, False)]) == 0.0
    assert ranking([(0.5, True), (0.5, False)]) == 0.5
    assert ranking([(0.5, True)]) is None


def test_features_of_a_claim():
    claim = Claim(
        "c", Holder(0, 7, "group:critics"), Span(16, 22), Stance.SUPPORT, Form.STATEMENT,
        target=Span(23, 32), negated=True,
        evidence=Evidence("cue.reject.x", ("rule.holder.subject", "rule.target.object")),
    )  # fmt: skip
    mention = Mention(0, 7, Kind.GROUP, "group:critics", (Source.PATTERN,))
    extraction = Extraction("a", TEXT, (Sentence(0, 33),), (mention,), (claim,))
    found = features_of(extraction, claim, {})
    assert found["holder"] == "nominal"
    assert found["target"] == "object"
    assert found["turned"] == "yes"
    assert found["family"] == "reject"
    assert found["long sentence"] == "no"


def test_a_feature_of_wrong_claims_costs_and_one_of_right_claims_does_not():
    def make(number: int, hedged: bool) -> Judged:
        features = dict.fromkeys(FEATURES, "x") | {"hedged": "yes" if hedged else "no"}
        right = number % 10 < (3 if hedged else 8)
        return Judged("gold", f"a{number % 7}", 0.5, features, right)

    fit = fit_costs([make(n, hedged) for hedged in (False, True) for n in range(50 - 10 * hedged)])
    (row,) = fit.rows
    assert (row.feature, row.value, row.count) == ("hedged", "yes", 40)
    assert 0.2 < row.cost < 0.6
    assert fit.ranking > fit.ranking_now == pytest.approx(0.5)
