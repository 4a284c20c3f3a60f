"""Dates as people and spreadsheets write them into ISO 8601, or the reason why not.

What can be the fifth of June or the sixth of May is neither, until the other dates of its column
settle the order.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache

from pipeline.errors import ArticleError

EXAMPLE = "2024-05-31, 2024-05 or 2024"

_ISO = re.compile(r"([1-9]\d{3})(?:-(\d\d)(?:-(\d\d))?)?", re.ASCII)
_BASIC = re.compile(r"([12]\d{3})(\d\d)(\d\d)", re.ASCII)
_YEAR_FIRST = re.compile(r"([1-9]\d{3})([-/.])(\d{1,2})\2(\d{1,2})", re.ASCII)
_YEAR_LAST = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2([1-9]\d{3})", re.ASCII)
_TIME = re.compile(
    r"(?:T|,?\s+(?:at\s+)?)\d{1,2}[:.]\d\d(?:[:.]\d\d(?:[.,]\d+)?)?"
    r"\s*(?:[ap]\.?m\.?)?\s*(?:Z|[A-Z]{2,5}|(?:UTC|GMT)?\s*[+-]\d\d:?\d\d)?\s*$",
    re.ASCII | re.IGNORECASE,
)
_SERIAL = re.compile(r"(\d{5})(?:[.,]\d+)?", re.ASCII)
_DAY_ZERO = date(1899, 12, 30)
_SERIALS = range(10_000, 73_051)
_PARTS = re.compile(r"[\s,./-]+")
_DAY = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?", re.ASCII)
_YEAR = re.compile(r"[1-9]\d{3}", re.ASCII)
_LONGEST = 60


class Order(StrEnum):
    """Which comes first in dates such as 05/06/2024."""

    DAY_FIRST = "day-first"
    MONTH_FIRST = "month-first"


@dataclass(frozen=True, slots=True)
class Readings:
    """What a date can mean, in ISO 8601; nothing where it is no date.

    ``sure`` holds whatever the order; ``serial`` is what a bare number is as a day of Excel's.
    """

    sure: str | None = None
    day_first: str | None = None
    month_first: str | None = None
    serial: str | None = None

    def all(self) -> frozenset[str]:
        """Every reading."""
        found = (self.sure, self.day_first, self.month_first, self.serial)
        return frozenset(one for one in found if one is not None)


@dataclass(frozen=True, slots=True)
class Convention:
    """How the dates of a column are written; ``order`` is None where nothing settles it.

    ``mixed`` says that some have the day first and others the month, ``serials`` that all are day
    numbers of Excel's.
    """

    order: Order | None = None
    mixed: bool = False
    serials: bool = False


def find_readings(value: str) -> Readings:
    """What a date as it is written can mean; times and weekdays are left aside.

    >>> find_readings("May 31st, 2024").sure, find_readings("2024-05-31T10:00Z").sure
    ('2024-05-31', '2024-05-31')
    >>> sorted(find_readings("05/06/2024").all()), find_readings("2024-02-30").all()
    (['2024-05-06', '2024-06-05'], frozenset())

    Source: ISO 8601-1:2019, 5.2.2 and 5.4; the 1900 date system of ECMA-376-1:2016, 18.17.4.1.
    """
    text = " ".join(value.split())
    if len(text) > _LONGEST:
        return Readings()
    if (serial := _serial(text)) is not None:
        return Readings(serial=serial)
    text = _TIME.sub("", text)
    if found := _ISO.fullmatch(text):
        return Readings(sure=_iso(*found.groups()))
    if found := _BASIC.fullmatch(text):
        return Readings(sure=_iso(*found.groups()))
    if found := _YEAR_FIRST.fullmatch(text):
        return Readings(sure=_iso(found[1], found[3], found[4]))
    if found := _YEAR_LAST.fullmatch(text):
        day_first = _iso(found[4], found[3], found[1])
        month_first = _iso(found[4], found[1], found[3])
        if day_first == month_first:
            return Readings(sure=day_first)
        return Readings(day_first=day_first, month_first=month_first)
    return Readings(sure=_with_month_name(text))


def find_convention(values: Iterable[str]) -> Convention:
    """How the dates of a column are written, by those of them that can be read in one way only.

    >>> find_convention(["05/06/2024", "31/05/2024"]).order
    <Order.DAY_FIRST: 'day-first'>
    """
    found = [find_readings(value) for value in values]
    day = any(one.day_first and not one.month_first for one in found)
    month = any(one.month_first and not one.day_first for one in found)
    order = Order.DAY_FIRST if day else Order.MONTH_FIRST if month else None
    serials = bool(found) and all(one.serial for one in found)
    return Convention(None if day and month else order, day and month, serials)


def read_date(value: str, convention: Convention) -> str:
    """The date in ISO 8601, to the day, the month or the year as it is known.

    Raises:
        ArticleError: ``date``: it is none, or can be two.

    >>> read_date("05/06/2024", Convention(Order.MONTH_FIRST))
    '2024-05-06'
    """
    found = find_readings(value)
    if found.sure is not None:
        return found.sure
    if found.serial is not None:
        if convention.serials:
            return found.serial
        raise _refused(
            value,
            f"is {found.serial} if it is a day number of Excel's, but other dates of the column "
            "are none; format the column as dates, as 2024-05-31",
        )
    if found.day_first and found.month_first:
        if convention.order is Order.DAY_FIRST:
            return found.day_first
        if convention.order is Order.MONTH_FIRST:
            return found.month_first
        why = "has both orders" if convention.mixed else "does not settle which"
        raise _refused(
            value,
            f"can be {found.day_first} or {found.month_first}, and its column {why}; "
            "say it with --date-order day-first or month-first",
        )
    if (only := found.day_first or found.month_first) is not None:
        if convention.order in (None, _order_of(found)):
            return only
        raise _refused(value, f"is no date with {convention.order}; write it as {EXAMPLE}")
    raise _refused(value, f"is no date; write it as {EXAMPLE}")


def _order_of(found: Readings) -> Order:
    return Order.DAY_FIRST if found.day_first else Order.MONTH_FIRST


def is_date(value: str) -> bool:
    """Whether this is a day, month or year of the calendar, in ISO 8601.

    >>> is_date("2024-02-29"), is_date("2023-02-29"), is_date("29.2.2024")
    (True, False, False)
    """
    found = _ISO.fullmatch(value)
    return found is not None and _iso(*found.groups()) is not None


def certain_date(value: str) -> str | None:
    """The date in ISO 8601 where it can be read in one way only, whatever other dates there are.

    >>> certain_date("31/05/2024"), certain_date("05/06/2024"), certain_date("45443")
    ('2024-05-31', None, None)
    """
    found = find_readings(value)
    only = {one for one in (found.sure, found.day_first, found.month_first) if one is not None}
    return only.pop() if len(only) == 1 else None


def _refused(value: str, why: str) -> ArticleError:
    return ArticleError(f"its date {value:.{_LONGEST}} {why}", cause="date")


def _iso(year: str, month: str | None = None, day: str | None = None) -> str | None:
    """The date as it is written in ISO 8601; None where the calendar has none such."""
    try:
        whole = date(int(year), int(month or 1), int(day or 1)).isoformat()
    except ValueError:
        return None
    return whole if day else whole[:7] if month else whole[:4]


def _serial(text: str) -> str | None:
    found = _SERIAL.fullmatch(text)
    if found is None or int(found[1]) not in _SERIALS:
        return None
    return (_DAY_ZERO + timedelta(days=int(found[1]))).isoformat()


def _with_month_name(text: str) -> str | None:
    """The date of one whose month is a name: 31 May 2024, May 31st, 2024, Fri 31-May-2024."""
    months, _ = _names()
    parts = _parts(text)
    named = [months[part] for part in parts if part in months]
    years = [part for part in parts if _YEAR.fullmatch(part)]
    numbers = [found[1] for part in parts if (found := _DAY.fullmatch(part))]
    if len(named) != 1 or len(years) != 1 or len(numbers) > 1:
        return None
    if len(parts) != 2 + len(numbers):
        return None
    return _iso(years[0], str(named[0]), *numbers)


def _parts(text: str) -> list[str]:
    """The words and numbers of a date in small letters, but for the day of the week before it."""
    _, days = _names()
    parts = [part for part in _PARTS.split(text.lower()) if part and part != "of"]
    return parts[1:] if parts and parts[0] in days else parts


@lru_cache(maxsize=1)
def _names() -> tuple[dict[str, int], frozenset[str]]:
    """The numbers of the months by their English names and short forms, and those of weekdays."""
    from babel.dates import get_day_names, get_month_names

    months: dict[str, int] = {}
    days: set[str] = set()
    for locale in ("en", "en_GB"):
        for width in ("wide", "abbreviated"):
            for number, name in get_month_names(width, locale=locale).items():
                months[str(name).lower().strip(".")] = int(number)
            days.update(
                str(name).lower().strip(".")
                for name in get_day_names(width, locale=locale).values()
            )
    return months, frozenset(days)
