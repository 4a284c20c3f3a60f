"""The stance of what is said, or nothing where another holder's claim is relayed.

Source: codebook §2.9 and §2.11.
"""

from __future__ import annotations

from spacy.tokens import Token

from pipeline.extraction.propose.rules.candidates import Candidate, turned
from pipeline.extraction.propose.rules.content import Evaluative, evaluation_of
from pipeline.extraction.propose.rules.holders.held import Held
from pipeline.extraction.settle.placed import WITHIN, ByHead
from pipeline.records import Form, Stance

_PRONOUNS = frozenset("i we he she it they".split())


def settle_speech(speech: Candidate, by_head: ByHead, words: Evaluative) -> None:
    """The stance of what is said, or nothing where another holder's claim is relayed."""
    assert speech.target is not None
    content = list(by_head.within(speech.target.span.start, speech.target.span.end))
    inner = [
        c
        for c in content
        if c is not speech and not c.dropped and _heads_content(c, speech.target.head, speech)
    ]
    own = {held.key for held in speech.holders}
    others = [c for c in inner if not own & {held.key for held in c.holders}]
    same = [c for c in inner if own & {held.key for held in c.holders}]
    if not same:
        same = [c for c in others if all(_may_be_speaker(held) for held in c.holders)]
        others = [c for c in others if c not in same]
    if same and speech.quotation is not None and others and _only_relays(speech, others):
        speech.dropped = "relay"
        return
    if same:
        if speech.match.cue.stance == "of-content":
            speech.stance = turned(speech.match, same[0].stance, speech.polarity)
            speech.rules.append("rule.content.own-claim")
        same[0].dropped = "content"
        return
    if not others and speech.match.cue.pos == "phrase" and speech.stance is Stance.NEUTRAL:
        others = [
            c
            for c in content
            if not c.dropped
            and not own & {held.key for held in c.holders}
            and not _is_adverbial(c.head, speech.target.head)
        ]
    if others and speech.match.cue.stance == "of-content" and _only_relays(speech, others):
        judged = evaluation_of(speech.target.head, words)[1]
        if judged is None or any(judged in c.match.words for c in others):
            speech.dropped = "relay"
            return
        for candidate in others:  # as in "said that Togo would be wrong to leave the talks"
            candidate.dropped = "judged"


def _only_relays(speech: Candidate, others: list[Candidate]) -> bool:
    """Whether somebody tells of another's position; what others did is quoted for a reason.

    Source: codebook §2.11.
    """
    assert speech.target is not None
    head = speech.target.head
    return speech.quotation is None or any(
        other.head == head and other.match.cue.form is Form.STATEMENT
        and other.stance is not Stance.NEUTRAL
        for other in others
    )  # fmt: skip


def _is_adverbial(token: Token, content: Token) -> bool:
    """Whether it stands in a "because" or an "if" below the main predicate of what is said."""
    adverbial = False
    for above in (token, *token.ancestors):
        if above == content:
            return adverbial
        adverbial = adverbial or above.dep_ == "advcl"
    return False


def _may_be_speaker(held: Held) -> bool:
    """A pronoun for which no antecedent was found outside the reported clause."""
    return held.span.text.lower() in _PRONOUNS and (held.entity is None or held.inferred)


def _heads_content(candidate: Candidate, content: Token, speech: Candidate) -> bool:
    """Whether the candidate's cue is the main predicate of the reported clause."""
    head = candidate.head
    if speech.target is None or not (speech.target.span.start <= head.i < speech.target.span.end):
        return False
    for _ in range(5):
        if head == content:
            return True
        if head.dep_ not in WITHIN:
            return False
        head = head.head
    return False
