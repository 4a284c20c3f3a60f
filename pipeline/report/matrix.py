"""Who supports and who opposes what: a line an actor, a column a concept."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from pipeline.report.counts import Counts
from pipeline.report.ranks import Ranks
from pipeline.report.tally import Tally


@dataclass(frozen=True, slots=True)
class Cell:
    """An actor's statements on a concept; ``anchor`` is where their sentences stand."""

    actor: str
    concept: str
    counts: Counts
    anchor: str

    @property
    def words(self) -> str:
        """The cell in words: who, what, how often."""
        return f"{self.actor} on {self.concept}: {self.counts.words}"


@dataclass(frozen=True, slots=True)
class Line:
    """An actor's line: a cell for each column, None where there is no statement."""

    name: str
    anchor: str
    cells: tuple[Cell | None, ...]
    all: Counts


@dataclass(frozen=True, slots=True)
class Matrix:
    """The whole matrix; ``totals`` are the columns', over all actors."""

    columns: tuple[str, ...]
    lines: tuple[Line, ...]
    totals: tuple[Counts, ...]


def build_matrix(tally: Tally, ranks: Ranks) -> Matrix:
    """The matrix of all statements; what has no line or column of its own is in that of others."""
    found: dict[tuple[str, str], Counts] = defaultdict(Counts)
    for (actor, concept), counts in tally.pairs.items():
        found[ranks.row(actor), ranks.column(concept)].join(counts)
    lines = tuple(_line(actor, found, ranks) for actor in ranks.actors)
    totals = []
    for column in ranks.concepts:
        total = Counts()
        for (_, concept), counts in found.items():
            if concept == column:
                total.join(counts)
        totals.append(total)
    return Matrix(tuple(ranks.labels[one] for one in ranks.concepts), lines, tuple(totals))


def _line(actor: str, found: dict[tuple[str, str], Counts], ranks: Ranks) -> Line:
    total = Counts()
    cells: list[Cell | None] = []
    for concept in ranks.concepts:
        counts = found.get((actor, concept))
        if counts is None:
            cells.append(None)
            continue
        total.join(counts)
        anchor = ranks.anchor(actor, concept)
        cells.append(Cell(ranks.names[actor], ranks.labels[concept], counts, anchor))
    return Line(ranks.names[actor], ranks.anchor(actor), tuple(cells), total)
