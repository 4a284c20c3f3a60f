"""Which proposals are readings of one position."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.extraction.propose.proposal import Proposal


@dataclass(frozen=True, slots=True)
class Group:
    """The proposals of one position, the leading one first; at least one."""

    proposals: tuple[Proposal, ...]


def group_proposals(proposals: Iterable[Proposal]) -> tuple[Group, ...]:
    """One group for each position, in the order of their leading proposals.

    Each proposer says a position once, so that the proposals of one proposer are apart.
    """
    return tuple(Group((proposal,)) for proposal in proposals)
