"""What the judge sees of a position: named numbers, the same from a proposal and from a claim."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from pipeline.extraction.judge.evidence import UNKNOWN_HOLDERS, has_sure_target, is_turned
from pipeline.extraction.propose.held import Held
from pipeline.extraction.propose.proposal import Proposal
from pipeline.lexicon.cues import OF_CONTENT, Cue
from pipeline.records import Claim, Form, Stance

_NOUN_LIKE = ("noun", "participle", "adjective")


@dataclass(frozen=True, slots=True)
class Position:
    """One holder's position as far as it is weighed.

    ``rules`` are those of the evidence; ``entry`` is the cue's entry, None where it is unknown.
    """

    inferred: bool
    entity: str | None
    has_target: bool
    attributed: bool
    negated: bool
    hedged: bool
    rules: tuple[str, ...]
    entry: Cue | None
    neutral: bool = False
    action: bool = False


def describe_claim(claim: Claim, entry: Cue | None) -> Position:
    """The position of a claim that was extracted; ``entry`` is what its evidence names."""
    return Position(
        inferred=claim.holder.inferred,
        entity=claim.holder.entity,
        has_target=claim.target is not None,
        attributed=claim.attribution is not None,
        negated=claim.negated,
        hedged=claim.hedged,
        rules=claim.evidence.rules if claim.evidence else (),
        entry=entry,
        neutral=claim.stance is Stance.NEUTRAL,
        action=claim.form is Form.ACTION,
    )


def describe_position(proposal: Proposal, held: Held, *, attributed: bool = False) -> Position:
    """The position of one holder of a proposal."""
    return Position(
        inferred=held.inferred,
        entity=held.entity,
        has_target=proposal.target is not None,
        attributed=attributed,
        negated=proposal.polarity.negated,
        hedged=proposal.polarity.hedged,
        rules=proposal.rules,
        entry=proposal.entry,
        neutral=proposal.stance is Stance.NEUTRAL,
        action=proposal.form is Form.ACTION,
    )


def measure(position: Position) -> dict[str, float]:
    """The features of a position by name, each a number that is 0 where it is absent."""
    return {name: float(feature(position)) for name, feature in FEATURES.items()}


def _pos(position: Position) -> str:
    return position.entry.pos if position.entry is not None else ""


def _of_content(position: Position) -> bool:
    return position.entry is not None and position.entry.stance == OF_CONTENT


FEATURES: Mapping[str, Callable[[Position], bool]] = {
    "holder-inferred": lambda one: one.inferred,
    "holder-unknown": lambda one: one.entity in UNKNOWN_HOLDERS,
    "no-target": lambda one: not one.has_target,
    "loose-target": lambda one: one.has_target and not has_sure_target(one.rules),
    "attributed": lambda one: one.attributed,
    "turned": lambda one: is_turned(one.rules, negated=one.negated),
    "hedged": lambda one: one.hedged,
    "evaluation": lambda one: _pos(one) == "clause",
    "judging-cue": lambda one: one.entry is not None and "judges" in one.entry.traits,
    "phrase-cue": lambda one: _pos(one) == "phrase",
    "noun-like-cue": lambda one: _pos(one) in _NOUN_LIKE,
    "loose-family": lambda one: one.entry is not None and "loose" in one.entry.traits,
    "neutral": lambda one: one.neutral,
    "of-content": _of_content,
    "neutral-content": lambda one: one.neutral and _of_content(one),
    "action": lambda one: one.action,
    "quoted-target": lambda one: "rule.target.quote" in one.rules,
    "light-verb": lambda one: "rule.holder.light-verb" in one.rules,
}
