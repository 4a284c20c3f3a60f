"""Copies of one article: which of them counts.

The rule, whatever order they came in: the copy that a person chose; else one on which somebody has
decided; else the one of which least is spoilt or missing, then that with fewer faults; else the
first by its id.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pipeline.reading.quality import Quality, find_harm

COPY = "copy"
"""The key of the metadata with what a person said of an article among its near-duplicates."""

CHOSEN, OWN = "chosen", "own"
"""The copy that is to count; an article that is no copy, however like another it is."""


@dataclass(frozen=True, slots=True)
class Copy:
    """An article among its near-duplicates, with all that decides which of them counts."""

    article: str
    quality: Quality
    chosen: bool = False
    decided: bool = False


def best_copy(copies: Iterable[Copy], *, longest: int = 0) -> Copy:
    """The copy that counts, by the rule of this module; there must be one at least.

    ``longest`` is how many letters the longest copy has, where that is none of these.

    >>> worse, better = Copy("a", Quality(5000, lost=9)), Copy("b", Quality(5000))
    >>> best_copy([worse, better]).article
    'b'

    Source: docs/reprocessing.md, "Articles that come twice".
    """
    found = tuple(copies)
    longest = max(longest, *(copy.quality.letters for copy in found))

    def rank(copy: Copy) -> tuple[bool, bool, int, int, str]:
        harm = find_harm(copy.quality, longest)
        return not copy.chosen, not copy.decided, harm, copy.quality.faults, copy.article

    return min(found, key=rank)


def say_why(best: Copy, other: Copy) -> str:
    """Why the one copy counts and the other does not, for a person."""
    if best.chosen and not other.chosen:
        return "it was chosen"
    if best.decided and not other.decided:
        return "it has decisions"
    longest = max(best.quality.letters, other.quality.letters)
    here, there = (find_harm(copy.quality, longest) for copy in (best, other))
    if here < there:
        return f"{here} of 1,000 words spoilt or missing, not {there}"
    if (few := best.quality.faults) < (many := other.quality.faults):
        return f"{few} faults, not {many}"
    return "it is the first by its id"


def mark_of(metadata: Mapping[str, object]) -> str | None:
    """What a person said of the article among its near-duplicates; None where nothing."""
    found = metadata.get(COPY)
    return found if found in (CHOSEN, OWN) else None
