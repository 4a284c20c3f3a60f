"""Decisions as JSON objects and back; the published schema is ``schemas/decision.schema.json``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from math import isfinite
from sys import intern
from typing import Any

from pipeline.dataset.identity import content_id
from pipeline.dataset.line_versions import check_version, version_of
from pipeline.dataset.position_lines import (
    object_or_null,
    position_or_null,
    quote_or_null,
    string_or_null,
    words_of,
)
from pipeline.dataset.position_lines import position_to_json as position_to_json
from pipeline.dataset.position_lines import quote_to_json as quote_to_json
from pipeline.dataset.records import Decision, Machine, Origin, Position, Reason, Verdict
from pipeline.errors import RecordError
from pipeline.jsonl_fields import Fields

Json = dict[str, Any]

_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z")


def to_json(decision: Decision) -> Json:
    """The object that stands for a decision; its id is computed where it has none yet."""
    body = _body(decision)
    return {"id": decision.id or _id_of(body), **body}


def _body(decision: Decision) -> Json:
    optional = {
        "carries": decision.carries,
        "codebook": decision.codebook,
        "reason": decision.reason and decision.reason.value,
        "bulk": decision.bulk,
    }
    given = {key: value for key, value in optional.items() if value is not None}
    return {
        "version": version_of(given),
        "verdict": decision.verdict.value,
        "article": decision.article,
        "text_sha256": decision.text_sha256,
        "claim": decision.claim,
        "shown": position_to_json(decision.shown),
        "decided": position_to_json(decision.decided),
        "context": quote_to_json(decision.context),
        "reviewer": decision.reviewer,
        "editor": decision.editor,
        "decided_at": decision.decided_at,
        "lead_time": decision.lead_time,
        "unit_claims": decision.unit_claims,
        "comment": decision.comment,
        "adjudicates": decision.adjudicates,
        "origin": _origin_to_json(decision.origin),
        "machine": machine_to_json(decision.machine),
        "retracts": decision.retracts,
        **given,
    }


def _id_of(body: Json) -> str:
    return content_id(body, prefix="d-")


def with_id(decision: Decision) -> Decision:
    """The decision with the id that its content gives it."""
    return replace(decision, id=_id_of(_body(decision)))


def from_json(record: object) -> Decision:
    """The decision that an object stands for.

    Raises:
        RecordError: naming the field that is missing or wrong; or the id is not the content's.
    """
    if not isinstance(record, Mapping):
        raise RecordError(f"not a decision but {record!r:.60}; restore the line")
    try:
        decision = _read_decision(Fields(record, where=""))
        found = _id_of(_body(decision))
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise RecordError(f"not a decision: {type(error).__name__} {error}") from error
    if decision.id != found:
        raise RecordError(
            f"decision {decision.id}: the line was changed after it was written; restore it from "
            "version control (a correction is a new decision, made in the review screen)",
            cause="changed",
        )
    return decision


def _read_decision(fields: Fields) -> Decision:
    check_version(fields)
    decision = Decision(
        id=fields.string("id"),
        verdict=fields.word("verdict", Verdict),
        article=intern(words_of(fields, "article")),  # what lines have in common is held once
        text_sha256=intern(words_of(fields, "text_sha256")),
        claim=intern(words_of(fields, "claim")),
        shown=(shown := position_or_null(object_or_null(fields, "shown"))),
        decided=_once(position_or_null(object_or_null(fields, "decided")), shown),
        context=quote_or_null(object_or_null(fields, "context")),
        reviewer=intern(words_of(fields, "reviewer")),
        editor=string_or_null(fields, "editor"),
        decided_at=_time(fields),
        lead_time=_number_or_null(fields, "lead_time"),
        unit_claims=_whole(fields, "unit_claims", least=0),
        comment=fields.string("comment"),
        adjudicates=fields.flag("adjudicates"),
        origin=_origin(fields.nested("origin")),
        machine=_machine(object_or_null(fields, "machine")),
        retracts=string_or_null(fields, "retracts"),
        carries=fields.optional_string("carries"),
        codebook=fields.optional_string("codebook"),
        reason=fields.word("reason", Reason) if "reason" in fields.values else None,
        bulk=fields.optional_string("bulk"),
    )
    _check_verdict(decision, fields)
    return decision


def _once(position: Position | None, other: Position | None) -> Position | None:
    """The position; the other one where they are equal, so that it is held once."""
    return other if position == other else position


def _check_verdict(decision: Decision, fields: Fields) -> None:
    """Refuse a line that does not say what its verdict needs."""
    keeps = decision.verdict in (Verdict.ACCEPTED, Verdict.EDITED, Verdict.ADDED)
    if keeps != (decision.decided is not None):
        fault = "must be a claim" if keeps else "must be null"
        raise fields.refuse("decided", f"{fault} where verdict is {decision.verdict.value}")
    if decision.reason is not None and decision.verdict is not Verdict.REJECTED:
        raise fields.refuse(
            "reason", f"must not be there where verdict is {decision.verdict.value}"
        )
    retracted = decision.verdict is Verdict.RETRACTED
    if retracted != (decision.retracts is not None):
        fault = "must be the id of a decision" if retracted else "must be null"
        raise fields.refuse("retracts", f"{fault} where verdict is {decision.verdict.value}")


def _whole(fields: Fields, key: str, *, least: int | None = None) -> int:
    value = fields.required(key)
    if type(value) is not int or (least is not None and value < least):
        raise fields.refuse(key, f"must be a whole number, not {value!r:.60}")
    return value


def _number_or_null(fields: Fields, key: str) -> float | None:
    value = fields.required(key)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not isfinite(value):
        raise fields.refuse(key, f"must be a number or null, not {value!r:.60}")
    return value


def _time(fields: Fields) -> str:
    value = fields.string("decided_at")
    if not _TIME.fullmatch(value):
        raise fields.refuse("decided_at", f"must be UTC in ISO 8601, not {value!r:.60}")
    return value


def _origin(fields: Fields) -> Origin:
    prediction = fields.required("prediction")
    return Origin(
        server=intern(fields.string("server")),
        project=_whole(fields, "project"),
        task=_whole(fields, "task"),
        annotation=words_of(fields, "annotation"),
        unit=words_of(fields, "unit"),
        prediction=None if prediction is None else _whole(fields, "prediction"),
        model=None if fields.required("model") is None else fields.shared("model"),
    )


def machine_to_json(machine: Machine | None) -> Json | None:
    """The object of what the machine had said, null where it had said nothing."""
    if machine is None:
        return None
    return {
        "score": machine.score,
        "cue": machine.cue,
        "rules": list(machine.rules),
        "inferences": list(machine.inferences),
        "provenance": dict(sorted(machine.provenance.items())),
    }


def machine_from_json(record: object) -> Machine | None:
    """What the machine had said, None for null.

    Raises:
        RecordError: naming the field that is missing or wrong.
    """
    if record is None:
        return None
    if not isinstance(record, Mapping):
        raise RecordError(f"field machine: must be an object, not {record!r:.60}")
    return _machine(Fields(record, where="", path="machine."))


def _machine(fields: Fields | None) -> Machine | None:
    if fields is None:
        return None
    provenance = fields.nested("provenance")
    for key in ("rules", "inferences"):
        fields.required(key)
    return Machine(
        score=_number_or_null(fields, "score"),
        cue=None if fields.required("cue") is None else fields.shared("cue"),
        rules=fields.strings("rules"),
        inferences=fields.strings("inferences"),
        provenance=_mapping_of(
            tuple((str(key), provenance.string(str(key))) for key in provenance.values)
        ),
    )


@lru_cache(maxsize=256)
def _mapping_of(items: tuple[tuple[str, str], ...]) -> Mapping[str, str]:
    """The items as a mapping; the same one for the claims of an article."""
    return dict(items)


def _origin_to_json(origin: Origin) -> Json:
    return {
        "server": origin.server,
        "project": origin.project,
        "task": origin.task,
        "annotation": origin.annotation,
        "unit": origin.unit,
        "prediction": origin.prediction,
        "model": origin.model,
    }
