"""Which cues are one position, said twice or with both verbs. Source: codebook §2.6, §2.10."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

from pipeline.extraction.propose.proposal import Proposal
from pipeline.extraction.settle.ruling import Amend, Drop, Ruling
from pipeline.extraction.settle.standing import ByToken, Standing
from pipeline.records import Stance


def join_neither(standing: Standing) -> Iterator[Ruling]:
    """One neutral position over both verbs of "neither confirmed nor denied"."""
    joined = ByToken(standing, _joined_to)
    for number in range(len(standing)):
        for other in joined.at(standing[number].head.i):
            if not standing.stands(number) or not standing.stands(other):
                continue
            first, second = standing[number], standing[other]
            if _are_opposed(first, second) and _share_target(first, second):
                cue = first.head.doc[first.cue.start : second.cue.end]
                yield Amend(number, replace(first, stance=Stance.NEUTRAL, cue=cue))
                yield Drop(other, "refusal.neither-nor")


def _joined_to(position: Proposal) -> Iterator[int]:
    """The word that the cue's head is directly coordinated with."""
    if position.head.dep_ == "conj":
        yield position.head.head.i


def _are_opposed(first: Proposal, second: Proposal) -> bool:
    """Whether both are denied, and the second is for what the first is against."""
    denied = first.polarity.negated and second.polarity.negated
    return denied and second.stance is not Stance.NEUTRAL and first.stance is not second.stance


def _share_target(first: Proposal, second: Proposal) -> bool:
    if first.target is None or second.target is None:
        return True
    after = first.target.span.start >= second.head.i
    return after or second.target.span == first.target.span


def drop_repeated(standing: Standing) -> Iterator[Ruling]:
    """The later verb of "endorsed and supported" with one target: it is one position."""
    same_target: defaultdict[tuple[int, int], list[int]] = defaultdict(list)
    for number in range(len(standing)):
        target = standing[number].target
        if target is not None:
            same_target[target.span.start, target.span.end].append(number)
    for number in range(len(standing)):
        target = standing[number].target
        if target is None or not standing.stands(number):
            continue
        for other in same_target[target.span.start, target.span.end]:
            if standing.stands(other) and _repeats(standing[other], standing[number]):
                yield Drop(other, "refusal.repeated")


def _repeats(second: Proposal, first: Proposal) -> bool:
    """Whether it stands later and has the stance and the holders of the first, in order."""
    if second.head.i <= first.head.i or second.stance is not first.stance:
        return False
    return [held.key for held in second.holders] == [held.key for held in first.holders]
