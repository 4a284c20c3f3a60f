"""Gold: one line an article as the codebook's §4 has it, so that one's own decisions score.

Beside the keys of §4 a line has the article's sentences and metadata, and a claim its id.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sized
from pathlib import Path
from typing import Any

from pipeline.export.gather import Gathered
from pipeline.export.marking import Json, Proof, Texts, not_standing, pieces_of
from pipeline.export.written import Format
from pipeline.files import sha256_of_text
from pipeline.jsonl import read_extractions, to_json
from pipeline.records import (
    Attribution,
    Claim,
    Extraction,
    Form,
    Holder,
    Kind,
    Mention,
    Span,
    Stance,
)

_NAMED = 5
_HELD = "gold holds no reviewers, verdicts, comments, scores and dates of decisions"


def write_gold(gathered: Gathered, path: Path) -> tuple[str, ...]:
    """Write one line an article with its claims and mentions, and read them back.

    Articles are those that have a claim, and those of which somebody decided something.
    """
    proof, gone = Proof(), list[str]()
    reviewed = gathered.reviewed() if gathered.reviewed is not None else None
    claims: dict[str, list[str]] = {name: [] for name in sorted(reviewed or ())}
    people: dict[str, dict[Span, Mention]] = defaultdict(dict)
    for record, _ in Texts(gathered).standing(gathered, gone):
        article = record["article"]
        claim = to_json(Extraction(article, "", claims=(claim_of(record),)))["claims"]
        claims.setdefault(article, []).append(_dumps(claim)[1:-1])
        people[article].update((one.span, one) for one in _people_of(record))
        proof.wrote(record)
    with path.open("w", encoding="utf-8", newline="") as stream:
        for article, found in claims.items():
            if article in gathered.articles:
                extraction = gathered.articles[article]
                stream.write(_line(extraction, found, people[article]))
    proof.compare("gold", read_gold(path))
    return (*not_standing("gold", gone), *_notes(reviewed, claims), _HELD)


def _line(extraction: Extraction, claims: Iterable[str], people: Mapping[Span, Mention]) -> str:
    bare = Extraction(
        extraction.article,
        extraction.text,
        extraction.sentences,
        tuple(_mentions(extraction, people)),
        metadata=extraction.metadata,
    )
    fields = [
        f'"{key}": ' + (f"[{', '.join(claims)}]" if key == "claims" else _dumps(value))
        for key, value in to_json(bare).items()
    ]
    return f"{{{', '.join(fields)}}}\n"


def _dumps(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def _mentions(extraction: Extraction, people: Mapping[Span, Mention]) -> Iterator[Mention]:
    """The article's mentions with those of its claims, in text order.

    What stands for a name, as a pronoun does, is one only as somebody's holder or reporter.
    Source: codebook §1.3.
    """
    found = {one.span: one for one in extraction.mentions if not one.inferred}
    for span, one in people.items():
        known = found.get(span)
        found[span] = one if known is None or known.entity != one.entity else known
    yield from (found[span] for span in sorted(found))


def _people_of(record: Mapping[str, Any]) -> Iterator[Mention]:
    """The holder and the reporter of a claim; one without a kind is an unnamed group."""
    holder, reporter = record["holder"], record.get("attribution")
    kind = Kind(holder.get("kind") or Kind.GROUP)
    yield Mention(holder["start"], holder["end"], kind, holder["entity"])
    if reporter:
        prefix = str(reporter.get("entity") or "").partition(":")[0]
        kinds = {"country": Kind.STATE, "org": Kind.ORGANISATION, "person": Kind.PERSON}
        found = kinds.get(prefix, Kind.GROUP)
        yield Mention(reporter["start"], reporter["end"], found, reporter.get("entity"))


def claim_of(record: Mapping[str, Any]) -> Claim:
    """The claim that a record has, without what people and the machine said of it."""
    spans = {role: Span(piece["start"], piece["end"]) for role, piece in pieces_of(record)}
    holder, reporter = record["holder"], spans.get("attribution")
    told = record.get("attribution") or {}
    return Claim(
        id=record["id"],
        holder=Holder(holder["start"], holder["end"], holder["entity"]),
        cue=spans["cue"],
        stance=Stance(record["stance"]),
        form=Form(record["form"]),
        target=spans.get("target"),
        antecedent=spans.get("antecedent"),
        negated=record["negated"],
        hedged=record["hedged"],
        attribution=Attribution(reporter.start, reporter.end, told.get("entity"))
        if reporter
        else None,
        score=1.0,
    )


def _notes(reviewed: Mapping[str, int] | None, claims: Mapping[str, list[str]]) -> Iterator[str]:
    """What of it is no gold, since that assumes that nothing was left out."""
    if reviewed is None:
        if claims:
            yield "nobody has reviewed these claims: as gold they only repeat what the machine says"
        return
    copies = [name for name in claims if name not in reviewed]
    if copies:
        yield (
            "gold assumes that all claims of an article are there, and of these near-duplicates "
            f"only those are that count nowhere else: {', '.join(copies[:_NAMED])}"
            f"{_more(copies)}; --duplicates has them whole"
        )
    part = {name: reviewed[name] for name in claims if reviewed.get(name)}
    if part:
        few = ", ".join(
            f"{name} ({count} undecided)" for name, count in list(part.items())[:_NAMED]
        )
        yield (
            f"gold assumes that an article was reviewed whole, and {len(part):,} "
            f"{'was' if len(part) == 1 else 'were'} only in part: {few}{_more(part)}"
        )


def _more(names: Sized) -> str:
    return f" and {len(names) - _NAMED:,} more" if len(names) > _NAMED else ""


def read_gold(path: Path) -> Iterator[Json]:
    """The claims as records, article by article.

    They have id, article, metadata, text_sha256, sentence, the spans with their words and
    entities, the holder's kind, stance, form, negated and hedged; gold has no more.

    Raises:
        RecordError: beginning with ``file:line``.
    """
    for extraction in read_extractions(path):
        yield from records_of(extraction)


def records_of(extraction: Extraction) -> Iterator[Json]:
    """The claims of an extraction, as ``read_gold`` gives them."""
    from pipeline.dataset.lines import position_to_json
    from pipeline.evaluation.match import SentencePlaces
    from pipeline.export.rows import position_of

    sha256, places = sha256_of_text(extraction.text), SentencePlaces(extraction.sentences)
    kinds = {mention.span: mention.kind.value for mention in extraction.mentions}
    for claim in extraction.claims:
        position = position_to_json(position_of(claim, extraction.text)) or {}
        position["holder"]["kind"] = kinds.get(claim.holder.span, "")
        found = {"sentence": places.span_at(claim.cue.start), "antecedent": claim.antecedent}
        pieces = {name: _piece(span, extraction.text) for name, span in found.items()}
        if pieces["antecedent"] is None:
            del pieces["antecedent"]
        yield {
            "id": claim.id,
            "article": extraction.article,
            "metadata": dict(extraction.metadata),
            "text_sha256": sha256,
            **pieces,
            **position,
        }


def _piece(span: Span | None, text: str) -> Json | None:
    if span is None:
        return None
    return {"start": span.start, "end": span.end, "text": span.text_in(text)}


FORMAT = Format(
    "one line an article with its claims and mentions, for claims evaluate", ".jsonl", write_gold
)
