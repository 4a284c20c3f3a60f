"""Claims as records: ids that survive, scores that rank, one record a holder.

Source: codebook §2.5; design, "Identity".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from spacy.tokens import Doc

from pipeline.extraction.assemble.antecedents import find_antecedent
from pipeline.extraction.judge import Weighing
from pipeline.extraction.propose.held import Held, mention_of
from pipeline.extraction.propose.proposal import Proposal
from pipeline.extraction.settle import Settled
from pipeline.identity import SentenceText, claim_id, numbered
from pipeline.language.kept import whole_text
from pipeline.language.spans import sentence_bounds
from pipeline.records import Attribution, Claim, Evidence, Holder, Mention, Span


def assemble(doc: Doc, settled: Iterable[Settled], judge: Weighing) -> tuple[Claim, ...]:
    """One claim for each holder of each position, in text order of cues, then holders."""
    bounds = ((doc[start], doc[end - 1]) for start, end in sentence_bounds(doc))
    places = [(first.idx, last.idx + len(last)) for first, last in bounds]
    sentences = SentenceText(whole_text(doc), places)
    claims: dict[tuple[str, str | None], Claim] = {}
    for _, sketched in sketch(settled, judge):
        spans = (sketched.holder.span, sketched.cue, sketched.target)
        name = claim_id(doc._.article, sentences.at(sketched.cue.start), spans)
        claims.setdefault((name, sketched.holder.entity), replace(sketched, id=name))
    ordered = sorted(
        claims.values(), key=lambda c: (c.cue.start, c.holder.start, c.id, c.holder.entity or "")
    )
    ids = numbered(claim.id for claim in ordered)
    return tuple(replace(claim, id=name) for claim, name in zip(ordered, ids, strict=True))


def sketch(settled: Iterable[Settled], judge: Weighing) -> Iterator[tuple[Settled, Claim]]:
    """One claim for each holder of each position, without an id: where they are only counted."""
    for one in settled:
        for held in one.position.holders:
            yield one, _claim(one, held, judge)


def with_holders(doc: Doc, settled: Iterable[Settled]) -> tuple[Mention, ...]:
    """The document's mentions and the holders and attributions that are none yet, sorted."""
    mentions = {(mention.start, mention.end): mention for mention in doc._.mentions}
    for one in settled:
        for held in (*one.position.holders, *_reporters(one)):
            key = (held.span.start_char, held.span.end_char)
            if key not in mentions:
                mentions[key] = mention_of(held)
    return tuple(mentions[key] for key in sorted(mentions))


def _claim(settled: Settled, held: Held, judge: Weighing) -> Claim:
    position, reporter = settled.position, settled.reporter
    return Claim(
        id="",
        holder=_holder(held),
        cue=Span(position.cue.start_char, position.cue.end_char),
        stance=position.stance,
        form=position.form,
        target=_target(position),
        antecedent=find_antecedent(position.target),
        negated=position.polarity.negated,
        hedged=position.polarity.hedged,
        attribution=_attribution(reporter) if reporter else _told(position),
        score=judge.score_settled(settled.opinion, position, held, attributed=reporter is not None),
        evidence=Evidence(
            cue=position.entry_id,
            rules=position.rules,
            inferences=(f"holder:{held.rule}",) if held.inferred else (),
            proposers=tuple(dict.fromkeys(one.proposer for one in settled.opinion.proposals)),
            weighed=settled.opinion.weighed,
        ),
    )


def _target(position: Proposal) -> Span | None:
    if position.target is None:
        return None
    span = position.target.span
    return Span(span.start_char, span.end_char)


def _reporters(settled: Settled) -> tuple[Held, ...]:
    """Who reports the position: whom a rule links to it, else whom its proposer names."""
    if settled.reporter is not None:
        return settled.reporter.holders[:1]
    told = settled.position.attribution
    return (told,) if told is not None else ()


def _told(position: Proposal) -> Attribution | None:
    held = position.attribution
    if held is None:
        return None
    span = held.span
    return Attribution(span.start_char, span.end_char, held.entity, held.inferred)


def _attribution(reporter: Proposal) -> Attribution:
    held = reporter.holders[0]
    return Attribution(
        start=held.span.start_char,
        end=held.span.end_char,
        entity=held.entity,
        inferred=held.inferred,
        cue=Span(reporter.cue.start_char, reporter.cue.end_char),
        reported=_target(reporter),
    )


def _holder(held: Held) -> Holder:
    return Holder(held.span.start_char, held.span.end_char, held.entity, held.inferred)
