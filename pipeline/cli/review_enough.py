"""Whether it is enough, in words: how good the unreviewed rest is, and what of it can be taken."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pipeline.cli.console import counted

if TYPE_CHECKING:
    from pipeline.evaluation.bootstrap import Interval
    from pipeline.review.bulk import Run
    from pipeline.review.estimate import Figure, Quality, Takeable
    from pipeline.review.survey import Survey
    from pipeline.review.work import Workspace


def enough_lines(workspace: Workspace, precision: float | None) -> str:
    """What the random sample tells of the rest, one figure a line."""
    from pipeline.review.enough import read_survey
    from pipeline.review.estimate import estimate_quality, find_takeable

    found, drawn = read_survey(workspace)
    lines = [*_sample_lines(found, drawn), *_quality_lines(estimate_quality(found))]
    if precision is not None:
        lines.append(_takeable_line(find_takeable(found, precision), precision))
    return "".join(f"{line}\n" for line in lines)


def run_lines(runs: tuple[Run, ...]) -> str:
    """The runs that took claims in bulk, one a line."""
    return "".join(
        f"in bulk, run {one.id} of {one.at[:16]}Z: {counted(one.claims, 'claim')} by "
        f"{one.reviewer}"
        + (f", {one.claims - one.standing} of them taken back" if one.standing < one.claims else "")
        + "\n"
        for one in runs
    )


def _sample_lines(found: Survey, drawn: int) -> Iterator[str]:
    claims = sum(one.claims for one in found.rest)
    yield f"random sample: {len(found.read)} of {counted(drawn, 'passage')} read"
    yield f"unreviewed rest: {counted(len(found.rest), 'passage')}, {counted(claims, 'claim')}"


def _quality_lines(found: Quality) -> Iterator[str]:
    for name, figure in (("precision", found.precision), ("recall", found.recall)):
        if figure is not None:
            yield _figure_line(name, figure)
    for why in found.missing:
        yield f"not estimated: {why}"


def _figure_line(name: str, figure: Figure) -> str:
    return (
        f"{name} on the rest: {figure.value:.2f} ({_range(figure.interval)}, Wilson, 95 %), from "
        f"{figure.claims} in {counted(figure.passages, 'passage')} of the sample"
    )


def _takeable_line(found: Takeable | None, precision: float) -> str:
    if found is None:
        return f"without review at precision {precision:g}: none, as far as decisions prove it"
    share = 100 * found.count / found.of if found.of else 0
    return (
        f"without review at precision {precision:g}: {share:.0f} % ({found.count} of {found.of} "
        f"undecided claims), those scored {found.above:.2f} or more; of {found.judged} read claims "
        f"of such scores {found.right} were right ({_range(found.interval)}, Wilson, 95 %): "
        f"claims review accept --above {found.above:.2f}"
    )


def _range(found: Interval) -> str:
    return f"{found.low:.2f}–{found.high:.2f}"
