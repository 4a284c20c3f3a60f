"""The figures of a report, counted from the claims: what page and pictures both show."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.export.gather import Gathered
from pipeline.report.bars import ActivityLine, TimeChart, build_activity, build_chart
from pipeline.report.matrix import Matrix, build_matrix
from pipeline.report.network import Drawing, draw_network
from pipeline.report.periods import Periods, build_periods
from pipeline.report.ranks import Ranks, rank
from pipeline.report.tally import Tally, tally_claims


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures, and the counts that they are made from."""

    tally: Tally
    ranks: Ranks
    matrix: Matrix
    drawing: Drawing
    periods: Periods
    chart: TimeChart
    activity: tuple[ActivityLine, ...]


def build_figures(gathered: Gathered) -> Figures:
    """The figures of the claims, in one pass over them.

    Raises:
        SettingError: networkx, which lays the network out, is not installed.
    """
    tally = tally_claims(gathered.claims())
    ranks = rank(tally)
    matrix = build_matrix(tally, ranks)
    periods = build_periods(tally.dates)
    return Figures(
        tally=tally,
        ranks=ranks,
        matrix=matrix,
        drawing=draw_network(matrix, ranks),
        periods=periods,
        chart=build_chart(periods),
        activity=build_activity(tally, ranks),
    )
