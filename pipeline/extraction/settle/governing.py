"""Cues in each other's targets that are one position of one holder. Source: codebook §2.6."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.extraction.propose.proposal import Proposal
from pipeline.extraction.settle.ruling import Drop, Ruling
from pipeline.extraction.settle.standing import ByToken, Standing
from pipeline.language.infinitives import first_conjunct
from pipeline.records import Stance


def drop_governed(standing: Standing) -> Iterator[Ruling]:
    """A cue that heads the target of the same holder's cue is the same position."""
    governed = _Governed(standing)
    for number in range(len(standing)):
        if not _may_govern(number, standing):
            continue
        for inner in governed.by(number):
            if not _is_own(inner, number, standing):
                continue
            outer = standing[number]
            if _only_carries(outer, standing[inner]) or _is_extracted(outer, standing[inner]):
                yield Drop(number, "refusal.carrier")
                break
            if governed.is_governed(inner, number):
                yield Drop(inner, "refusal.governed")


def _may_govern(number: int, standing: Standing) -> bool:
    """Whether it stands, or fell alone as the content of its speaker's saying."""
    outer = standing[number]
    if outer.target is None or outer.target.slot == "quote":
        return False
    return set(standing.fell_by(number)) <= {"refusal.content"}


def _is_own(inner: int, outer: int, standing: Standing) -> bool:
    """Whether it is another standing position of one of the holders."""
    if inner == outer or not standing.stands(inner):
        return False
    return bool(standing[outer].holds & standing[inner].holds)


class _Governed:
    """The positions that a cue or its target may govern, by where their words stand."""

    def __init__(self, standing: Standing) -> None:
        self._standing = standing
        self._heads_of = [frozenset(_heads_of(standing[n])) for n in range(len(standing))]
        self._starts = ByToken(standing, lambda one: (one.polarity.start.i,))
        self._heads = ByToken(standing, _heads_of)

    def by(self, number: int) -> list[int]:
        """Those that hang on the cue or on its target's head, or begin inside its target."""
        outer = self._standing[number]
        assert outer.target is not None
        span = outer.target.span
        starts = self._starts.at(outer.head.i, *range(span.start, span.end))
        return sorted({*starts, *self._heads.at(outer.target.head.i)})

    def is_governed(self, inner: int, outer: int) -> bool:
        """Whether the inner cue, or what carries it, heads the outer one's target."""
        one, target = self._standing[inner], self._standing[outer].target
        assert target is not None
        span, start = target.span, one.polarity.start
        carried = one.pos == "noun" and start != one.head
        if carried and span.start <= start.i < span.end:
            return True
        if target.head in (one.head, first_conjunct(one.head)):
            return one.head.i < span.end
        return span.start <= one.head.i < span.end and target.head.i in self._heads_of[inner]


def _heads_of(position: Proposal) -> Iterator[int]:
    """The cue's head and what it is coordinated with, directly and first of all."""
    head = position.head
    yield head.i
    yield first_conjunct(head).i
    if head.dep_ == "conj":
        yield head.head.i


def _is_extracted(outer: Proposal, inner: Proposal) -> bool:
    """Whether the inner target stands before both: "the treaty which Kenya refused to sign"."""
    assert outer.target is not None
    if inner.head != outer.target.head or inner.target is None:
        return False
    return outer.target.slot == "to" and inner.target.span.end <= outer.head.i


def _only_carries(outer: Proposal, inner: Proposal) -> bool:
    """Whether the inner cue has the position: "reiterated its opposition", "like to thank"."""
    assert outer.target is not None
    is_noun, heads = inner.pos == "noun", inner.head == outer.target.head
    sides = inner.stance is not Stance.NEUTRAL or outer.stance is Stance.NEUTRAL
    if is_noun and inner.polarity.start == outer.head and sides:
        return True
    if is_noun and heads and "makes" in outer.traits:
        return True
    return heads and outer.target.slot == "to" and "wishes" in outer.traits
