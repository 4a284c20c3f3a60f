"""What every format is made from: one row a claim, columns in a fixed order, each explained."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from pipeline.dataset.articles import read_extracted as read_extracted
from pipeline.dataset.lines import machine_to_json, position_to_json, quote_to_json
from pipeline.dataset.records import Machine, Position, quote
from pipeline.dataset.verified import SPANS, with_pages
from pipeline.jsonl import to_plain as plain_json
from pipeline.records import Claim, Extraction

Json = dict[str, Any]

COLUMNS: Mapping[str, str] = {
    "id": "the claim's permanent id",
    "article": "the article's id in the corpus",
    "title": "the article's title",
    "author": "the article's author",
    "date": "the date of publication",
    "publisher": "the publisher",
    "url": "where it was published",
    "language": "the article's language",
    "sentence": "the sentence that the cue stands in",
    "sentence_start": "where the sentence begins: code points of the article's text, from 0",
    "sentence_end": "where it ends, exclusive",
    "sentence_page": "the page that it begins on, from 1; empty where the original has no pages",
    "holder": "who takes the position, in the text's words",
    "holder_start": "where the holder begins",
    "holder_end": "where it ends, exclusive",
    "holder_page": "the page that the holder begins on",
    "holder_entity": "who that is: country:XX (ISO 3166-1), org:, group: or person:",
    "holder_kind": "person, state, group or organisation",
    "cue": "the words that carry the position",
    "cue_start": "where the cue begins",
    "cue_end": "where it ends, exclusive",
    "cue_page": "the page that the cue begins on",
    "stance": "support, oppose or neutral: of the holder to the target, after negation",
    "form": "statement (said, felt) or action (voted, banned, joined)",
    "target": "what the position is about; empty where the text leaves it to an earlier sentence",
    "target_start": "where the target begins",
    "target_end": "where it ends, exclusive",
    "target_page": "the page that the target begins on",
    "negated": "true where the cue itself is under negation",
    "hedged": "true where the text does not assert it outright",
    "attribution": "who reports the position, where that is neither holder nor article",
    "attribution_start": "where the attribution begins",
    "attribution_end": "where it ends, exclusive",
    "attribution_page": "the page that the attribution begins on",
    "attribution_entity": "who that is",
    "source": "human: a person verified it; machine: nobody did",
    "verdict": "accepted, edited or added by a person; empty for the machine's",
    "reviewers": "who decided it so, separated by blanks",
    "agree": "how many reviewers decided it so",
    "asked": "how many reviewers judged it",
    "adjudicated": "true where a disagreement was settled",
    "decided_at": "when it was last decided, UTC",
    "comments": "the reviewers' comments, separated by |",
    "score": "the machine's confidence from 0 to 1; empty for added claims",
    "rule": "the id of the rule whose cue found it",
    "text_sha256": "SHA-256 of the article's text (UTF-8)",
}


def to_row(record: Mapping[str, Any]) -> dict[str, str]:
    """The cells of a claim, by column, all as text; what is not there is empty.

    ``record`` is a line of ``verified.jsonl``, or what ``machine_records`` gives.
    """
    row = dict.fromkeys(COLUMNS, "")
    for name in ("id", "article", "stance", "form", "source", "text_sha256"):
        row[name] = _cell(record.get(name))
    for name in ("title", "author", "date", "publisher", "url", "language"):
        row[name] = _cell(record["metadata"].get(name))
    for name in SPANS:
        piece = record.get(name) or {}
        row[name] = _cell(piece.get("text"))
        for part in ("start", "end", "page"):
            row[f"{name}_{part}"] = _cell(piece.get(part))
        if f"{name}_entity" in row:
            row[f"{name}_entity"] = _cell(piece.get("entity"))
    row["holder_kind"] = _cell(record["holder"].get("kind"))
    for name in ("negated", "hedged", "verdict", "decided_at"):
        row[name] = _cell(record.get(name))
    agreement = record.get("agreement") or {}
    for name in ("agree", "asked", "adjudicated"):
        row[name] = _cell(agreement.get(name))
    row["reviewers"] = " ".join(record.get("reviewers") or [])
    row["comments"] = " | ".join(record.get("comments") or [])
    machine = record.get("machine") or {}
    row["score"], row["rule"] = _cell(machine.get("score")), _cell(machine.get("cue"))
    return row


def machine_records(extractions: Iterable[Extraction]) -> Iterator[Json]:
    """The machine's claims in the shape of verified ones, ``source`` saying that nobody checked."""
    from pipeline.files import sha256_of_text

    for extraction in extractions:
        kinds = {mention.span: mention.kind.value for mention in extraction.mentions}
        sha256 = sha256_of_text(extraction.text)
        for claim in extraction.claims:
            yield _machine_record(claim, extraction, kinds.get(claim.holder.span, ""), sha256)


def _machine_record(claim: Claim, extraction: Extraction, kind: str, sha256: str) -> Json:
    evidence = claim.evidence
    position = position_to_json(_position_of(claim, extraction.text)) or {}
    position["holder"]["kind"] = kind
    sentence = next(
        (s for s in extraction.sentences if s.start <= claim.cue.start < s.end), None
    )  # fmt: skip
    provenance = extraction.provenance
    machine = Machine(
        score=claim.score,
        cue=evidence.cue if evidence else None,
        rules=evidence.rules if evidence else (),
        inferences=evidence.inferences if evidence else (),
        provenance=provenance.named() if provenance else {},
    )
    record = {
        "version": 1,
        "id": claim.id,
        "article": extraction.article,
        "metadata": plain_json(extraction.metadata),
        "text_sha256": sha256,
        "sentence": quote_to_json(quote(extraction.text, sentence.span)) if sentence else None,
        **position,
        "source": "machine",
        "machine": machine_to_json(machine),
    }
    return with_pages(record)


def _position_of(claim: Claim, text: str) -> Position:
    source = claim.attribution
    return Position(
        holder=quote(text, claim.holder.span),
        entity=claim.holder.entity,
        cue=quote(text, claim.cue),
        stance=claim.stance,
        form=claim.form,
        target=quote(text, claim.target) if claim.target else None,
        negated=claim.negated,
        hedged=claim.hedged,
        attribution=quote(text, source.span) if source else None,
        attribution_entity=source.entity if source else None,
    )


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (list, tuple)):
        return " | ".join(str(item) for item in value)
    if isinstance(value, Mapping):
        return json.dumps(value, ensure_ascii=False)
    return str(value)
