"""Negation and hedging of a cue: what stands on it, above it and below it.

Source: codebook §2, fields ``negated`` and ``hedged``.
"""

from __future__ import annotations

from spacy.tokens import Token

from pipeline.extraction.propose.proposal import Polarity
from pipeline.extraction.propose.questions import is_inverted_condition
from pipeline.extraction.propose.rules.contrast import cleft_above
from pipeline.extraction.propose.rules.denial import has_empty_subject, is_empty, is_left_undone
from pipeline.extraction.propose.rules.factuality import Frame, frames_above
from pipeline.extraction.propose.rules.governors import climb, read_improbable, read_nominal
from pipeline.extraction.propose.rules.inability import ability_over
from pipeline.extraction.propose.rules.matching import CueMatch
from pipeline.extraction.propose.rules.modifiers import read_hedges, read_modifiers
from pipeline.extraction.propose.rules.turns import Turns
from pipeline.language.labels import NOMINAL_SUBJECTS
from pipeline.language.syntax import children, is_verbal
from pipeline.language.words import (
    DUTY_MODALS,
    WHETHER,
)
from pipeline.lexicon.grammar import Grammar


def polarity_of(match: CueMatch, grammar: Grammar, target: Token | None = None) -> Polarity:
    """How often the stance turns above, on and below the cue, and whether it is hedged.

    ``target`` is the head of the cue's object where that is a noun phrase.
    """
    turns = Turns()
    _read_phrase(match, turns, grammar)
    climb(match.head, turns, grammar)
    _read_clause(match.head, turns, grammar)
    if target is not None and _is_empty_object(target, match):
        turns.negate("rule.negation.object")
    return Polarity(
        negated=turns.negations % 2 == 1,
        flips=turns.negations + turns.reversals,
        hedged=turns.hedged,
        start=turns.start or match.head,
        rules=tuple(turns.rules),
        relay=turns.relay,
    )


def _read_phrase(match: CueMatch, turns: Turns, grammar: Grammar) -> None:
    """Note what stands on the cue's own words, and on the verb of a nominal one."""
    head = match.head
    for word in match.words:
        _read_determiner(word, turns)
    read_modifiers(head, turns, grammar)
    if match.cue.pos == "phrase" and is_verbal(head.head):
        read_modifiers(head.head, turns, grammar)
    if head.pos_ in ("NOUN", "ADJ", "PROPN"):
        read_nominal(head, turns, grammar)


def _read_clause(cue: Token, turns: Turns, grammar: Grammar) -> None:
    """Note what the cue's clause is: nobody's, a condition, said to be false, left undone."""
    verb = cue if is_verbal(cue) else cue.head
    if has_empty_subject(verb, grammar):
        turns.negate("rule.negation.subject")
    _read_condition(verb, turns, grammar)
    _read_ability(verb, turns, grammar)
    _read_cleft(verb, turns, grammar)
    for frame in frames_above(cue, grammar):
        if frame is Frame.FALSE:
            turns.negate("rule.negation.frame")
    if is_left_undone(verb):
        turns.negate("rule.negation.undone")
    if verb.dep_ == "pcomp":
        _read_gerund(verb, turns)


def _read_determiner(word: Token, turns: Turns) -> None:
    if word.pos_ == "NOUN" and is_empty(word):
        turns.negate("rule.negation.determiner")


def _is_empty_object(target: Token, match: CueMatch) -> bool:
    """Nobody or nothing as object: "backs neither the ban nor the levy"."""
    outside = target not in match.words and target.dep_ not in NOMINAL_SUBJECTS
    return outside and is_empty(target)


def _read_condition(verb: Token, turns: Turns, grammar: Grammar) -> None:
    """Note an "if" over the verb, in whatever form."""
    _read_impersonal(verb, turns, grammar)
    if is_inverted_condition(verb):
        turns.hedge("rule.hedge.condition")
    if verb.dep_ == "ccomp" and any(one.lower_ in WHETHER for one in children(verb, "mark")):
        turns.hedge("rule.hedge.condition")
    if verb.dep_ == "advcl" and any(
        one.lower_ in grammar.conditionals for one in children(verb, "mark", "advmod")
    ):
        turns.hedge("rule.hedge.condition")


def _read_ability(verb: Token, turns: Turns, grammar: Grammar) -> None:
    """Note that somebody is unable to do it, and what softens that: "might be unable to back"."""
    ability = ability_over(verb, grammar)
    if ability is None:
        return
    if ability.lacking:
        turns.negate("rule.negation.unable")
    read_hedges(ability.verb, turns, grammar)
    _read_condition(ability.verb, turns, grammar)
    if ability.verb.lemma_.lower() in grammar.hedge_verbs:
        turns.hedge("rule.hedge.verb")


def _read_cleft(verb: Token, turns: Turns, grammar: Grammar) -> None:
    """Note what softens "it was probably Norway that backed it", or makes it a condition."""
    cleft = cleft_above(verb)
    if cleft is None:
        return
    read_hedges(cleft.copula, turns, grammar)
    _read_condition(cleft.copula, turns, grammar)
    if any(child.lower_ in DUTY_MODALS for child in children(cleft.copula, "aux")):
        turns.hedge("rule.hedge.modal")
    if cleft.copula.dep_ == "xcomp" and cleft.copula.head.lemma_.lower() in grammar.hedge_verbs:
        turns.hedge("rule.hedge.verb")


def _read_impersonal(verb: Token, turns: Turns, grammar: Grammar) -> None:
    """As in "it seems that Togo supports", "it is likely that"."""
    above = verb.head
    if verb.dep_ not in ("ccomp", "csubj") or above == verb:
        return
    expletive = any(child.lower_ == "it" for child in children(above, *NOMINAL_SUBJECTS))
    words = [above, *children(above, "acomp")]
    if expletive and any(word.lemma_.lower() in grammar.hedge_verbs for word in words):
        turns.hedge("rule.hedge.verb")
        for word in words:
            read_improbable(word, turns, grammar)


def _read_gerund(verb: Token, turns: Turns) -> None:
    """As in "far from welcoming the inspectors", "has no hope of joining"."""
    preposition = verb.head
    if preposition.lower_ == "from" and preposition.head.lower_ == "far":
        turns.reverse("rule.reversal.far-from")
    if preposition.head.pos_ == "NOUN":
        _read_determiner(preposition.head, turns)
