"""Decisions as JSON objects and back; the published schema is ``schemas/decision.schema.json``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from math import isfinite
from typing import Any

from pipeline.dataset.identity import content_id
from pipeline.dataset.records import Decision, Machine, Origin, Position, Quote, Verdict
from pipeline.errors import RecordError
from pipeline.jsonl_fields import Fields
from pipeline.records import Form, Stance

Json = dict[str, Any]
VERSION = 1
CARRIED_VERSION = 2
"""The version of a line with ``carries``: a program that knows only version 1 must refuse it."""

_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z")


def to_json(decision: Decision) -> Json:
    """The object that stands for a decision; its id is computed where it has none yet."""
    body = _body(decision)
    return {"id": decision.id or _id_of(body), **body}


def _body(decision: Decision) -> Json:
    carried: Json = {} if decision.carries is None else {"carries": decision.carries}
    return {
        "version": CARRIED_VERSION if carried else VERSION,
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
        **carried,
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
    _check_version(fields)
    decision = Decision(
        id=fields.string("id"),
        verdict=fields.word("verdict", Verdict),
        article=_words(fields, "article"),
        text_sha256=_words(fields, "text_sha256"),
        claim=_words(fields, "claim"),
        shown=_position(_object(fields, "shown")),
        decided=_position(_object(fields, "decided")),
        context=_quote_of(_object(fields, "context")),
        reviewer=_words(fields, "reviewer"),
        editor=_string_or_null(fields, "editor"),
        decided_at=_time(fields),
        lead_time=_number_or_null(fields, "lead_time"),
        unit_claims=_whole(fields, "unit_claims", least=0),
        comment=fields.string("comment"),
        adjudicates=fields.flag("adjudicates"),
        origin=_origin(fields.nested("origin")),
        machine=_machine(_object(fields, "machine")),
        retracts=_string_or_null(fields, "retracts"),
        carries=fields.optional_string("carries"),
    )
    _check_verdict(decision, fields)
    return decision


def _check_version(fields: Fields) -> None:
    version = fields.values.get("version")
    known = CARRIED_VERSION if "carries" in fields.values else VERSION
    if type(version) is int and version > CARRIED_VERSION:
        raise RecordError(
            f"field version: {version} is of a later stance-claims, and this one knows up to "
            f"{CARRIED_VERSION}; update it: pip install --upgrade stance-claims",
            cause="version",
        )
    if type(version) is not int or version != known:
        raise fields.refuse("version", f"must be {known}, not {version!r}; restore the line")


def _check_verdict(decision: Decision, fields: Fields) -> None:
    """Refuse a line that does not say what its verdict needs."""
    keeps = decision.verdict in (Verdict.ACCEPTED, Verdict.EDITED, Verdict.ADDED)
    if keeps != (decision.decided is not None):
        fault = "must be a claim" if keeps else "must be null"
        raise fields.refuse("decided", f"{fault} where verdict is {decision.verdict.value}")
    retracted = decision.verdict is Verdict.RETRACTED
    if retracted != (decision.retracts is not None):
        fault = "must be the id of a decision" if retracted else "must be null"
        raise fields.refuse("retracts", f"{fault} where verdict is {decision.verdict.value}")


def _words(fields: Fields, key: str) -> str:
    value = fields.string(key)
    if not value:
        raise fields.refuse(key, "is empty; restore the line")
    return value


def _string_or_null(fields: Fields, key: str) -> str | None:
    return None if fields.required(key) is None else fields.string(key)


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


def _object(fields: Fields, key: str) -> Fields | None:
    return None if fields.required(key) is None else fields.nested(key)


def _origin(fields: Fields) -> Origin:
    prediction = fields.required("prediction")
    return Origin(
        server=fields.string("server"),
        project=_whole(fields, "project"),
        task=_whole(fields, "task"),
        annotation=_words(fields, "annotation"),
        unit=_words(fields, "unit"),
        prediction=None if prediction is None else _whole(fields, "prediction"),
        model=_string_or_null(fields, "model"),
    )


def quote_to_json(quote: Quote | None) -> Json | None:
    """The object of a quote, null for none."""
    return None if quote is None else _quote(quote)


def _quote_of(fields: Fields | None) -> Quote | None:
    if fields is None:
        return None
    start, end, text = fields.offset("start"), fields.offset("end"), _words(fields, "text")
    if not 0 <= start < end or end - start != len(text):
        raise fields.refuse("end", f"{start}–{end} are not the offsets of {len(text)} characters")
    return Quote(start, end, text)


def position_to_json(position: Position | None) -> Json | None:
    """The object of a claim as it was seen, with the words of each span; null for none."""
    if position is None:
        return None
    attribution = quote_to_json(position.attribution)
    if attribution is not None:
        attribution["entity"] = position.attribution_entity
    return {
        "holder": {**_quote(position.holder), "entity": position.entity},
        "cue": _quote(position.cue),
        "stance": position.stance.value,
        "form": position.form.value,
        "target": quote_to_json(position.target),
        "negated": position.negated,
        "hedged": position.hedged,
        "attribution": attribution,
    }


def _position(fields: Fields | None) -> Position | None:
    if fields is None:
        return None
    holder, cue = _quote_of(fields.nested("holder")), _quote_of(fields.nested("cue"))
    attribution = _object(fields, "attribution")
    if holder is None or cue is None:
        raise fields.refuse("holder", "a claim needs a holder and a cue")
    return Position(
        holder=holder,
        entity=_string_or_null(fields.nested("holder"), "entity"),
        cue=cue,
        stance=fields.word("stance", Stance),
        form=fields.word("form", Form),
        target=_quote_of(_object(fields, "target")),
        negated=fields.flag("negated"),
        hedged=fields.flag("hedged"),
        attribution=_quote_of(attribution),
        attribution_entity=None if attribution is None else _string_or_null(attribution, "entity"),
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
        cue=_string_or_null(fields, "cue"),
        rules=fields.strings("rules"),
        inferences=fields.strings("inferences"),
        provenance={str(key): provenance.string(str(key)) for key in provenance.values},
    )


def _quote(quote: Quote) -> Json:
    return {"start": quote.start, "end": quote.end, "text": quote.text}


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
