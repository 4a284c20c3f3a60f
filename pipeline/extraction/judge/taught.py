"""What a workspace's decisions taught the judge, laid over the one that ships."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace

from pipeline.extraction.judge.features import describe_position, measure
from pipeline.extraction.judge.groups import Group
from pipeline.extraction.judge.opinion import Opinion, Weighing
from pipeline.extraction.propose.held import Held
from pipeline.extraction.propose.proposal import Proposal
from pipeline.extraction.scene import Scene
from pipeline.lexicon.lesson import Lesson

_DIGITS = 2
_LEAST, _MOST = 0.01, 0.99
_LARGEST = 30.0


class TaughtJudge:
    """Weighs as ``judge`` does, and adds what the ``lesson`` has for each position's features."""

    def __init__(self, judge: Weighing, lesson: Lesson) -> None:
        self._judge = judge
        self._lesson = lesson

    def weigh(self, groups: Sequence[Group], scene: Scene) -> tuple[Opinion, ...]:
        """An opinion on each group, in their order, before any is settled."""
        return tuple(map(self.teach, self._judge.weigh(groups, scene)))

    def score_settled(
        self, opinion: Opinion, position: Proposal, held: Held, *, attributed: bool
    ) -> float:
        """The score of a settled position of one holder, which may read otherwise by now."""
        shipped = self._judge.score_settled(
            opinion.shipped or opinion, position, held, attributed=attributed
        )
        return self._score(opinion, shipped)

    def teach(self, opinion: Opinion) -> Opinion:
        """The opinion of the judge below as the lesson has it."""
        lesson, stands, taken = self._lesson, opinion.stands, opinion.taken
        if lesson.stands is not None:
            taken = chance_of(lesson.stands.of(log_odds(taken), describe_opinion(opinion)))
            stands = taken >= lesson.keep
        score = self._score(opinion, opinion.chance)
        return replace(opinion, chance=score, taken=taken, stands=stands, shipped=opinion)

    def _score(self, opinion: Opinion, shipped: float) -> float:
        odds = self._lesson.score.of(log_odds(shipped), describe_opinion(opinion))
        return round(min(max(chance_of(odds), _LEAST), _MOST), _DIGITS)


def describe_opinion(opinion: Opinion) -> dict[str, float]:
    """What a lesson may weigh of a position: what the judge sees of it, and its cue and rules."""
    position = opinion.position
    held = position.holders[0]
    seen: Mapping[str, float] = opinion.weighed or measure(describe_position(position, held))
    entry = position.entry_id or "none"
    made = [f"cue:{entry}", f"family:{'.'.join(entry.split('.')[:2])}", f"kind:{held.kind.value}"]
    made += [f"rule:{rule}" for rule in dict.fromkeys(position.rules)]
    made += [f"stance:{position.stance.value}"]
    return {**{name: value for name, value in seen.items() if value}, **dict.fromkeys(made, 1.0)}


def log_odds(chance: float) -> float:
    """The log-odds of a chance, bounded.

    >>> log_odds(0.5), round(log_odds(1.0), 1)
    (0.0, 4.6)
    """
    kept = min(max(chance, _LEAST), _MOST)
    return math.log(kept / (1 - kept))


def chance_of(odds: float) -> float:
    """The chance of log-odds.

    >>> chance_of(0.0)
    0.5
    """
    return 1 / (1 + math.exp(-min(max(odds, -_LARGEST), _LARGEST)))
