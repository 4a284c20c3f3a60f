"""How well chances keep what they promise, and how well they rank."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

BINS = 10
Judged = tuple[float, bool]
"""A chance in ``[0, 1]`` and whether it came true."""


def expected_error(judged: Sequence[Judged], bins: int = BINS) -> float:
    """The mean distance of chance and share in bins of equal size, as the claims lie in them.

    Of those with equal chances each counts with the share of all that came true: which of them
    lies in which bin makes no difference.

    Source: the expected calibration error of Guo et al. 2017, with bins of equal size.

    >>> expected_error([(0.8, True), (0.8, True), (0.8, False), (0.8, True)], bins=1)
    0.05
    >>> expected_error([(0.5, True), (0.5, False)] * 10)
    0.0
    """
    ordered = _shared(judged)
    total, error = len(ordered), 0.0
    for number in range(bins):
        inside = ordered[number * total // bins : (number + 1) * total // bins]
        if inside:
            chance = sum(one for one, _ in inside) / len(inside)
            share = sum(right for _, right in inside) / len(inside)
            error += len(inside) / total * abs(chance - share)
    return round(error, 10)


def _shared(judged: Sequence[Judged]) -> list[tuple[float, float]]:
    """Each chance, sorted, with the share of those of the same chance that came true."""
    rights: Counter[float] = Counter()
    counts: Counter[float] = Counter()
    for chance, right in judged:
        rights[chance] += right
        counts[chance] += 1
    return sorted((chance, rights[chance] / counts[chance]) for chance, _ in judged)


def ranking(pairs: Iterable[Judged]) -> float | None:
    """The chance that a right one stands above a wrong one (ties half); None without both.

    >>> ranking([(0.9, True), (0.5, False), (0.5, True)])
    0.75
    """
    rights: Counter[float] = Counter()
    wrongs: Counter[float] = Counter()
    for score, right in pairs:
        (rights if right else wrongs)[score] += 1
    total = sum(rights.values()) * sum(wrongs.values())
    if not total:
        return None
    won, below = 0.0, 0
    for score in sorted({*rights, *wrongs}):
        won += rights[score] * (below + wrongs[score] / 2)
        below += wrongs[score]
    return won / total
