"""How sure a claim is, and why not surer: what weakens it is taken off one by one.

The costs rank claims on development sets: ``python -m benchmarks.scores --fit`` prints which
features go with right claims.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.lexicon.cues import Cue
from pipeline.records import Claim

BEST = 0.95
LEAST = 0.05
_TURNS = ("rule.negation.", "rule.reversal.")
_SURE_SLOTS = frozenset(
    f"rule.target.{slot}"
    for slot in ("quote", "that", "clause", "object+of", "object+for", "object+to",
                 "object+complement")
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Deduction:
    """What is taken off a score, and why."""

    cost: float
    why: str


def find_deductions(claim: Claim, cue: Cue | None) -> tuple[Deduction, ...]:
    """What weakens a claim that ``cue`` made; nothing where nothing does."""
    return (*_of_roles(claim), *_of_cue(claim, cue))


def score_claim(claim: Claim, cue: Cue | None) -> float:
    """The claim's score in ``[0, 1]``."""
    costs = sum(deduction.cost for deduction in find_deductions(claim, cue))
    return round(max(BEST - costs, LEAST), 2)


def _of_roles(claim: Claim) -> Iterator[Deduction]:
    rules = claim.evidence.rules if claim.evidence else ()
    if claim.holder.inferred:
        yield Deduction(0.08, "the holder is inferred")
    if claim.holder.entity in (None, "unknown:speaker"):
        yield Deduction(0.08, "nobody is known behind the holder")
    if claim.target is None:
        yield Deduction(0.2, "there is no target")
    elif not _SURE_SLOTS & set(rules):
        yield Deduction(0.08, "the target is a phrase, not a clause")
    if claim.attribution is not None:
        yield Deduction(0.1, "somebody else reports it")
    if claim.negated or any(rule.startswith(_TURNS) for rule in rules):
        yield Deduction(0.15, "the stance was turned by a negation or a verb above the cue")
    if claim.hedged:
        yield Deduction(0.05, "it is hedged")


def _of_cue(claim: Claim, cue: Cue | None) -> Iterator[Deduction]:
    if claim.evidence and claim.evidence.cue.startswith("cue.evaluation"):
        yield Deduction(0.1, "the cue is an evaluation, not a reporting word")
    if cue is None:
        return
    if cue.pos == "phrase":
        yield Deduction(0.1, "the cue is a phrase")
    if cue.pos in ("noun", "participle", "adjective"):
        yield Deduction(0.05, f"the cue is {'an' if cue.pos == 'adjective' else 'a'} {cue.pos}")
    if "loose" in cue.traits:
        yield Deduction(0.1, f"cues of the family {cue.family!r} are often no position")
