"""Whom a phrase for many names one by one: a group's members, the exceptions to it, its names.

Source: codebook §2.5.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Token

from pipeline.extraction.propose.held import Held
from pipeline.extraction.propose.rules.holders.known import Known
from pipeline.extraction.propose.rules.holders.names import Names
from pipeline.language.labels import NOUNS, PLURAL_TAGS
from pipeline.language.syntax import children, coordinated
from pipeline.language.words import (
    BESIDE_NOBODY,
    EXAMPLE_PREPOSITIONS,
    NOBODY_EXCEPT,
)
from pipeline.records import Kind


def is_plural(token: Token) -> bool:
    """Whether the token is a noun or name in the plural."""
    return token.tag_ in PLURAL_TAGS and token.pos_ in NOUNS


def members(token: Token, names: Names) -> Iterator[Token]:
    """The heads of the members named after a group: "states, such as Brazil and Peru"."""
    named = names.named_at(token)
    if named is not None and named.kind is not Kind.GROUP:
        return
    for child in children(token, "appos"):
        if names.is_mention(child) and child.i > token.i and is_plural(token):
            yield child
    for prep in children(token, "prep"):
        if prep.lower_ in EXAMPLE_PREPOSITIONS or _is_such_as(prep, token):
            yield from (pobj for pobj in children(prep, "pobj") if names.is_mention(pobj))


def named_members(token: Token, names: Names) -> list[Held]:
    """The members named after a group, coordination expanded; empty where none is."""
    heads = (part for one in members(token, names) for part in names.listed(coordinated(one)))
    found = (names.named_at(head) for head in heads)
    return [held for held in found if held is not None]


def _is_such_as(prep: Token, group: Token) -> bool:
    around = (*prep.children, *group.children)
    return prep.lower_ == "as" and any(child.lower_ == "such" for child in around)


def exceptions(token: Token, names: Names) -> list[Held]:
    """Who alone does it: "no country except Iran", "nobody but Norway", "none other than Mali"."""
    none = any(child.lower_ == "no" for child in children(token, "det"))
    if not none and token.lower_ not in NOBODY_EXCEPT:
        return []
    others = [other for other in children(token, "amod", "advmod") if other.lower_ == "other"]
    named = [
        names.named_at(part)
        for excepted in (found for word in (token, *others) for found in _excepted(word))
        for part in coordinated(excepted)
    ]
    return [replace(held, rule="exception") for held in named if held is not None]


def _excepted(word: Token) -> list[Token]:
    return [
        excepted
        for prep in children(word, "prep")
        if prep.lower_ in BESIDE_NOBODY
        for excepted in children(prep, "pobj", "pcomp")
    ]


def named_modifiers(token: Token, known: Known) -> list[Held]:
    """The names before a noun for a body or bloc: "the MERCOSUR and Pacific Alliance blocs"."""
    if not {token.lemma_.lower(), token.lower_.removesuffix("s")} & known.grammar.name_descriptors:
        return []
    names = [part for c in children(token, "compound", "nmod") for part in coordinated(c)]
    found = [known.names.named_at(name) for name in names]
    return [held for held in found if held is not None]
