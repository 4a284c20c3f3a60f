"""The stance of what is said, towards the statement's own topic.

Source: codebook §2.9: "Brazil said the draft was unacceptable" is oppose.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from spacy.tokens import Token

from pipeline.extraction.propose.rules.contrast import is_of_another
from pipeline.extraction.propose.rules.demands import demanded_act, is_requested
from pipeline.extraction.propose.rules.duties import is_penalty
from pipeline.extraction.propose.rules.effects import effect_of
from pipeline.extraction.propose.rules.inability import refused_act
from pipeline.extraction.propose.rules.praise import evaluation_of, is_negated, signs_near
from pipeline.language.clefts import cleft_of
from pipeline.language.labels import NOMINAL_SUBJECTS, PREDICATIVES
from pipeline.language.mood import is_bare
from pipeline.language.syntax import children, is_passive, is_verbal
from pipeline.language.words import (
    INTENDING_MODALS,
    LET_US,
)
from pipeline.lexicon.evaluative import Evaluative
from pipeline.lexicon.grammar import Grammar
from pipeline.records import Stance

_CLAUSES = ("ccomp", "xcomp", "advcl", "acl", "csubj", "relcl")


@dataclass(frozen=True, slots=True)
class Sides:
    """Whether a subject is the speaker or the speaker's own side, and whether it is somebody."""

    is_own: Callable[[Token], bool]
    is_somebody: Callable[[Token], bool]


def content_stance(
    head: Token, words: Evaluative, sides: Sides, grammar: Grammar
) -> tuple[Stance, str]:
    """The stance of the clause that ``head`` heads, and the rule that told it."""
    if head.lower_ == "as":
        head = next(iter(children(head, "pobj", "pcomp", "amod", "prep")), head)
    if is_requested(head, grammar) and is_negated(head, grammar):
        return Stance.OPPOSE, "rule.content.not-to"
    if _asks(head, words, grammar):
        return _demand(head, words, sides, grammar)
    announced = _own_measure(head, words, sides.is_own)
    if announced and is_negated(head, grammar):
        return Stance.OPPOSE, "rule.content.refusal"
    if _refuses(head, words, grammar):
        return Stance.OPPOSE, "rule.content.refusal"
    if value := _judgement(head, words, grammar):
        return _side(value), "rule.content.evaluative"
    if not announced and (value := _effect(head, words, grammar)):
        return _side(value), "rule.content.effect"
    if announced:
        return Stance.SUPPORT, "rule.content.announced"
    return Stance.NEUTRAL, "rule.content.plain"


def _side(value: int) -> Stance:
    return Stance.SUPPORT if value > 0 else Stance.OPPOSE


def _asks(head: Token, words: Evaluative, grammar: Grammar) -> bool:
    """Whether the clause obliges somebody or asks for something."""
    return is_requested(head, grammar) or demanded_act(head) is not None or _deontic(head, words)


def _effect(head: Token, words: Evaluative, grammar: Grammar) -> int:
    """What is said to come of a thing: -1 where it is bad, 1 where it is good."""
    if not is_verbal(head):
        return 0
    return effect_of(head, words.effects, partial(is_negated, grammar=grammar))


def _refuses(head: Token, words: Evaluative, grammar: Grammar) -> bool:
    """As in "it was unable to accept the offer"."""
    act = refused_act(head, grammar)
    if act is None:
        return False
    good = evaluation_of(act, words, grammar)[0] > 0
    return good or act.lemma_.lower() in grammar.accepting_verbs


def _judgement(head: Token, words: Evaluative, grammar: Grammar) -> int:
    """Praise or blame in the predicate, else in what it reports or in the deed."""
    value, _, negated = evaluation_of(head, words, grammar)
    if value or not is_verbal(head):
        return value
    for inner in children(head, "ccomp"):
        value, _, _ = evaluation_of(inner, words, grammar)
        if value and not is_of_another(inner, grammar):
            return -value if negated and cleft_of(inner) is None else value
    return min(0, -_deed(head, words) if negated else _deed(head, words))


def _demand(head: Token, words: Evaluative, sides: Sides, grammar: Grammar) -> tuple[Stance, str]:
    """For the measure that is demanded; against what somebody is told to end.

    Source: codebook, "Readings settled".
    """
    act = demanded_act(head) or head
    denied = is_negated(head, grammar) or (act != head and is_negated(act, grammar))
    stance = Stance.OPPOSE if denied else Stance.SUPPORT
    subjects = [one for one in children(head, "nsubj") if not sides.is_own(one)]
    if is_penalty(act, words):
        return stance.opposite, "rule.content.demand"
    ends = act.lemma_.lower() in words.ending and not is_passive(act)
    if ends and any(sides.is_somebody(one) for one in subjects):
        return stance.opposite, "rule.content.demand"
    return stance, "rule.content.deontic"


def _own_measure(head: Token, words: Evaluative, is_own: Callable[[Token], bool]) -> bool:
    """Whether the clause says what the speaker does or is going to do. Source: codebook §2.4.

    What the speaker has done is a report: "said it had moved the office".
    """
    if not is_verbal(head) or is_passive(head) or head.lemma_.lower() in words.happening:
        return False
    subjects = [child for child in children(head, "nsubj") if child.i < head.i]
    return bool(subjects) and _is_going_on(head) and is_own(subjects[0])


def _is_going_on(verb: Token) -> bool:
    """Whether the deed is intended, or under way: "is closing", "was closing", "closes"."""
    helpers = children(verb, "aux")
    if any(child.lower_ in INTENDING_MODALS for child in helpers):
        return True
    if any(child.lemma_ == "have" or child.tag_ == "MD" for child in helpers):
        return False
    return verb.tag_ in ("VBP", "VBZ") or (verb.tag_ == "VBG" and bool(helpers))


def _deed(head: Token, words: Evaluative) -> int:
    """Blame in what is said to have been done: "ran terrorist camps", "used it to sow chaos"."""
    verbs = [head, *children(head, "conj")]
    verbs += [child for child in children(head, "xcomp", "advcl") if child.i > head.i]
    doings = [verb for verb in verbs if verb.lemma_ in words.doing]
    return sum(signs_near(child, words) for verb in doings for child in children(verb, "dobj"))


def _deontic(head: Token, words: Evaluative) -> bool:
    if _is_needful(head, words) or _is_bidden(head):
        return True
    if head.lemma_.lower() in words.deontic and (
        children(head, "xcomp", "dobj") or is_passive(head)
    ):
        return True
    return any(
        child.dep_ == "aux" and child.lemma_.lower() in words.deontic for child in head.children
    )


def _is_needful(head: Token, words: Evaluative) -> bool:
    """As in "it is critical that the port reopen", "it is time to vote"."""
    if head.lemma_ != "be" or not any(one.lower_ == "it" for one in children(head, "nsubj")):
        return False
    called = [one for one in children(head, *PREDICATIVES) if one.lemma_.lower() in words.needful]
    inner = [clause for one in (head, *called) for clause in children(one, *_CLAUSES)]
    return bool(called) and any(clause.i > head.i for clause in inner)


def _is_bidden(head: Token) -> bool:
    """As in "insisted that the port reopen", "let us vote"."""
    if head.lemma_ == "let" and not children(head, "nsubj", "aux"):
        return any(part.lower_ in LET_US for part in head.subtree if part.i == head.i + 1)
    bare = head.dep_ == "ccomp" and is_verbal(head) and is_bare(head) and not children(head, "aux")
    return bare and bool(children(head, "mark")) and bool(children(head, *NOMINAL_SUBJECTS))
