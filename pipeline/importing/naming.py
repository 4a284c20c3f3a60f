"""Whom the holder and the reporter of an imported claim name, by the article's mentions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from pipeline.dataset.corrected import fold_words
from pipeline.dataset.records import Position, Quote
from pipeline.records import Extraction, Mention, Span


def with_entities(position: Position, extraction: Extraction) -> Position:
    """The claim with the entities of its holder and reporter where it came without."""
    reporter = position.attribution
    told = position.attribution_entity
    return replace(
        position,
        entity=position.entity or entity_of(position.holder, extraction),
        attribution_entity=told or (entity_of(reporter, extraction) if reporter else None),
    )


def entity_of(words: Quote, extraction: Extraction) -> str | None:
    """Whom the words name: the mention there, the only one in them, or one of the same words.

    Source: codebook §1.4: a span has no title before a name, and §1.8: equal names, one entity.
    """
    known = [one for one in extraction.mentions if one.entity is not None]
    place, text = words.span, extraction.text
    tests: tuple[Callable[[Mention], bool], ...] = (
        lambda one: one.span == place,
        lambda one: _is_within(one.span, place),
        lambda one: _is_within(place, one.span),
        lambda one: fold_words(one.span.text_in(text)) == fold_words(words.text),
    )
    for test in tests:
        found = {one.entity for one in known if test(one)}
        if found:
            return found.pop() if len(found) == 1 else None
    return None


def _is_within(one: Span, other: Span) -> bool:
    return other.start <= one.start and one.end <= other.end
