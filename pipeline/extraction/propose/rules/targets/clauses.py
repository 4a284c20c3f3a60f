"""The clauses that a cue governs: reported, infinitive, gerund."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from pipeline.extraction.propose.rules.matching import CueMatch
from pipeline.language.infinitives import is_infinitive
from pipeline.language.mood import is_subjunctive_form
from pipeline.language.order import meets_conjunction
from pipeline.language.syntax import children, is_verbal

_GOVERNED = frozenset({"xcomp", "acl", "advcl", "ccomp", "relcl"})
_NEAR = 3


def reported_clause(verb: Token, match: CueMatch) -> Token | None:
    """The clause that a cue reports, also one that a later verb shares, or None."""
    own = next(_reported_by(match), None)
    if own is not None:
        return own
    if verb.dep_ == "parataxis" and is_verbal(verb.head):
        return verb.head
    return _shared_clause(verb)


def _reported_by(match: CueMatch) -> Iterator[Token]:
    """The clauses that hang on the words of the cue, those of its last word first."""
    for word in reversed(match.words):
        for child in word.children:
            if child.dep_ == "ccomp":
                if child not in match.words and not _is_before(child, word):
                    yield child
            elif child.dep_ == "acl" and (children(child, "mark") or _is_asked(child)):
                yield child


def _is_asked(clause: Token) -> bool:
    """Whether it is what a noun asks for, whose "that" the parser took for an object."""
    opened = any(child.lower_ == "that" for child in children(clause, "dobj"))
    return opened and is_subjunctive_form(clause)


def _shared_clause(verb: Token) -> Token | None:
    """The clause that stands only after a later verb: "said and repeated that it was late"."""
    if not is_verbal(verb) or not meets_conjunction(verb):
        return None
    clauses = (clause for later in children(verb, "conj") for clause in children(later, "ccomp"))
    return next(clauses, None)


def _is_before(clause: Token, word: Token) -> bool:
    """Whether the clause is a sentence of its own before a semicolon, whatever the parser says."""
    between = clause.doc[clause.i : word.i] if clause.i < word.i else ()
    return any(token.text == ";" for token in between)


def infinitive_of(verb: Token, match: CueMatch) -> Token | None:
    """The infinitive that the cue governs ("agreed to sign"), or None."""
    own = next(_infinitives_of(match), None)
    return own if own is not None else _infinitive_beside(verb)


def _infinitives_of(match: CueMatch) -> Iterator[Token]:
    """The infinitives that hang on the words of the cue, those of its last word first."""
    for word in reversed(match.words):
        for child in word.children:
            if child.i < word.i or child.dep_ not in _GOVERNED or not is_infinitive(child):
                continue
            purpose = child.dep_ == "advcl" and word == match.head and child.i > word.i + _NEAR
            if not purpose:
                yield child


def _infinitive_beside(word: Token) -> Token | None:
    """The infinitive right after a noun or adjective that the parser hung on the verb above."""
    if word.pos_ not in ("NOUN", "ADJ") or not is_verbal(word.head):
        return None
    for child in children(word.head, "xcomp", "advcl", "ccomp"):
        if is_infinitive(child) and word.i < child.i <= word.i + _NEAR:
            return child
    return None


def gerund_of(verb: Token) -> Token | None:
    """The gerund that the cue governs ("favours deleting it"), or None."""
    for child in verb.children:
        if child.dep_ in ("xcomp", "ccomp", "pcomp", "dobj") and child.tag_ == "VBG":
            return child
    return None
