"""What a speaker or an issuer says that somebody must do: they are for its being done.

Source: codebook §2.8 and §2.9.
"""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Span, Token

from pipeline.extraction.propose.rules.denial import is_denied
from pipeline.language.infinitives import is_infinitive
from pipeline.language.spans import span_of
from pipeline.language.syntax import SUBJECTS, children, is_passive, is_verbal
from pipeline.language.words import (
    BLAMED_SUBJECTS,
    FIRST_PERSON_SUBJECTS,
    JUDGING_MODALS,
    NO_DUTY_SUBJECTS,
    OBLIGING_VERBS,
)
from pipeline.lexicon.evaluative import Evaluative
from pipeline.lexicon.grammar import Grammar

_FINITE = frozenset(["MD", "VBD", "VBP", "VBZ"])


@dataclass(frozen=True, slots=True)
class Duty:
    """The word that obliges, what is to be done, and whether it must not be done."""

    word: Token
    act: Token
    span: Span
    denied: bool


def active_duty(verb: Token, grammar: Grammar) -> Duty | None:
    """The duty in "Peru must leave" and "Peru has to leave", or None.

    "It must rain" and "they must have left" are guesses and no duties.
    """
    found = _modal(verb) or _main_verb(verb)
    if found is None or _is_reported(verb):
        return None
    word, act = found
    subjects = [child for child in children(verb, "nsubj") if child.i < word.i]
    if not subjects or subjects[0].lower_ in NO_DUTY_SUBJECTS:
        return None
    start = word.i + 1
    while start < act.i and (verb.doc[start].dep_ == "neg" or verb.doc[start].lower_ == "never"):
        start += 1
    span = span_of(verb.doc, start, _end(act))
    if span is None:
        return None
    return Duty(word, act, span, is_denied(verb, grammar))


def is_penalty(verb: Token, words: Evaluative) -> bool:
    """Whether it is to be done to people against them: "those responsible must be extradited".

    What must be done to a thing is a measure: "the law must be stopped". Source: codebook,
    "Readings settled".
    """
    if not is_passive(verb) or not any(
        _is_people(one, words) for one in children(verb, "nsubjpass")
    ):
        return False
    if verb.lemma_.lower() in words.arraigning:
        named = {one.lemma_.lower() for one in verb.subtree if verb.i < one.i <= verb.i + 3}
        return bool(named & words.reckoning)
    return verb.lemma_.lower() in words.punishing


def _is_people(noun: Token, words: Evaluative) -> bool:
    return (
        noun.pos_ == "PROPN"
        or noun.lower_ in BLAMED_SUBJECTS
        or words.sign_of(noun.lemma_.lower(), noun.lower_) < 0
    )


def _is_reported(verb: Token) -> bool:
    """Whether the clause is what somebody else orders or says: "an order that it should go"."""
    if verb.dep_ != "ccomp" or not any(c.lower_ == "that" for c in children(verb, "mark")):
        return False
    subjects = {child.lower_ for child in children(verb.head, "nsubj")}
    return verb.head.lemma_ != "be" and not subjects & FIRST_PERSON_SUBJECTS


def is_finite(verb: Token) -> bool:
    """Whether the verb asserts something, by itself or through its auxiliaries."""
    parts = [verb, *children(verb, "aux", "auxpass")]
    shared = verb.dep_ == "conj" and verb.tag_ in ("VB", "VBN", "VBG") and is_verbal(verb.head)
    return any(part.tag_ in _FINITE for part in parts) or (
        shared and not is_infinitive(verb) and is_finite(verb.head)
    )


def _modal(verb: Token) -> tuple[Token, Token] | None:
    if verb.lemma_ == "be" or is_passive(verb):
        return None
    helpers = children(verb, "aux")
    if any(child.lemma_ == "have" for child in helpers):
        return None
    modals = [child for child in helpers if child.lower_ in JUDGING_MODALS]
    return (modals[0], verb) if modals else None


def _main_verb(verb: Token) -> tuple[Token, Token] | None:
    if verb.lemma_.lower() not in OBLIGING_VERBS or verb.tag_ not in ("VBP", "VBZ", "MD"):
        return None
    acts = [child for child in children(verb, "xcomp") if is_infinitive(child)]
    return (verb, acts[0]) if acts and not children(verb, "dobj") else None


def _end(act: Token) -> int:
    """The end of the verb phrase, before a further clause with a subject of its own."""
    end = act.right_edge.i + 1
    for child in act.children:
        if child.dep_ == "conj" and child.i > act.i and children(child, *SUBJECTS, "nsubjpass"):
            joints = [cc.i for cc in children(act, "cc") if cc.i < child.left_edge.i]
            end = min(end, joints[-1] if joints else child.left_edge.i)
    return end
