"""Who is taken out of those who do it: "all members except Japan", "all but Hungary"."""

from __future__ import annotations

from spacy.tokens import Token

from pipeline.language.aside import is_before_but
from pipeline.language.negation_words import ALSO
from pipeline.language.words import (
    ALL_BUT,
    EXCEPTIVES,
)


def is_excepted(noun: Token) -> bool:
    """Whether the noun is taken out of those who do it: "all members except Japan", "but Japan"."""
    if noun.dep_ == "conj":
        return is_taken_out(noun) or is_excepted(noun.head)
    after = noun.dep_ in ("pobj", "pcomp") and noun.head.lower_ in EXCEPTIVES
    return after or _follows_all_but(noun)


def _follows_all_but(noun: Token) -> bool:
    """Whether "every … but" stands before it, whatever the parser made of that."""
    place = noun.left_edge.i - 1
    if place < 1 or noun.doc[place].lower_ not in EXCEPTIVES:
        return False
    all_of = noun.doc[place - 1]
    counted = any(child.lower_ in ALL_BUT for child in all_of.children)
    return all_of.lower_ in ALL_BUT or (counted and all_of.pos_ == "NOUN")


def is_taken_out(conjunct: Token) -> bool:
    """Whether a bare "but" takes the conjunct out: "all members but Hungary"."""
    before = [child for child in conjunct.head.children if child.dep_ == "cc"]
    last = [cc for cc in before if cc.i < conjunct.i]
    if not last or last[-1].lower_ not in ("but", "except") or is_before_but(conjunct.head):
        return False
    return last[-1].nbor(1).lower_ not in ALSO
