"""The learned judge: how likely a position is right, with which stance, by fitted log-odds."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace

from pipeline.extraction.judge.groups import Group
from pipeline.extraction.judge.odds import Odds
from pipeline.extraction.judge.opinion import Opinion, Reason
from pipeline.extraction.judge.seen import Seen, look, measure_seen, measure_stances, open_stances
from pipeline.extraction.judge.weights import Weight
from pipeline.extraction.propose.held import Held
from pipeline.extraction.propose.proposal import Proposal
from pipeline.extraction.scene import Scene
from pipeline.records import Stance

_DIGITS = 2
_LEAST, _MOST = 0.01, 0.99
_LARGEST = 30.0


class LearnedJudge:
    """Weighs positions by what ``read_odds`` reads; the unlikely ones do not stand."""

    def __init__(self, odds: Odds) -> None:
        self.odds = odds

    def weigh(self, groups: Sequence[Group], scene: Scene) -> tuple[Opinion, ...]:
        """An opinion on each group, in their order, before any is settled."""
        seen = look(groups, lambda one: bool(scene.quotations.around(one.head)))
        opinions = tuple(map(self._opinion, groups, seen))
        meant = {one.position.head.i: one for one in opinions if one.position.echoes is None}
        return tuple(_as_meant(one, meant) for one in opinions)

    def score_settled(
        self,
        opinion: Opinion,
        position: Proposal,  # noqa: ARG002
        held: Held,  # noqa: ARG002
        *,
        attributed: bool,  # noqa: ARG002
    ) -> float:
        """The chance that the position and its stance are right."""
        return opinion.chance

    def reasons(self, weighed: Mapping[str, float]) -> tuple[Reason, ...]:
        """What the features of a claim added, in the file's order; unknown ones add nothing."""
        return tuple(
            Reason(weighed[name] * weight.weight, weight.says)
            for name, weight in self.odds.position.items()
            if weighed.get(name) and weight.weight
        )

    def position_odds(self, weighed: Mapping[str, float]) -> float:
        """The log-odds that somebody takes the position."""
        return self.odds.bias + _sum(weighed, self.odds.position)

    def choose_stance(self, seen: Seen) -> tuple[Stance, float]:
        """The stance of a position, and the log-odds that it is the right one.

        It is the likeliest of those that the rules leave open (``open_stances``).
        """
        measured = measure_stances(seen)
        sums = {stance: _sum(one, self.odds.stances) for stance, one in measured.items()}
        best = max(open_stances(seen), key=lambda stance: sums[stance])
        others = sum(math.exp(sums[one] - sums[best]) for one in sums if one is not best)
        return best, -math.log(others)

    def _opinion(self, group: Group, seen: Seen) -> Opinion:
        weighed = measure_seen(seen)
        odds = self.position_odds(weighed)
        stance, of_stance = self.choose_stance(seen)
        bias, position, both = self.odds.chance
        chance = _chance(bias + position * odds + both * of_stance)
        return Opinion(
            position=replace(group.leading, stance=stance),
            proposals=group.proposals,
            chance=round(min(max(chance, _LEAST), _MOST), _DIGITS),
            because=self.reasons(weighed),
            weighed={name: round(value, 3) for name, value in weighed.items()},
            stands=_chance(odds) >= self.odds.keep,
            taken=_chance(odds),
        )


def _as_meant(opinion: Opinion, meant: Mapping[int, Opinion]) -> Opinion:
    """The opinion on "as did Peru" as that on the position to which it points back."""
    echoes = opinion.position.echoes
    other = meant.get(echoes.i) if echoes is not None else None
    if other is None:
        return opinion
    return replace(opinion, chance=other.chance, stands=other.stands)


def _sum(measured: Mapping[str, float], weights: Mapping[str, Weight]) -> float:
    return sum(value * weights[name].weight for name, value in measured.items())


def _chance(odds: float) -> float:
    return 1 / (1 + math.exp(-min(max(odds, -_LARGEST), _LARGEST)))
