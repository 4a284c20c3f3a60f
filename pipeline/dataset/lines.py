"""Decisions as JSON objects and back; the published schema is ``schemas/decision.schema.json``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from pipeline.dataset.identity import content_id
from pipeline.dataset.records import Decision, Machine, Origin, Position, Quote, Verdict
from pipeline.errors import RecordError
from pipeline.records import Form, Stance

Json = dict[str, Any]
VERSION = 1


def to_json(decision: Decision) -> Json:
    """The object that stands for a decision; its id is computed where it has none yet."""
    body = _body(decision)
    return {"id": decision.id or _id_of(body), **body}


def _body(decision: Decision) -> Json:
    return {
        "version": VERSION,
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
    }


def _id_of(body: Json) -> str:
    return content_id(body, prefix="d-")


def with_id(decision: Decision) -> Decision:
    """The decision with the id that its content gives it."""
    return replace(decision, id=_id_of(_body(decision)))


def from_json(record: Mapping[str, Any]) -> Decision:
    """The decision that an object stands for.

    Raises:
        RecordError: where a field is missing or wrong, or the id is not the content's.
    """
    try:
        decision = _read_decision(record)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise RecordError(f"not a decision: {type(error).__name__} {error}") from error
    if decision.id != _id_of(_body(decision)):
        raise RecordError(
            f"decision {decision.id}: the line was changed after it was written; restore it from "
            "version control (a correction is a new decision, made in the review screen)",
            cause="changed",
        )
    return decision


def _read_decision(record: Mapping[str, Any]) -> Decision:
    if record.get("version") != VERSION:
        raise ValueError(f"version {record.get('version')!r} is not {VERSION}")
    return Decision(
        id=record["id"],
        verdict=Verdict(record["verdict"]),
        article=record["article"],
        text_sha256=record["text_sha256"],
        claim=record["claim"],
        shown=position_from_json(record["shown"]),
        decided=position_from_json(record["decided"]),
        context=quote_from_json(record["context"]),
        reviewer=record["reviewer"],
        editor=record["editor"],
        decided_at=record["decided_at"],
        lead_time=record["lead_time"],
        unit_claims=record["unit_claims"],
        comment=record["comment"],
        adjudicates=record["adjudicates"],
        origin=Origin(**record["origin"]),
        machine=machine_from_json(record["machine"]),
        retracts=record["retracts"],
    )


def quote_to_json(quote: Quote | None) -> Json | None:
    """The object of a quote, null for none."""
    return None if quote is None else _quote(quote)


def quote_from_json(record: Mapping[str, Any] | None) -> Quote | None:
    """The quote of an object, None for null."""
    if record is None:
        return None
    return Quote(int(record["start"]), int(record["end"]), str(record["text"]))


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


def position_from_json(record: Mapping[str, Any] | None) -> Position | None:
    """The claim that an object stands for, None for null."""
    if record is None:
        return None
    holder, cue = quote_from_json(record["holder"]), quote_from_json(record["cue"])
    if holder is None or cue is None:
        raise ValueError("a claim needs a holder and a cue")
    attribution = record["attribution"]
    return Position(
        holder=holder,
        entity=record["holder"]["entity"],
        cue=cue,
        stance=Stance(record["stance"]),
        form=Form(record["form"]),
        target=quote_from_json(record["target"]),
        negated=bool(record["negated"]),
        hedged=bool(record["hedged"]),
        attribution=quote_from_json(attribution),
        attribution_entity=None if attribution is None else attribution["entity"],
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


def machine_from_json(record: Mapping[str, Any] | None) -> Machine | None:
    """What the machine had said, None for null."""
    if record is None:
        return None
    return Machine(
        score=record["score"],
        cue=record["cue"],
        rules=tuple(record["rules"]),
        inferences=tuple(record["inferences"]),
        provenance=dict(record["provenance"]),
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
