"""What the note on a claim says in a REFI-QDA project: a line for each thing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pipeline.export.dna_entities import target_words
from pipeline.export.dna_text import write_lines

SPANS = ("sentence", "holder", "cue", "target", "attribution")


def note_of(record: Mapping[str, Any]) -> str:
    """The note: the claim's fields that codes do not have, and where its parts stand."""
    holder, target, source = record["holder"], record["target"], record["attribution"]
    agreement = record.get("agreement")
    machine = record.get("machine") or {}
    pairs = {
        "claim_id": record["id"],
        "article": record["article"],
        "text_sha256": record["text_sha256"],
        "holder": holder["text"],
        "entity": holder["entity"],
        "name": holder.get("name"),
        "kind": holder.get("kind"),
        "country": holder.get("country"),
        "cue": record["cue"]["text"],
        "stance": record["stance"],
        "form": record["form"],
        "target": target and target["text"],
        "target_reads": target_words(record),
        "concepts": ", ".join(map(_concept, record.get("concepts") or ())),
        "negated": _yes(record["negated"]),
        "hedged": _yes(record["hedged"]),
        "attribution": source and (source.get("name") or source["text"]),
        "verified_by": ", ".join(record.get("reviewers") or ()),
        "verdict": record.get("verdict"),
        "agreement": agreement and f"{agreement['agree']} of {agreement['asked']}",
        "comments": " | ".join(record.get("comments") or ()),
        "score": _score(machine.get("score")),
        "spans": " ".join(_spans(record)),
    }
    return write_lines({key: value or "" for key, value in pairs.items()})


def _concept(one: Mapping[str, Any]) -> str:
    return f"{one['id']} ({one['stance']}{', turned round' if one.get('turned') else ''})"


def _yes(flag: bool) -> str:
    return "yes" if flag else "no"


def _score(score: float | None) -> str:
    return "" if score is None else f"{round(score, 4):g}"


def _spans(record: Mapping[str, Any]) -> Iterator[str]:
    for name in SPANS:
        if piece := record.get(name):
            yield f"{name}={piece['start']}-{piece['end']}"
