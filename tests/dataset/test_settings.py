from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.dataset.records import Order, Rule
from pipeline.dataset.settings import ReviewSettings, read_review_settings
from pipeline.errors import SettingError


def test_what_is_not_said_is_as_usual(tmp_path: Path) -> None:
    assert read_review_settings(tmp_path) == ReviewSettings("Claims", None, Rule.MAJORITY)
    (tmp_path / "review.toml").write_text('reviewers = 2\nrule = "adjudicated"\n')
    found = read_review_settings(tmp_path)
    assert found == ReviewSettings("Claims", 2, Rule.ADJUDICATED)
    (tmp_path / "review.toml").write_text('order = "article"\nsample = 0\n')
    queue = read_review_settings(tmp_path)
    assert (queue.order, queue.sample) == (Order.ARTICLE, 0.0)
    assert queue.but(sample=0.2, order=Order.EFFECT).sample == 0.2
    assert found.but(reviewers=3) == ReviewSettings("Claims", 3, Rule.ADJUDICATED)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("reviewers = 0", "reviewers is a number from 1 on, not 0"),
        ("reviewers = true", "reviewers"),
        ('rule = "all"', "rule is one of first, majority, adjudicated, not 'all'"),
        ('project = "X"', "3 letters"),
        ("judges = 2", "unknown key 'judges'; known are project, reviewers, rule, order, sample"),
        ('order = "random"', "order is one of risk, article, effect, not 'random'"),
        ("sample = 10", "sample is a share from 0 to 1, not 10"),
        ("sample = true", "sample"),
        ("reviewers =", "not valid TOML"),
    ],
)
def test_a_wrong_setting_is_named_with_its_file(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "review.toml").write_text(text)
    with pytest.raises(SettingError, match=r"review\.toml") as caught:
        read_review_settings(tmp_path)
    assert message in str(caught.value)
