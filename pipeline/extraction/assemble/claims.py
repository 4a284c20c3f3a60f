"""Claims as records: ids that survive, scores that rank, one record a holder.

Source: codebook §2.5; design, "Identity".
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from spacy.tokens import Doc

from pipeline.extraction.assemble.antecedents import find_antecedent
from pipeline.extraction.assemble.identity import SentenceText, claim_id, numbered
from pipeline.extraction.judge.score import score_claim
from pipeline.extraction.propose.rules.candidates import Candidate
from pipeline.extraction.propose.rules.holders.held import Held, mention_of
from pipeline.records import Attribution, Claim, Evidence, Holder, Mention, Span


def assemble(doc: Doc, candidates: Iterable[Candidate]) -> tuple[Claim, ...]:
    """One claim for each holder of each candidate, in text order of cues, then holders."""
    sentences = SentenceText(doc.text, [(s.start_char, s.end_char) for s in doc.sents])
    claims: dict[tuple[str, str | None], Claim] = {}
    for candidate in candidates:
        if not _part_roles(candidate):
            continue
        for held in candidate.holders:
            claim = _claim(doc, candidate, held, sentences)
            claims.setdefault((claim.id, claim.holder.entity), claim)
    ordered = sorted(
        claims.values(), key=lambda c: (c.cue.start, c.holder.start, c.id, c.holder.entity or "")
    )
    ids = numbered(claim.id for claim in ordered)
    return tuple(replace(claim, id=name) for claim, name in zip(ordered, ids, strict=True))


def _part_roles(candidate: Candidate) -> bool:
    """Whether cue and target can be kept apart; the cue gives way, down to its head.

    Source: codebook §2.12.
    """
    if candidate.target is None:
        return True
    target = candidate.target.span
    for cue in (candidate.cue_span, target.doc[candidate.head.i : candidate.head.i + 1]):
        if cue.end <= target.start or target.end <= cue.start:
            candidate.cue_span = cue
            return True
    return False


def with_holders(doc: Doc, candidates: Iterable[Candidate]) -> tuple[Mention, ...]:
    """The document's mentions and the holders and attributions that are none yet, sorted."""
    mentions = {(mention.start, mention.end): mention for mention in doc._.mentions}
    for candidate in candidates:
        held = list(candidate.holders)
        if candidate.reporter is not None:
            held.append(candidate.reporter.holders[0])
        for one in held:
            key = (one.span.start_char, one.span.end_char)
            if key not in mentions:
                mentions[key] = mention_of(one)
    return tuple(mentions[key] for key in sorted(mentions))


def _claim(doc: Doc, candidate: Candidate, held: Held, sentences: SentenceText) -> Claim:
    holder = _holder(held)
    cue = Span(candidate.cue_span.start_char, candidate.cue_span.end_char)
    target = None
    if candidate.target is not None:
        span = candidate.target.span
        target = Span(span.start_char, span.end_char)
    claim = Claim(
        id=claim_id(doc._.article, sentences.at(cue.start), (holder.span, cue, target)),
        holder=holder,
        cue=cue,
        stance=candidate.stance,
        form=candidate.match.cue.form,
        target=target,
        antecedent=find_antecedent(candidate.target),
        negated=candidate.polarity.negated,
        hedged=candidate.polarity.hedged,
        attribution=_attribution(candidate.reporter) if candidate.reporter else None,
        evidence=Evidence(
            cue=candidate.match.cue.id,
            rules=tuple(candidate.rules),
            inferences=(f"holder:{held.rule}",) if held.inferred else (),
        ),
    )
    return replace(claim, score=score_claim(claim, candidate.match.cue))


def _attribution(reporter: Candidate) -> Attribution:
    held, target = reporter.holders[0], reporter.target
    return Attribution(
        start=held.span.start_char,
        end=held.span.end_char,
        entity=held.entity,
        inferred=held.inferred,
        cue=Span(reporter.cue_span.start_char, reporter.cue_span.end_char),
        reported=Span(target.span.start_char, target.span.end_char) if target else None,
    )


def _holder(held: Held) -> Holder:
    return Holder(held.span.start_char, held.span.end_char, held.entity, held.inferred)
