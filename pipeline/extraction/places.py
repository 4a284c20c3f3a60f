"""Where in the article's own text stands what was found in the text as it was read.

The two differ where the text has code points of which one name is spelt in several ways, and in
their capitals where a whole sentence is in capitals.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.identity import SentenceText, claim_id, numbered
from pipeline.language.reading_form import ReadingForm
from pipeline.records import Attribution, Claim, Holder, Mention, Sentence, Span

if TYPE_CHECKING:
    from spacy.tokens import Doc

Place = Callable[[int, int], Span]


def place_in(doc: Doc, start: int, end: int) -> Span:
    """Where characters of the doc stand in the article's text."""
    form: ReadingForm | None = doc._.read_as
    return form.span(start, end) if form is not None else Span(start, end)


def placed_sentences(doc: Doc, sentences: Sequence[Sentence]) -> tuple[Sentence, ...]:
    """The sentences at the text's own offsets, with the unseen marks between them."""
    form: ReadingForm | None = doc._.read_as
    if form is None:
        return tuple(sentences)
    spans = (form.wide_span(each.start, each.end) for each in sentences)
    return tuple(
        replace(each, start=span.start, end=span.end)
        for each, span in zip(sentences, spans, strict=True)
    )


def placed_mentions(doc: Doc, mentions: Sequence[Mention]) -> tuple[Mention, ...]:
    """The mentions at the text's own offsets."""
    form: ReadingForm | None = doc._.read_as
    if form is None:
        return tuple(mentions)
    spans = (form.span(each.start, each.end) for each in mentions)
    return tuple(
        replace(each, start=span.start, end=span.end)
        for each, span in zip(mentions, spans, strict=True)
    )


def placed_claims(
    doc: Doc, claims: Sequence[Claim], text: str, sentences: Sequence[Sentence]
) -> tuple[Claim, ...]:
    """The claims at the text's own offsets, with the ids that its own words give them."""
    form: ReadingForm | None = doc._.read_as
    place = form.span if form is not None else Span
    moved = [_moved(claim, place) for claim in claims]
    known = SentenceText(text, [(each.start, each.end) for each in sentences])
    ids = [
        claim_id(
            doc._.article,
            known.at(claim.cue.start),
            (claim.holder.span, claim.cue, claim.target),
        )
        for claim in moved
    ]
    return tuple(replace(claim, id=name) for claim, name in zip(moved, numbered(ids), strict=True))


def _moved(claim: Claim, place: Place) -> Claim:
    return replace(
        claim,
        holder=_moved_holder(claim.holder, place),
        cue=place(claim.cue.start, claim.cue.end),
        target=_moved_span(claim.target, place),
        antecedent=_moved_span(claim.antecedent, place),
        attribution=_moved_attribution(claim.attribution, place),
    )


def _moved_holder(holder: Holder, place: Place) -> Holder:
    span = place(holder.start, holder.end)
    return replace(holder, start=span.start, end=span.end)


def _moved_span(span: Span | None, place: Place) -> Span | None:
    return place(span.start, span.end) if span is not None else None


def _moved_attribution(found: Attribution | None, place: Place) -> Attribution | None:
    if found is None:
        return None
    span = place(found.start, found.end)
    return replace(
        found,
        start=span.start,
        end=span.end,
        cue=_moved_span(found.cue, place),
        reported=_moved_span(found.reported, place),
    )
