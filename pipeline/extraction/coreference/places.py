"""Where a pronoun's antecedent may stand, and what tells that it is none.

Source: codebook §2, rules 1 and 8.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pipeline.extraction.coreference.context import Context
from pipeline.language.clefts import singles_out
from pipeline.language.labels import NOMINAL_SUBJECTS, PREDICATIVES
from pipeline.language.words import (
    RELATIVE_SUBJECTS,
    SUBORDINATORS_OF_CONTENT,
    THIRD_PLURAL,
    THIRD_THING,
)
from pipeline.lexicon.reference import Reference
from pipeline.records import Kind

if TYPE_CHECKING:
    from spacy.tokens import Token

_DEPTH = 5


def subjects_above(token: Token) -> Iterator[Token]:
    """The subjects of the clauses that contain the token, inner first, none after it."""
    above = [token, *token.ancestors]
    line = {node.i for node in above}
    for node in above[1:]:
        for child in node.children:
            if child.i < token.i and child.dep_ in NOMINAL_SUBJECTS and child.i not in line:
                yield child


def plural_subject(token: Token, context: Context) -> Token | None:
    """The plural noun that names nobody and that "they" of a main clause means: the subject before.

    "They" that follow each other mean the same; none is looked for through a quotation's edge.
    """
    quoted = token.i in context.quoted
    if any(subjects_above(token)):
        return None
    for _ in range(_DEPTH):
        subject = _previous_subject(token, context)
        if subject is None or quoted is not (subject.i in context.quoted):
            return None
        if subject.tag_ == "NNS":
            return None if subject.i in context.at else subject
        if subject.lower_ not in THIRD_PLURAL:
            return None
        token = subject
    return None


def _previous_subject(token: Token, context: Context) -> Token | None:
    for start in context.sentences_before(token, at_most=1):
        return main_subject(context.doc[start].sent.root)
    return None


def subject_before(token: Token) -> Token | None:
    """The subject of an adverbial clause before the main clause that the token is subject of."""
    for child in token.head.children:
        if child.dep_ == "advcl" and child.i < token.i:
            return main_subject(child)
    return None


def subject_before_semicolon(token: Token) -> Token | None:
    """The first subject of the clause before, as in "The EU wants …; it hopes …"."""
    sentence = token.sent
    marks = [other.i for other in sentence if other.text == ";" and other.i < token.i]
    if not marks or token.dep_ not in NOMINAL_SUBJECTS or token.i > marks[-1] + 2:
        return None
    start = marks[-2] + 1 if len(marks) > 1 else sentence.start
    words = token.doc[start : marks[-1]]
    return next((word for word in words if word.dep_ in NOMINAL_SUBJECTS), None)


def main_subject(verb: Token) -> Token | None:
    """The verb's own subject, if it has one."""
    return next((child for child in verb.children if child.dep_ in NOMINAL_SUBJECTS), None)


def agrees(token: Token, context: Context, kinds: frozenset[Kind]) -> bool:
    """Whether the token is a name of one of the kinds, or a pronoun for a thing."""
    named = context.at.get(token.i)
    if named is None:
        return token.lower_ in THIRD_THING or token.lower_ in RELATIVE_SUBJECTS
    return named.kind in kinds and named.span.root.i == token.i


def is_singular_thing(token: Token, context: Context) -> bool:
    """A singular noun that "it" may mean and that names no actor."""
    return (
        token.pos_ in ("NOUN", "PROPN")
        and token.tag_ in ("NN", "NNP")
        and (token.i not in context.at)
    )


def is_expletive(token: Token, reference: Reference) -> bool:
    """As in "It is clear that …", "it seems": no reference at all."""
    verb = token.head
    if token.lower_ != "it" or token.dep_ not in NOMINAL_SUBJECTS:
        return False
    if _is_of_somebody(verb, reference):
        return _has_content_clause(verb)
    if verb.lemma_ in reference.empty_subject_verbs:
        return True
    if token.dep_ == "nsubjpass":
        return _has_content_clause(verb)
    if verb.lemma_ != "be":
        return False
    if singles_out(verb):
        return True
    return _has_content_clause(verb) or _opens_clause(verb, reference) or _is_judged(verb)


def _is_of_somebody(verb: Token, reference: Reference) -> bool:
    """As in "it is unable to": only somebody is said to be so."""
    said = [child for child in verb.children if child.dep_ in PREDICATIVES]
    return any(child.lemma_.lower() in reference.personal_adjectives for child in said)


def _has_content_clause(verb: Token) -> bool:
    """As in "it is said that"."""
    return any(
        child.dep_ in ("ccomp", "csubj")
        and child.i > verb.i
        and any(mark.lower_ in SUBORDINATORS_OF_CONTENT for mark in child.children)
        for child in verb.children
    )


def _opens_clause(verb: Token, reference: Reference) -> bool:
    """Whether a clause hangs on the predicate, as in "it is time to"."""
    return any(
        child.dep_ in ("acomp", "attr")
        and (child.pos_ == "ADJ" or child.lemma_ in reference.empty_subject_nouns)
        and any(below.dep_ in ("ccomp", "xcomp", "acl", "relcl") for below in child.children)
        for child in verb.children
    )


def _is_judged(verb: Token) -> bool:
    """As in "it is hard to": an adjective, and after the verb what is so."""
    clause = any(child.dep_ in ("xcomp", "advcl") and child.i > verb.i for child in verb.children)
    return clause and any(child.dep_ == "acomp" for child in verb.children)
