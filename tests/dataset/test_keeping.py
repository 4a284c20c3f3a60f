"""What surely keeps to a schema does, and what does not is tried against it and named."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from pipeline.dataset import lines, verified
from pipeline.dataset.fold import fold_decisions
from pipeline.dataset.keeping import (
    claim_faults,
    decision_faults,
    keeps_claim,
    keeps_decision,
)
from pipeline.dataset.records import Decision, Machine, Quote, Reason, Rule, Verdict, VerifiedClaim
from pipeline.schemas import validator
from tests.dataset.build import article, chile, decide, peru, position_of, retract

ADDED = decide(chile(), "added", decided=position_of(chile()))
EDITED = decide(peru(), "edited", decided=position_of(chile()))
REJECTED = decide(peru(), "rejected")
ACCEPTED = decide(peru())
RETRACTED = retract(ADDED)
POSITION = position_of(peru())
EMPTY = Quote(3, 3, "")

WRONG_DECISIONS = {
    "id": replace(ACCEPTED, id="d-1"),
    "text": replace(ACCEPTED, text_sha256="abc"),
    "upper case": replace(ACCEPTED, text_sha256="A" * 64),
    "time": replace(ACCEPTED, decided_at="yesterday"),
    "article": replace(ACCEPTED, article=""),
    "claim": replace(ACCEPTED, claim=""),
    "reviewer": replace(ACCEPTED, reviewer=""),
    "unit": replace(ACCEPTED, origin=replace(ACCEPTED.origin, unit="")),
    "annotation": replace(ACCEPTED, origin=replace(ACCEPTED.origin, annotation="")),
    "claims of the unit": replace(ACCEPTED, unit_claims=-1),
    "codebook": replace(ACCEPTED, codebook=""),
    "carries": replace(ACCEPTED, carries="x"),
    "carries nothing": replace(ACCEPTED, carries=""),
    "rule": replace(ACCEPTED, machine=Machine(rules=("rule.holder.subject", ""))),
    "inference": replace(ACCEPTED, machine=Machine(inferences=("",))),
    "nothing decided": replace(ACCEPTED, decided=None),
    "nothing shown": replace(EDITED, shown=None),
    "no context": replace(EDITED, context=None),
    "shown and added": replace(ADDED, shown=POSITION),
    "added without context": replace(ADDED, context=None),
    "rejected as it is": replace(REJECTED, decided=POSITION),
    "rejected unseen": replace(REJECTED, shown=None),
    "takes back nothing": replace(RETRACTED, retracts=None),
    "takes back and accepts": replace(ACCEPTED, retracts="d-0123456789abcdef"),
    "empty holder": replace(ACCEPTED, decided=replace(POSITION, holder=EMPTY)),
    "empty cue": replace(ACCEPTED, shown=replace(POSITION, cue=EMPTY)),
    "target before the text": replace(
        ACCEPTED, decided=replace(POSITION, target=Quote(-2, 3, "words"))
    ),
    "empty reporter": replace(ACCEPTED, decided=replace(POSITION, attribution=EMPTY)),
    "a reason for what stands": replace(ACCEPTED, reason=Reason.OTHER),
    "a reason for what was taken back": replace(RETRACTED, reason=Reason.OTHER),
    "empty run": replace(ACCEPTED, bulk=""),
    "empty context": replace(ACCEPTED, context=Quote(0, 0, "")),
}


def _claim() -> VerifiedClaim:
    (found,) = fold_decisions((ACCEPTED,), {"note": article()}, rule=Rule.FIRST).verified
    return found


WRONG_CLAIMS = {
    "id": replace(_claim(), id=""),
    "article": replace(_claim(), article=""),
    "text": replace(_claim(), text_sha256="0" * 63),
    "time": replace(_claim(), decided_at="2026-01-01"),
    "nobody": replace(_claim(), reviewers=()),
    "no name": replace(_claim(), reviewers=("",)),
    "no decision": replace(_claim(), decisions=()),
    "empty decision": replace(_claim(), decisions=("",)),
    "asked": replace(_claim(), asked=-1),
    "verdict": replace(_claim(), verdict=Verdict.REJECTED),
    "kind": replace(_claim(), kind="river"),
    "anchored": replace(_claim(), anchored="somewhere"),
    "sentence": replace(_claim(), sentence=EMPTY),
    "cue": replace(_claim(), position=replace(_claim().position, cue=EMPTY)),
    "rule": replace(_claim(), machine=Machine(rules=("",))),
}


def _keeps_to(schema: str, record: object) -> bool:
    return validator(schema).is_valid(json.loads(json.dumps(record)))


@pytest.mark.parametrize("decision", [ADDED, EDITED, REJECTED, ACCEPTED, RETRACTED])
def test_every_verdict_keeps_to_its_schema_without_its_being_tried(decision: Decision) -> None:
    assert keeps_decision(decision)
    assert _keeps_to("decision", lines.to_json(decision))
    assert decision_faults(decision) == []


@pytest.mark.parametrize("name", WRONG_DECISIONS)
def test_what_is_wrong_with_a_decision_is_named_by_the_schema(name: str) -> None:
    decision = WRONG_DECISIONS[name]
    assert not keeps_decision(decision)
    assert not _keeps_to("decision", lines.to_json(decision))
    assert all(
        fault.startswith(f"decision {decision.id}: $") for fault in decision_faults(decision)
    )
    assert decision_faults(decision)


def test_a_verified_claim_keeps_to_its_schema_without_its_being_tried() -> None:
    assert keeps_claim(_claim())
    assert _keeps_to("verified", verified.to_json(_claim()))
    assert claim_faults(_claim()) == []


@pytest.mark.parametrize("name", WRONG_CLAIMS)
def test_what_is_wrong_with_a_verified_claim_is_named_by_the_schema(name: str) -> None:
    claim = WRONG_CLAIMS[name]
    assert not keeps_claim(claim)
    assert claim_faults(claim)


def test_no_required_field_of_a_schema_is_unknown_here() -> None:
    """A field that is added to a schema must be thought of in ``pipeline.dataset.keeping`` too."""
    schemas = {name: validator(name).schema for name in ("decision", "verified")}
    assert {*schemas["decision"]["properties"]} == {*lines.to_json(_full())}
    assert {*schemas["verified"]["properties"]} == {*verified.to_json(_claim())}


def _full() -> Decision:
    return replace(
        ACCEPTED, carries="d-0123456789abcdef", codebook="1", bulk="b-1", reason=Reason.OTHER
    )
