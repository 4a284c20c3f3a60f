"""What a benchmark finds: named figures with the aims that they are held to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass

from rich.table import Table

from pipeline.evaluation.bootstrap import Interval

ALL = "all"


@dataclass(frozen=True, slots=True)
class Figure:
    """One number of one set, of all its articles or of a part, by a profile where there are two.

    ``aim`` is the least that is wanted, or with ``at_most`` the most; None where none is set.
    """

    set: str
    name: str
    value: float | None
    aim: float | None = None
    note: str = ""
    part: str = ALL
    profile: str = ""
    interval: Interval | None = None
    at_most: bool = False

    @property
    def is_met(self) -> bool | None:
        """Whether the aim is reached, None where there is none."""
        if self.aim is None or self.value is None:
            return None
        return self.value <= self.aim if self.at_most else self.value >= self.aim


def ratio(part: float, whole: float) -> float | None:
    """The share, or None of nothing."""
    return part / whole if whole else None


def build_table(figures: list[Figure]) -> Table:
    """The figures in rows, each with its aim and whether it is met."""
    table = Table()
    table.add_column("set")
    table.add_column("figure", overflow="fold")
    for name in ("value", "aim", "met"):
        table.add_column(name, justify="right")
    table.add_column("note", overflow="fold")
    for figure in figures:
        value = "–" if figure.value is None else f"{figure.value:.3f}"
        aim = "" if figure.aim is None else f"{figure.aim:.2f}"
        table.add_row(figure.set, figure.name, value, aim, _met(figure), figure.note)
    return table


def _met(figure: Figure) -> str:
    return {True: "yes", False: "no", None: ""}[figure.is_met]


def build_profiles(figures: Iterable[Figure], title: str, profiles: Sequence[str]) -> Table:
    """The figures of one set, a row each with its part, and the profiles side by side."""
    table = Table(title=title, title_justify="left")
    table.add_column("figure", overflow="fold")
    table.add_column("of", overflow="fold")
    for profile in profiles:
        table.add_column(profile, justify="right")
        table.add_column("aim", justify="right")
    rows: dict[tuple[str, str], dict[str, Figure]] = {}
    for figure in figures:
        rows.setdefault((figure.name, figure.part), {})[figure.profile] = figure
    before = ""
    for (name, part), found in rows.items():
        cells = [cell for profile in profiles for cell in _cells(found.get(profile))]
        table.add_row(name if name != before else "", part, *cells)
        before = name
    return table


def _cells(figure: Figure | None) -> tuple[str, str]:
    if figure is None or figure.value is None:
        return "–", ""
    value = f"{figure.value:.3f}"
    if figure.interval is not None:
        value += f" [{figure.interval.low:.3f}, {figure.interval.high:.3f}]"
    if figure.aim is None:
        return value, ""
    return value, f"{'≤' if figure.at_most else '≥'} {figure.aim:g} {_met(figure)}"


def to_records(figures: list[Figure]) -> list[dict[str, object]]:
    """The figures as JSON-ready objects."""
    return [{**asdict(figure), "met": figure.is_met} for figure in figures]
