"""Dates of statements: counted once a week, month or year, and parted into windows of time."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from pipeline.errors import SettingError
from pipeline.networks.discourse import Said

_LENGTH = re.compile(r"([1-9]\d{0,3})\s*([dwmy])")
_MOST_WINDOWS = 500
_PRECISION = {"d": 10, "w": 10, "m": 7, "y": 4}


class OncePer(StrEnum):
    """Within what the same statement counts once: DNA's handling of duplicates."""

    STATEMENT = "statement"
    DOCUMENT = "document"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"
    RANGE = "range"


@dataclass(frozen=True, slots=True)
class Length:
    """A length of time: ``number`` days, weeks, months or years (``unit``: d, w, m, y)."""

    number: int
    unit: str


@dataclass(frozen=True, slots=True)
class Window:
    """The days from ``first`` to ``last``, both among them."""

    first: date
    last: date

    @property
    def name(self) -> str:
        """The two days, as a file's name has them."""
        return f"{self.first}.{self.last}"


def count_once(said: Iterable[Said], per: OncePer, *, by_stance: bool = True) -> list[Said]:
    """The statements without those that repeat an earlier one in the same document, week, …

    The same: actor, concept and, with ``by_stance``, stance are. Weeks begin on Monday. A date
    that is too coarse for the unit is compared as it stands, and an undated statement with those
    of its article.

    Source: DNA's rDNA manual, ``duplicates`` of ``dna_network``.
    """
    if per is OncePer.STATEMENT:
        return list(said)
    kept: dict[tuple[str, str, str, str], Said] = {}
    for one in said:
        stance = one.stance.value if by_stance else ""
        kept.setdefault((one.actor, one.concept, stance, _period(one, per)), one)
    return list(kept.values())


def _period(one: Said, per: OncePer) -> str:
    if per is OncePer.RANGE:
        return ""
    if per is OncePer.DOCUMENT or not one.date:
        return f"in {one.article}"
    if per is OncePer.WEEK:
        day = day_of(one.date, "w")
        year, week, _ = day.isocalendar() if day else (0, 0, 0)
        return f"{year}-W{week}" if day else one.date
    return one.date[: 4 if per is OncePer.YEAR else 7]


def day_of(text: str, unit: str = "y") -> date | None:
    """The first day that a date can mean; None where it is too coarse for the unit, or none.

    >>> str(day_of("2024-05", "m")), day_of("2024-05", "d")
    ('2024-05-01', None)
    """
    if len(text) < _PRECISION[unit]:
        return None
    try:
        return date.fromisoformat(f"{text[:10]}{'-01-01'[len(text[:10]) - 4 :]}")
    except ValueError:
        return None


def last_day_of(text: str) -> date | None:
    """The last day that a date can mean.

    >>> str(last_day_of("2024-02")), str(last_day_of("2024"))
    ('2024-02-29', '2024-12-31')
    """
    first = day_of(text)
    if first is None or len(text) >= 10:
        return first
    length = Length(1, "m" if len(text) >= 7 else "y")
    return _moved(first, length, 1) - timedelta(days=1)


def parse_length(text: str) -> Length:
    """The length of time that a person wrote.

    >>> parse_length("3m")
    Length(number=3, unit='m')

    Raises:
        SettingError: it is none.
    """
    if found := _LENGTH.fullmatch(text.strip().lower()):
        return Length(int(found[1]), found[2])
    raise SettingError(
        f"{text!r} is no length of time; write days, weeks, months or years as 10d, 2w, 3m or 1y"
    )


def windows_of(said: Sequence[Said], size: Length, step: Length) -> tuple[Window, ...]:
    """The windows over the dates of the statements, one step apart; none where nothing is dated.

    The first begins with the calendar unit of the step in which the first statement lies, the last
    is the first that reaches the last statement: each dated statement lies in one at least where
    the step is no longer than the window.

    Raises:
        SettingError: the step is longer than the window, or there would be too many.
    """
    unit = finest(size, step)
    days = sorted(filter(None, (day_of(one.date, unit) for one in said)))
    if not days:
        return ()
    start = _floor(days[0], step.unit)
    if _moved(start, step, 1) > _moved(start, size, 1):
        raise SettingError("the step is longer than the window: what lies between would be lost")
    found: list[Window] = []
    while not found or found[-1].last < days[-1]:
        first = _moved(start, step, len(found))
        found.append(Window(first, _moved(first, size, 1) - timedelta(days=1)))
        if len(found) > _MOST_WINDOWS:
            raise SettingError(
                f"more than {_MOST_WINDOWS} windows; take a longer step, as --step 1m"
            )
    return tuple(found)


def within(said: Iterable[Said], window: Window, unit: str) -> Iterator[Said]:
    """The statements whose day lies in the window; ``unit`` is how exact a date must be."""
    for one in said:
        day = day_of(one.date, unit)
        if day is not None and window.first <= day <= window.last:
            yield one


def finest(size: Length, step: Length) -> str:
    """The unit of the two that asks most of a date."""
    return min(size.unit, step.unit, key="dwmy".index)


def _floor(day: date, unit: str) -> date:
    match unit:
        case "w":
            return day - timedelta(days=day.weekday())
        case "m":
            return day.replace(day=1)
        case "y":
            return day.replace(month=1, day=1)
        case _:
            return day


def _moved(day: date, length: Length, times: int) -> date:
    """The day that many lengths on; where a month has no such day, its last."""
    number = length.number * times
    if length.unit in "dw":
        return day + timedelta(days=number * (7 if length.unit == "w" else 1))
    months = day.year * 12 + day.month - 1 + number * (12 if length.unit == "y" else 1)
    year, month = divmod(months, 12)
    following = date(year + (month == 11), (month + 1) % 12 + 1, 1)
    return date(year, month + 1, min(day.day, (following - timedelta(days=1)).day))
