"""Articles that are almost the same: syndicated copies, corrected versions, other headlines."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from zlib import crc32

DUPLICATE_OF = "duplicate_of"
"""The key of the metadata that names the article which a near-duplicate counts as."""

LIKENESS = "likeness"
THRESHOLD = 0.6
"""From this likeness on an article is a near-duplicate."""

_WORDS = 5
_FEWEST = 8
_SAMPLED_FROM = 400
_ONE_IN = 8
_CANDIDATES = 8
_MOST_HOLDERS = 100
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Duplicate:
    """An article that another one is almost the same as; ``likeness`` lies in ``[0.6, 1]``."""

    article: str
    likeness: float


def find_shingles(text: str) -> frozenset[int]:
    """A number for every run of five words, case and marks aside; empty for a text of fewer."""
    words = _WORD.findall(text.lower())
    runs = zip(*(words[offset:] for offset in range(_WORDS)), strict=False)
    return frozenset(crc32(" ".join(run).encode("utf-8")) for run in runs)


def likeness(one: frozenset[int], other: frozenset[int]) -> float:
    """The share of the runs of words of both that are in both (Jaccard); 0 for two empty ones.

    >>> words = "Chile rejected the draft of the treaty on"
    >>> likeness(find_shingles(words + " Monday"), find_shingles(words + " Friday"))
    0.6666666666666666
    """
    union = len(one | other)
    return len(one & other) / union if union else 0.0


@dataclass(slots=True)
class DuplicateIndex:
    """The texts to compare with; ``read`` gives the text of an id."""

    read: Callable[[str], str]
    _sampled: dict[int, dict[str, None]] = field(default_factory=dict)

    def add(self, article: str, text: str) -> None:
        """Take the article as one to compare with from now on."""
        for shingle in _sample(find_shingles(text)):
            holders = self._sampled.setdefault(shingle, {})
            if len(holders) < _MOST_HOLDERS:  # what more articles share than this is boilerplate
                holders[article] = None

    def find(self, text: str) -> Duplicate | None:
        """The article that ``text`` is most like; None where it is a near-duplicate of none."""
        return next(iter(self.find_all(text)), None)

    def find_all(self, text: str) -> tuple[Duplicate, ...]:
        """The articles that ``text`` is a near-duplicate of, the likest first.

        Those that share most of a sample of the runs are compared in full. A text of fewer than
        twelve words is like none.
        """
        shingles = find_shingles(text)
        if len(shingles) < _FEWEST:
            return ()
        shared: Counter[str] = Counter()
        for shingle in _sample(shingles):
            shared.update(self._sampled.get(shingle, {}).keys())
        ranked = sorted(shared, key=lambda article: (-shared[article], article))[:_CANDIDATES]
        found = (
            Duplicate(one, likeness(shingles, find_shingles(self.read(one)))) for one in ranked
        )
        near = (one for one in found if one.likeness >= THRESHOLD)
        return tuple(sorted(near, key=lambda one: (-one.likeness, one.article)))


def duplicate_of(metadata: Mapping[str, object]) -> str | None:
    """The id of the article that this one is a near-duplicate of; None where it is none.

    What counts claims, sends them to review or exports them leaves such an article out unless it
    is asked not to.
    """
    found = metadata.get(DUPLICATE_OF)
    return found if isinstance(found, str) and found else None


def _sample(shingles: frozenset[int]) -> frozenset[int]:
    if len(shingles) < _SAMPLED_FROM:
        return shingles
    return frozenset(shingle for shingle in shingles if shingle % _ONE_IN == 0)
