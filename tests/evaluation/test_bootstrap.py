from __future__ import annotations

import pytest

from pipeline.errors import SettingError
from pipeline.evaluation.bootstrap import Interval, find_f1_interval
from pipeline.evaluation.scores import Counts

MIXED = (Counts(1, 4, 4), Counts(3, 4, 4), Counts(4, 4, 4), Counts(0, 4, 4))


def test_the_same_seed_gives_the_same_interval() -> None:
    assert find_f1_interval(MIXED, seed=5) == find_f1_interval(MIXED, seed=5)
    assert find_f1_interval(MIXED, seed=5, samples=50) != find_f1_interval(
        MIXED, seed=6, samples=50
    )


def test_interval_holds_the_figure() -> None:
    # 8 matched of 16 + 16: F1 = 0.5.
    interval = find_f1_interval(MIXED)
    assert 0.0 <= interval.low < 0.5 < interval.high <= 1.0


def test_articles_that_are_all_alike_leave_no_doubt() -> None:
    assert find_f1_interval([Counts(1, 2, 2)] * 9) == Interval(0.5, 0.5)


def test_a_lower_level_is_narrower() -> None:
    wide, narrow = find_f1_interval(MIXED), find_f1_interval(MIXED, level=0.5)
    assert narrow.high - narrow.low < wide.high - wide.low


def test_empty_articles_count_as_right_and_none_leave_all_open() -> None:
    assert find_f1_interval([Counts()]) == Interval(1.0, 1.0)
    assert find_f1_interval([]) == Interval(0.0, 1.0)


@pytest.mark.parametrize("options", [{"samples": 0}, {"level": 1.0}])
def test_a_wrong_setting_is_refused(options: dict[str, int]) -> None:
    with pytest.raises(SettingError):
        find_f1_interval(MIXED, **options)
