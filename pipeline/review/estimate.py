"""When it is enough: how good the claims are that nobody reviewed, from a random sample.

Precision and recall of the unreviewed rest are ratios of totals that are estimated stratum by
stratum: passages without a claim are one, those with claims are parted by their lowest score. Their
intervals are Wilson's for so many claims as would be as sure if they were drawn one by one.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.evaluation.bootstrap import Interval
from pipeline.evaluation.proportions import Z, find_rate_interval
from pipeline.review.survey import Passage, Survey

MIN_CLAIMS = 30
"""From so few claims in read passages of the sample no figure is given."""
MIN_PASSAGES = 5
"""So many read passages a stratum has at least."""
_BANDS = 8


@dataclass(frozen=True, slots=True)
class Figure:
    """An estimate with its 95 % interval, and from how many claims in how many passages."""

    value: float
    interval: Interval
    claims: int
    passages: int


@dataclass(frozen=True, slots=True)
class Quality:
    """Precision and recall of the rest; None where ``missing`` says what there is too little of."""

    precision: Figure | None
    recall: Figure | None
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Takeable:
    """Which undecided claims can be taken: those of a score from ``above`` on, ``count`` of ``of``.

    ``right`` of ``judged`` claims of such scores that people read were right.
    """

    above: float
    count: int
    of: int
    right: int
    judged: int
    interval: Interval


def estimate_quality(found: Survey) -> Quality:
    """Precision and recall of the claims on the unreviewed rest.

    Source: the combined ratio estimate and its variance are section 6.11 of Cochran 1977, *Sampling
    Techniques*; Wilson's interval with the effective sample size is compared with others by Franco,
    Little, Louis and Slud 2019, "Comparative study of confidence intervals for proportions in
    complex sample surveys".
    """
    missing: list[str] = []
    with_claims = Survey(
        tuple(one for one in found.read if one.claims),
        tuple(one for one in found.rest if one.claims),
    )
    precision = _figure(
        with_claims, lambda one: one.right, lambda one: one.claims, "claims", missing
    )
    recall = None
    bare = [sum(not one.claims for one in side) for side in (found.read, found.rest)]
    if bare[1] and bare[0] < MIN_PASSAGES:
        missing.append(
            f"{bare[0]} passages without a claim were read of the random sample; recall is "
            f"estimated from {MIN_PASSAGES} on"
        )
    else:
        recall = _figure(found, lambda one: one.right, lambda one: one.true, "positions", missing)
    return Quality(precision, recall, tuple(missing))


def find_takeable(found: Survey, precision: float) -> Takeable | None:
    """The most undecided claims of which the share named is right, as far as people's words prove.

    Scores are looked at from the highest down, in steps of a hundredth, from where there are read
    claims enough to prove anything, until the lower end of the interval falls below ``precision``;
    None where it does so at once.

    Source: to test in an order that was fixed before, and to stop at the first that fails, keeps
    the error of all tests at that of one (Maurer, Hothorn and Lehmacher 1995; Angelopoulos et al.
    2021, "Learn then test").
    """
    best = None
    for step in range(100, -1, -1):
        above = step / 100
        right = [is_right for score, is_right in found.judged if score >= above]
        if find_rate_interval(1.0, len(right)).low < precision:
            continue  # too few to prove it even if all were right
        interval = find_rate_interval(sum(right) / len(right), len(right))
        if interval.low < precision:
            break
        count = sum(score >= above for score in found.open_scores)
        best = Takeable(above, count, len(found.open_scores), sum(right), len(right), interval)
    return best


def _figure(
    found: Survey,
    part: Callable[[Passage], int],
    whole: Callable[[Passage], int],
    of: str,
    missing: list[str],
) -> Figure | None:
    claims = sum(map(whole, found.read))
    if claims < MIN_CLAIMS:
        missing.append(
            f"{claims} {of} in read passages of the random sample; an estimate is given from "
            f"{MIN_CLAIMS} on"
        )
        return None
    strata = _strata(found)
    totals = [
        sum(rest * sum(map(count, read)) / len(read) for rest, read in strata)
        for count in (part, whole)
    ]
    if not totals[1]:
        return None
    ratio = totals[0] / totals[1]
    variance = sum(
        rest**2 * _variance([part(one) - ratio * whole(one) for one in read]) / len(read)
        for rest, read in strata
    ) / (totals[1] ** 2)
    spread = ratio * (1 - ratio)
    with_any = sum(whole(one) > 0 for one in found.read)
    surely: float = with_any
    if spread > 0 and variance > 0:
        freedom = sum(len(read) - 1 for rest, read in strata if rest)
        surely = min(claims, spread / variance * _shrinkage(freedom))
    return Figure(ratio, find_rate_interval(ratio, surely), claims, len(found.read))


def _strata(found: Survey) -> list[tuple[int, list[Passage]]]:
    """How many passages of the rest, and which of those that were read, each stratum has.

    The bands of lowest scores have as many read passages each. They are many, since the queue
    leaves a rest with other scores than the sample has.
    """
    bare = [one for one in found.read if one.risk is None]
    read = sorted((one for one in found.read if one.risk is not None), key=_risk)
    count = max(1, min(_BANDS, len(read) // MIN_PASSAGES))
    cuts = [number * len(read) // count for number in range(count + 1)]
    bands = [read[start:end] for start, end in pairwise(cuts)]
    edges = [_risk(band[0]) for band in bands[1:]]
    rest = Counter(-1 if one.risk is None else bisect_right(edges, one.risk) for one in found.rest)
    strata = [(rest[-1], bare), *((rest[number], band) for number, band in enumerate(bands))]
    return [one for one in strata if one[1]]


def _risk(passage: Passage) -> float:
    return 1.0 if passage.risk is None else passage.risk


def _shrinkage(freedom: int) -> float:
    """What is left of a sample's size for that its variance is itself an estimate.

    It is the squared ratio of the quantiles of the normal and of Student's distribution with so
    many degrees of freedom, whose expansion is that of Cornish and Fisher.

    Source: Korn and Graubard 1998, "Confidence intervals for proportions with small expected number
    of positive counts estimated from survey data".

    >>> round(_shrinkage(10), 2), round(_shrinkage(1000), 2)
    (0.8, 1.0)
    """
    return (Z / (Z + (Z**3 + Z) / (4 * max(1, freedom)))) ** 2


def _variance(values: Sequence[float]) -> float:
    """The sample variance; 0 of a single value."""
    if len(values) < 2:
        return 0.0
    mean = sum(values) / len(values)
    return sum((value - mean) ** 2 for value in values) / (len(values) - 1)
