"""Statements counted once a time, and windows of time."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.errors import SettingError
from pipeline.networks.dates import (
    Length,
    OncePer,
    count_once,
    day_of,
    finest,
    last_day_of,
    parse_length,
    windows_of,
    within,
)
from tests.networks.build import discourse_of

REPEATED = (
    "A ban + one 2024-01-01",
    "A ban + one 2024-01-01",
    "A ban + two 2024-01-07",  # the Sunday of the same week
    "A ban + three 2024-01-08",  # the Monday of the next
    "A ban - three 2024-01-08",
    "A ban + four 2024-02-01",
    "A ban + five 2025-01-01",  # the same month of another year is another month
    "A ban + six -",
    "A ban + seven -",
)


@pytest.mark.parametrize(
    ("per", "count"),
    [
        (OncePer.STATEMENT, 9),
        (OncePer.DOCUMENT, 8),
        (OncePer.WEEK, 7),
        (OncePer.MONTH, 6),
        (OncePer.YEAR, 5),
        (OncePer.RANGE, 2),
    ],
)
def test_the_same_statement_counts_once_a_time(per: OncePer, count: int) -> None:
    assert len(count_once(discourse_of(REPEATED).said, per)) == count


def test_without_the_stance_opposites_are_the_same_statement() -> None:
    said = discourse_of(REPEATED).said
    assert len(count_once(said, OncePer.RANGE, by_stance=False)) == 1
    assert len(count_once(said, OncePer.DOCUMENT, by_stance=False)) == 7


def test_a_date_too_coarse_for_the_unit_is_compared_as_it_stands() -> None:
    lines = [
        "A ban + one 2024",
        "A ban + two 2024",
        "A ban + three 2024-05",
        "A ban + four 2024-05",
    ]
    kept = count_once(discourse_of(lines).said, OncePer.WEEK)
    assert [one.article for one in kept] == ["one", "three"]


@pytest.mark.parametrize(
    ("text", "length"),
    [("3m", (3, "m")), ("10D", (10, "d")), (" 2 w", (2, "w")), ("1y", (1, "y"))],
)
def test_lengths_of_time_are_read(text: str, length: tuple[int, str]) -> None:
    assert parse_length(text) == Length(*length)


@pytest.mark.parametrize("text", ["", "m", "0m", "3q", "-1y", "3 months", "1.5y", "99999d"])
def test_what_is_no_length_of_time_is_refused_with_examples(text: str) -> None:
    with pytest.raises(SettingError, match="10d, 2w, 3m or 1y"):
        parse_length(text)


@pytest.mark.parametrize(
    ("size", "step", "count", "last"),
    [
        ("1m", "1m", 13, "2025-01-01.2025-01-31"),
        ("3m", "1m", 11, "2024-11-01.2025-01-31"),
        ("3m", "3m", 5, "2025-01-01.2025-03-31"),
        ("1y", "1y", 2, "2025-01-01.2025-12-31"),
        ("2w", "1w", 54, "2025-01-06.2025-01-19"),
        ("400d", "400d", 1, "2024-01-02.2025-02-04"),
    ],
)
def test_windows_reach_from_the_first_statement_to_the_last(
    size: str, step: str, count: int, last: str
) -> None:
    found = windows_of(discourse_of().said, parse_length(size), parse_length(step))
    assert (len(found), found[-1].name) == (count, last)


def test_windows_begin_with_calendar_units() -> None:
    said = discourse_of(["A ban + one 2024-02-29"]).said
    first = {
        unit: str(windows_of(said, Length(1, unit), Length(1, unit))[0].first) for unit in "dwmy"
    }  # 29 February 2024 was a Thursday
    assert first == {
        "d": "2024-02-29", "w": "2024-02-26", "m": "2024-02-01", "y": "2024-01-01",
    }  # fmt: skip


def test_statements_that_no_window_can_place_are_in_none() -> None:
    said = discourse_of(["A ban + one -", "A ban + two 2024", "A ban + three 2024-05"]).said
    months, days = Length(1, "m"), Length(1, "d")
    (window,) = windows_of(said, months, months)
    assert [one.article for one in within(said, window, "m")] == ["three"]
    assert windows_of(said, months, days) == ()
    assert finest(months, days) == "d"


def test_a_step_that_would_lose_statements_and_too_many_windows_are_refused() -> None:
    said = discourse_of().said
    with pytest.raises(SettingError, match="longer than the window"):
        windows_of(said, Length(1, "m"), Length(2, "m"))
    with pytest.raises(SettingError, match="take a longer step"):
        windows_of(discourse_of(["A b + x 1990-01-01", "A b + y 2024-01-01"]).said,
                   Length(1, "d"), Length(1, "d"))  # fmt: skip


DAYS = st.dates(date(1999, 1, 1), date(2001, 12, 31))
LENGTHS = st.builds(Length, st.integers(1, 14), st.sampled_from("wmy"))


@settings(deadline=None)
@given(st.lists(DAYS, min_size=1, max_size=6), LENGTHS)
def test_every_dated_statement_lies_in_one_of_successive_windows(
    days: list[date], size: Length
) -> None:
    said = discourse_of([f"A ban + one {day}" for day in days]).said
    found = windows_of(said, size, size)
    assert sum(len(list(within(said, window, size.unit))) for window in found) == len(days)
    for one, other in pairwise(found):
        assert (other.first - one.last).days == 1


@pytest.mark.parametrize("text", ["", "2024-13", "soon", "2024-02-30", "20"])
def test_what_is_no_date_has_no_day(text: str) -> None:
    assert day_of(text) is last_day_of(text) is None
