"""Which proposals are readings of one position."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.extraction.propose.proposal import Chances, Proposal

if TYPE_CHECKING:
    from spacy.tokens import Span


@dataclass(frozen=True, slots=True)
class Group:
    """The proposals of one position, the leading one first; at least one."""

    proposals: tuple[Proposal, ...]

    @property
    def leading(self) -> Proposal:
        """The proposal whose words and roles the position has."""
        return self.proposals[0]

    @property
    def chances(self) -> Chances | None:
        """What the first proposer that measures says of the position."""
        return next((one.chances for one in self.proposals if one.chances is not None), None)


def group_proposals(proposals: Iterable[Proposal]) -> tuple[Group, ...]:
    """One group for each position, in the order of their leading proposals.

    Each proposer says a position once. A proposer without a measure leads; the likeliest reading
    of the same position by one that measures joins it: their cues overlap, and they share a
    holder by entity or by place. A reading of the same words with the roles exchanged is none.
    """
    kept = tuple(proposals)
    leading = [one for one in kept if one.chances is None]
    measured = [one for one in kept if one.chances is not None]
    by_word = _by_word(measured)
    taken: set[int] = set()
    groups = []
    for one in leading:
        near = {number for token in one.cue for number in by_word.get(token.i, ())} - taken
        best = _likeliest(one, sorted(near), measured)
        taken.update(best)
        taken.update(number for number in near if _exchange_roles(one, measured[number]))
        groups.append(Group((one, *(measured[number] for number in best))))
    alone = (Group((one,)) for number, one in enumerate(measured) if number not in taken)
    return (*groups, *alone)


def _likeliest(one: Proposal, near: Iterable[int], measured: Sequence[Proposal]) -> tuple[int, ...]:
    """The number of the likeliest of those near it that share a holder, or none."""
    same = [number for number in near if _share_holder(one, measured[number])]
    return tuple(sorted(same, key=lambda number: -_cue_chance(measured[number]))[:1])


def _cue_chance(proposal: Proposal) -> float:
    return proposal.chances.cue if proposal.chances is not None else 0.0


def _by_word(proposals: Iterable[Proposal]) -> dict[int, list[int]]:
    """The numbers of the proposals by the places of their cues' words."""
    found: defaultdict[int, list[int]] = defaultdict(list)
    for number, one in enumerate(proposals):
        for token in one.cue:
            found[token.i].append(number)
    return found


def _share_holder(one: Proposal, other: Proposal) -> bool:
    """Whether a holder of one is a holder of the other, by entity or by place."""
    return any(
        held.key == theirs.key or _overlap(held.span, theirs.span)
        for held in one.holders
        for theirs in other.holders
    )


def _exchange_roles(one: Proposal, other: Proposal) -> bool:
    """Whether the holder of each is what the other is about: "came under attack from Iraq"."""
    if one.target is None or other.target is None:
        return False
    theirs = any(_overlap(held.span, one.target.span) for held in other.holders)
    return theirs and any(_overlap(held.span, other.target.span) for held in one.holders)


def _overlap(one: Span, other: Span) -> bool:
    return bool(one.start < other.end and other.start < one.end)
