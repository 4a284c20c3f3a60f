"""Infinitives, and the verbs that go on from one."""

from __future__ import annotations

from spacy.tokens import Token

from pipeline.language.chains import goes_on
from pipeline.language.kept import kept, kept_word
from pipeline.language.labels import FINITE_TAGS, NOMINAL_SUBJECTS
from pipeline.language.syntax import children, is_verbal
from pipeline.language.words import (
    REFLEXIVES,
    SEQUENCE_JOINTS,
)

_STRAYED = frozenset({"conj", "dep", "xcomp", "ccomp", "advcl"})


@kept
def is_infinitive(verb: Token) -> bool:
    """Whether the verb has the particle `to`."""
    if verb.tag_ in ("VBD", "VBZ"):
        return False
    particles = (child for child in verb.children if child.lower_ == "to")
    return any(one.dep_ == "aux" or (one.tag_ == "TO" and one.dep_ != "prep") for one in particles)


def infinitive_before(verb: Token) -> Token | None:
    """The infinitive that a bare verb goes on from, where the parser joined it to one above.

    As the `reform` of "launched a plan to attract firms, reform the courts": after a finite verb
    no bare infinitive can be that verb's own conjunct.
    """
    above = verb.head
    if verb.tag_ not in ("VB", "VBP") or verb.dep_ not in _STRAYED or not is_verbal(above):
        return None
    form = _finite_form(above)
    if children(verb, *NOMINAL_SUBJECTS, "aux", "mark") or form in ("", verb.tag_):
        return None
    edge = verb.left_edge
    if not any(_joins(token) for token in (edge, verb.doc[edge.i - 1])):
        return None
    for token in reversed(list(above.subtree)):
        if above.i < token.i < verb.left_edge.i and is_infinitive(token):
            return token
    return None


def _joins(token: Token) -> bool:
    return token.text == "," or token.lower_ in SEQUENCE_JOINTS


def _finite_form(verb: Token) -> str:
    """The tag of the finite word of the verb's group; empty where it has none, or a modal."""
    words = [verb, *children(verb, "aux", "auxpass")]
    tags = [word.tag_ for word in words]
    return next((tag for tag in tags if tag in FINITE_TAGS and "MD" not in tags), "")


@kept_word
def first_conjunct(verb: Token) -> Token:
    """The verb that a coordinated one without a subject of its own goes on from.

    Unlike ``sharing_verb`` it sees an infinitive that the parser joined to a verb too high up:
    "launched a plan to attract firms, reform the courts".
    """
    while True:
        before = infinitive_before(verb)
        if before is not None:
            verb = before
        elif goes_on(verb):
            verb = verb.head
        else:
            return verb


def clause_of_state(word: Token) -> Token | None:
    """The verb that says in what state one is to do it: "was" in "it was in no position to sign".

    Also "finds" in "finds itself unable"; None where the word stands in no such clause.
    """
    above = word.head
    if word.dep_ == "ccomp" and any(c.lower_ in REFLEXIVES for c in children(word, "nsubj")):
        return above
    if not is_infinitive(word) or word.dep_ not in ("relcl", "acl", "advcl"):
        return None
    if is_verbal(above):
        edge = word.doc[max(0, word.left_edge.i - 1)]
        return above if _is_place(edge) and edge.head.head == above else None
    return above.head.head if _is_place(above) else None


def _is_place(noun: Token) -> bool:
    preposition = noun.head
    within = noun.dep_ == "pobj" and preposition.lower_ == "in"
    return within and is_verbal(preposition.head) and preposition.i > preposition.head.i
