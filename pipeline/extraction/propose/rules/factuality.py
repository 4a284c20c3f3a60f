"""Whether the clauses around a position assert it: "it is false that", "nobody believes that".

What is said to be false is turned; what is doubted, disbelieved or asked is no claim of anybody.
Source: codebook §2.3 and §2, fields ``negated`` and ``hedged``.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum

from spacy.tokens import Token

from pipeline.extraction.propose.rules.denial import is_denied, is_empty, is_far_from
from pipeline.language.clefts import cleft_of
from pipeline.language.infinitives import is_infinitive
from pipeline.language.labels import JUDGED, NOMINAL_SUBJECTS, PREDICATIVES
from pipeline.language.negation_words import OF_OR_ABOUT
from pipeline.language.syntax import children, is_verbal
from pipeline.lexicon.grammar import Grammar

_DEPTH = 12
_PREDICATES = (*PREDICATIVES, "xcomp")
_CLAIMED_BY_TELLING = ("xcomp", "advcl", "csubj", "ccomp", "acl")


class Frame(Enum):
    """What a clause above says of the one that it governs."""

    ASSERTED = "asserted"
    FALSE = "false"
    OPEN = "open"


def frames_above(token: Token, grammar: Grammar) -> tuple[Frame, ...]:
    """What each clause around the token makes of it, innermost first; nothing where none does.

    Relative clauses and adverbial ones assert by themselves, whatever stands above them.
    """
    frames = (_frame(clause, grammar) for clause in _reported_clauses(token, grammar))
    return tuple(frame for frame in frames if frame is not Frame.ASSERTED)


def _reported_clauses(token: Token, grammar: Grammar) -> Iterator[Token]:
    """The heads of the clauses, or of their nominal forms, that another word governs."""
    clause, inside = token, False
    if _is_told_of(token, grammar):
        yield token
    for _ in range(_DEPTH):
        cleft = cleft_of(clause)
        if cleft is not None:
            clause = cleft.copula
        above = clause.head
        if above == clause:
            if children(clause, "mark") and cleft is None:
                yield clause
            return
        if _is_reported(clause) or _is_content(clause) or (inside and _tells(clause)):
            inside = True
            yield clause
        elif clause.dep_ not in JUDGED or _is_owned(clause):
            return
        clause = above


def _is_reported(clause: Token) -> bool:
    """Whether a verb or an adjective before the clause governs it, or it is the subject itself.

    What stands before its verb is told by it and not judged: "it failed, nobody said why".
    """
    if clause.dep_ == "pcomp":
        return clause.head.lower_ == "of" and is_verbal(clause.head.head)
    return clause.dep_ in ("csubj", "csubjpass") or (
        clause.dep_ == "ccomp" and clause.i > clause.head.i
    )


def _is_told_of(noun: Token, grammar: Grammar) -> bool:
    """Whether a noun is what is told: "rumours of Kenya's support", "Kenya's support is a myth"."""
    if noun.pos_ != "NOUN":
        return False
    if noun.dep_ == "pobj" and noun.head.lower_ in OF_OR_ABOUT:
        return noun.head.head.lemma_.lower() in grammar.report_nouns
    return noun.dep_ == "nsubj" and noun.head.lemma_ == "be"


def _is_content(clause: Token) -> bool:
    """Whether the clause tells what a noun says: "rumours that Ghana backs the toll".

    The parser takes some of these for relative clauses whose own object fills the gap.
    """
    if clause.dep_ not in ("acl", "relcl") or is_infinitive(clause):
        return False
    if any(child.lower_ == "that" for child in children(clause, "mark")):
        return True
    gap = any(c.lower_ == "that" and c.i == clause.head.i + 1 for c in children(clause, "dobj"))
    return gap and len(children(clause, "dobj")) > 1


def _tells(clause: Token) -> bool:
    """As in "it is wrong to say that …"."""
    return clause.dep_ in _CLAIMED_BY_TELLING and is_verbal(clause) and is_infinitive(clause)


def _is_owned(noun: Token) -> bool:
    """Whether the noun is presupposed with its owner: "Peru's boycott"."""
    return noun.pos_ == "NOUN" and any(one.pos_ != "PRON" for one in children(noun, "poss"))


def _frame(clause: Token, grammar: Grammar) -> Frame:
    above = clause.head
    if above == clause:
        return _of_remark(clause, grammar)
    if clause.dep_ == "pobj":
        return _of_noun(above.head, grammar)
    if clause.dep_ == "pcomp":
        accused = above.head.lemma_.lower() in grammar.accusing_verbs
        return Frame.OPEN if accused else Frame.ASSERTED
    if clause.dep_ == "nsubj":
        words = _words_of(_predicates(above))
        untrue = words & grammar.false_words and not is_denied(above, grammar)
        return Frame.FALSE if untrue else Frame.ASSERTED
    if _is_content(clause) or (clause.dep_ == "ccomp" and above.pos_ == "NOUN"):
        return _of_noun(above, grammar)
    return _of_governor(clause, grammar)


def _of_governor(clause: Token, grammar: Grammar) -> Frame:
    """What the verb or the adjective over a clause makes of it: "Peru is unsure that …"."""
    above = clause.head
    if above.pos_ == "ADJ" and not is_verbal(above):
        copula = above.head if is_verbal(above.head) else above
        return _of_predicate(copula, [above], grammar, told=_tells(clause))
    if not is_verbal(above):
        return Frame.ASSERTED
    predicates = [word for word in _predicates(above) if word != clause]
    if any(word.pos_ in ("ADJ", "NOUN", "PROPN") for word in predicates):
        return _of_predicate(above, predicates, grammar, told=_tells(clause))
    return Frame.ASSERTED if _tells(clause) else _of_verb(above, grammar)


def _of_remark(clause: Token, grammar: Grammar) -> Frame:
    """As in "it is not true, Macron said, that Mali backs it", whose last clause heads the rest."""
    for before in children(clause, "ccomp"):
        expletive = any(one.lower_ == "it" for one in children(before, "nsubj"))
        if before.i < clause.i and before.lemma_ == "be" and expletive:
            return _of_predicate(before, _predicates(before), grammar)
    return Frame.ASSERTED


def _of_predicate(
    copula: Token, predicates: list[Token], grammar: Grammar, *, told: bool = False
) -> Frame:
    """What "is false" or "are not true" says of its subject, a clause or what was told."""
    words = _words_of(predicates)
    denied = is_denied(copula, grammar) or any(_is_out(word, grammar) for word in predicates)
    if words & (grammar.false_words | grammar.wrong_words if told else grammar.false_words):
        untrue = Frame.OPEN if told else Frame.FALSE
        return Frame.ASSERTED if denied else untrue
    if words & grammar.true_words:
        return Frame.FALSE if denied else Frame.ASSERTED
    left_open = words & (grammar.sure_words if denied else grammar.open_words)
    return Frame.OPEN if left_open else Frame.ASSERTED


def _is_out(predicate: Token, grammar: Grammar) -> bool:
    """Whether the predicate itself is denied: "is neither true nor fair", "is no fact"."""
    empty = predicate.pos_ == "NOUN" and is_empty(predicate)
    return empty or is_denied(predicate, grammar)


def _predicates(verb: Token) -> list[Token]:
    """What is said of the subject, also in "turned out to be false"."""
    found = children(verb, *_PREDICATES)
    return [
        *found,
        *(one for word in found if is_verbal(word) for one in children(word, *_PREDICATES)),
    ]


def _words_of(predicates: list[Token]) -> set[str]:
    """The lemmas and forms of the predicates; of "far from true" the last."""
    far = [word.doc[word.i + 2] for word in predicates if is_far_from(word)]
    return {form for word in (*predicates, *far) for form in (word.lemma_.lower(), word.lower_)}


def _of_noun(noun: Token, grammar: Grammar) -> Frame:
    """What becomes of a report: "rumours that … are wrong", "no evidence that", "denied that"."""
    above, lemma = noun.head, noun.lemma_.lower()
    if noun.dep_ == "attr" and lemma in grammar.false_words | grammar.true_words:
        return _of_predicate(above, [noun], grammar)
    if lemma in grammar.sure_words and _is_missing(noun, grammar):
        return Frame.OPEN
    if noun.dep_ in NOMINAL_SUBJECTS and is_verbal(above):
        predicates = _predicates(above)
        if predicates:
            return _of_told(above, predicates, grammar)
    if noun.dep_ in ("dobj", "nsubjpass") and above.lemma_.lower() in grammar.denying_verbs:
        return Frame.ASSERTED if is_denied(above, grammar) else Frame.OPEN
    return _of_phrase(noun, grammar) if noun.dep_ == "pobj" else Frame.ASSERTED


def _is_missing(noun: Token, grammar: Grammar) -> bool:
    """As in "no evidence" and "did not see evidence"."""
    governed = noun.dep_ in ("attr", "dobj") and is_verbal(noun.head)
    return (governed and is_denied(noun.head, grammar)) or is_empty(noun)


def _of_told(verb: Token, predicates: list[Token], grammar: Grammar) -> Frame:
    """What "is false" says of a report, of which "is wrong" says the same."""
    if _words_of(predicates) & grammar.wrong_words:
        return Frame.ASSERTED if is_denied(verb, grammar) else Frame.FALSE
    return _of_predicate(verb, predicates, grammar)


def _of_phrase(noun: Token, grammar: Grammar) -> Frame:
    """As in "no truth in reports that …" and "contrary to reports that …"."""
    owner = noun.head.head
    empty = owner.lemma_.lower() in grammar.sure_words and is_empty(owner)
    return Frame.OPEN if empty or owner.lower_ in grammar.contrary_words else Frame.ASSERTED


def _of_verb(verb: Token, grammar: Grammar) -> Frame:
    """What "nobody believes", "doubts" or "falsely claimed" makes of the clause it reports."""
    lemma = verb.lemma_.lower()
    denied = is_denied(verb, grammar) or _is_denied_above(verb, grammar)
    if lemma in grammar.denying_verbs:
        return Frame.ASSERTED if denied else Frame.OPEN
    if any(child.tag_ == "WP" and verb.dep_ != "relcl" for child in children(verb, "nsubj")):
        return Frame.OPEN
    if any(child.lower_ in grammar.false_adverbs for child in children(verb, "advmod")):
        return Frame.OPEN
    return Frame.OPEN if denied and lemma not in grammar.factive_verbs else Frame.ASSERTED


def _is_denied_above(verb: Token, grammar: Grammar) -> bool:
    """By a word that governs it: "refused to say that", "has no reason to think that"."""
    above = verb.head
    if verb.dep_ not in ("xcomp", "acl") or not is_infinitive(verb):
        return False
    if above.pos_ == "NOUN":
        return is_empty(above)
    negative = above.lemma_ in grammar.negative_verbs
    return is_verbal(above) and negative != is_denied(above, grammar)
