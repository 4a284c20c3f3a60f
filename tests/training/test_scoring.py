"""The scores of fast are fitted: they become the share of right claims."""

from __future__ import annotations

import pytest
import yaml

from pipeline.extraction.judge import FEATURES, read_weights
from pipeline.lexicon.folder import packaged_models
from training.scoring import Judged, cross_validate, fit_weights, score, write_weights


def judged(count: int, share: float, *present: str) -> list[Judged]:
    features = {name: float(name in present) for name in FEATURES}
    right = round(count * share)
    return [Judged(f"a{n % 10}", features, 0.5, n < right) for n in range(count)]


def test_a_score_is_the_share_of_right_claims():
    told = [*judged(400, 0.8), *judged(400, 0.5, "hedged")]
    weights = fit_weights(told)
    assert score(weights, told[0].features) == pytest.approx(0.8, abs=0.02)
    assert score(weights, told[-1].features) == pytest.approx(0.5, abs=0.02)
    assert not weights.weights["neutral"].weight


def test_no_score_leaves_its_bounds():
    told = [*judged(400, 1.0), *judged(400, 0.0, "hedged")]
    weights = fit_weights(told)
    assert score(weights, told[0].features) == weights.most < 1
    assert score(weights, told[-1].features) == weights.least > 0


def test_an_article_is_scored_by_weights_that_do_not_know_it():
    told = judged(100, 1.0)
    lone = [Judged("lone", told[0].features, 0.5, right=False)] * 100
    folds = {**{one.article: 0 for one in told}, "lone": 1}
    by_right = {right: value for value, right in cross_validate([*told, *lone], folds)}
    assert by_right[True] < 0.1
    assert by_right[False] > 0.9


def test_written_weights_are_read_and_keep_their_sentences(tmp_path):
    text = (packaged_models() / "judge.yaml").read_text(encoding="utf-8")
    path = tmp_path / "judge.yaml"
    path.write_text(text, encoding="utf-8")
    weights = fit_weights([*judged(400, 0.8), *judged(400, 0.5, "hedged")])
    write_weights(path, weights)
    found = read_weights((tmp_path,))
    assert found.best == weights.best
    assert {name: one.weight for name, one in found.weights.items()} == {
        name: one.weight for name, one in weights.weights.items()
    }
    said = {row["feature"]: row["says"] for row in yaml.safe_load(text)["weights"]}
    assert {name: one.says for name, one in found.weights.items()} == said
