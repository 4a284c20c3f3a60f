"""The runs of three characters of a text, each with the places where it stands.

Made once for a text, in time that grows with its length; what stands where is then looked up and
not read again for every passage.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from pipeline.dataset.passages import fold

if TYPE_CHECKING:
    from numpy import int64
    from numpy.typing import NDArray

    Whole = NDArray[int64]

RUN = 3
"""How many characters a run has."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """The runs of a passage: each once, and how often it stands there."""

    codes: Whole
    counts: Whole

    @property
    def total(self) -> int:
        """How many runs the passage has."""
        return int(self.counts.sum())


@dataclass(frozen=True, slots=True)
class RunIndex:
    """The distinct runs of a text, and where each stands.

    ``keys`` are sorted; a run's number times ``base`` plus its place is one of them.
    """

    codes: Whole
    keys: Whole
    base: int

    def ranks_of(self, wanted: Wanted) -> Whole:
        """The numbers of the runs, -1 for those that the text has not."""
        import numpy as np

        if not len(self.codes):
            return np.full(len(wanted.codes), -1)
        ranks = np.searchsorted(self.codes, wanted.codes)
        ranks[ranks == len(self.codes)] = 0
        return np.where(self.codes[ranks] == wanted.codes, ranks, -1)

    def slices_of(self, ranks: Whole, start: int | Whole, end: int | Whole) -> tuple[Whole, Whole]:
        """Where the places of each run begin and end among the keys, those in ``[start, end)``."""
        import numpy as np

        low = np.searchsorted(self.keys, ranks * self.base + start)
        high = np.searchsorted(self.keys, ranks * self.base + np.maximum(start, end))
        known = ranks >= 0
        return np.where(known, low, 0), np.where(known, high, 0)

    def places_at(self, low: Whole, high: Whole) -> Whole:
        """The places of all slices, run by run, in the order of the text."""
        import numpy as np

        lengths = high - low
        before = np.cumsum(lengths) - lengths
        where = np.arange(int(lengths.sum())) + np.repeat(low - before, lengths)
        places: Whole = self.keys[where] % self.base
        return places


def wanted_of(passage: str) -> Wanted:
    """The runs of a passage, none where it is shorter than a run."""
    import numpy as np

    codes, counts = np.unique(_codes_of(passage), return_counts=True)
    return Wanted(codes, counts)


@lru_cache(maxsize=8)
def index_of(text: str) -> RunIndex:
    """The index of a text; that of the last few is kept."""
    import numpy as np

    codes = _codes_of(text)
    base = len(codes) + 1
    distinct, ranks = np.unique(codes, return_inverse=True)
    keys = ranks.reshape(-1).astype(np.int64) * base + np.arange(len(codes))
    keys.sort()
    return RunIndex(distinct, keys, base)


def _codes_of(text: str) -> Whole:
    """Each run of the text as one number; two runs have one number where they are the same."""
    import numpy as np

    plain = _plain(text).encode("utf-32-le", "surrogatepass")
    points = np.frombuffer(plain, dtype="<u4").astype(np.int64)
    if len(points) < RUN:
        return points[:0]
    return (points[:-2] << 42) | (points[1:-1] << 21) | points[2:]


def _plain(text: str) -> str:
    """The folded text in small letters and on one line, as long as before."""
    folded = fold(text).replace("\n", " ")
    small = folded.lower()
    if len(small) == len(folded):
        return small
    return "".join(low if len(low := sign.lower()) == 1 else sign for sign in folded)
