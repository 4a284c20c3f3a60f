"""The verbs that govern a cue: they lend it their subject, turn it or soften it.

Source: codebook §2, fields ``negated`` and ``hedged``.
"""

from __future__ import annotations

from spacy.tokens import Token

from pipeline.extraction.propose.rules.contrast import is_singled_out
from pipeline.extraction.propose.rules.denial import is_yet_to
from pipeline.extraction.propose.rules.modifiers import read_modifiers, read_shared_modifiers
from pipeline.extraction.propose.rules.turns import Turns
from pipeline.language.chains import has_subject
from pipeline.language.labels import COMPLEMENTS, NOMINAL_SUBJECTS
from pipeline.language.syntax import children, is_verbal
from pipeline.lexicon.grammar import Grammar

_GOVERNED = ("dobj", "nsubjpass", "attr", "acomp", "pobj", "oprd")
_DEPTH = 6


def read_nominal(noun: Token, turns: Turns, grammar: Grammar) -> None:
    """Note the verb that governs a nominal or adjectival cue: light, reversing, copular."""
    above = noun.head
    if noun.dep_ == "pobj":
        _read_preposition(above, turns, grammar)
    if noun.dep_ == "dobj" and _is_others(noun, above):
        turns.relay = above
        return
    if noun.dep_ in ("dobj", "nsubjpass") and is_verbal(above):
        _read_object(noun, above, turns, grammar)
    if noun.dep_ in _GOVERNED and is_verbal(above) and not is_singled_out(noun):
        read_modifiers(above, turns, grammar)


def climb(cue: Token, turns: Turns, grammar: Grammar) -> None:
    """Note the verbs that govern the cue as their complement, up to one with its own subject."""
    verb = cue if is_verbal(cue) else cue.head
    if not is_verbal(verb):
        return
    for _ in range(_DEPTH):
        above = verb.head
        if above == verb:
            return
        if verb.dep_ == "conj" and is_verbal(above):
            if children(verb, *NOMINAL_SUBJECTS, "neg", "aux"):
                return
            read_shared_modifiers(above, verb, turns, grammar)
        elif not _read_chain(verb, cue, turns, grammar):
            return
        verb = above


def read_improbable(word: Token, turns: Turns, grammar: Grammar) -> None:
    """Note a word under which the contrary is expected: "is unlikely to back"."""
    if word.lemma_.lower() in grammar.improbable:
        turns.reverse("rule.reversal.improbable")


def _read_chain(verb: Token, cue: Token, turns: Turns, grammar: Grammar) -> bool:
    """Note what the word over a complement does to it; whether to climb on from there."""
    if verb.dep_ not in COMPLEMENTS or has_subject(verb):
        return False
    if is_yet_to(verb, verb.head):
        turns.negate("rule.negation.yet")
        return False
    return _read_governor(verb.head, turns, grammar) and verb.head is not cue


def _read_governor(above: Token, turns: Turns, grammar: Grammar) -> bool:
    """Note what a governing word does to the cue below it; whether it is one that does anything."""
    lemma = above.lemma_.lower()
    if lemma in grammar.able_words | grammar.unable_words:
        return False
    if above.lemma_ != "be" and lemma in grammar.poised_words and above.tag_ in ("VBN", "JJ"):
        turns.hedge("rule.hedge.verb")
    elif lemma in grammar.negative_verbs:
        turns.reverse("rule.reversal.negative-verb")
        turns.start = above
    elif lemma in grammar.aspectual_verbs:
        turns.start = above
        turns.rules.append("rule.aspect")
    elif lemma in grammar.hedge_verbs:
        turns.hedge("rule.hedge.verb")
        read_improbable(above, turns, grammar)
    elif not (above.pos_ == "ADJ" or above.lemma_ == "be"):
        return False
    read_modifiers(above, turns, grammar)
    return True


def _read_preposition(preposition: Token, turns: Turns, grammar: Grammar) -> None:
    """As in "its lack of support", "without the support of"."""
    if preposition.lower_ == "of" and preposition.head.lemma_ in grammar.lack_nouns:
        turns.reverse("rule.reversal.lack")
    if preposition.lower_ == "without":
        turns.negate("rule.negation.without")


def _read_object(noun: Token, verb: Token, turns: Turns, grammar: Grammar) -> None:
    """As in "expressed its support", "lifted its ban", "gave up its opposition"."""
    lemma = verb.lemma_.lower()
    before = verb.i < noun.i
    if lemma in grammar.reversing_verbs:
        turns.reverse("rule.reversal.verb")
        turns.start = verb if before else None
    elif before and lemma in grammar.light_verbs | grammar.aspectual_verbs:
        turns.start = verb
        if verb.lemma_ in grammar.giving_up_verbs and children(verb, "prt"):
            turns.reverse("rule.reversal.verb")


def _is_others(noun: Token, verb: Token) -> bool:
    """Whether a noun is named as another's than the subject's: "Chile ended Peru's boycott"."""
    subjects = children(verb, "nsubj")
    owners = [owner for owner in children(noun, "poss") if owner.pos_ in ("NOUN", "PROPN")]
    return bool(subjects and owners) and owners[0].lower_ not in {each.lower_ for each in subjects}
