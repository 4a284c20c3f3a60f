"""Holders that are counted out of a group: "some of the states". Source: codebook §1.4."""

from __future__ import annotations

from spacy.tokens import Token

from pipeline.extraction.propose.held import Held
from pipeline.extraction.propose.rules.denial import is_empty
from pipeline.extraction.propose.rules.holders.known import Known
from pipeline.extraction.propose.rules.holders.nominals import phrase_holders
from pipeline.extraction.propose.rules.holders.places import objects_of
from pipeline.language.labels import NOMINAL_SUBJECTS
from pipeline.language.phrases import is_item_number
from pipeline.language.words import (
    COUNTED_PEOPLE,
    COUNTING_PREPOSITIONS,
    FREE_QUANTIFIERS,
)
from pipeline.lexicon.grammar import Grammar


def partitive_holders(token: Token, known: Known) -> list[Held]:
    """Those whom a word of number counts out, or who are meant by it alone: "many objected"."""
    people = token.lower_ in COUNTED_PEOPLE | FREE_QUANTIFIERS or is_empty(token)
    counts = people or token.lower_ in known.grammar.partitives or token.like_num
    if is_item_number(token) or not counts:
        return []
    for whole in objects_of(token, COUNTING_PREPOSITIONS if people else frozenset({"of"})):
        if known.agents.is_agent(whole) or known.names.is_mention(whole):
            return phrase_holders(token, whole, known)
    return phrase_holders(token, token, known) if _stands_alone(token, known.grammar) else []


def _stands_alone(token: Token, grammar: Grammar) -> bool:
    """Whether it means somebody without a group: a number only as the subject, "60 percent"."""
    if token.like_num or token.lower_ in grammar.percentages:
        return token.dep_ in NOMINAL_SUBJECTS
    return token.lower_ in FREE_QUANTIFIERS
