"""How sure a figure is: its interval when the articles are drawn again and again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.errors import SettingError
from pipeline.evaluation.scores import Counts

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
    if samples < 1 or not 0 < level < 1:
        raise SettingError(
            f"cannot draw {samples} samples at level {level}; "
            "--samples takes 1 or more, the level lies between 0 and 1"
        )
    if not counts:
        return Interval(0.0, 1.0)
    import numpy as np

    table = np.array([(c.matched, c.gold + c.predicted) for c in counts], dtype=np.float64)
    generator = np.random.default_rng(seed)
    drawn = table[generator.integers(0, len(table), size=(samples, len(table)))].sum(axis=1)
    f1 = np.ones(samples)
    np.divide(2 * drawn[:, 0], drawn[:, 1], out=f1, where=drawn[:, 1] > 0)
    tail = 100 * (1 - level) / 2
    low, high = np.percentile(f1, (tail, 100 - tail))
    return Interval(float(low), float(high))
