"""The stance of what is said, and what falls where another's position is only told of.

Source: codebook §2.3, §2.9 and §2.11.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from spacy.tokens import Token

from pipeline.extraction.propose.held import Held
from pipeline.extraction.propose.proposal import Proposal, turn
from pipeline.extraction.settle.ruling import Amend, Drop, Ruling
from pipeline.extraction.settle.standing import ByHead, Standing
from pipeline.language.clefts import cleft_of, describes
from pipeline.language.infinitives import clause_of_state
from pipeline.language.labels import PREDICATE
from pipeline.language.words import PERSONAL_SUBJECTS
from pipeline.records import Form, Stance

_DEPTH = 5


def settle_speeches(standing: Standing) -> Iterator[Ruling]:
    """The stance of what is said; or a fall, where another holder's position is relayed."""
    by_head = ByHead(standing)
    for number in standing.speeches:
        if standing.stands(number):
            yield from _settle(number, standing, by_head)


def drop_unasserted(standing: Standing) -> Iterator[Ruling]:
    """What nobody asserts: "Macron doubts that Togo backs the levy", "nobody believes that"."""
    for number in standing.numbers():
        if standing[number].doubted:
            yield Drop(number, "refusal.unasserted")


@dataclass(frozen=True, slots=True)
class _Content:
    """The positions in what is said, by number: the speaker's own, and those of others."""

    own: tuple[int, ...]
    others: tuple[int, ...]


def _settle(number: int, standing: Standing, by_head: ByHead) -> Iterator[Ruling]:
    speech = standing[number]
    inside = _inside(number, standing, by_head)
    content = _main_content(speech, inside, standing)
    if content.own:
        if speech.quotation is not None and _only_relays(
            speech, tuple(filter(standing.stands, content.others)), standing
        ):
            yield Drop(number, "refusal.relay")
        else:
            yield from _take_own(number, content.own[0], standing)
        return
    stand = [other for other in inside if standing.stands(other)]
    others = tuple(filter(standing.stands, content.others)) or _beside(speech, stand, standing)
    if speech.of_content and _only_relays(speech, others, standing):
        yield from _relay(number, others, standing)


def _inside(number: int, standing: Standing, by_head: ByHead) -> list[int]:
    """The positions of cues in what is said that stand, or that a judge alone dropped."""
    target = standing[number].target
    assert target is not None
    return [
        other
        for other in by_head.within(target.span.start, target.span.end)
        if standing.could_stand(other) and not standing[other].is_evaluation
    ]


def _main_content(speech: Proposal, inside: list[int], standing: Standing) -> _Content:
    """The positions whose cues are the main predicate of what is said.

    Where none is the speaker's own by its entity, one of a bare pronoun may be.
    """
    heads = [n for n in inside if standing[n] is not speech and _heads(standing[n], speech)]
    own = tuple(n for n in heads if speech.holds & standing[n].holds)
    others = tuple(n for n in heads if n not in own)
    if not own:
        own = tuple(n for n in others if all(map(_may_be_speaker, standing[n].holders)))
        others = tuple(n for n in others if n not in own)
    return _Content(own, others)


def _take_own(number: int, own: int, standing: Standing) -> Iterator[Ruling]:
    """The stance of the speaker's own position is that of the saying, which tells it.

    What a learned reader alone sees there does not turn what the rules read off a duty or a
    refusal: "The tax must be repealed, he said".
    """
    speech = standing[number]
    if speech.of_content and not (speech.has_sure_side and standing[own].chances is not None):
        stance = turn(standing[own].stance, speech.polarity, speech.entry)
        yield Amend(number, replace(speech, stance=stance).with_rule("rule.content.own-claim"))
    yield Drop(own, "refusal.content")


def _beside(speech: Proposal, inside: list[int], standing: Standing) -> tuple[int, ...]:
    """The others' positions anywhere in what a phrase ("according to") says without a side."""
    if speech.pos != "phrase" or speech.stance is not Stance.NEUTRAL or speech.target is None:
        return ()
    content = speech.target.head
    return tuple(
        number
        for number in inside
        if not speech.holds & standing[number].holds
        and not _is_adverbial(standing[number].head, content)
    )


def _relay(number: int, others: tuple[int, ...], standing: Standing) -> Iterator[Ruling]:
    """The saying falls, unless it judges: "said that Togo would be wrong to leave the talks"."""
    judging = standing[number].judging
    if judging is None or any(judging in standing[other].cue for other in others):
        yield Drop(number, "refusal.relay")
        return
    for other in others:
        yield Drop(other, "refusal.judged")


def _only_relays(speech: Proposal, others: tuple[int, ...], standing: Standing) -> bool:
    """Whether somebody tells of another's position; what others did is quoted for a reason.

    Source: codebook §2.11.
    """
    if not others or speech.target is None:
        return False
    head = speech.target.head
    return speech.quotation is None or any(_states(standing[other], head) for other in others)


def _states(other: Proposal, head: Token) -> bool:
    """Whether it is a statement that takes a side, and the main predicate of what is said."""
    sides = other.form is Form.STATEMENT and other.stance is not Stance.NEUTRAL
    return sides and other.head == head


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
    return held.span.text.lower() in PERSONAL_SUBJECTS and (held.entity is None or held.inferred)


def _heads(position: Proposal, speech: Proposal) -> bool:
    """Whether the position's cue is the main predicate of the reported clause."""
    assert speech.target is not None
    head = position.head
    for _ in range(_DEPTH):
        if head == speech.target.head:
            return True
        above = _clause_above(head)
        if above is None:
            return False
        head = above
    return False


def _clause_above(head: Token) -> Token | None:
    """The word whose predicate it belongs to, or whose phrase its clause tells of."""
    cleft = cleft_of(head)
    if cleft is not None and not describes(cleft.focus):
        return cleft.copula
    return head.head if head.dep_ in PREDICATE else clause_of_state(head)
