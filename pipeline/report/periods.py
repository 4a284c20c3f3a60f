"""Claims over time: how many support and oppose in each month, quarter or year."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from pipeline.report.counts import Counts

MOST = 40
"""How many bars there are at most before they stand for longer times."""

_DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")
_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()


@dataclass(frozen=True, slots=True)
class Period:
    """A month, quarter, year or decade, as ``2024-05``, ``2024-Q2``, ``2024`` or ``2020s``."""

    key: str
    counts: Counts

    @property
    def name(self) -> str:
        """How people write it.

        >>> Period("2024-05", Counts()).name, Period("2024-Q2", Counts()).name
        ('May 2024', 'Q2 2024')
        """
        year, _, part = self.key.partition("-")
        if part.isdigit():
            part = _MONTHS[int(part) - 1]
        return f"{part} {year}" if part else year


@dataclass(frozen=True, slots=True)
class Periods:
    """The periods in order, those without a claim too, and what each is called.

    ``key`` gives the period of a date, or None. ``undated`` are the claims whose article has no
    date, ``vague`` those whose date is too vague for these periods.
    """

    every: str
    periods: tuple[Period, ...]
    key: Callable[[str], str | None]
    undated: int = 0
    vague: int = 0


def build_periods(dates: Mapping[str, Counts]) -> Periods:
    """The claims by period; the finest periods that give no more than ``MOST`` bars."""
    known = {date: counts for date, counts in dates.items() if _DATE.fullmatch(date)}
    undated = sum(counts.total for date, counts in dates.items() if date not in known)
    every, key, names = _finest(known)
    found: dict[str, Counts] = defaultdict(Counts)
    vague = 0
    for date, counts in known.items():
        if (period := key(date)) is None:
            vague += counts.total
        else:
            found[period].join(counts)
    shown = tuple(Period(name, found.get(name, Counts())) for name in names)
    return Periods(every, shown, key, undated, vague)


def _finest(dates: Mapping[str, Counts]) -> tuple[str, Callable[[str], str | None], list[str]]:
    """The name of the periods, what gives that of a date, and all from the first to the last."""
    kinds: list[tuple[str, Callable[[str], int | None], Callable[[int], str]]] = [
        ("month", lambda date: _months(date), lambda n: f"{n // 12:04}-{n % 12 + 1:02}"),
        ("quarter", lambda date: _part(_months(date), 3), lambda n: f"{n // 4:04}-Q{n % 4 + 1}"),
        ("year", lambda date: int(date[:4]), lambda n: f"{n:04}"),
        ("decade", lambda date: int(date[:3]), lambda n: f"{n:03}0s"),
    ]
    for every, number, name in kinds:
        found = [one for one in map(number, dates) if one is not None]
        fits = bool(found) and max(found) - min(found) < MOST
        if fits:
            names = [name(n) for n in range(min(found), max(found) + 1)]
            return every, _namer(number, name), names
    return every, _namer(number, name), [name(n) for n in sorted(set(found))]


def _namer(
    number: Callable[[str], int | None], name: Callable[[int], str]
) -> Callable[[str], str | None]:
    def named(date: str) -> str | None:
        found = number(date) if _DATE.fullmatch(date) else None
        return None if found is None else name(found)

    return named


def _months(date: str) -> int | None:
    return int(date[:4]) * 12 + int(date[5:7]) - 1 if len(date) > 4 else None


def _part(months: int | None, size: int) -> int | None:
    return None if months is None else months // size
