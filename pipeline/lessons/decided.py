"""What people said of the places of an article, to hold a new claim there against it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from pipeline.dataset.reanchor import anchor_decision
from pipeline.dataset.records import Decision, Position
from pipeline.records import Claim, Span, Stance


class Fate(StrEnum):
    """What people said of a place where a claim would be made anew.

    ``KEPT``: that this claim stands there; ``REJECTED``: that none does; ``OTHERWISE``: that one
    of another stance does; ``PASSED``: nothing, though they decided on its sentence; ``UNDECIDED``:
    nobody looked.
    """

    KEPT = "kept"
    REJECTED = "rejected"
    OTHERWISE = "otherwise"
    PASSED = "passed"
    UNDECIDED = "undecided"


@dataclass(frozen=True, slots=True)
class Decided:
    """The claims of an article that stand and those that were rejected, and what was looked at."""

    kept: tuple[Position, ...] = ()
    rejected: tuple[Position, ...] = ()
    looked_at: tuple[Span, ...] = ()

    def fate_of(self, holder: Span, cue: Span, stance: Stance) -> Fate:
        """What people said of a claim of this holder at this cue."""
        kept = [one for one in self.kept if _is_at(one, holder, cue)]
        if any(one.stance is stance for one in kept):
            return Fate.KEPT
        if kept:
            return Fate.OTHERWISE
        if any(_is_at(one, holder, cue) for one in self.rejected):
            return Fate.REJECTED
        passed = any(span.overlaps(cue) for span in self.looked_at)
        return Fate.PASSED if passed else Fate.UNDECIDED

    def speaks_against(
        self, sentence: Span, stance: Stance, is_meant: Callable[[str], bool]
    ) -> bool:
        """Whether somebody rejected a claim in the sentence, or took one for neutral.

        Of claims whose cue ``is_meant``, by its words.
        """
        doubted = list(self.rejected)
        if stance is not Stance.NEUTRAL:
            doubted += [one for one in self.kept if one.stance is Stance.NEUTRAL]
        return any(one.cue.span.overlaps(sentence) and is_meant(one.cue.text) for one in doubted)


def read_decided(decisions: Iterable[Decision], text: str) -> Decided:
    """What standing decisions on an article say of its present text.

    A claim that one kept and another rejected counts as kept.
    """
    kept: list[Position] = []
    rejected: list[Position] = []
    looked_at: set[Span] = set()
    for item in decisions:
        place = anchor_decision(item, text).position
        old = item.decided or item.shown
        if place is None or old is None:
            continue
        (rejected if item.decided is None else kept).append(place)
        if item.context is not None:
            by = place.cue.start - old.cue.start
            looked_at.add(item.context.moved(by).span)
    return Decided(tuple(kept), tuple(rejected), tuple(sorted(looked_at)))


def is_claim_of(position: Position, claim: Claim) -> bool:
    """Whether an extracted claim is the one that a person wants, roughly where it is wanted."""
    return claim.stance is position.stance and _is_at(position, claim.holder.span, claim.cue)


def _is_at(position: Position, holder: Span, cue: Span) -> bool:
    return position.holder.span.overlaps(holder) and position.cue.span.overlaps(cue)
