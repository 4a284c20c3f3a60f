"""What a speaker demands of somebody: "Israel must end its attacks", "has to lift the siege".

A demand is the speaker's position and never one of those it is addressed to. Source: codebook,
"Readings settled": one that somebody end something is against what they do; one for a thing or a
policy is for the measure.
"""

from __future__ import annotations

from spacy.tokens import Token

from pipeline.extraction.propose.rules.denial import is_yet_to
from pipeline.language.chains import has_subject
from pipeline.language.infinitives import is_infinitive
from pipeline.language.labels import NOMINAL_SUBJECTS
from pipeline.language.mood import is_base_form, is_subjunctive_form
from pipeline.language.syntax import children, is_verbal, subject_of
from pipeline.language.words import (
    DUTY_MODALS,
    FIRST_PERSON_SUBJECTS,
    OBLIGING_VERBS,
    PRESENT_HELPERS,
)
from pipeline.lexicon.grammar import Grammar

_PRESENT = frozenset({"VBZ", "VBP", "MD"})


def demanded_act(head: Token) -> Token | None:
    """The verb of what must be done in the clause of ``head``, or None where it obliges nobody."""
    if not is_verbal(head):
        return None
    helpers = children(head, "aux")
    if any(child.lower_ in DUTY_MODALS for child in helpers):
        return None if any(child.lemma_ == "have" for child in helpers) else head
    return _main_act(head)


def _main_act(head: Token) -> Token | None:
    """The act of "has to leave" and "needs to leave"; "had to leave" tells what was done."""
    helped = any(child.lower_ in PRESENT_HELPERS for child in children(head, "aux"))
    if head.lemma_.lower() not in OBLIGING_VERBS or not (head.tag_ in _PRESENT or helped):
        return None
    if children(head, "dobj"):
        return None
    return next((child for child in children(head, "xcomp") if is_infinitive(child)), None)


def is_requested(clause: Token, grammar: Grammar) -> bool:
    """Whether the clause is what somebody asks for: "demanded that the dam not be built".

    Under verbs of plain telling a bare verb is a plural's, and so it is without a "that" under all
    but those of asking: 'the letter read: "The crimes offend us"'.
    """
    above = clause.head
    if clause.dep_ not in ("ccomp", "acl", "relcl") or above.lemma_ in grammar.reporting_verbs:
        return False
    asks = above.lemma_.lower() in grammar.mandative_verbs
    opened = any(child.lower_ == "that" for child in clause.children)
    plain = opened or asks or clause.lower_ == "be" or bool(children(clause, "auxpass", "neg"))
    if plain and is_subjunctive_form(clause):
        return clause.dep_ == "ccomp" or above.pos_ == "NOUN"
    return asks and clause.dep_ == "ccomp" and has_subject(clause) and is_base_form(clause)


def is_demanded(verb: Token) -> bool:
    """Whether others than the speaker are obliged to do what the verb says."""
    if demanded_act(verb) == verb:
        return not {one.lower_ for one in children(verb, *NOMINAL_SUBJECTS)} & FIRST_PERSON_SUBJECTS
    above = verb.head
    if verb.dep_ != "xcomp" or above == verb or _main_act(above) != verb:
        return False
    if is_yet_to(verb, above):
        return False
    return not {one.lower_ for one in subject_of(above)} & FIRST_PERSON_SUBJECTS
