"""Praise and blame: whether a predicate judges what it is said of, and by which word.

Source: codebook §2.9: "Brazil said the draft was unacceptable" is oppose.
"""

from __future__ import annotations

from spacy.tokens import Token

from pipeline.extraction.propose.rules.denial import is_denied, is_far_from
from pipeline.language.clefts import singles_out
from pipeline.language.labels import PREDICATIVES
from pipeline.language.syntax import children, is_passive, is_verbal
from pipeline.lexicon.evaluative import Evaluative
from pipeline.lexicon.grammar import Grammar

_COMPLEMENTS = (*PREDICATIVES, "xcomp", "advmod")
_JUDGING = ("ADJ", "VERB", "NOUN", "ADV", "PROPN")


def evaluation_of(
    head: Token, words: Evaluative, grammar: Grammar
) -> tuple[int, Token | None, bool]:
    """The sign of the predicate after negation, its evaluative word, and whether it is negated.

    ``head`` is the verb of a clause, or a noun or adjective that stands as predicate.
    """
    values = _judged(head, words)
    total = sum(value for _, value in values)
    negated = is_negated(head, grammar)
    return (-total if negated else total), _telling(head, values, words), negated


def judging_word(head: Token, words: Evaluative) -> Token | None:
    """The word by which the predicate praises or blames its subject, or None."""
    return _telling(head, _judged(head, words), words)


def is_negated(head: Token, grammar: Grammar) -> bool:
    """Also by the "not" of the verb before, where they share a modal: "cannot eat or drink"."""
    shares = head.dep_ == "conj" and head.tag_ == "VB" and not children(head, "aux", "nsubj")
    if shares and is_verbal(head.head) and is_negated(head.head, grammar):
        return True
    return is_denied(head, grammar)


def signs_near(token: Token, words: Evaluative) -> int:
    """The praise and the blame in a noun and what stands with it: "terrorist camps"."""
    return sum(_value(part, words) for part in _near(token, words))


def _judged(head: Token, words: Evaluative) -> list[tuple[Token, int]]:
    parts = [] if singles_out(head) else _parts(head, words)
    return _outweighed([(token, _value(token, words, denied=token != head)) for token in parts])


def _telling(head: Token, values: list[tuple[Token, int]], words: Evaluative) -> Token | None:
    telling = (token for token, value in values if value and _is_predicate(token, head, words))
    return next(telling, None)


def _parts(head: Token, words: Evaluative) -> list[Token]:
    """The words in which a predicate can judge."""
    passive = is_verbal(head) and is_passive(head)
    parts = [] if head.lemma_ == "be" or passive else [head]
    for child in children(head, *_COMPLEMENTS):
        parts += _of_complement(child, words)
    for child in children(head, "dobj"):
        parts += _near(child, words) if head.lemma_ in words.ascribing else [child]
    if passive and (head.lower_ in words.positive or words.undone.fullmatch(head.lower_)):
        parts.append(head)
    if not is_verbal(head):
        parts += [child for child in _near(head, words) if child != head]
    return parts


def _of_complement(complement: Token, words: Evaluative) -> list[Token]:
    """Of "far from fair" what follows; other adverbs judge nothing."""
    if is_far_from(complement):
        return list(complement.doc[complement.i + 2 : complement.right_edge.i + 1])
    return [] if complement.dep_ == "advmod" else _near(complement, words)


def _outweighed(values: list[tuple[Token, int]]) -> list[tuple[Token, int]]:
    """Blame in a noun phrase outweighs its praise: a hollow victory and a great danger are bad.

    A "no" turns the phrase as a whole.
    """
    told = {token for token, value in values if value}
    blamed = {_phrase_of(token) for token, value in values if value < 0}
    settled: list[tuple[Token, int]] = []
    for token, value in values:
        phrase = _phrase_of(token)
        if token != phrase and any(child.lower_ == "no" for child in phrase.children):
            settled.append((token, 0 if phrase in told else -value))
        else:
            settled.append((token, 0 if value > 0 and phrase in blamed else value))
    return settled


def _phrase_of(token: Token) -> Token:
    while token.dep_ in ("amod", "compound", "conj") and token.head.pos_ in ("NOUN", "ADJ"):
        token = token.head
    return token


def _is_predicate(token: Token, head: Token, words: Evaluative) -> bool:
    """Whether the word itself is said of the subject, not of something else in the clause."""
    if token == head:
        return is_verbal(head) and head.lemma_ not in words.noncommittal and _is_governing(head)
    while token.dep_ in ("conj", "amod") and token.head != head:
        token = token.head
    if token.head != head or head.lemma_ in words.noncommittal:
        return False
    return token.dep_ in PREDICATIVES or (token.dep_ == "dobj" and head.lemma_ in words.ascribing)


def _is_governing(verb: Token) -> bool:
    return is_passive(verb) or bool(children(verb, "dobj", "xcomp", "dative"))


def _near(token: Token, words: Evaluative) -> list[Token]:
    """The word, what modifies it and is joined to it, and what a "matter of" is about."""
    close = children(token, "amod", "acomp", "conj", "advmod", "attr", "dobj", "compound")
    carried = [
        pobj
        for prep in children(token, "prep")
        if prep.lower_ == "of" and token.lemma_ in words.carrying
        for pobj in children(prep, "pobj")
    ]
    return [token, *close, *carried]


def _value(token: Token, words: Evaluative, *, denied: bool = True) -> int:
    """The sign of one word, turned by a word that denies it unless the caller sees to that."""
    lemma = token.lemma_.lower()
    if token.pos_ not in _JUDGING or (token.pos_ != "ADJ" and lemma in words.adjectival):
        return 0
    sign = words.sign_of(lemma, token.lower_)
    turned = denied and any(c.dep_ == "neg" or c.lower_ == "no" for c in token.children)
    return -sign if turned else sign
