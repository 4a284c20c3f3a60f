"""Which word stands before, after or above another."""

from __future__ import annotations

from spacy.tokens import Token


def meets_conjunction(verb: Token) -> bool:
    """Whether nothing stands between the verb and the "and" after it."""
    following = verb.nbor(1) if verb.i + 1 < len(verb.doc) else verb
    return following.dep_ == "cc" or following.lower_ in ("and", "while", "but", "or")


def has_ancestor(token: Token, other: Token) -> bool:
    """Whether ``other`` is ``token`` or stands above it."""
    return other == token or other.is_ancestor(token)


def noun_before(verb: Token) -> list[Token]:
    """The noun phrase right before "as proposed by"."""
    i = verb.left_edge.i - 1
    while i >= 0 and verb.doc[i].is_punct:
        i -= 1
    if i < 0 or verb.doc[i].pos_ not in ("NOUN", "PROPN"):
        return []
    noun = verb.doc[i]
    while noun.head.pos_ in ("NOUN", "PROPN") and noun.dep_ in ("compound", "amod", "nmod"):
        noun = noun.head
    return [noun]
