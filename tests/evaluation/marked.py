"""Hand-made extractions, their spans named by their words."""

from __future__ import annotations

from pipeline.records import (
    Claim,
    Extraction,
    Form,
    Holder,
    Kind,
    Mention,
    Sentence,
    Span,
    Stance,
)


def span_of(text: str, words: str, nth: int = 0) -> Span:
    start = -1
    for _ in range(nth + 1):
        start = text.index(words, start + 1)
    return Span(start, start + len(words))


def mention(
    text: str, words: str, kind: Kind = Kind.STATE, entity: str | None = None, nth: int = 0
) -> Mention:
    span = span_of(text, words, nth)
    return Mention(span.start, span.end, kind, entity)


def claim(
    text: str,
    holder: str,
    cue: str,
    stance: str,
    target: str | None = None,
    entity: str | None = None,
) -> Claim:
    where = span_of(text, holder)
    return Claim(
        id="",
        holder=Holder(where.start, where.end, entity),
        cue=span_of(text, cue),
        stance=Stance(stance),
        form=Form.STATEMENT,
        target=None if target is None else span_of(text, target),
    )


def one_sentence(text: str) -> tuple[Sentence, ...]:
    return (Sentence(0, len(text)),)


def extraction(
    text: str,
    *,
    mentions: tuple[Mention, ...] = (),
    claims: tuple[Claim, ...] = (),
    article: str = "a",
    sentences: tuple[Sentence, ...] | None = None,
) -> Extraction:
    return Extraction(
        article=article,
        text=text,
        sentences=one_sentence(text) if sentences is None else sentences,
        mentions=mentions,
        claims=claims,
    )
