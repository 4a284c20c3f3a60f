"""What a statement of a DNA database says of the claim that it was made from, and back again."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from pipeline.concepts.statements import Statement
from pipeline.export.dna_entities import Entity, target_words
from pipeline.export.dna_text import write_note

Json = dict[str, Any]
QUOTES = ("sentence", "holder", "cue", "target", "antecedent", "attribution")
"""The parts of a record that are words of the article."""


def evidence_of(record: Mapping[str, Any]) -> tuple[int, int]:
    """From where to where a claim's own words reach: those of holder, cue and target."""
    pieces = [record[name] for name in ("holder", "cue", "target") if record[name]]
    return min(one["start"] for one in pieces), max(one["end"] for one in pieces)


def exported_pairs(
    statement: Statement, actor: Entity | None, concept: Entity | None
) -> dict[str, str]:
    """What was exported, so that what a coder of DNA changes can be told from it."""
    record = statement.record
    spans = {name: record[name] for name in ("holder", "cue", "target") if record[name]}
    turned = any(
        one["id"] == statement.concept and one.get("turned") for one in record.get("concepts") or ()
    )
    return {
        "claim_id": statement.claim,
        "stance": statement.stance.value,
        "turned": "yes" if turned else "",
        "entity": statement.actor or "",
        "actor": actor.key if actor else "",
        "actor_name": actor.name if actor else "",
        "concept": concept.key if concept else "",
        "concept_name": concept.name if concept else "",
        "kind": statement.kind,
        "cue": record["cue"]["text"],
        "target": target_words(record),
        "spans": " ".join(f"{name}={one['start']}-{one['end']}" for name, one in spans.items()),
    }


def details_of(statement: Statement, pairs: Mapping[str, str]) -> dict[str, object]:
    """The values of the variables that the rich profile adds, by their names."""
    record = statement.record
    score = (record.get("machine") or {}).get("score")
    source = record["attribution"] or {}
    return {
        "claim_id": record["id"],
        "cue": record["cue"]["text"],
        "target": target_words(record),
        "source": source.get("name") or source.get("text") or "",
        "confidence": -1 if score is None else round(100 * score),
        "form": record["form"],
        "negated": int(record["negated"]),
        "hedged": int(record["hedged"]),
        "reviewers": " ".join(record.get("reviewers") or ()),
        "comments": " | ".join(record.get("comments") or ()),
        "exported": write_note(
            {**pairs, "record": json.dumps(rest_of(record), ensure_ascii=False)}
        ),
    }


def rest_of(record: Mapping[str, Any]) -> Json:
    """The record without what its document holds: metadata, and the words at known places."""
    rest = {key: value for key, value in record.items() if key not in ("metadata", "text_sha256")}
    for name in QUOTES:
        if rest.get(name):
            rest[name] = {key: value for key, value in rest[name].items() if key != "text"}
    return rest


def whole_record(rest: Json, text: str, document: Mapping[str, str]) -> Json:
    """The record that ``rest_of`` was given, in the order of its keys.

    ``text`` is the article's, ``document`` what the notes of its document say.
    """
    for name in QUOTES:
        piece = rest.get(name)
        if piece:
            start, end = piece.pop("start"), piece.pop("end")
            rest[name] = {"start": start, "end": end, "text": text[start:end], **piece}
    record: Json = {}
    for key, value in rest.items():
        record[key] = value
        if key == "article":
            record["metadata"] = json.loads(document.get("metadata", "{}"))
            record["text_sha256"] = document.get("text_sha256", "")
    return record
