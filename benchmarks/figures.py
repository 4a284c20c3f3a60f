"""What a benchmark finds: named figures with the aims that they are held to."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from rich.table import Table


@dataclass(frozen=True, slots=True)
class Figure:
    """One number of one set; ``aim`` is the least that is wanted, None where none is set."""

    set: str
    name: str
    value: float | None
    aim: float | None = None
    note: str = ""

    @property
    def is_met(self) -> bool | None:
        """Whether the aim is reached, None where there is none."""
        if self.aim is None or self.value is None:
            return None
        return self.value >= self.aim


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
        met = {True: "yes", False: "no", None: ""}[figure.is_met]
        table.add_row(figure.set, figure.name, value, aim, met, figure.note)
    return table


def to_records(figures: list[Figure]) -> list[dict[str, object]]:
    """The figures as JSON-ready objects."""
    return [{**asdict(figure), "met": figure.is_met} for figure in figures]
