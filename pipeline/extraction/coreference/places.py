"""Where a pronoun's antecedent may stand, and what tells that it is none.

Source: codebook §2, rules 1 and 8.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pipeline.extraction.coreference.context import SUBJECTS, Context, Named
from pipeline.extraction.coreference.words import SINGULAR
from pipeline.records import Kind

if TYPE_CHECKING:
    from spacy.tokens import Token

_TITLES = {"mr": "m", "sir": "m", "lord": "m", "mrs": "f", "ms": "f", "miss": "f", "lady": "f"}
_RAISING = frozenset(["seem", "appear", "remain", "happen", "turn", "rain", "matter"])


def subjects_above(token: Token) -> Iterator[Token]:
    """The subjects of the clauses that contain the token, inner first, none after it."""
    above = [token, *token.ancestors]
    line = {node.i for node in above}
    for node in above[1:]:
        for child in node.children:
            if child.i < token.i and child.dep_ in SUBJECTS and child.i not in line:
                yield child


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
    if not marks or token.dep_ not in SUBJECTS or token.i > marks[-1] + 2:
        return None
    start = marks[-2] + 1 if len(marks) > 1 else sentence.start
    words = token.doc[start : marks[-1]]
    return next((word for word in words if word.dep_ in SUBJECTS), None)


def main_subject(verb: Token) -> Token | None:
    """The verb's own subject, if it has one."""
    return next((child for child in verb.children if child.dep_ in SUBJECTS), None)


def agrees(token: Token, context: Context, kinds: frozenset[Kind]) -> bool:
    """Whether the token is a name of one of the kinds, or a pronoun for a thing."""
    named = context.at.get(token.i)
    if named is None:
        return token.lower_ in SINGULAR or token.lower_ in ("which", "who")
    return named.kind in kinds and named.span.root.i == token.i


def is_singular_thing(token: Token, context: Context) -> bool:
    """A singular noun that "it" may mean and that names no actor."""
    return (
        token.pos_ in ("NOUN", "PROPN")
        and token.tag_ in ("NN", "NNP")
        and (token.i not in context.at)
    )


def has_gender(item: Named, gender: str) -> bool:
    """Whether the title before a name, if there is one, is of the gender."""
    start = item.span.start
    before = item.span.doc[start - 1].lower_.rstrip(".") if start else ""
    return _TITLES.get(before, gender) == gender


def is_expletive(token: Token) -> bool:
    """As in "It is clear that …", "it seems": no reference at all."""
    verb = token.head
    if token.lower_ != "it" or token.dep_ not in SUBJECTS:
        return False
    if verb.lemma_ in _RAISING:
        return True
    clause = any(
        child.dep_ in ("ccomp", "csubj") and child.i > verb.i
        and any(mark.lower_ in ("that", "whether", "if") for mark in child.children)
        for child in verb.children
    )  # fmt: skip
    if token.dep_ == "nsubjpass":
        return clause
    return verb.lemma_ == "be" and (
        clause
        or any(child.dep_ in ("acomp", "attr") and opens_clause(child) for child in verb.children)
        or (
            any(child.dep_ in ("xcomp", "advcl") and child.i > verb.i for child in verb.children)
            and any(child.dep_ == "acomp" for child in verb.children)
        )
    )


def opens_clause(token: Token) -> bool:
    """Whether a clause hangs on a predicate, as in "it is time to"."""
    return any(child.dep_ in ("ccomp", "xcomp", "acl", "relcl") for child in token.children) and (
        token.pos_ == "ADJ" or token.lemma_ in ("time", "fact", "shame", "pity")
    )
