"""The clauses that a cue governs: reported, infinitive, gerund."""

from __future__ import annotations

from spacy.tokens import Token

from pipeline.extraction.claims.matching import CueMatch
from pipeline.extraction.claims.syntax import children, is_verbal, meets_conjunction


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


def gerund_of(verb: Token) -> Token | None:
    """The gerund that the cue governs ("favours deleting it"), or None."""
    for child in verb.children:
        if child.dep_ in ("xcomp", "ccomp", "pcomp", "dobj") and child.tag_ == "VBG":
            return child
    return None
