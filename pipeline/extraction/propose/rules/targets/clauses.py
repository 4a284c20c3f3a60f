"""The clauses that a cue governs: reported, infinitive, gerund."""

from __future__ import annotations

from spacy.tokens import Token

from pipeline.extraction.propose.rules.matching import CueMatch
from pipeline.language.order import meets_conjunction
from pipeline.language.syntax import children, is_verbal


def reported_clause(verb: Token, match: CueMatch) -> Token | None:
    """The clause that a cue reports, also one that a later verb shares, or None."""
    for word in reversed(match.words):
        for child in word.children:
            if child.dep_ == "ccomp" and child not in match.words and not _is_before(child, word):
                return child
            if child.dep_ == "acl" and any(c.dep_ == "mark" for c in child.children):
                return child
    if verb.dep_ == "parataxis" and is_verbal(verb.head):
        return verb.head
    if is_verbal(verb) and meets_conjunction(verb):
        for other in children(verb, "conj"):
            for child in children(other, "ccomp"):
                return child
    return None


def _is_before(clause: Token, word: Token) -> bool:
    """Whether the clause is a sentence of its own before a semicolon, whatever the parser says."""
    between = clause.doc[clause.i : word.i] if clause.i < word.i else ()
    return any(token.text == ";" for token in between)


def infinitive_of(verb: Token, match: CueMatch) -> Token | None:
    """The infinitive that the cue governs ("agreed to sign"), or None."""
    for word in reversed(match.words):
        for child in word.children:
            if child.dep_ in ("xcomp", "acl", "advcl", "ccomp", "relcl") and is_infinitive(child):
                if child.dep_ == "advcl" and word == verb and child.i > word.i + 3:
                    continue
                if child.i > word.i:
                    return child
    if verb.pos_ in ("NOUN", "ADJ") and is_verbal(verb.head):
        for child in children(verb.head, "xcomp", "advcl", "ccomp"):
            if is_infinitive(child) and verb.i < child.i <= verb.i + 3:
                return child
    return None


def is_infinitive(verb: Token) -> bool:
    """Whether the verb has the particle `to`."""
    return any(child.lower_ == "to" and child.tag_ == "TO" for child in verb.children)


_STRAYED = frozenset({"conj", "dep", "xcomp", "ccomp", "advcl"})


def infinitive_before(verb: Token) -> Token | None:
    """The infinitive that a bare verb goes on from, where the parser joined it to one above.

    As the `reform` of "launched a plan to attract firms, reform the courts": after a finite verb
    no bare infinitive can be that verb's own conjunct.
    """
    above = verb.head
    if verb.tag_ not in ("VB", "VBP") or verb.dep_ not in _STRAYED or not is_verbal(above):
        return None
    form = _finite_form(above)
    if children(verb, "nsubj", "nsubjpass", "aux", "mark") or form in ("", verb.tag_):
        return None
    edge = verb.left_edge
    if not any(_joins(token) for token in (edge, verb.doc[edge.i - 1])):
        return None
    for token in reversed(list(above.subtree)):
        if above.i < token.i < verb.left_edge.i and is_infinitive(token):
            return token
    return None


def _joins(token: Token) -> bool:
    return token.text == "," or token.lower_ in ("and", "or", "then")


def _finite_form(verb: Token) -> str:
    """The tag of the finite word of the verb's group; empty where it has none, or a modal."""
    words = [verb, *children(verb, "aux", "auxpass")]
    tags = [word.tag_ for word in words]
    return next((tag for tag in tags if tag in ("VBZ", "VBD", "VBP") and "MD" not in tags), "")


def gerund_of(verb: Token) -> Token | None:
    """The gerund that the cue governs ("favours deleting it"), or None."""
    for child in verb.children:
        if child.dep_ in ("xcomp", "ccomp", "pcomp", "dobj") and child.tag_ == "VBG":
            return child
    return None
