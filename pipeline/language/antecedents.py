"""What a relative or reflexive pronoun of the same sentence stands for."""

from __future__ import annotations

from spacy.tokens import Token

from pipeline.language.clefts import cleft_of
from pipeline.language.labels import NOMINAL_SUBJECTS
from pipeline.language.words import (
    COUNTING_PREPOSITIONS,
    FREE_RELATIVES,
    REFLEXIVES,
    RELATIVE_PRONOUNS,
)

_CONTROLLED = frozenset(
    {"xcomp", "ccomp", "advcl", "conj", "pcomp", "acl", "relcl", "prep", "acomp"}
)
_DEPTH = 8


def antecedent(token: Token) -> Token:
    """The noun that a relative pronoun stands for; any other token is returned as it is.

    In "it was Norway that rejected it" and "what Norway rejects is the ban" it is what is singled
    out.
    """
    if token.lower_ not in RELATIVE_PRONOUNS | FREE_RELATIVES or token.dep_ == "det":
        return token
    clause = token.head if token.head.dep_ not in ("aux", "auxpass") else token.head.head
    for _ in range(_DEPTH):
        cleft = cleft_of(clause)
        if cleft is not None and cleft.names:
            return cleft.focus
        if clause.dep_ in ("relcl", "acl") and clause.head.i < token.i:
            return _said_to_be(clause.head) if token.lower_ in RELATIVE_PRONOUNS else token
        if clause.head is clause or clause.dep_ not in _CONTROLLED:
            return token
        clause = clause.head
    return token


def _said_to_be(noun: Token) -> Token:
    """What there is, where the parser hung its clause on the place: "a state in the bloc that"."""
    above = noun.head.head
    within = noun.dep_ == "pobj" and noun.head.lower_ in COUNTING_PREPOSITIONS
    if not within or above.dep_ != "attr" or noun.head.lower_ == "of":
        return noun
    return above if any(child.dep_ == "expl" for child in above.head.children) else noun


def doer_meant(reflexive: Token) -> Token:
    """The subject of the verb over a reflexive pronoun: "Norway" in "Norway finds itself unable".

    Any other token is returned as ``antecedent`` returns it.
    """
    if reflexive.lower_ not in REFLEXIVES:
        return antecedent(reflexive)
    verb = reflexive.head
    for _ in range(_DEPTH):
        for child in verb.children:
            if child.dep_ in NOMINAL_SUBJECTS and child.lower_ not in REFLEXIVES:
                return antecedent(child)
        if verb.head == verb or verb.dep_ not in _CONTROLLED | {"oprd"}:
            return reflexive
        verb = verb.head
    return reflexive
