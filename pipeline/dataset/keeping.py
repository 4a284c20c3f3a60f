"""Whether decisions and verified claims keep to their published schemas, and what does not.

To try a schema takes a thousand times as long as to ask the record for what its types leave open:
words that are empty, numbers that are too small, what a verdict needs. So the schema is tried only
where the answer is no, and names the fault.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from pipeline.dataset import lines, verified
from pipeline.dataset.records import Decision, Machine, Position, Quote, Verdict, VerifiedClaim
from pipeline.records import Kind
from pipeline.schemas import validator

_DECISION_ID = re.compile(r"d-[0-9a-f]{16}")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_TIME = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?Z")
_KINDS = frozenset({*(kind.value for kind in Kind), ""})
_ANCHORED = frozenset({"exact", "moved", "orphan"})
_STANDING = frozenset({Verdict.ACCEPTED, Verdict.EDITED, Verdict.ADDED})


def decision_faults(decision: Decision) -> list[str]:
    """What of a decision's line breaks its schema, a sentence each."""
    if keeps_decision(decision):
        return []
    return _schema_faults("decision", f"decision {decision.id}", lines.to_json(decision))


def claim_faults(claim: VerifiedClaim) -> list[str]:
    """What of a verified claim's line breaks its schema, a sentence each."""
    if keeps_claim(claim):
        return []
    return _schema_faults("verified", f"claim {claim.id}", verified.to_json(claim))


def keeps_decision(decision: Decision) -> bool:
    """Whether the decision's line surely keeps to its schema."""
    origin = decision.origin
    named = (decision.article, decision.claim, decision.reviewer, origin.annotation, origin.unit)
    ids = (decision.id, decision.carries or decision.id)
    return (
        all(map(_DECISION_ID.fullmatch, ids))
        and decision.carries != ""
        and _is_dated(decision)
        and all(named)
        and decision.unit_claims >= 0
        and "" not in (decision.codebook, decision.bulk)
        and _says_what_it_needs(decision)
        and _are_positions(decision.shown, decision.decided)
        and _are_quotes(decision.context)
        and _is_machine(decision.machine)
    )


def keeps_claim(claim: VerifiedClaim) -> bool:
    """Whether the verified claim's line surely keeps to its schema."""
    return (
        _is_dated(claim)
        and all((claim.id, claim.article, claim.reviewers, claim.decisions))
        and all(claim.reviewers)
        and all(claim.decisions)
        and claim.asked >= 0
        and claim.verdict in _STANDING
        and claim.kind in _KINDS
        and claim.anchored in _ANCHORED
        and _are_positions(claim.position)
        and _are_quotes(claim.sentence)
        and _is_machine(claim.machine)
    )


def _is_dated(found: Decision | VerifiedClaim) -> bool:
    """Whether the text is named by a hash, and the time is one in UTC."""
    text = _SHA256.fullmatch(found.text_sha256)
    return text is not None and _TIME.fullmatch(found.decided_at) is not None


def _says_what_it_needs(decision: Decision) -> bool:
    """Whether claim, context and what is taken back are there, or not, as the verdict has it."""
    shown, decided = decision.shown is not None, decision.decided is not None
    verdict = decision.verdict
    if decision.reason is not None and verdict is not Verdict.REJECTED:
        return False
    if verdict is Verdict.RETRACTED:
        return not decided and decision.retracts is not None
    if decision.retracts is not None:
        return False
    if verdict is Verdict.REJECTED:
        return shown and not decided
    return decided and decision.context is not None and shown is (verdict is not Verdict.ADDED)


def _are_positions(*positions: Position | None) -> bool:
    return all(_are_quotes(*one.quotes) for one in positions if one is not None)


def _are_quotes(*quotes: Quote | None) -> bool:
    return all(
        one.start >= 0 and one.end >= 1 and one.text != "" for one in quotes if one is not None
    )


def _is_machine(machine: Machine | None) -> bool:
    return machine is None or (all(machine.rules) and all(machine.inferences))


def _schema_faults(schema: str, name: str, record: Mapping[str, Any]) -> list[str]:
    errors = validator(schema).iter_errors(json.loads(json.dumps(record)))
    return [f"{name}: {error.json_path} {error.message}" for error in errors]
