"""Whom pronouns, adjectives and definite phrases refer to, as holders. Source: codebook §2.8."""

from __future__ import annotations

from dataclasses import replace

from spacy.tokens import Span, Token

from pipeline.extraction.coreference import Resolution, Resolver
from pipeline.extraction.propose.held import Held
from pipeline.language.words import (
    ARTICLES,
    FIRST_PERSON,
    THIRD_PERSONS,
    THIRD_PLURAL_HOLDERS,
)
from pipeline.records import Kind


def pronoun_holders(token: Token, resolver: Resolver) -> list[Held]:
    """Whom a pronoun means; first and third persons hold also where that is not known."""
    span = token.doc[token.i : token.i + 1]
    resolution = resolver.resolve(span)
    if resolution is not None:
        return resolved_holders(span, resolution)
    if token.lower_ in FIRST_PERSON:
        return [Held(span, "unknown:speaker", Kind.GROUP, 0.5, True, "first-person")]
    if token.lower_ in THIRD_PERSONS:
        kind = Kind.GROUP if token.lower_ in THIRD_PLURAL_HOLDERS else Kind.PERSON
        if resolver.misses_name(token):
            return [Held(span, None, kind, 0.3, True, "missed-name")]
        return [Held(span, None, kind, 0.3, True, "unresolved")]
    return []


def pair_holders(token: Token, resolver: Resolver) -> list[Held]:
    """Whom "the former", "both" or "the couple" means where it stands alone, if that is plain."""
    if token.dep_ in ("amod", "compound"):
        return []
    start = token.i
    while start > token.left_edge.i and token.doc[start - 1].lower_ not in ARTICLES:
        start -= 1
    span = token.doc[start : token.i + 1]
    resolution = resolver.resolve(span)
    return resolved_holders(span, resolution) if resolution is not None else []


def adjectival_holder(token: Token, resolver: Resolver) -> Held | None:
    """The state or people behind an adjective: "Chinese support for" is China's."""
    span = token.doc[token.i : token.i + 1]
    found = resolver.resolve(span)
    if found is None:
        return None
    return Held(span, found.entity, found.kind, found.score, False, "adjective")


def resolved_holders(span: Span, resolution: Resolution) -> list[Held]:
    """Each whom a phrase stands for: "both countries" are two holders."""
    held = Held(span, resolution.entity, resolution.kind, resolution.score, True, resolution.rule)
    if len(resolution.entities) < 2:
        return [held]
    return [
        replace(held, entity=entity, phrase_entity=resolution.entity)
        for entity in resolution.entities
    ]
