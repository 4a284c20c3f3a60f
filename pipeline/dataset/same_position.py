"""Whether two claims of one text are the same position, read by two readers."""

from __future__ import annotations

from pipeline.evaluation.match import holders_agree, targets_agree
from pipeline.evaluation.tokens import TokenIndex
from pipeline.records import Claim


def is_same_position(one: Claim, other: Claim, index: TokenIndex) -> bool:
    """Whether a reviewer would have to judge the same thing twice.

    Cues share a word, holders are one, stances are equal, and the targets overlap by half or
    neither claim has one. Two holders on one span ("both countries") are two positions.

    Source: codebook §2.5, §2.6 and §3.
    """
    if one.stance is not other.stance or not index.count_shared(one.cue, other.cue):
        return False
    known = {claim.holder.entity for claim in (one, other)} - {None}
    return (
        len(known) < 2
        and holders_agree(one.holder, other.holder, index)
        and targets_agree(one.target, other.target, index)
    )
