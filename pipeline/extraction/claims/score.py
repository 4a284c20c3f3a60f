"""How sure a claim is, and why not surer: what weakens it is taken off one by one.

The costs rank claims on development sets: ``python -m benchmarks.scores --fit`` prints which
features go with right claims.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.lexicon.cues import Cue
from pipeline.records import Claim

BEST = 0.9
LEAST = 0.05
_TURNS = ("rule.negation.", "rule.reversal.")


@dataclass(frozen=True, slots=True)
class Deduction:
    """What is taken off a score, and why."""

    cost: float
    why: str


def find_deductions(claim: Claim, cue: Cue | None) -> tuple[Deduction, ...]:
    """What weakens a claim that ``cue`` made; nothing where nothing does."""
    return tuple(_deductions(claim, cue))


def score_claim(claim: Claim, cue: Cue | None) -> float:
    """The claim's score in ``[0, 1]``."""
    costs = sum(deduction.cost for deduction in find_deductions(claim, cue))
    return round(max(BEST - costs, LEAST), 2)


def _deductions(claim: Claim, cue: Cue | None) -> Iterator[Deduction]:
    rules = claim.evidence.rules if claim.evidence else ()
    if claim.holder.inferred:
        yield Deduction(0.15, "the holder is inferred")
    if claim.holder.entity is None:
        yield Deduction(0.2, "nobody is known behind the holder")
    if claim.target is None:
        yield Deduction(0.2, "there is no target")
    if cue is not None and cue.pos in ("noun", "phrase"):
        yield Deduction(0.1, f"the cue is a {cue.pos}")
    if claim.negated or any(rule.startswith(_TURNS) for rule in rules):
        yield Deduction(0.05, "the stance was turned by a negation or a verb above the cue")
    if claim.hedged:
        yield Deduction(0.05, "it is hedged")
