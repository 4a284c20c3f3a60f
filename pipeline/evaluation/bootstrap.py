"""How sure a figure is: its interval when the articles are drawn again and again."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.errors import SettingError
from pipeline.evaluation.scores import Counts

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SAMPLES = 2000
SEED = 13
LEVEL = 0.95


@dataclass(frozen=True, slots=True)
class Interval:
    """The lower and upper end of a figure's interval."""

    low: float
    high: float


def find_f1_interval(
    counts: Sequence[Counts], *, samples: int = SAMPLES, seed: int = SEED, level: float = LEVEL
) -> Interval:
    """The percentile bootstrap interval of the micro-averaged F1 over articles.

    ``counts`` holds one entry an article. Articles are drawn with replacement, as many as there
    are; the same ``seed`` gives the same interval. No articles give the whole range.

    Raises:
        SettingError: ``samples`` is below 1, or ``level`` is not between 0 and 1.
    """
    pairs = [(2 * c.matched, c.gold + c.predicted) for c in counts]
    return find_ratio_interval(pairs, of_none=1.0, samples=samples, seed=seed, level=level)


def find_ratio_interval(
    pairs: Sequence[tuple[float, float]],
    *,
    of_none: float = math.nan,
    samples: int = SAMPLES,
    seed: int = SEED,
    level: float = LEVEL,
) -> Interval:
    """The same for a figure that is a part of a whole, both summed over articles.

    ``pairs`` hold the part and the whole of each article. ``of_none`` is the figure where nothing
    was drawn; by default such a draw counts for none.

    Raises:
        SettingError: see ``find_f1_interval``.
    """
    _check(samples, level)
    if not pairs:
        return Interval(0.0, 1.0)
    import numpy as np

    table = np.array(pairs, dtype=np.float64)
    generator = np.random.default_rng(seed)
    drawn = table[generator.integers(0, len(table), size=(samples, len(table)))].sum(axis=1)
    found = np.full(samples, of_none)
    np.divide(drawn[:, 0], drawn[:, 1], out=found, where=drawn[:, 1] > 0)
    return _percentiles(found[~np.isnan(found)], level)


def find_interval(
    articles: int,
    figure: Callable[[Sequence[int]], float | None],
    *,
    samples: int = SAMPLES,
    seed: int = SEED,
    level: float = LEVEL,
) -> Interval:
    """The same for any ``figure`` of the articles with the numbers drawn, None where it has none.

    Raises:
        SettingError: see ``find_f1_interval``.
    """
    _check(samples, level)
    import numpy as np

    generator = np.random.default_rng(seed)
    drawn = generator.integers(0, articles, size=(samples, articles)) if articles else ()
    found = [value for numbers in drawn if (value := figure(numbers.tolist())) is not None]
    return _percentiles(np.array(found), level)


def _check(samples: int, level: float) -> None:
    if samples < 1 or not 0 < level < 1:
        raise SettingError(
            f"cannot draw {samples} samples at level {level}; "
            "--samples takes 1 or more, the level lies between 0 and 1"
        )


def _percentiles(found: NDArray[np.float64], level: float) -> Interval:
    if not len(found):
        return Interval(0.0, 1.0)
    import numpy as np

    tail = 100 * (1 - level) / 2
    low, high = np.percentile(found, (tail, 100 - tail))
    return Interval(float(low), float(high))
