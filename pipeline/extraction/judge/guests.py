"""What the judge holds of proposers that its weights were fitted without.

Nobody has measured how often such a proposer is right, so it changes no opinion on what the others
propose: where it agrees, it is named beside them. What it alone proposes stands, with a score that
the settings give; so does what it proposes and the judge would let fall if the others alone did.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.extraction.judge.groups import Group
from pipeline.extraction.judge.opinion import Opinion, Weighing
from pipeline.extraction.propose.held import Held
from pipeline.extraction.propose.proposal import Proposal
from pipeline.extraction.scene import Scene

GUEST = "guest"
"""What is weighed of a guest's claim: the chance that its proposer gives it, else 1."""
_DIGITS = 2
_LEAST, _MOST = 0.01, 0.99


class HostJudge:
    """Weighs the positions as ``judge`` does without guests, and those of guests by ``score``.

    ``score`` is that of a position which guests alone propose, times the chance that they give.
    """

    def __init__(self, judge: Weighing, score: float) -> None:
        self._judge = judge
        self._score = score

    def weigh(self, groups: Sequence[Group], scene: Scene) -> tuple[Opinion, ...]:
        """An opinion on each group, in their order, before any is settled."""
        known = [group.without_guests() for group in groups]
        weighed = iter(self._judge.weigh([one for one in known if one is not None], scene))
        return tuple(
            self._opinion(group, next(weighed) if one is not None else None)
            for group, one in zip(groups, known, strict=True)
        )

    def score_settled(
        self, opinion: Opinion, position: Proposal, held: Held, *, attributed: bool
    ) -> float:
        """The score of a settled position of one holder, which may read otherwise by now."""
        if opinion.position.is_guest:
            return opinion.chance
        return self._judge.score_settled(opinion, position, held, attributed=attributed)

    def _opinion(self, group: Group, known: Opinion | None) -> Opinion:
        if known is not None and (known.stands or not group.guests):
            return replace(known, proposals=group.proposals)
        leading = group.guests[0]
        own = chance_of(leading)
        chance = round(min(max(self._score * own, _LEAST), _MOST), _DIGITS)
        proposals = group.guests if known is None else group.proposals
        return Opinion(leading, proposals, chance, (), weighed={GUEST: round(own, 3)})


def chance_of(proposal: Proposal) -> float:
    """How sure the proposer is of all parts and of its stance; 1 where it does not say."""
    chances = proposal.chances
    if chances is None:
        return 1.0
    return chances.cue * chances.holder * chances.target * chances.of(proposal.stance)
