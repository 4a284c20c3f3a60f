"""The judge's weights are data: every feature has one, with a sentence, or the file is refused."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from pipeline.errors import LexiconError
from pipeline.extraction.judge import FEATURES, Judge, Position, read_weights
from pipeline.lexicon.folder import packaged_models

PACKAGED = (packaged_models(),)
TEXT = (PACKAGED[0] / "judge.yaml").read_text(encoding="utf-8")


def write(folder: Path, data: dict[str, object]) -> tuple[Path, ...]:
    (folder / "judge.yaml").write_text(yaml.safe_dump(data), encoding="utf-8")
    return (*PACKAGED, folder)


def own(**changes: object) -> dict[str, object]:
    data: dict[str, object] = yaml.safe_load(TEXT)
    return data | changes


def test_every_feature_has_a_weight_and_a_sentence():
    weights = read_weights(PACKAGED).weights
    assert set(weights) == set(FEATURES)
    assert all(weight.says for weight in weights.values())


def test_an_own_file_replaces_the_packaged_one(tmp_path):
    folders = write(tmp_path, own(best=0.5))
    assert read_weights(folders).best == 0.5
    assert read_weights(PACKAGED).best == yaml.safe_load(TEXT)["best"] != 0.5


@pytest.mark.parametrize("name", sorted(FEATURES))
def test_a_missing_feature_is_refused_by_name(tmp_path, name):
    rows = [row for row in yaml.safe_load(TEXT)["weights"] if row["feature"] != name]
    with pytest.raises(LexiconError, match=f"judge.yaml:1: no weight for {name}$"):
        read_weights(write(tmp_path, own(weights=rows)))


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ({"feature": "length", "weight": 1, "says": "x"}, "unknown feature 'length'; known are"),
        ({"feature": "hedged", "weight": 1, "says": "x"}, "'hedged' has a weight already"),
        ({"feature": "hedged", "weight": "1", "says": "x"}, "weight is '1'; it must be a number"),
        ({"feature": "hedged", "weight": True, "says": "x"}, "weight is True; it must be"),
        ({"feature": "hedged", "weight": 1}, "hedged needs says, a sentence"),
        ({"feature": "hedged", "weight": 1, "says": "x", "why": "y"}, "unknown key 'why'"),
    ],
)
def test_a_wrong_weight_is_refused_with_its_line(tmp_path, row, message):
    rows = [*yaml.safe_load(TEXT)["weights"], row]
    with pytest.raises(LexiconError, match=r"judge.yaml:\d+: .*" + message):
        read_weights(write(tmp_path, own(weights=rows)))


def test_a_file_without_an_end_of_the_scale_is_refused(tmp_path):
    with pytest.raises(LexiconError, match="best is None; it must be a number"):
        read_weights(write(tmp_path, own(best=None)))


def test_the_score_is_the_best_with_what_each_feature_adds():
    judge = Judge(read_weights(PACKAGED))
    sure = Position(
        inferred=False, entity="country:CL", has_target=True, attributed=False, negated=False,
        hedged=False, rules=("rule.target.that",), entry=None,
    )  # fmt: skip
    assert judge.score(sure) == judge.weights.best
    assert judge.reasons(sure) == ()
    poor = Position(
        inferred=True, entity=None, has_target=False, attributed=True, negated=True, hedged=True,
        rules=(), entry=None,
    )  # fmt: skip
    added = sum(reason.added for reason in judge.reasons(poor))
    assert judge.score(poor) == pytest.approx(judge.weights.best + added)
    assert judge.score(poor) < judge.score(sure)
