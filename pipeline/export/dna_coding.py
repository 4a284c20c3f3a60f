"""What a coder of DNA made of a claim, as the position that a reviewer would have left."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from pipeline.dataset.reanchor import widen_context
from pipeline.dataset.records import Position, Quote, quote
from pipeline.errors import RecordError
from pipeline.export.dna_details import evidence_of
from pipeline.export.dna_entities import TARGET, WORDS
from pipeline.export.dna_file import CodedStatement, Value
from pipeline.records import Extraction, Form, Span, Stance

Json = Mapping[str, Any]


def position_of(record: Json) -> Position:
    """The claim of a record as a reviewer sees it."""
    holder, target, source = record["holder"], record["target"], record["attribution"]
    return Position(
        holder=_quote_of(holder),
        entity=holder["entity"],
        cue=_quote_of(record["cue"]),
        stance=Stance(record["stance"]),
        form=Form(record["form"]),
        target=_quote_of(target) if target else None,
        negated=record["negated"],
        hedged=record["hedged"],
        attribution=_quote_of(source) if source else None,
        attribution_entity=source["entity"] if source else None,
    )


def _quote_of(piece: Json) -> Quote:
    return Quote(piece["start"], piece["end"], piece["text"])


def context_of(position: Position, article: Extraction) -> Quote:
    """The sentences that a claim lies in, grown until nothing else in the article is like them."""
    start = min(piece.start for piece in position.quotes)
    end = max(piece.end for piece in position.quotes)
    touched = [one for one in article.sentences if one.start < end and start < one.end]
    low = min([start, *(one.start for one in touched)])
    high = max([end, *(one.end for one in touched)])
    return widen_context(quote(article.text, Span(low, high)), article.text)


def check_words(found: Sequence[CodedStatement], record: Json, article: Extraction) -> None:
    """Refuse statements that do not stand on the words of their claim in the article as it is.

    Raises:
        RecordError: saying which words.
    """
    start, end = evidence_of(record)
    for one in found:
        if not one.document.intact:
            raise RecordError("the text of its document is not the one that was exported")
        if one.document.article != record["article"]:
            raise RecordError(f"its claim is of {record['article']}, not of {one.document.article}")
        if one.words != article.text[start:end] or not position_of(record).stands_in(article.text):
            raise RecordError(f"“{one.words:.60}” does not stand in {article.article} any more")


def coded_position(
    found: Sequence[CodedStatement], shown: Position, article: Extraction, ids: Mapping[str, str]
) -> Position:
    """The claim as its statements have it now; ``shown`` where nothing was changed.

    ``ids`` are the entities of keys that were shortened.

    Raises:
        RecordError: its statements say different things, or nobody can tell who their actor is.
    """
    position = shown
    changed = [one for one in found if one.stance.value != one.pairs.get("stance")]
    if changed:
        stances = {one.to_target for one in found}
        if len(stances) > 1:
            raise RecordError("its statements have different stances on the one target")
        position = replace(position, stance=stances.pop())
    actors = {one.actor for one in found if not one.keeps_actor}
    if len(actors) > 1 or (actors and any(one.keeps_actor for one in found)):
        raise RecordError("its statements have different actors")
    for actor in actors:
        position = _with_actor(position, actor, article, ids)
    return position


def _with_actor(
    position: Position, actor: Value, article: Extraction, ids: Mapping[str, str]
) -> Position:
    """The claim with another holder: where the sentence names it, that is the holder's words."""
    if not actor.text:
        raise RecordError("it has no actor any more")
    entity = entity_of(actor, ids)
    around = _sentence_around(position, article)
    span = find_actor(actor, entity, around, article)
    if span is not None:
        return replace(
            position,
            holder=quote(article.text, span),
            entity=entity or _entity_at(span, article),
        )
    if entity is None:
        raise RecordError(f"its actor “{actor.text:.60}” does not stand in the sentence")
    return replace(position, entity=entity)


def entity_of(actor: Value, ids: Mapping[str, str]) -> str | None:
    """The entity of an actor; None where it was made in DNA or nobody has resolved it."""
    return None if not actor.key or actor.key.startswith(WORDS) else ids.get(actor.key) or actor.key


def find_actor(actor: Value, entity: str | None, within: Span, article: Extraction) -> Span | None:
    """Where the article names an actor first within a span: by its entity or by its very words."""
    for mention in article.mentions:
        inside = within.start <= mention.start and mention.end <= within.end
        if inside and entity is not None and mention.entity == entity:
            return mention.span
    at = article.text.find(actor.text, within.start, within.end)
    return Span(at, at + len(actor.text)) if at >= 0 else None


def _sentence_around(position: Position, article: Extraction) -> Span:
    start, end = position.cue.start, position.cue.end
    for one in article.sentences:
        if one.start <= start < one.end:
            return one.span
    return Span(min(start, position.holder.start), max(end, position.holder.end))


def _entity_at(span: Span, article: Extraction) -> str | None:
    words = span.text_in(article.text)
    same = (one.entity for one in article.mentions if one.span.text_in(article.text) == words)
    return next((entity for entity in same if entity), None)


def added_position(one: CodedStatement, article: Extraction, ids: Mapping[str, str]) -> Position:
    """The claim of a statement that was made in DNA.

    The holder is where its words name the actor, the target where they have the concept's; the
    longest of what is left between carries the position.

    Raises:
        RecordError: its words do not stand once in the article, or do not say who or how.
    """
    span = _span_in(one, article)
    entity = entity_of(one.actor, ids)
    holder = find_actor(one.actor, entity, span, article) if one.actor.text else None
    if holder is None:
        raise RecordError(f"its actor “{one.actor.text:.60}” does not stand in its words")
    target = _target_in(one.concept, span, holder, article.text)
    taken = sorted([holder, *([target] if target else [])])
    bounds = [span.start, *(edge for piece in taken for edge in (piece.start, piece.end)), span.end]
    gaps = [
        _trimmed(Span(low, high), article.text)
        for low, high in zip(bounds[::2], bounds[1::2], strict=True)
    ]
    cue = max(gaps, key=lambda gap: gap.end - gap.start)
    if cue.start >= cue.end:
        raise RecordError("it has no words beside actor and concept that carry a position")
    return Position(
        holder=quote(article.text, holder),
        entity=entity or _entity_at(holder, article),
        cue=quote(article.text, cue),
        stance=one.stance,
        target=quote(article.text, target) if target else None,
    )


def _span_in(one: CodedStatement, article: Extraction) -> Span:
    """Where the words of a statement stand in the article as it is."""
    if not one.document.intact:
        raise RecordError("the text of its document is not the one that was exported")
    if one.stop > len(one.document.text):
        raise RecordError("it stands behind the end of its text")
    if one.document.text == article.text:
        return Span(one.start, one.stop)
    if article.text.count(one.words) != 1:
        raise RecordError(f"“{one.words:.60}” does not stand once in {article.article} as it is")
    start = article.text.index(one.words)
    return Span(start, start + len(one.words))


def _target_in(concept: Value, span: Span, holder: Span, text: str) -> Span | None:
    """Where a statement's words have those of its concept, beside the holder."""
    words = (
        concept.text.removeprefix("target: ") if concept.key.startswith(TARGET) else concept.text
    )
    words = words.removeprefix("target: ").casefold()
    piece = span.text_in(text).casefold()
    if not words or len(piece) != span.end - span.start:
        return None
    at = piece.find(words)
    while at >= 0:
        found = Span(span.start + at, span.start + at + len(words))
        if not found.overlaps(holder):
            return found
        at = piece.find(words, at + 1)
    return None


def _trimmed(span: Span, text: str) -> Span:
    """The span without what is neither letter nor digit at its ends."""
    start, end = span.start, span.end
    while start < end and not text[start].isalnum():
        start += 1
    while start < end and not text[end - 1].isalnum():
        end -= 1
    return Span(start, end)
