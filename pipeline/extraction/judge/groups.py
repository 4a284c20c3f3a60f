"""Which proposals are readings of one position."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipeline.extraction.propose.proposal import Chances, Proposal


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
    holder by entity or by place.
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
        held.key == theirs.key
        or (held.span.start < theirs.span.end and theirs.span.start < held.span.end)
        for held in one.holders
        for theirs in other.holders
    )
