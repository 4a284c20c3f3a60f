"""Evaluations in direct speech and in official statements: "the move is clumsy".

Their holder is the quotation's speaker, or the statement's issuer, who need not stand in the
sentence. Source: codebook §2.8 and §2.9.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from spacy.tokens import Doc, Token

from pipeline.extraction.claims.candidates import Candidate
from pipeline.extraction.claims.content import Evaluative, evaluation_of
from pipeline.extraction.claims.held import Held
from pipeline.extraction.claims.matching import CueMatch
from pipeline.extraction.claims.polarity import Polarity
from pipeline.extraction.claims.spans import span_of
from pipeline.extraction.claims.syntax import children, is_passive
from pipeline.extraction.claims.target_spans import Target
from pipeline.language.quotations import Quotation
from pipeline.lexicon.cues import Cue
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
_DUTY = replace(_PREDICATE, id="cue.evaluation.duty", words=(("should", "must"),), pos="verb")
_PERSONAL = frozenset("i we he she they you who it there".split())


def find_evaluations(
    doc: Doc, words: Evaluative, speaker_at: Callable[[Token], Held | None], taken: set[int]
) -> list[Candidate]:
    """Evaluative clauses with a speaker or issuer; ``taken`` holds cue words used elsewhere."""
    found: list[Candidate] = []
    for block in doc.spans["blocks"]:
        if block.label_ != BlockKind.BODY.value:
            continue
        for token in block:
            if token.pos_ not in ("AUX", "VERB") or token.i in taken:
                continue
            found.extend(_at(token, words, speaker_at, taken))
    return found


def _at(
    verb: Token, words: Evaluative, speaker_at: Callable[[Token], Held | None], taken: set[int]
) -> Iterator[Candidate]:
    subjects = children(verb, "nsubj", "nsubjpass")
    if not subjects or verb.dep_ in ("relcl", "advcl", "acl"):
        return
    subject = subjects[0]
    cue, head, stance, negated = _evaluation(verb, words)
    if cue is None or head is None or head.i in taken:
        return
    held = speaker_at(verb)
    if held is None:
        return
    target = _target(verb, subject)
    if target is None or target.span.text == held.span.text:
        return
    end = head.i + 1
    start = min(c.i for c in children(verb, "aux") or [verb]) if cue is _DUTY else head.i
    yield Candidate(
        match=CueMatch(cue, head, (head,)),
        holders=[held],
        target=target,
        stance=stance,
        polarity=Polarity(negated, int(negated), False, head, ()),
        cue_span=verb.doc[start:end],
        rules=["rule.holder.speaker", "rule.target.subject", "rule.evaluation"],
    )


def _evaluation(verb: Token, words: Evaluative) -> tuple[Cue | None, Token | None, Stance, bool]:
    value, head, negated = evaluation_of(verb, words)
    if head is not None and value:
        stance = Stance.SUPPORT if value > 0 else Stance.OPPOSE
        return _PREDICATE, head, stance, negated
    if is_passive(verb):
        duty = {child.lower_ for child in children(verb, "aux")} & {"should", "must"}
        if duty:
            value = -1 if verb.lemma_.lower() in words.negative else 1
            denied = _denied(verb)
            stance = Stance.SUPPORT if (value > 0) != denied else Stance.OPPOSE
            return _DUTY, verb, stance, denied
    return None, None, Stance.NEUTRAL, False


def _denied(verb: Token) -> bool:
    if children(verb, "neg"):
        return True
    for subject in children(verb, "nsubjpass"):
        for token in subject.subtree:
            if token.lower_ in ("no", "none", "nobody") and token.i <= subject.i:
                return True
    return False


def _target(verb: Token, subject: Token) -> Target | None:
    if subject.lower_ == "it":
        for child in children(verb, "xcomp", "ccomp", "advcl"):
            if child.i > verb.i:
                span = span_of(verb.doc, child.left_edge.i, child.right_edge.i + 1)
                return Target(span, child, "extraposed") if span is not None else None
    if subject.lower_ in _PERSONAL and subject.lower_ != "it":
        return None
    span = span_of(verb.doc, subject.left_edge.i, subject.right_edge.i + 1)
    return Target(span, subject, "subject") if span is not None else None


class Speakers:
    """Who speaks at a token: a quotation's speaker, or the issuer of an official statement."""

    def __init__(
        self, doc: Doc, quotations: tuple[Quotation, ...], speakers: dict[Quotation, Held],
        issuer: Held | None,
    ) -> None:  # fmt: skip
        self._quotations = quotations
        self._speakers = dict(speakers)
        self._issuer = issuer
        self._carry(doc)

    def at(self, token: Token) -> Held | None:
        """The speaker of the innermost quotation around the token, else the issuer."""
        around = [quotation for quotation in self._quotations if token in quotation]
        return self._speakers.get(around[-1]) if around else self._issuer

    def of(self, quotation: Quotation) -> Held | None:
        """The speaker of one quotation, where it is known."""
        return self._speakers.get(quotation)

    def _carry(self, doc: Doc) -> None:
        """A speaker goes on into later quotations of the block, and past an unclosed one."""
        blocks = [(block.start, block.end) for block in doc.spans["blocks"]]
        last: Quotation | None = None
        last_block = -1
        for quotation in self._quotations:
            number = next(n for n, (s, e) in enumerate(blocks) if s <= quotation.start < e)
            known = self._speakers.get(quotation)
            if known is None and last is not None:
                opens = quotation.start - 1 <= blocks[number][0] + 1
                same = number == last_block
                if same or (last.open and opens and number <= last_block + 1):
                    held = self._speakers.get(last)
                    if held is not None:
                        self._speakers[quotation] = held
            last, last_block = quotation, number
