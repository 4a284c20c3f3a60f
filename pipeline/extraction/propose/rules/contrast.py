"""Who or what a sentence names only to say that it was another: "not Norway but Sweden".

Also by singling out: "it was not Norway that rejected the ban" tells of somebody's position, and of
none of Norway's. Source: codebook §2.8: no holder, no claim.
"""

from __future__ import annotations

from spacy.tokens import Token

from pipeline.extraction.propose.rules.denial import is_denied
from pipeline.language.antecedents import antecedent
from pipeline.language.aside import is_put_aside
from pipeline.language.chains import top_conjunct
from pipeline.language.clefts import Cleft, cleft_of, clefts_on, is_focused
from pipeline.language.labels import COMPLEMENTS, NOMINAL_SUBJECTS, NOUNS
from pipeline.language.negation_words import (
    ALONE,
    ONLY,
)
from pipeline.language.syntax import agents_of, children, coordinated, is_verbal, owners_of
from pipeline.lexicon.grammar import Grammar

_RELATIVE = ("relcl", "acl")
_DEPTH = 6


def is_ruled_out(noun: Token, grammar: Grammar) -> bool:
    """Whether the sentence says that it was not this one, but perhaps another.

    "It was not Norway alone" and "Norway was not the only one" rule nobody out.
    """
    if _is_aside(noun) or _is_not_the_one(noun, grammar) or _is_replaced(noun):
        return True
    return any(_is_not_the_one(owner, grammar) for owner in _owners(noun))


def meant_instead(noun: Token, grammar: Grammar) -> Token | None:
    """The noun itself, or what stands in its place where it is ruled out: "but Sweden"."""
    kept = (one for one in coordinated(noun) if not is_ruled_out(one, grammar))
    return next(kept, None)


def is_of_another(head: Token, grammar: Grammar) -> bool:
    """Whether all that the sentence tells of a phrase is that it was not this one.

    The phrase is the one that a cleft sentence singles out, or who does it: "the state that
    rejected the ban was not Norway".
    """
    verb = head if is_verbal(head) else head.head
    cleft = cleft_above(verb)
    if cleft is not None and cleft.names and meant_instead(cleft.focus, grammar) is None:
        return True
    doers = [antecedent(doer) for doer in agents_of(verb)] if is_verbal(verb) else []
    return bool(doers) and all(meant_instead(doer, grammar) is None for doer in doers)


def has_replaced(verb: Token) -> bool:
    """Whether the "not" of the verb is said of one that another takes the place of.

    As in "was not rejected by Mali but by Chad", "did not reject the ban but the levy".
    """
    return any(_is_in_contrast(child) for child in children(verb, "agent", "dobj"))


def _is_aside(noun: Token) -> bool:
    """Also with what it is joined to: "hardly Mali and Chad"."""
    for _ in range(_DEPTH):
        if is_put_aside(noun):
            return True
        if noun.dep_ != "conj" or noun.head.pos_ not in NOUNS or _is_but(noun):
            return False
        noun = noun.head
    return False


def _is_replaced(noun: Token) -> bool:
    first = top_conjunct(noun)
    part = first.head if first.dep_ == "pobj" and first.head.dep_ == "agent" else first
    return noun == first and part.dep_ in ("agent", "dobj") and _is_in_contrast(part)


def _is_in_contrast(part: Token) -> bool:
    """Whether a "not" before the verb and a "but" after the part belong together."""
    denied = [child for child in children(part.head, "neg") if child.i < part.head.i]
    if not denied or denied[-1].nbor(1).lower_ in ONLY:
        return False
    return any(other.pos_ in (*NOUNS, "ADP") and _is_but(other) for other in children(part, "conj"))


def _owners(noun: Token) -> list[Token]:
    """Whose it is, also behind a "whose": "it was not Norway whose minister"."""
    if any(child.lower_ == "whose" for child in children(noun, "poss")):
        cleft = cleft_of(noun.head)
        return [cleft.focus] if cleft is not None else []
    return [owner for owner in owners_of(noun) if owner.i < noun.i]


def is_singled_out(noun: Token) -> bool:
    """Whether a cleft sentence singles the noun out, which takes it for granted."""
    copula = noun.head
    if noun.dep_ != "attr" or copula.lemma_ != "be":
        return False
    return any(is_focused(cleft, noun) for cleft in clefts_on(copula))


def cleft_above(verb: Token) -> Cleft | None:
    """The cleft sentence whose clause the verb belongs to: "it was Norway that refused to back"."""
    for _ in range(_DEPTH):
        cleft = cleft_of(verb)
        if cleft is not None or verb.dep_ not in (*COMPLEMENTS, "conj"):
            return cleft
        verb = verb.head
    return None


def _is_not_the_one(noun: Token, grammar: Grammar) -> bool:
    """As "Norway" in "it was not Norway that", "country" in "was not the country that"."""
    first = top_conjunct(noun)
    copula = first.head
    if first.dep_ not in ("attr", "npadvmod", *NOMINAL_SUBJECTS) or copula.lemma_ != "be":
        return False
    if not is_denied(copula, grammar) or any(child.lower_ in ALONE for child in noun.children):
        return False
    if noun != first and _is_but(noun):
        return False
    return _is_described(first, copula) or any(is_focused(one, noun) for one in clefts_on(copula))


def _is_but(noun: Token) -> bool:
    """Whether it is what is put in the place of another: "not Norway but Sweden"."""
    joints = [joint for joint in children(noun.head, "cc") if joint.i < noun.i]
    return bool(joints) and joints[-1].lower_ == "but" and joints[-1].nbor(1).lower_ != "also"


def _is_described(noun: Token, copula: Token) -> bool:
    """Whether a clause tells what it did, and the copula says who it is not."""
    if not any(clause.i > noun.i for clause in children(noun, *_RELATIVE)):
        return False
    return noun.dep_ == "attr" or any(one.pos_ == "PROPN" for one in children(copula, "attr"))
