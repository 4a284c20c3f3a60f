"""Decisions by hand on an article of several sentences, for the tests of what they teach."""

from __future__ import annotations

from dataclasses import replace

from pipeline.dataset.lines import with_id
from pipeline.dataset.machine import machine_of
from pipeline.dataset.records import Decision, Origin, Position, Quote, Verdict, quote
from pipeline.export.rows import position_of
from pipeline.files import sha256_of_text
from pipeline.records import (
    Claim,
    Evidence,
    Extraction,
    Form,
    Holder,
    Provenance,
    Sentence,
    Span,
    Stance,
)

ANA, BO, EVE = "ana@example.org", "bo@example.org", "eve@example.org"
MADE = ("stance-claims==0", "3.8", "model", "0" * 64, "1" * 64)


def extraction(name: str, text: str, *claims: Claim) -> Extraction:
    """An article whose sentences end at full stops."""
    sentences, start = [], 0
    for at, char in enumerate(text):
        if char == ".":
            sentences.append(Sentence(start, at + 1))
            start = at + 2
    made = Provenance(sha256_of_text(text), *MADE)
    return Extraction(name, text, tuple(sentences), claims=claims, provenance=made)


def at(text: str, words: str) -> Quote:
    """The words where they stand first."""
    start = text.index(words)
    return Quote(start, start + len(words), words)


def claim(
    text: str,
    holder: str,
    cue: str,
    stance: str = "oppose",
    *,
    by: str | None = "cue.reject.reject",
    rules: tuple[str, ...] = ("rule.holder.subject",),
    entity: str | None = None,
    **more: object,
) -> Claim:
    """A claim of the machine's by its words; ``by`` is the id of its cue."""
    spot = at(text, holder)
    return Claim(
        id=f"c-{holder}-{cue}",
        holder=Holder(spot.start, spot.end, entity),
        cue=at(text, cue).span,
        stance=Stance(stance),
        form=Form.STATEMENT,
        evidence=Evidence(by, rules, **more),
    )


def decide(
    article: Extraction,
    one: Claim,
    verdict: str = "accepted",
    *,
    who: str = ANA,
    when: str = "2026-01-01T10:00:00.000000Z",
    adjudicates: bool = False,
    **changed: object,
) -> Decision:
    """A decision on a claim that was shown; ``changed`` are the fields that an edit gives it."""
    shown = position_of(one, article.text)
    decided = None if verdict == "rejected" else replace(shown, **changed)
    found = _decision(article, one.id, verdict, shown.cue, who, when)
    machine = machine_of(one, article.provenance)
    return with_id(
        replace(found, shown=shown, decided=decided, machine=machine, adjudicates=adjudicates)
    )


def add(
    article: Extraction,
    holder: str,
    cue: str,
    stance: str = "oppose",
    target: str = "",
    *,
    who: str = ANA,
    when: str = "2026-01-01T10:00:00.000000Z",
    negated: bool = False,
) -> Decision:
    """A decision that adds a claim by its words."""
    text = article.text
    position = Position(
        at(text, holder),
        at(text, cue),
        Stance(stance),
        Form.ACTION,
        at(text, target) if target else None,
        negated=negated,
    )
    found = _decision(article, f"v-{holder}-{cue}", "added", position.cue, who, when)
    return with_id(replace(found, decided=position))


def retract(decision: Decision, when: str = "2026-02-01T10:00:00.000000Z") -> Decision:
    """The line that takes a decision back."""
    verdict = Verdict.RETRACTED
    return with_id(
        replace(decision, verdict=verdict, decided=None, decided_at=when, retracts=decision.id)
    )


def carry(decision: Decision, article: str, when: str = "2026-02-01T10:00:00.000000Z") -> Decision:
    """The line that says a decision again for the article's new id."""
    return with_id(
        replace(decision, article=article, claim="c-new", carries=decision.id, decided_at=when)
    )


def _decision(
    article: Extraction, claim_id: str, verdict: str, cue: Quote, who: str, when: str
) -> Decision:
    sentence = next(one for one in article.sentences if one.start <= cue.start < one.end)
    return Decision(
        verdict=Verdict(verdict),
        article=article.article,
        text_sha256=sha256_of_text(article.text),
        claim=claim_id,
        reviewer=who,
        decided_at=when,
        origin=Origin("http://server", 1, 1, f"a-{claim_id}-{who}", f"u-{sentence.start}"),
        context=quote(article.text, Span(sentence.start, sentence.end)),
    )
