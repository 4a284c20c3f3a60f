"""Chains of joined words up the parse: which word comes first, which verb goes on from which."""

from __future__ import annotations

from spacy.tokens import Token

from pipeline.language.labels import FINITE_TAGS, NOMINAL_SUBJECTS
from pipeline.language.syntax import children, is_verbal


def top_conjunct(token: Token) -> Token:
    """The first of the words that ``token`` is coordinated with, whatever they are; else itself."""
    while token.dep_ == "conj":
        token = token.head
    return token


def has_subject(verb: Token) -> bool:
    """Whether the verb has a noun phrase of its own as its subject."""
    return bool(children(verb, *NOMINAL_SUBJECTS))


def goes_on(verb: Token) -> bool:
    """Whether the verb is coordinated with one before it, whose subject it shares."""
    return verb.dep_ == "conj" and is_verbal(verb.head) and not has_subject(verb)


def resumed_report(verb: Token) -> Token | None:
    """The verb of saying that a verb may go on from, whose clause the parser joined it to.

    As the `said` of "said that it was late and urged them to go": both are of one tense.
    """
    if not goes_on(verb) or children(verb, "aux", "auxpass", "mark"):
        return None
    clause = sharing_verb(verb)
    saying = clause.head
    if clause.dep_ != "ccomp" or not is_verbal(saying) or saying.i > clause.i:
        return None
    return saying if verb.tag_ == saying.tag_ and verb.tag_ in FINITE_TAGS else None


def is_set_off(verb: Token) -> bool:
    """Whether a comma stands before the conjunction that joins the verb to one before it."""
    joints = [joint.i for joint in children(verb.head, "cc") if joint.i < verb.i]
    return bool(joints) and joints[-1] > 0 and verb.doc[joints[-1] - 1].text == ","


def sharing_verb(verb: Token) -> Token:
    """The first verb of those that share the subject of ``verb``; itself where it has its own.

    Unlike ``top_conjunct`` it stops at a verb with a subject: "Chile left and Peru stayed and won".
    """
    while goes_on(verb):
        verb = verb.head
    return verb
