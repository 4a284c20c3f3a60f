"""Who only tells of another's position. Source: codebook §2.11."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.extraction.propose.proposal import Proposal
from pipeline.extraction.settle.ruling import Drop, Link, Ruling
from pipeline.extraction.settle.standing import ByToken, Standing
from pipeline.records import Kind, Stance


def drop_relays(standing: Standing) -> Iterator[Ruling]:
    """Who only tells of it falls and reports it: "Merkel reiterated the EU's support for the ban".

    A person repeats what the own side holds; a state that repeats another's words joins them.
    """
    by_head = ByToken(standing, lambda one: (one.head.i,))
    for number in standing.numbers():
        inner = standing[number]
        relay = inner.polarity.relay
        if relay is None or inner.stance is Stance.NEUTRAL:
            continue
        for outer in by_head.at(relay.i):
            if not standing.stands(number):
                break
            if standing.stands(outer) and _tells(standing[outer], inner):
                yield Drop(outer, "refusal.relay")
                yield Link(number, outer)


def _tells(outer: Proposal, inner: Proposal) -> bool:
    """Whether others than the inner position's holders tell of it."""
    if outer.holds & inner.holds:
        return False
    if "tells" in outer.traits:
        return True
    return "repeats" in outer.traits and outer.holders[0].kind is Kind.PERSON
