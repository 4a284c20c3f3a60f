"""How sure a share of a few judged things is, and whether two shares differ."""

from __future__ import annotations

import math

from pipeline.evaluation.bootstrap import Interval
from pipeline.evaluation.scores import Share

Z = 1.959963984540054
"""So many standard errors lie on each side of a 95 % interval."""


def find_share_interval(share: Share, *, z: float = Z) -> Interval:
    """The Wilson interval of a share; the whole range where nothing was judged.

    >>> found = find_share_interval(Share(8, 10))
    >>> round(found.low, 3), round(found.high, 3)
    (0.49, 0.943)
    """
    found = find_rate_interval(share.rate or 0.0, share.total, z=z)
    low = 0.0 if share.right == 0 else found.low
    return Interval(low, 1.0 if share.right == share.total else found.high)


def find_rate_interval(rate: float, total: float, *, z: float = Z) -> Interval:
    """The same of a rate of so many, which need be no whole number: draws of unequal weight.

    Source: Wilson 1927, "Probable inference, the law of succession, and statistical inference".

    >>> found = find_rate_interval(0.8, 10)
    >>> round(found.low, 3), round(found.high, 3)
    (0.49, 0.943)
    """
    if total <= 0:
        return Interval(0.0, 1.0)
    shrunk = 1 + z * z / total
    middle = (rate + z * z / (2 * total)) / shrunk
    reach = z * math.sqrt(rate * (1 - rate) / total + z * z / (4 * total * total)) / shrunk
    return Interval(max(0.0, middle - reach), min(1.0, middle + reach))


def find_change_interval(before: Share, after: Share) -> Interval:
    """The interval of how much higher the share is after than before; below 0 it is lower.

    Source: Newcombe 1998, "Interval estimation for the difference between independent
    proportions", method 10, of two Wilson intervals.

    >>> found = find_change_interval(Share(56, 70), Share(48, 80))
    >>> round(found.low, 3), round(found.high, 3)
    (-0.334, -0.052)
    """
    if before.rate is None or after.rate is None:
        return Interval(-1.0, 1.0)
    change = after.rate - before.rate
    old, new = find_share_interval(before), find_share_interval(after)
    return Interval(
        change - math.hypot(after.rate - new.low, old.high - before.rate),
        change + math.hypot(new.high - after.rate, before.rate - old.low),
    )
