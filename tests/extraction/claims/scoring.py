"""Whether the claims found in a sentence are those expected, and which are the wrong way round.

A found claim answers an expected one where holders overlap or are one entity, cues overlap,
stances are the same, targets overlap by half or are both absent, and the flags that are marked
hold. Codebook §3 is laxer: there a shared target may stand in for a shared cue.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.evaluation.assignment import find_assignment
from pipeline.evaluation.match import targets_agree
from pipeline.evaluation.tokens import TokenIndex
from pipeline.records import Claim, Mention, Span, Stance
from tests.extraction.claims.notation import Expected, Marked, Pair


@dataclass(frozen=True, slots=True)
class Outcome:
    """A sentence's result: expected claims not found, found ones not expected, reversals."""

    sentence: Marked
    found: tuple[Claim, ...]
    missed: tuple[Expected, ...]
    extra: tuple[Claim, ...]
    reversals: int

    @property
    def passed(self) -> bool:
        """Whether each expected claim is found and nothing else is."""
        return not self.missed and not self.extra


@dataclass(frozen=True, slots=True)
class PairOutcome:
    """A pair passes when both its sentences do."""

    pair: Pair
    members: tuple[Outcome, Outcome]

    @property
    def passed(self) -> bool:
        """Whether both sentences passed."""
        return all(member.passed for member in self.members)

    @property
    def reversals(self) -> int:
        """Reversed claims in both sentences."""
        return sum(member.reversals for member in self.members)


def score(sentence: Marked, found: Sequence[Claim], mentions: Sequence[Mention]) -> Outcome:
    """The outcome for one sentence."""
    judge = _Judge(sentence.text, mentions)
    weights = {
        (e, f): 1 if expected.optional else 2
        for e, expected in enumerate(sentence.claims)
        for f, claim in enumerate(found)
        if judge.answers(expected, claim)
    }
    pairs = find_assignment(weights)
    answered, used = {e for e, _ in pairs}, {f for _, f in pairs}
    missed = [
        expected
        for e, expected in enumerate(sentence.claims)
        if e not in answered and not expected.optional
    ]
    extra = [claim for f, claim in enumerate(found) if f not in used]
    reversals = sum(judge.is_reversal(sentence.claims, claim) for claim in extra)
    return Outcome(sentence, tuple(found), tuple(missed), tuple(extra), reversals)


class _Judge:
    """Compares expected and found claims of one text."""

    def __init__(self, text: str, mentions: Sequence[Mention]) -> None:
        self._index = TokenIndex(text)
        self._mentions = mentions

    def answers(self, expected: Expected, claim: Claim) -> bool:
        return (
            self._is_holder(expected.holder, claim.holder.span, claim.holder.entity)
            and self._share(expected.cue, claim.cue)
            and expected.stance is claim.stance
            and targets_agree(expected.target, claim.target, self._index)
            and expected.negated in (None, claim.negated)
            and expected.hedged in (None, claim.hedged)
            and self._attributed(expected, claim)
        )

    def is_reversal(self, answers: Sequence[Expected], claim: Claim) -> bool:
        """Whether the claim is the reverse of an expected one, and half right about none."""
        half_right = any(
            expected.stance is claim.stance
            and self._share(expected.cue, claim.cue)
            and self._is_holder(expected.holder, claim.holder.span, claim.holder.entity)
            and self._near(expected, claim)
            for expected in answers
        )
        return not half_right and any(self.is_reversed(expected, claim) for expected in answers)

    def is_reversed(self, expected: Expected, claim: Claim) -> bool:
        """Whether the claim says the contrary, or has holder and target changed round."""
        if not self._share(expected.cue, claim.cue):
            return False
        if self._is_holder(expected.holder, claim.holder.span, claim.holder.entity):
            opposite = expected.stance.opposite is claim.stance
            return (
                opposite and expected.stance is not Stance.NEUTRAL and self._near(expected, claim)
            )
        return (
            self._share(expected.target, claim.holder.span)
            and claim.target is not None
            and self._share(expected.holder, claim.target)
        )

    def _near(self, expected: Expected, claim: Claim) -> bool:
        """Whether the targets share a word, or one of them is absent."""
        if claim.target is None or expected.target is None:
            return True
        return self._share(expected.target, claim.target)

    def _attributed(self, expected: Expected, claim: Claim) -> bool:
        if expected.attribution is None:
            return claim.attribution is None
        found = claim.attribution
        return found is not None and self._is_holder(expected.attribution, found.span, found.entity)

    def _is_holder(self, expected: Span, found: Span, entity: str | None) -> bool:
        if self._share(expected, found):
            return True
        entities = {m.entity for m in self._mentions if self._share(expected, m.span)}
        return entity is not None and entity in entities

    def _share(self, one: Span | None, other: Span) -> bool:
        return one is not None and self._index.count_shared(one, other) > 0
