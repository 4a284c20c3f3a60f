"""The noun after a state's or group's name, over what describes it: "U.S. special forces"."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_MODIFIERS = frozenset(["amod", "compound", "nmod"])


def noun_after(doc: Doc, start: int, nouns: frozenset[str]) -> int | None:
    """The head noun after ``start``, over up to two lower-case modifiers."""
    for place in range(start, min(start + 3, len(doc))):
        token = doc[place]
        if token.lower_ in nouns and not is_compound(token):
            return place
        if token.dep_ not in _MODIFIERS or not token.text.islower():
            return None
    return None


def end_of_words_after(doc: Doc, start: int, nouns: frozenset[str]) -> int | None:
    """The end of the noun of up to three words after ``start``, over up to two modifiers."""
    for place in range(start, start + 3):
        if place >= len(doc) or not doc[place].text[0].isalpha():
            return None
        for length in range(min(3, len(doc) - place), 0, -1):
            words = doc[place : place + length]
            if words.text.lower() in nouns and not is_compound(words[-1]):
                return place + length
        if doc[place].dep_ not in _MODIFIERS or doc[place].text[0].isupper():
            return None
    return None


def is_compound(token: Token) -> bool:
    """Whether the noun only modifies the next one ("UK government officials")."""
    return bool(
        token.dep_ in _MODIFIERS
        and token.head.i == token.i + 1
        and token.doc[token.i + 1].pos_ in ("NOUN", "PROPN")
    )
