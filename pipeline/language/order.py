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
