"""Sentences that single out one phrase: "it was Norway that left", "what Oslo wants is a ban".

The parser reads the clause now as the copula's, now as the phrase's; here it is one thing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Token

from pipeline.language.labels import FINITE_TAGS, NOMINAL_SUBJECTS, NOUNS
from pipeline.language.words import (
    FREE_RELATIVES,
    INDEFINITE,
    POINTING_SUBJECTS,
    RELATIVE_PRONOUNS,
)

_IN_FOCUS = frozenset({"attr", "npadvmod", "pobj", "prep", "conj", "appos", "amod"})
_ADVERBIAL = frozenset({"prep", "advmod", "npadvmod", "advcl", "agent"})
_CLAUSES = frozenset(
    {"ccomp", "csubj", "csubjpass", "nsubj", "attr", "advcl", "relcl", "acl", "ROOT"}
)
_DEPTH = 4
_KNOWN = "clefts"
"""What has been read of a document is kept in it, by places: it is asked for again and again."""


@dataclass(frozen=True, slots=True)
class Cleft:
    """The copula, the head of the phrase that is singled out, and the verb of the clause.

    ``names`` tells whether somebody or something is singled out, and not a time or a reason.
    """

    copula: Token
    focus: Token
    clause: Token
    names: bool = True


def cleft_of(clause: Token) -> Cleft | None:
    """The cleft sentence whose clause the verb heads, or None where it heads none."""
    doc = clause.doc
    known: dict[int, tuple[int, int, bool] | None] = doc.user_data.setdefault(_KNOWN, {})
    if clause.i not in known:
        read = _it_cleft(clause) or _split_cleft(clause) or _free_relative_cleft(clause)
        known[clause.i] = (read.copula.i, read.focus.i, read.names) if read else None
    places = known[clause.i]
    if places is None:
        return None
    copula, focus, names = places
    return Cleft(doc[copula], doc[focus], clause, names)


def clefts_on(copula: Token) -> Iterator[Cleft]:
    """The cleft sentences that the copula makes."""
    places = {token.i for token in (copula.head, *copula.subtree, *copula.head.children)}
    for token in (copula.doc[i] for i in sorted(places)):
        cleft = cleft_of(token) if token.dep_ in _CLAUSES else None
        if cleft is not None and cleft.copula == copula:
            yield cleft


def singles_out(copula: Token) -> bool:
    """Whether the verb is the copula of a cleft sentence, which says of nothing how it is.

    "It is a danger that grows" and "it was the worst that we have seen" do.
    """
    if copula.lemma_ != "be" or not any(one.lower_ == "it" for one in _subjects(copula)):
        return False
    return any(_is_of_whom(cleft) or not describes(cleft.focus) for cleft in clefts_on(copula))


def _is_of_whom(cleft: Cleft) -> bool:
    """Whether it is denied that somebody did it to this: "it was not a ban that Mali lifted"."""
    doers = _subjects(cleft.clause)
    named = bool(doers) and doers[0].lower_ not in RELATIVE_PRONOUNS
    return named and any(child.dep_ == "neg" for child in cleft.copula.children)


def describes(focus: Token) -> bool:
    """Whether the phrase may tell how a thing is: "a danger", "the worst", "something"."""
    words = [focus, *focus.children]
    return any(word.lower_ in INDEFINITE or word.tag_ == "JJS" for word in words)


def is_focused(cleft: Cleft, token: Token) -> bool:
    """Whether the token is the head of what is singled out, or joined to it."""
    while token.dep_ == "conj" and token != cleft.focus:
        token = token.head
    return token == cleft.focus


def _it_cleft(clause: Token) -> Cleft | None:
    """As in "it was Norway that rejected the ban", "it was in Oslo that it fell"."""
    if clause.dep_ not in ("ccomp", "relcl", "acl", "advcl") or _has_particle(clause):
        return None
    copula = _copula_over(clause)
    if copula is None or not _has_pointing_subject(copula):
        return None
    between = [child for child in copula.children if copula.i < child.i < clause.i]
    named = _named(clause, copula, between)
    if named is not None:
        return Cleft(copula, named, clause) if _tells_of_phrase(clause) else None
    when = _adverbial(clause, between)
    return Cleft(copula, when, clause, names=False) if when is not None else None


def _adverbial(clause: Token, between: list[Token]) -> Token | None:
    """The time, place or reason that is singled out, and not how a thing is."""
    if clause.dep_ != "ccomp" or not _openers(clause):
        return None
    if any(child.dep_ == "acomp" for child in between):
        return None
    return next((child for child in between if child.dep_ in _ADVERBIAL), None)


def _has_particle(clause: Token) -> bool:
    """Whether it is an infinitive: "it is time to act"."""
    return any(child.tag_ == "TO" and child.dep_ == "aux" for child in clause.children)


def _named(clause: Token, copula: Token, between: list[Token]) -> Token | None:
    """The noun that is singled out, wherever the parser hung it."""
    above = clause.head
    if above.dep_ == "conj" and above.head == copula:
        return above
    hung = [c for c in between if c.dep_ == "npadvmod" and c == above and clause.dep_ == "relcl"]
    named = [child for child in between if child.dep_ == "attr" or _is_joined(child)]
    return max((*named, *hung), key=lambda child: child.i, default=None)


def _is_joined(noun: Token) -> bool:
    """Whether a noun was joined to the copula: "it was not Mali but Chad that"."""
    return noun.dep_ == "conj" and noun.pos_ in NOUNS


def _tells_of_phrase(clause: Token) -> bool:
    """Whether the clause is about the phrase before it, and not what a noun says: "a fact that".

    A "that" that is only a conjunction leaves no gap where the clause has an object of its own.
    """
    openers = _openers(clause)
    if _is_misread(clause.head) or any(opener.dep_ != "mark" for opener in openers):
        return True
    if clause.dep_ == "relcl":
        return not openers or not any(child.dep_ == "dobj" for child in clause.children)
    return clause.dep_ == "acl" and not openers


def _split_cleft(clause: Token) -> Cleft | None:
    """As in "it was Norway, Macron said, that rejected it", whose last clause heads the rest.

    Or both hang on the verb of saying: "Macron said it was Norway that rejected it".
    """
    opening = next(iter(_subjects(clause)), None)
    if opening is None or opening.lower_ not in RELATIVE_PRONOUNS:
        return None
    beside = clause.head.children if clause.dep_ == "ccomp" else ()
    copulas = (c for c in (*clause.children, *beside) if c.dep_ == "ccomp" and c.lemma_ == "be")
    for copula in copulas:
        focus = _predicate(copula)
        if copula.i < opening.i and focus is not None and _has_pointing_subject(copula):
            return Cleft(copula, focus, clause)
    return None


def _predicate(copula: Token) -> Token | None:
    """The noun that a copula says of its subject."""
    return next((child for child in copula.children if child.dep_ == "attr"), None)


def _copula_over(clause: Token) -> Token | None:
    """The copula that the clause hangs on, by itself or through the phrase singled out."""
    above = clause.head
    for _ in range(_DEPTH):
        if above.lemma_ == "be" or not (above.dep_ in _IN_FOCUS or _is_misread(above)):
            break
        above = above.head
    return above if above.lemma_ == "be" and above.i < clause.i else None


def _is_misread(noun: Token) -> bool:
    """Whether the last noun of the phrase was taken for a verb: "it was the peace plan that"."""
    before = noun.nbor(-1) if noun.i else noun
    bare = not any(child.dep_ in ("aux", "auxpass", *NOMINAL_SUBJECTS) for child in noun.children)
    return noun.dep_ == "ccomp" and bare and before.dep_ == "attr" and before.head == noun.head


def _has_pointing_subject(copula: Token) -> bool:
    """Whether "it" is the subject, also in "it turned out to be Norway that"."""
    while copula.dep_ == "xcomp" and not _subjects(copula):
        copula = copula.head
    return any(token.lower_ in POINTING_SUBJECTS for token in _subjects(copula))


def _subjects(verb: Token) -> list[Token]:
    return [child for child in verb.children if child.dep_ in NOMINAL_SUBJECTS]


def _openers(clause: Token) -> list[Token]:
    """The relative pronouns, or the "that", by which the clause opens, also deeper in it."""
    words = (*clause.children, *(part for child in clause.children for part in child.children))
    found = [token for token in words if token.lower_ in RELATIVE_PRONOUNS and token.i < clause.i]
    return [token for token in found if token.dep_ != "det"]


def _free_relative_cleft(clause: Token) -> Cleft | None:
    """As in "what Norway rejects is the ban", "the ban is what Norway rejects"."""
    misread = _misread_preposition(clause)
    copula = clause.head
    if misread is not None or copula == clause or copula.lemma_ != "be":
        return misread
    focus = _meant_by(clause, copula)
    return (
        Cleft(copula, focus, clause) if focus is not None and any(_free_relatives(clause)) else None
    )


def _meant_by(clause: Token, copula: Token) -> Token | None:
    """What stands on the other side of the copula."""
    if clause.dep_ in ("csubj", "csubjpass", "nsubj"):
        after = (child for child in copula.children if child.i > copula.i)
        return next(filter(_may_be_meant, after), None)
    if clause.dep_ in ("ccomp", "attr", "advcl") and clause.i > copula.i:
        return next((one for one in _subjects(copula) if one.i < copula.i), None)
    return None


def _misread_preposition(clause: Token) -> Cleft | None:
    """As in "what Norway agreed to was a ban", whose "to" was taken for the "was"'s."""
    if clause.left_edge.lower_ not in FREE_RELATIVES:
        return None
    finite = (c for c in clause.children if c.lemma_ == "be" and c.tag_ in FINITE_TAGS)
    copula = next((one for one in finite if one.dep_ == "xcomp" and one.i > clause.i), None)
    focus = _predicate(copula) if copula is not None else None
    return Cleft(copula, focus, clause) if copula is not None and focus is not None else None


def _free_relatives(clause: Token) -> Iterator[Token]:
    for token in clause.subtree:
        if token.i < clause.i and token.lower_ in FREE_RELATIVES and token.dep_ != "det":
            yield token


def _may_be_meant(child: Token) -> bool:
    """Whether it names the thing; an adjective only tells how it is: "what he wants is fair"."""
    if child.dep_ == "attr":
        return child.pos_ != "ADJ"
    return child.dep_ in ("ccomp", "xcomp") and child.pos_ in ("VERB", "AUX")
