"""The stance of what is said, towards the statement's own topic.

Source: codebook §2.9: "Brazil said the draft was unacceptable" is oppose.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from spacy.tokens import Token

from pipeline.extraction.propose.rules.demands import demanded_act
from pipeline.extraction.propose.rules.effects import effect_of
from pipeline.extraction.propose.rules.praise import evaluation_of, is_negated, signs_near
from pipeline.language.labels import NOMINAL_SUBJECTS
from pipeline.language.syntax import children, is_passive, is_verbal
from pipeline.language.words import INTENDING_MODALS
from pipeline.lexicon.evaluative import Evaluative
from pipeline.lexicon.grammar import Grammar
from pipeline.records import Stance


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
    if demanded_act(head) is not None or _deontic(head, words):
        return _demand(head, words, sides, grammar)
    announced = _own_measure(head, words, sides.is_own)
    if announced and is_negated(head, grammar):
        return Stance.OPPOSE, "rule.content.refusal"
    value = _judgement(head, words, grammar)
    if not value and is_verbal(head) and not announced:
        value = effect_of(head, words.effects, partial(is_negated, grammar=grammar))
    if value:
        return (Stance.SUPPORT if value > 0 else Stance.OPPOSE), "rule.content.evaluative"
    if announced:
        return Stance.SUPPORT, "rule.content.announced"
    return Stance.NEUTRAL, "rule.content.plain"


def _judgement(head: Token, words: Evaluative, grammar: Grammar) -> int:
    """Praise or blame in the predicate, else in what it reports, its subject or the deed."""
    value, _, negated = evaluation_of(head, words, grammar)
    if value or not is_verbal(head):
        return value
    for inner in children(head, "ccomp"):
        value, _, _ = evaluation_of(inner, words, grammar)
        if value:
            return -value if negated else value
    value = sum(signs_near(subject, words) for subject in children(head, *NOMINAL_SUBJECTS))
    return value or min(0, -_deed(head, words) if negated else _deed(head, words))


def _demand(head: Token, words: Evaluative, sides: Sides, grammar: Grammar) -> tuple[Stance, str]:
    """For the measure that is demanded; against what somebody is told to end.

    Source: codebook, "Readings settled".
    """
    act = demanded_act(head) or head
    denied = is_negated(head, grammar) or (act != head and is_negated(act, grammar))
    stance = Stance.OPPOSE if denied else Stance.SUPPORT
    subjects = [one for one in children(head, "nsubj") if not sides.is_own(one)]
    ends = act.lemma_.lower() in words.ending and not is_passive(act)
    if ends and any(sides.is_somebody(one) for one in subjects):
        return stance.opposite, "rule.content.demand"
    return stance, "rule.content.deontic"


def _own_measure(head: Token, words: Evaluative, is_own: Callable[[Token], bool]) -> bool:
    """Whether the clause says what the speaker is going to do. Source: codebook §2.4."""
    if not is_verbal(head) or is_passive(head) or head.lemma_.lower() in words.happening:
        return False
    subjects = [child for child in children(head, "nsubj") if child.i < head.i]
    if not subjects or not any(c.lower_ in INTENDING_MODALS for c in children(head, "aux")):
        return False
    return is_own(subjects[0])


def _deed(head: Token, words: Evaluative) -> int:
    """Blame in what is said to have been done: "ran terrorist camps", "used it to sow chaos"."""
    verbs = [head, *children(head, "conj")]
    verbs += [child for child in children(head, "xcomp", "advcl") if child.i > head.i]
    doings = [verb for verb in verbs if verb.lemma_ in words.doing]
    return sum(signs_near(child, words) for verb in doings for child in children(verb, "dobj"))


def _deontic(head: Token, words: Evaluative) -> bool:
    if head.lemma_.lower() in words.deontic and (
        children(head, "xcomp", "dobj") or is_passive(head)
    ):
        return True
    return any(
        child.dep_ == "aux" and child.lemma_.lower() in words.deontic for child in head.children
    )
