"""What somebody is accused of, or told to end, is no position of theirs. Source: codebook §2.10."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.extraction.propose.proposal import Proposal
from pipeline.extraction.settle.ruling import Drop, Ruling
from pipeline.extraction.settle.standing import ByHead, Standing

_RULE = "refusal.accusation"


def drop_blamed(standing: Standing) -> Iterator[Ruling]:
    """What an accusation names, and what a demand tells others to end."""
    by_head = ByHead(standing)
    for number in range(len(standing)):
        outer = standing[number]
        if not standing.stands(number) or outer.target is None:
            continue
        blamed = _accused if "accuses" in outer.traits else _ended
        for inner in blamed(outer, standing, by_head):
            if inner != number:
                yield Drop(inner, _RULE)


def _accused(outer: Proposal, standing: Standing, by_head: ByHead) -> Iterator[int]:
    """Those in the accusation's target, and in the acts after it: "blamed Iran for backing it"."""
    assert outer.target is not None
    span, head = outer.target.span, outer.head
    yield from by_head.within(span.start, span.end)
    for inner in by_head.within(head.i + 1, head.right_edge.i + 1):
        act = standing[inner].head
        if act.dep_ == "pcomp" and head.is_ancestor(act):
            yield inner


def _ended(outer: Proposal, standing: Standing, by_head: ByHead) -> Iterator[int]:
    """What others are told to end: "demanded an end to Russia's attacks on the port"."""
    assert outer.target is not None
    span = outer.target.span
    for number in by_head.within(span.start + 1, span.end):
        inner = standing[number]
        end = inner.polarity.ending
        if end is None or not standing.stands(number) or outer.holds & inner.holds:
            continue
        if span.start <= end.i < inner.head.i:
            yield number
