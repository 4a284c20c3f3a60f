"""Verified claims as JSON lines; the published schema is ``schemas/verified.schema.json``."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from pipeline.dataset.lines import machine_to_json, position_to_json, quote_to_json
from pipeline.dataset.records import VerifiedClaim
from pipeline.jsonl import to_plain as plain_json
from pipeline.reading.pages import page_of, pages_of

VERIFIED = "verified.jsonl"
VERSION = 1
SPANS = ("sentence", "holder", "cue", "target", "attribution")
Json = dict[str, Any]

_encode = json.JSONEncoder(ensure_ascii=False, allow_nan=False).encode


def to_json(claim: VerifiedClaim) -> Json:
    """The object that stands for a verified claim, its keys always in the same order."""
    position = position_to_json(claim.position) or {}
    position["holder"]["kind"] = claim.kind
    record = {
        "version": VERSION,
        "id": claim.id,
        "article": claim.article,
        "metadata": plain_json(claim.metadata),
        "text_sha256": claim.text_sha256,
        "sentence": quote_to_json(claim.sentence),
        **position,
        "source": "human",
        "verdict": claim.verdict.value,
        "reviewers": list(claim.reviewers),
        "agreement": {
            "rule": claim.rule.value,
            "agree": len(claim.reviewers),
            "asked": claim.asked,
            "adjudicated": claim.adjudicated,
        },
        "decided_at": claim.decided_at,
        "decisions": list(claim.decisions),
        "comments": list(claim.comments),
        "shown": claim.shown,
        "machine": machine_to_json(claim.machine),
        "anchored": claim.anchored,
    }
    return with_pages(record)


def with_pages(record: Json) -> Json:
    """The record of a claim, each span with the ``page`` on which it begins.

    As it is where its article has no pages, or has them of another text than the claim's.
    """
    pages = pages_of(record["metadata"], record["text_sha256"])
    pieces = [record[name] for name in SPANS if pages and record[name] is not None]
    for piece in pieces:
        piece["page"] = page_of(pages, piece["start"])
    return record


def lines_for(claims: Iterable[VerifiedClaim]) -> Iterator[str]:
    """The lines of the file with their newlines, one a claim; equal claims give equal bytes."""
    for claim in claims:
        yield f"{_encode(to_json(claim))}\n"


def text_for(claims: Iterable[VerifiedClaim]) -> str:
    """The whole file."""
    return "".join(lines_for(claims))
