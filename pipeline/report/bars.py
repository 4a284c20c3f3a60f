"""Where the bars of the figures stand: claims over time, and the activity of actors."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.report.counts import Counts
from pipeline.report.periods import Period, Periods
from pipeline.report.ranks import OTHERS, Ranks
from pipeline.report.tally import Tally
from pipeline.report.words import counted

WIDTH, LEFT, TOP, BOTTOM, HIGH = 900, 44, 10, 26, 190
_LABELS = 12
"""How many periods have their name below their bar at most."""
_STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500)
_LINES = 5
ACTIVITY = 400


@dataclass(frozen=True, slots=True)
class TimeBar:
    """A period's bar: up for support, down for opposition, in the drawing's units."""

    key: str
    name: str
    label: str
    anchor: str
    counts: Counts
    words: str
    x: float
    middle: float
    width: float
    top: float
    up: float
    down: float


@dataclass(frozen=True, slots=True)
class GridLine:
    """A line across the bars, at a number of claims."""

    value: int
    label: str
    y: float


@dataclass(frozen=True, slots=True)
class TimeChart:
    """The figure of claims over time; ``left_out`` says which claims are not in it."""

    every: str
    bars: tuple[TimeBar, ...]
    lines: tuple[GridLine, ...]
    left_out: tuple[str, ...]
    zero: float
    width: int = WIDTH
    height: int = TOP + HIGH + BOTTOM
    left: int = LEFT


def build_chart(periods: Periods) -> TimeChart:
    """The chart of the periods, all bars in one scale."""
    up = max((one.counts.support for one in periods.periods), default=0)
    down = max((one.counts.oppose for one in periods.periods), default=0)
    scale = HIGH / max(1, up + down)
    zero = round(TOP + up * scale, 1)
    count = max(1, len(periods.periods))
    step = min(60.0, (WIDTH - LEFT) / count)
    bars = tuple(
        _bar(one, LEFT + number * step, step, zero, scale, named=_is_named(number, count))
        for number, one in enumerate(periods.periods)
    )
    return TimeChart(periods.every, bars, _grid(up, down, zero, scale), _left_out(periods), zero)


def _is_named(number: int, count: int) -> bool:
    return number % (-(-count // _LABELS)) == 0


def _bar(
    period: Period, x: float, step: float, zero: float, scale: float, *, named: bool
) -> TimeBar:
    up, down = period.counts.support * scale, period.counts.oppose * scale
    return TimeBar(
        key=period.key,
        name=period.name,
        label=period.name if named else "",
        anchor=f"period-{period.key}",
        counts=period.counts,
        words=f"{period.name}: {period.counts.words or 'no claim'}",
        x=round(x + step * 0.12, 1),
        middle=round(x + step / 2, 1),
        width=round(step * 0.76, 1),
        top=round(zero - up, 1),
        up=round(up, 1),
        down=round(down, 1),
    )


def _grid(up: int, down: int, zero: float, scale: float) -> tuple[GridLine, ...]:
    most = max(up, down, 1)
    step = next((step for step in _STEPS if most <= step * _LINES), most // _LINES)
    values = [*range(-(down // step) * step, 0, step), 0, *range(step, up + 1, step)]
    return tuple(
        GridLine(value, f"{abs(value):,}", round(zero - value * scale, 1)) for value in values
    )


def _left_out(periods: Periods) -> tuple[str, ...]:
    found = []
    if periods.undated:
        claims = counted(periods.undated, "claim")
        where = "in this figure" if periods.periods else "here"
        found.append(
            f"{claims} of articles without a date {'is' if periods.undated == 1 else 'are'} not "
            f"{where}. An article gets its date with: claims edit ARTICLE --date 2024-05-31"
        )
    if periods.vague:
        found.append(
            f"{counted(periods.vague, 'claim')} of articles whose date names no {periods.every} "
            f"{'is' if periods.vague == 1 else 'are'} not in this figure."
        )
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Bar:
    """A piece of an actor's bar."""

    side: str
    x: float
    width: float


@dataclass(frozen=True, slots=True)
class ActivityLine:
    """An actor's claims; without bars where the line counts many actors together."""

    name: str
    anchor: str
    counts: Counts
    bars: tuple[Bar, ...] = ()
    zero: float = 0.0


def build_activity(tally: Tally, ranks: Ranks) -> tuple[ActivityLine, ...]:
    """The actors with a line of their own, the most active first, then the others together."""
    found = {actor: Counts() for actor in ranks.actors}
    for actor, counts in tally.actors.items():
        found[ranks.row(actor)].join(counts)
    own = sorted(ranks.own_actors, key=lambda one: (-found[one].total, ranks.names[one], one))
    order = [*own, *(one for one in ranks.actors if one not in ranks.own_actors)]
    right = max((found[one].support + found[one].neutral for one in own), default=0)
    left = max((found[one].oppose for one in own), default=0)
    scale = ACTIVITY / max(1, left + right)
    zero = round(left * scale, 1)
    return tuple(
        ActivityLine(
            ranks.names[one],
            ranks.anchor(one),
            found[one],
            () if one == OTHERS else _bars(found[one], zero, scale),
            zero,
        )
        for one in order
    )


def _bars(counts: Counts, zero: float, scale: float) -> tuple[Bar, ...]:
    support, oppose, neutral = (
        round(number * scale, 1) for number in (counts.support, counts.oppose, counts.neutral)
    )
    bars = (
        Bar("oppose", round(zero - oppose, 1), oppose),
        Bar("support", zero, support),
        Bar("neutral", round(zero + support, 1), neutral),
    )
    return tuple(bar for bar in bars if bar.width)
