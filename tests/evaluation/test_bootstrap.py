from __future__ import annotations

from collections.abc import Sequence

import pytest

from pipeline.errors import SettingError
from pipeline.evaluation.bootstrap import (
    Interval,
    find_f1_interval,
    find_interval,
    find_ratio_interval,
)
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


def test_a_share_is_summed_over_the_articles_drawn_and_one_of_none_counts_for_none() -> None:
    shares = [(1, 4), (3, 4), (0, 0), (2, 2)]
    interval = find_ratio_interval(shares)
    assert 0.25 <= interval.low < 6 / 10 < interval.high <= 1.0
    assert find_ratio_interval([(0, 0), (0, 0)]) == Interval(0.0, 1.0)
    assert find_ratio_interval([(0, 0)], of_none=1.0) == Interval(1.0, 1.0)


def test_any_figure_of_the_articles_drawn_has_an_interval() -> None:
    values = (2.0, 4.0, 4.0, 6.0)
    interval = find_interval(4, lambda drawn: sum(values[n] for n in drawn) / len(drawn))
    assert 2.0 <= interval.low < 4.0 < interval.high <= 6.0
    counted = [Counts(1, 2, 2), Counts(2, 2, 2)]
    as_f1 = find_interval(2, lambda drawn: sum((counted[n] for n in drawn), Counts()).f1)
    assert as_f1 == find_f1_interval(counted)


def test_a_figure_that_cannot_be_told_of_some_draws_is_told_of_the_others() -> None:
    def of_both(drawn: Sequence[int]) -> float | None:
        return 0.5 if len(set(drawn)) == 2 else None

    assert find_interval(2, of_both) == Interval(0.5, 0.5)
    assert find_interval(1, of_both) == Interval(0.0, 1.0)
    assert find_interval(0, of_both) == Interval(0.0, 1.0)
