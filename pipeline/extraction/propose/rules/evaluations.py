"""Evaluations in direct speech and in official statements: "the move is clumsy".

Their holder is the quotation's speaker, or the statement's issuer, who need not stand in the
sentence. Source: codebook §2.8 and §2.9.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Token

from pipeline.extraction.propose.rules.candidates import Candidate
from pipeline.extraction.propose.rules.content import Evaluative, evaluation_of
from pipeline.extraction.propose.rules.denial import is_denied
from pipeline.extraction.propose.rules.duties import active_duty, is_finite
from pipeline.extraction.propose.rules.factuality import Frame, frames_above
from pipeline.extraction.propose.rules.holders.held import Held
from pipeline.extraction.propose.rules.matching import CueMatch
from pipeline.extraction.propose.rules.polarity import Polarity
from pipeline.extraction.propose.rules.questions import is_question
from pipeline.extraction.propose.rules.targets.spans import Target
from pipeline.language.quotations import Quotation, Quotations
from pipeline.language.spans import span_of
from pipeline.language.syntax import children, is_passive, is_verbal
from pipeline.lexicon.cues import Cue
from pipeline.lexicon.grammar import Grammar
from pipeline.records import BlockKind, Form, Stance

_PREDICATE = Cue(
    id="cue.evaluation.predicate",
    words=(("be",),),
    pos="adjective",
    stance="of-content",
    form=Form.STATEMENT,
    holder="subject",
    targets=("subject",),
    negation="flip",
    objects=frozenset(),
    examples=(),
    counterexamples=(),
    place=__name__,
)
_PASSIVE = replace(_PREDICATE, id="cue.evaluation.duty", words=(("should", "must"),), pos="verb")
_DUTY = replace(_PASSIVE, targets=("to",))
EVALUATION_CUES = {cue.id: cue for cue in (_PREDICATE, _PASSIVE)}
_SUBORDINATE = frozenset(["relcl", "advcl", "acl", "nsubj", "pcomp"])
_REASONS = frozenset("as because since while when before after until although though".split())
_PERSONAL = frozenset("i we he she they you who it there which what".split())


def find_evaluations(
    doc: Doc,
    words: Evaluative,
    grammar: Grammar,
    speaker_at: Callable[[Token], Held | None],
    taken: set[int],
) -> list[Candidate]:
    """Evaluative clauses with a speaker or issuer; ``taken`` holds cue words used elsewhere.

    What is asked, doubted or called untrue is judged by nobody.
    """
    found: list[Candidate] = []
    positions: set[tuple[int, int, Stance]] = set()
    for block in doc.spans["blocks"]:
        if block.label_ != BlockKind.BODY.value:
            continue
        for token in block:
            if token.pos_ not in ("AUX", "VERB") or token.i in taken:
                continue
            for candidate in _at(token, words, grammar, speaker_at, taken):
                position = _position(candidate)
                if position not in positions:
                    positions.add(position)
                    found.append(candidate)
    return found


def _position(candidate: Candidate) -> tuple[int, int, Stance]:
    """What makes one position of several predicates: one target and one stance."""
    assert candidate.target is not None
    span = candidate.target.span
    return span.start, span.end, candidate.stance


def _at(
    verb: Token,
    words: Evaluative,
    grammar: Grammar,
    speaker_at: Callable[[Token], Held | None],
    taken: set[int],
) -> Iterator[Candidate]:
    if _is_subordinate(_first_conjunct(verb)) or not is_finite(verb):
        return
    found = _duty(verb, taken) or _evaluation(verb, words)
    if found is None or found.head.i in taken or is_question(verb):
        return
    frames = frames_above(verb, grammar)
    if Frame.OPEN in frames:
        return
    if frames.count(Frame.FALSE) % 2:
        found = replace(found, stance=found.stance.opposite, negated=not found.negated)
    held = speaker_at(verb)
    if held is None or found.target.span.text == held.span.text:
        return
    yield Candidate(
        match=CueMatch(found.cue, found.head, (found.head,)),
        holders=[held],
        target=found.target,
        stance=found.stance,
        polarity=Polarity(found.negated, int(found.negated), False, found.head, ()),
        cue_span=verb.doc[found.start : found.end],
        rules=["rule.holder.speaker", f"rule.target.{found.target.slot}", "rule.evaluation"],
    )


@dataclass(frozen=True, slots=True)
class _Found:
    """The roles of an evaluation but for the holder; the cue is the words [start, end)."""

    cue: Cue
    head: Token
    start: int
    end: int
    target: Target
    stance: Stance
    negated: bool


def _duty(verb: Token, taken: set[int]) -> _Found | None:
    duty = active_duty(verb)
    if duty is None or duty.act.i in taken:
        return None
    stance = Stance.OPPOSE if duty.denied else Stance.SUPPORT
    word, target = duty.word, Target(duty.span, duty.act, "to")
    return _Found(_DUTY, word, word.i, word.i + 1, target, stance, duty.denied)


def _evaluation(verb: Token, words: Evaluative) -> _Found | None:
    target = _target(verb)
    if target is None:
        return None
    value, head, negated = evaluation_of(verb, words)
    if head is not None and value:
        stance = Stance.SUPPORT if value > 0 else Stance.OPPOSE
        return _Found(_PREDICATE, head, *_phrase(head), target, stance, negated)
    duty = [child.i for child in children(verb, "aux") if child.lower_ in ("should", "must")]
    if not is_passive(verb) or not duty:
        return None
    denied = is_denied(verb)
    good = verb.lemma_.lower() not in words.negative
    stance = Stance.SUPPORT if good != denied else Stance.OPPOSE
    return _Found(_PASSIVE, verb, duty[0], verb.i + 1, target, stance, denied)


def _is_adverbial(clause: Token) -> bool:
    """Whether the clause gives a time or a reason: "it must go on, as it is the best way"."""
    openers = {child.lower_ for child in children(clause, "mark", "advmod")}
    return clause.dep_ == "advcl" and bool(openers & _REASONS)


def _is_subordinate(verb: Token) -> bool:
    """Whether the clause asserts nothing: in "what we need is peace" the need is presupposed."""
    if verb.dep_ == "csubj":
        return not children(verb, "mark")
    return verb.dep_ in _SUBORDINATE


def _first_conjunct(verb: Token) -> Token:
    while verb.dep_ == "conj" and is_verbal(verb.head) and not children(verb, "nsubj", "nsubjpass"):
        verb = verb.head
    return verb


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
    subjects = children(verb, "nsubj", "nsubjpass")
    if not subjects and verb.dep_ == "conj":
        subjects = children(_first_conjunct(verb), "nsubj", "nsubjpass")
    if not subjects or is_verbal(subjects[0]):
        return None
    subject = subjects[0]
    if subject.lower_ == "it":
        for child in children(verb, "xcomp", "ccomp", "advcl"):
            if child.i > verb.i and not _is_adverbial(child):
                span = span_of(verb.doc, child.left_edge.i, child.right_edge.i + 1)
                return Target(span, child, "extraposed") if span is not None else None
    if subject.lower_ in _PERSONAL and subject.lower_ != "it":
        return None
    span = span_of(verb.doc, subject.left_edge.i, subject.right_edge.i + 1)
    return Target(span, subject, "subject") if span is not None else None


class Speakers:
    """Who speaks at a token: a quotation's speaker, or the issuer of an official statement."""

    def __init__(
        self, doc: Doc, quotations: Quotations, speakers: dict[Quotation, Held],
        issuer: Held | None,
    ) -> None:  # fmt: skip
        self._quotations = quotations
        self._speakers = dict(speakers)
        self._issuer = issuer
        self._carry(doc)

    def at(self, token: Token) -> Held | None:
        """The speaker of the innermost quotation around the token, else the issuer."""
        around = self._quotations.around(token)
        return self._speakers.get(around[-1]) if around else self._issuer

    def of(self, quotation: Quotation) -> Held | None:
        """The speaker of one quotation, where it is known."""
        return self._speakers.get(quotation)

    def _carry(self, doc: Doc) -> None:
        """A speaker goes on into later quotations of the block, and past an unclosed one."""
        starts = [block.start for block in doc.spans["blocks"]]
        last: Quotation | None = None
        last_block = -1
        for quotation in self._quotations:
            number = bisect_right(starts, quotation.start) - 1
            known = self._speakers.get(quotation)
            if known is None and last is not None:
                opens = quotation.start - 1 <= starts[number] + 1
                same = number == last_block
                if same or (last.open and opens and number <= last_block + 1):
                    held = self._speakers.get(last)
                    if held is not None:
                        self._speakers[quotation] = held
            last, last_block = quotation, number
