"""Who or what a "not" puts aside for another: "Sweden and not Norway"."""

from __future__ import annotations

from spacy.tokens import Token

from pipeline.language.labels import NOUNS
from pipeline.language.negation_words import (
    COUNTED,
    HARDLY,
    INSTEAD_OF,
    ONLY,
)
from pipeline.language.words import COPULA_AND_HAVE


def is_put_aside(noun: Token) -> bool:
    """Whether "not" or "rather than" stands right before it: "Sweden and not Norway"."""
    if noun.pos_ not in (*NOUNS, "PRON", "NUM"):
        return False
    places = [noun, noun.head] if noun.dep_ == "pobj" else [noun]
    if any(_is_denied(place) for place in places):
        return True
    start = noun.left_edge.i
    before = noun.doc[max(0, start - 2) : start]
    if not len(before):
        return False
    apart = noun.dep_ == "appos" and before[-1].lower_ == "not"
    instead = tuple(token.lower_ for token in before) in INSTEAD_OF
    return apart or instead or is_of_object(before[-1])


def _is_denied(word: Token) -> bool:
    for child in word.children:
        negator = child.lower_ == "not" if child.dep_ in ("neg", "preconj") else _is_hardly(child)
        if negator and child.i < word.i and child.nbor(1).lower_ not in ONLY | COUNTED:
            return True
    return False


def _is_hardly(token: Token) -> bool:
    return token.dep_ == "advmod" and token.lower_ in HARDLY


def is_of_object(negator: Token) -> bool:
    """Whether a "not" after its verb is of what follows: "opposed not the ban but the levy"."""
    verb = negator.head
    if negator.lower_ != "not" or negator.i < verb.i or verb.lemma_ in COPULA_AND_HAVE:
        return False
    contrast = any(token.dep_ == "cc" and token.lower_ == "but" for token in verb.subtree)
    return contrast and negator.nbor(1).lower_ not in ONLY | COUNTED


def is_before_but(word: Token) -> bool:
    """Whether a "not" leaves what follows the "but": "was backed not by Mali but by Chad"."""
    while word.dep_ == "conj":
        word = word.head
    above = word.head if word.dep_ in ("attr", "agent", "dobj") else word
    return any(c.dep_ == "neg" and c.i < word.i for one in (word, above) for c in one.children)
