"""Negators, modals and adverbs that hang on one word, or on the first of joined verbs.

Source: codebook §2, fields ``negated`` and ``hedged``.
"""

from __future__ import annotations

from spacy.tokens import Token

from pipeline.extraction.propose.rules.denial import in_no_way, is_shared
from pipeline.extraction.propose.rules.turns import Turns
from pipeline.language.aside import is_of_object
from pipeline.language.negation_words import (
    CLITIC_NOT,
    HARDLY,
    NO_LONGER,
    ONLY,
)
from pipeline.language.syntax import children
from pipeline.lexicon.grammar import Grammar


def read_modifiers(token: Token, turns: Turns, grammar: Grammar) -> None:
    """Note what the dependents of a verb, a noun or an adjective deny or soften."""
    for child in token.children:
        negation = _negation(child, grammar)
        hedge = "" if negation else _hedge(child, grammar)
        if negation:
            turns.negate(negation)
        elif hedge:
            turns.hedge(hedge)


def read_hedges(token: Token, turns: Turns, grammar: Grammar) -> None:
    """Note what only softens: the modals and adverbs among the dependents."""
    for hedge in filter(None, (_hedge(child, grammar) for child in token.children)):
        turns.hedge(hedge)


def read_shared_modifiers(above: Token, verb: Token, turns: Turns, grammar: Grammar) -> None:
    """Note the negators and modals before coordinated verbs, which hold for all of them."""
    joined = [child.lower_ for child in children(above, "cc") if child.i < verb.i]
    if "nor" in joined:
        turns.negate("rule.negation.nor")
    for child in above.children:
        if child.dep_ == "neg" and is_shared(child, above, verb):
            turns.negate("rule.negation.shared")
        elif verb.tag_ == "VB" and _is_hedging_modal(child, grammar):
            turns.hedge("rule.hedge.modal")


def _negation(child: Token, grammar: Grammar) -> str:
    """The rule by which a dependent denies the word above it, or nothing."""
    if _denies(child, grammar):
        return "rule.negation.adverb"
    if child.lower_ in NO_LONGER and any(part.lower_ == "no" for part in child.children):
        return "rule.negation.no-longer"
    return "rule.negation.phrase" if in_no_way(child, grammar) else ""


def _hedge(child: Token, grammar: Grammar) -> str:
    """The rule by which a dependent softens the word above it, or nothing."""
    if _is_hedging_modal(child, grammar):
        return "rule.hedge.modal"
    softens = child.dep_ == "advmod" and child.lower_ in grammar.hedge_adverbs
    return "rule.hedge.adverb" if softens else ""


def _is_hedging_modal(child: Token, grammar: Grammar) -> bool:
    return child.dep_ == "aux" and child.lemma_.lower() in grammar.hedge_modals


def _denies(child: Token, grammar: Grammar) -> bool:
    following = child.nbor(1) if child.i + 1 < len(child.doc) else child
    if following.lower_ in ONLY or is_of_object(child):
        return False
    if child.dep_ == "neg" or child.lower_ in CLITIC_NOT:
        return True
    if child.dep_ == "advmod" and any(part.lower_ in HARDLY for part in child.children):
        return True
    if child.dep_ not in ("advmod", "preconj", "cc") or child.i > child.head.i:
        return False
    return child.lower_ != "no" and child.lower_ in grammar.negators
