"""The learned judge's weights are data, and its chances come of them alone."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from pipeline.errors import LexiconError
from pipeline.extraction.judge import POSITION, STANCES, LearnedJudge, read_odds
from pipeline.lexicon.folder import packaged_models

PACKAGED = (packaged_models(),)
TEXT = (PACKAGED[0] / "judge_full.yaml").read_text(encoding="utf-8")


def write(folder: Path, **changes: object) -> tuple[Path, ...]:
    data = yaml.safe_load(TEXT) | changes
    (folder / "judge_full.yaml").write_text(yaml.safe_dump(data), encoding="utf-8")
    return (*PACKAGED, folder)


def test_every_feature_has_a_weight_and_a_sentence():
    odds = read_odds(PACKAGED)
    assert (set(odds.position), set(odds.stances)) == (set(POSITION), set(STANCES))
    assert all(weight.says for weight in (*odds.position.values(), *odds.stances.values()))
    assert any(weight.weight for weight in odds.position.values())
    assert 0 < odds.keep < 1


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"keep": "half"}, "keep is 'half'; it must be a number"),
        ({"chance": {"bias": 0.0}}, "position is None; it must be a number"),
        ({"position": []}, "no weight for holder-inferred"),
        ({"stances": [{"feature": "loud", "weight": 1, "says": "x"}]}, "unknown feature 'loud'"),
        ({"why": 1}, "unknown key 'why'"),
    ],
)
def test_a_wrong_file_is_refused_with_its_line(tmp_path, changes, message):
    with pytest.raises(LexiconError, match=r"judge_full.yaml:\d+: .*" + message):
        read_odds(write(tmp_path, **changes))


def test_odds_are_the_bias_and_what_each_feature_adds():
    judge = LearnedJudge(read_odds(PACKAGED))
    weighed = {"ruled": 1.0, "read": 1.0, "cue-chance": 2.0}
    added = sum(reason.added for reason in judge.reasons(weighed))
    assert judge.position_odds(weighed) == pytest.approx(judge.odds.bias + added)
    assert judge.position_odds(weighed) > judge.position_odds({"read": 1.0, "cue-chance": -2.0})
