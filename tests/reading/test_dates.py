from __future__ import annotations

import pytest

from pipeline.errors import ArticleError
from pipeline.reading.dates import Convention, Order, find_convention, is_date, read_date


@pytest.mark.parametrize(
    ("written", "date"),
    [
        ("2023-11-07", "2023-11-07"),
        ("2023-11-07T08:15:00+01:00", "2023-11-07"),
        ("2023-11-07 08:15:30.25 UTC", "2023-11-07"),
        ("20231107", "2023-11-07"),
        ("2023/11/7", "2023-11-07"),
        ("25/11/2023", "2023-11-25"),
        ("11/25/2023 9:05 PM", "2023-11-25"),
        ("7.7.2023", "2023-07-07"),
        ("7 November 2023", "2023-11-07"),
        ("Nov. 7th, 2023", "2023-11-07"),
        ("Tue, 07 Nov 2023 08:15:00 GMT", "2023-11-07"),
        ("07-Nov-2023", "2023-11-07"),
        ("Sept 2023", "2023-09"),
        ("2023-11", "2023-11"),
        ("2023", "2023"),
    ],
)
def test_a_date_that_can_be_read_in_one_way_is_read(written: str, date: str) -> None:
    assert read_date(written, Convention()) == date


@pytest.mark.parametrize(
    "written",
    [
        "soon",
        "2023-02-30",
        "31/02/2023",
        "7/11/23",
        "1699344000",
        "2023-W45",
        "May 7",
        "13/13/2023",
    ],
)
def test_what_is_no_date_is_refused(written: str) -> None:
    with pytest.raises(ArticleError, match="is no date") as caught:
        read_date(written, Convention())
    assert caught.value.cause == "date"
    assert written in str(caught.value)


def test_the_column_settles_the_order_or_the_date_is_refused_with_both_readings() -> None:
    with pytest.raises(ArticleError, match="2023-11-07 or 2023-07-11") as caught:
        read_date("7/11/2023", find_convention(["7/11/2023", "2023-01-01"]))
    assert "--date-order" in str(caught.value)
    assert read_date("7/11/2023", find_convention(["7/11/2023", "13/1/2023"])) == "2023-11-07"
    assert read_date("7/11/2023", find_convention(["1/13/2023", "7/11/2023"])) == "2023-07-11"
    mixed = find_convention(["1/13/2023", "13/1/2023", "7/11/2023"])
    assert read_date("13/1/2023", mixed) == "2023-01-13"
    with pytest.raises(ArticleError, match="both orders"):
        read_date("7/11/2023", mixed)
    with pytest.raises(ArticleError, match="no date with month-first"):
        read_date("13/1/2023", Convention(Order.MONTH_FIRST))


def test_day_numbers_of_excel_are_taken_where_the_whole_column_has_them() -> None:
    assert read_date("45237", find_convention(["45237", "45238.5"])) == "2023-11-07"
    assert read_date("45238.5", find_convention(["45237", "45238.5"])) == "2023-11-08"
    with pytest.raises(ArticleError, match="2023-11-07 if it is a day number"):
        read_date("45237", find_convention(["45237", "13/11/2023"]))


def test_only_days_of_the_calendar_are_dates() -> None:
    assert is_date("2024-02-29")
    assert not is_date("2023-02-29")
    assert not is_date("0000")
