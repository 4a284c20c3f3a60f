"""Evaluations in direct speech and in official statements: "the move is clumsy".

Their holder is the quotation's speaker, or the statement's issuer, who need not stand in the
sentence. Source: codebook §2.8 and §2.9.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from spacy.attrs import POS
from spacy.symbols import AUX, VERB
from spacy.tokens import Doc, Token

from pipeline.extraction.propose.held import Held
from pipeline.extraction.propose.proposal import Polarity, Proposal, Refused
from pipeline.extraction.propose.questions import is_question
from pipeline.extraction.propose.rules.denial import is_denied
from pipeline.extraction.propose.rules.duties import active_duty, is_finite, is_penalty
from pipeline.extraction.propose.rules.factuality import Frame, frames_above
from pipeline.extraction.propose.rules.positions import NAME
from pipeline.extraction.propose.rules.praise import evaluation_of
from pipeline.extraction.propose.rules.vocabulary import Vocabulary
from pipeline.extraction.propose.target import Target
from pipeline.language.chains import sharing_verb
from pipeline.language.clefts import cleft_of
from pipeline.language.kinds import columns_of
from pipeline.language.labels import NOMINAL_SUBJECTS
from pipeline.language.occurrences import numbers_true
from pipeline.language.spans import span_of
from pipeline.language.syntax import children, is_passive, is_verbal
from pipeline.language.words import (
    FIRST_PERSON_SUBJECTS,
    INTENDING_MODALS,
    JUDGING_MODALS,
    REASONS,
    SAID_OF_NOBODY,
)
from pipeline.records import BlockKind, Stance

_PREDICATE = "cue.evaluation.predicate"
_DUTY = "cue.evaluation.duty"
_INTENT = "cue.evaluation.intent"
_SUBORDINATE = frozenset(["relcl", "advcl", "acl", "nsubj", "pcomp"])


class EvaluationReader:
    """Reads the evaluative clauses of one document that have a speaker or issuer.

    ``taken`` holds the places of cue words that are used elsewhere.
    """

    def __init__(
        self,
        doc: Doc,
        words: Vocabulary,
        speaker_at: Callable[[Token], Held | None],
        taken: set[int],
    ) -> None:
        self.doc = doc
        self.words = words
        self.speaker_at = speaker_at
        self.taken = taken

    def read(self) -> Iterator[Proposal | Refused]:
        """The positions in text order, each once.

        What is asked, doubted or called untrue is judged by nobody.
        """
        positions: set[tuple[int, int, Stance]] = set()
        for verb in self._verbs():
            found = self._found(verb)
            if found is None:
                continue
            said = self._said(verb, found)
            if isinstance(said, Refused):
                yield said
                continue
            position = _position(said)
            if position not in positions:
                positions.add(position)
                yield said

    def _verbs(self) -> Iterator[Token]:
        verbs = np.isin(columns_of(self.doc, [POS]).ravel(), (AUX, VERB))
        for block in self.doc.spans["blocks"]:
            if block.label_ != BlockKind.BODY.value:
                continue
            for place in numbers_true(verbs[block.start : block.end]):
                if block.start + place not in self.taken:
                    yield self.doc[block.start + place]

    def _found(self, verb: Token) -> _Found | None:
        """The judgement or the duty that the clause of the verb says, if it asserts one."""
        if _is_subordinate(sharing_verb(verb)) or not is_finite(verb):
            return None
        found = self._duty(verb) or self._evaluation(verb) or self._intention(verb)
        return None if found is None or found.head.i in self.taken else found

    def _said(self, verb: Token, found: _Found) -> Proposal | Refused:
        cue = self.doc[found.start : found.end]
        frames = frames_above(verb, self.words.grammar)
        held = self.speaker_at(verb)
        refusal = _refuse(verb, found, frames, held)
        if refusal or held is None:
            return Refused(NAME, cue, refusal, found.entry)
        if frames.count(Frame.FALSE) % 2:
            found = replace(found, stance=found.stance.opposite, negated=not found.negated)
        entry, held = self.words.clauses[found.entry], _in_own_words(held, verb)
        return Proposal(
            proposer=NAME,
            head=found.head,
            words=(found.head,),
            cue=cue,
            entry=entry,
            holders=(held,),
            stance=found.stance,
            form=entry.form,
            target=found.target,
            polarity=Polarity(found.negated, int(found.negated), False, found.head, ()),
            rules=("rule.holder.speaker", f"rule.target.{found.target.slot}", "rule.evaluation"),
        )

    def _duty(self, verb: Token) -> _Found | None:
        duty = active_duty(verb, self.words.grammar)
        if duty is None or duty.act.i in self.taken:
            return None
        stance = Stance.OPPOSE if duty.denied else Stance.SUPPORT
        word, target = duty.word, Target(duty.span, duty.act, "to")
        return _Found(_DUTY, word, word.i, word.i + 1, target, stance, duty.denied)

    def _intention(self, verb: Token) -> _Found | None:
        """What the speaker is going to do: "we will include the unions". Source: codebook §2.4."""
        subjects = {child.lower_ for child in children(verb, "nsubj")}
        modals = [child for child in children(verb, "aux") if child.lower_ in INTENDING_MODALS]
        objects = children(verb, "dobj")
        happens = verb.lemma_.lower() in self.words.evaluative.happening
        if not (subjects & FIRST_PERSON_SUBJECTS and modals and objects) or happens:
            return None
        noun = objects[0]
        span = span_of(self.doc, noun.left_edge.i, noun.right_edge.i + 1)
        if span is None:
            return None
        denied = is_denied(verb, self.words.grammar)
        stance = Stance.OPPOSE if denied else Stance.SUPPORT
        target = Target(span, noun, "object")
        return _Found(_INTENT, verb, modals[0].i, verb.i + 1, target, stance, denied)

    def _evaluation(self, verb: Token) -> _Found | None:
        target = _target(verb)
        if target is None:
            return None
        value, head, negated = evaluation_of(verb, self.words.evaluative, self.words.grammar)
        if head is not None and value:
            stance = Stance.SUPPORT if value > 0 else Stance.OPPOSE
            return _Found(_PREDICATE, head, *_phrase(head), target, stance, negated)
        return self._passive_duty(verb, target)

    def _passive_duty(self, verb: Token, target: Target) -> _Found | None:
        """What must be done to the target: "the plan should be dropped"."""
        duty = [child.i for child in children(verb, "aux") if child.lower_ in JUDGING_MODALS]
        if not is_passive(verb) or not duty:
            return None
        denied = is_denied(verb, self.words.grammar)
        words = self.words.evaluative
        good = verb.lemma_.lower() not in words.negative and not is_penalty(verb, words)
        stance = Stance.SUPPORT if good != denied else Stance.OPPOSE
        return _Found(_DUTY, verb, duty[0], verb.i + 1, target, stance, denied)


def _in_own_words(held: Held, verb: Token) -> Held:
    """The speaker at the "we" or "I" that is the subject, where one is. Source: codebook §2.8."""
    for child in children(verb, "nsubj"):
        if child.lower_ in FIRST_PERSON_SUBJECTS:
            return replace(held, span=verb.doc[child.i : child.i + 1])
    return held


def _refuse(verb: Token, found: _Found, frames: Sequence[Frame], held: Held | None) -> str:
    if is_question(verb):
        return "refusal.question"
    if Frame.OPEN in frames:
        return "refusal.unasserted"
    if held is None:
        return "refusal.no-speaker"
    return "refusal.own-target" if found.target.span.text == held.span.text else ""


def _position(proposal: Proposal) -> tuple[int, int, Stance]:
    """What makes one position of several predicates: one target and one stance."""
    assert proposal.target is not None
    span = proposal.target.span
    return span.start, span.end, proposal.stance


@dataclass(frozen=True, slots=True)
class _Found:
    """The roles of an evaluation but for the holder; the cue is the words [start, end)."""

    entry: str
    head: Token
    start: int
    end: int
    target: Target
    stance: Stance
    negated: bool


def _is_adverbial(clause: Token) -> bool:
    """Whether the clause gives a time or a reason: "it must go on, as it is the best way"."""
    openers = {child.lower_ for child in children(clause, "mark", "advmod")}
    return clause.dep_ == "advcl" and bool(openers & REASONS)


def _is_subordinate(verb: Token) -> bool:
    """Whether the clause asserts nothing: in "what we need is peace" the need is presupposed."""
    if verb.dep_ == "csubj":
        return not children(verb, "mark")
    return verb.dep_ in _SUBORDINATE or cleft_of(verb) is not None


def _phrase(head: Token) -> tuple[int, int]:
    """The evaluative words: a noun's adjectives go with it, as in "grave provocation"."""
    noun = head.head if head.dep_ == "amod" else head
    if noun.dep_ not in ("dobj", "attr"):
        return head.i, head.i + 1
    start = noun.i
    while start > 0 and noun.doc[start - 1].dep_ in ("amod", "compound", "advmod"):
        start -= 1
    while noun.doc[start].dep_ == "compound":
        start += 1
    return start, noun.i + 1


def _target(verb: Token) -> Target | None:
    subjects = children(verb, *NOMINAL_SUBJECTS)
    if not subjects and verb.dep_ == "conj":
        subjects = children(sharing_verb(verb), *NOMINAL_SUBJECTS)
    if not subjects or is_verbal(subjects[0]):
        return None
    subject = subjects[0]
    if subject.lower_ == "it":
        for child in children(verb, "xcomp", "ccomp", "advcl"):
            if child.i > verb.i and not _is_adverbial(child):
                span = span_of(verb.doc, child.left_edge.i, child.right_edge.i + 1)
                return Target(span, child, "extraposed") if span is not None else None
    if subject.lower_ in SAID_OF_NOBODY and subject.lower_ != "it":
        return None
    span = span_of(verb.doc, subject.left_edge.i, subject.right_edge.i + 1)
    return Target(span, subject, "subject") if span is not None else None
