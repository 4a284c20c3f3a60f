"""Hand-made articles and decisions for the tests of the dataset, review and export."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from pipeline.dataset.ledger import LEDGER, append_decisions
from pipeline.dataset.lines import with_id
from pipeline.dataset.records import Decision, Machine, Origin, Position, Verdict, quote
from pipeline.files import sha256_of_text
from pipeline.jsonl import write_extractions
from pipeline.records import (
    Claim,
    Evidence,
    Extraction,
    Form,
    Holder,
    Kind,
    Mention,
    Provenance,
    Sentence,
    Span,
    Stance,
)

TEXT = "Chile rejected the draft. Peru backed the vote.\nMexico met nobody."


def span_of(words: str, text: str = TEXT) -> Span:
    """Where ``words`` stand first in ``text``."""
    start = text.index(words)
    return Span(start, start + len(words))


def claim_of(
    holder: str,
    cue: str,
    stance: str,
    target: str,
    entity: str,
    text: str = TEXT,
    score: float = 0.5,
) -> Claim:
    """A claim by the words of its parts."""
    spot = span_of(holder, text)
    return Claim(
        id=f"claim-{holder.lower()}-{cue.split()[0]}",
        holder=Holder(spot.start, spot.end, entity),
        cue=span_of(cue, text),
        stance=Stance(stance),
        form=Form.ACTION,
        target=span_of(target, text) if target else None,
        score=score,
    )


def chile() -> Claim:
    """The first claim of ``TEXT``."""
    return claim_of("Chile", "rejected", "oppose", "the draft", "country:CL")


def peru() -> Claim:
    """The second claim of ``TEXT``."""
    return claim_of("Peru", "backed", "support", "the vote", "country:PE", score=0.9)


def article(text: str = TEXT, claims: tuple[Claim, ...] | None = None) -> Extraction:
    """An extraction of ``text`` whose sentences end at full stops."""
    sentences, start = [], 0
    for at, char in enumerate(text):
        if char == ".":
            sentences.append(Sentence(start, at + 1))
            start = at + 2
    names = [("Chile", "country:CL"), ("Peru", "country:PE")]
    mentions = tuple(
        Mention(*_pair(span_of(name, text)), kind=Kind.STATE, entity=entity)
        for name, entity in names
        if name in text
    )
    found = (chile(), peru()) if claims is None else claims
    return Extraction("note", text, tuple(sentences), mentions, found)


def as_extracted(extraction: Extraction) -> Extraction:
    """The extraction as the machine would write it: ids by the words, and what made each claim."""
    from pipeline.identity import SentenceText, claim_id

    numbering = SentenceText(extraction.text, [(s.start, s.end) for s in extraction.sentences])
    why = Evidence("cue.reject.reject", ("rule.holder.subject",))
    claims = [
        replace(
            claim,
            evidence=why,
            id=claim_id(
                extraction.article,
                numbering.at(claim.cue.start),
                (claim.holder.span, claim.cue, claim.target),
            ),
        )
        for claim in extraction.claims
    ]
    names = ("stance-claims==0", "spacy==3", "model==3", "0" * 64, "0" * 64)
    made = Provenance(sha256_of_text(extraction.text), *names)
    return replace(extraction, claims=tuple(claims), provenance=made)


def _pair(span: Span) -> tuple[int, int]:
    return span.start, span.end


def position_of(claim: Claim, text: str = TEXT) -> Position:
    """The claim as a reviewer sees it."""
    return Position(
        holder=quote(text, claim.holder.span),
        entity=claim.holder.entity,
        cue=quote(text, claim.cue),
        stance=claim.stance,
        form=claim.form,
        target=quote(text, claim.target) if claim.target else None,
    )


def decide(
    claim: Claim,
    verdict: str = "accepted",
    *,
    reviewer: str = "ana@example.com",
    at: str = "2026-01-01T10:00:00.000000Z",
    decided: Position | None = None,
    text: str = TEXT,
    adjudicates: bool = False,
    comment: str = "",
) -> Decision:
    """A decision on ``claim``, as a pull would have written it."""
    shown = position_of(claim, text)
    final = {"accepted": shown, "rejected": None}.get(verdict, decided)
    sentence = next(s for s in article(text, ()).sentences if s.start <= claim.cue.start < s.end)
    return with_id(
        Decision(
            verdict=Verdict(verdict),
            article="note",
            text_sha256=sha256_of_text(text),
            claim=claim.id,
            shown=None if verdict == "added" else shown,
            decided=final,
            context=quote(text, sentence.span),
            reviewer=reviewer,
            decided_at=at,
            origin=Origin("http://server", 1, 7, f"annotation-{reviewer}", "unit-1", 3, "model 1"),
            lead_time=4.5,
            unit_claims=2,
            comment=comment,
            adjudicates=adjudicates,
            machine=Machine(score=0.5, cue="cue.reject.reject", rules=("subject",)),
        )
    )


def retract(decision: Decision, at: str = "2026-01-09T10:00:00.000000Z") -> Decision:
    """The line that takes ``decision`` back."""
    return with_id(
        replace(
            decision, verdict=Verdict.RETRACTED, decided=None, decided_at=at, retracts=decision.id
        )
    )


def workspace(folder: Path, *decisions: Decision, text: str = TEXT) -> tuple[Path, Path]:
    """A corpus of one article, its extraction and a ledger: (corpus, annotations)."""
    corpus, annotations = folder / "corpus", folder / "annotations"
    corpus.mkdir(exist_ok=True)
    (corpus / "note.txt").write_bytes(text.encode("utf-8"))
    (corpus / "note.toml").write_text('title = "A note"\npublisher = "The Paper"\n')
    (annotations / "extracted").mkdir(parents=True, exist_ok=True)
    if text == TEXT:
        write_extractions(annotations / "extracted" / "note.jsonl", [as_extracted(article())])
    append_decisions(annotations / LEDGER, decisions)
    return corpus, annotations
