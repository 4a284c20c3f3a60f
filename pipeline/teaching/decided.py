"""An article as its decisions have it: what stands in the passages that were judged."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, replace

from pipeline.records import Claim, Extraction, Span


@dataclass(frozen=True, slots=True)
class Decided:
    """An article with the claims that people let stand in the passages that they judged.

    ``gold`` has those claims and no others; ``passages`` are sorted and do not overlap; of the
    rest of the text nothing is known. ``decisions`` counts what was decided in it.
    """

    gold: Extraction
    passages: tuple[Span, ...]
    decisions: int

    def covers(self, offset: int) -> bool:
        """Whether the code point stands in a passage that was judged."""
        number = bisect_right(self.passages, offset, key=_start) - 1
        return number >= 0 and offset < self.passages[number].end

    def only_judged(self, claims: Iterable[Claim]) -> tuple[Claim, ...]:
        """The claims whose cue begins in a passage that was judged."""
        return tuple(claim for claim in claims if self.covers(claim.cue.start))


def decide(
    gold: Extraction, claims: Iterable[Claim], passages: Iterable[Span], decisions: int
) -> Decided:
    """The article with those of the claims that stand in the passages."""
    found = Decided(gold, tuple(sorted(set(passages))), decisions)
    return replace(found, gold=replace(gold, claims=found.only_judged(claims)))


def _start(span: Span) -> int:
    return span.start
