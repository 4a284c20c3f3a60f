"""How likely a position is right, and why: the score of a claim."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from pipeline.extraction.judge.features import Position, describe_position, measure
from pipeline.extraction.judge.groups import Group
from pipeline.extraction.judge.weights import Weights
from pipeline.extraction.propose.held import Held
from pipeline.extraction.propose.proposal import Proposal
from pipeline.extraction.scene import Scene

_DIGITS = 2


@dataclass(frozen=True, slots=True)
class Reason:
    """What one feature added to the score, and what it means."""

    added: float
    says: str


@dataclass(frozen=True, slots=True)
class Opinion:
    """A position, the proposals it was read from, how likely it is right in ``[0, 1]``, and why.

    ``weighed`` are the features by name where they can be told from no claim; ``taken`` is how
    likely it is that somebody takes the position, with whatever stance; ``stands`` is false where
    it is too unlikely to be one. ``shipped`` is the opinion without what decisions taught.
    """

    position: Proposal
    proposals: tuple[Proposal, ...]
    chance: float
    because: tuple[Reason, ...]
    weighed: Mapping[str, float] = field(default_factory=dict)
    stands: bool = True
    taken: float = 1.0
    shipped: Opinion | None = None

    @property
    def is_heard(self) -> bool:
        """Whether it is settled: it stands, or the rules made it.

        A saying can tell who reports another position, and what its speaker does its stance.
        """
        return self.stands or self.position.chances is None


class Weighing(Protocol):
    """A judge, by hand or learned."""

    def weigh(self, groups: Sequence[Group], scene: Scene) -> tuple[Opinion, ...]:
        """An opinion on each group, in their order, before any is settled."""

    def score_settled(
        self, opinion: Opinion, position: Proposal, held: Held, *, attributed: bool
    ) -> float:
        """The score of a settled position of one holder, which may read otherwise by now."""


class Judge:
    """Weighs positions by hand; ``weights`` are what ``read_weights`` reads."""

    def __init__(self, weights: Weights) -> None:
        self.weights = weights

    def weigh(self, groups: Sequence[Group], scene: Scene) -> tuple[Opinion, ...]:  # noqa: ARG002
        """An opinion on each group, in their order, before any is settled."""
        return tuple(self._opinion(group) for group in groups)

    def score_settled(
        self,
        opinion: Opinion,  # noqa: ARG002
        position: Proposal,
        held: Held,
        *,
        attributed: bool,
    ) -> float:
        """The score of a settled position of one holder, which may read otherwise by now."""
        return self.score(describe_position(position, held, attributed=attributed))

    def score(self, position: Position) -> float:
        """The chance that a position is right, to two digits: a settled claim's score."""
        return self._score(self.reasons(position))

    def reasons(self, position: Position) -> tuple[Reason, ...]:
        """What makes the position more or less likely than the best, in the weights' order."""
        measured = measure(position)
        return tuple(
            Reason(measured[name] * weight.weight, weight.says)
            for name, weight in self.weights.weights.items()
            if measured[name] and weight.weight
        )

    def _opinion(self, group: Group) -> Opinion:
        leading = group.leading
        because = self.reasons(describe_position(leading, leading.holders[0]))
        chance = self._score(because)
        return Opinion(leading, group.proposals, chance, because, taken=chance)

    def _score(self, reasons: Iterable[Reason]) -> float:
        added = sum(reason.added for reason in reasons)
        bounded = min(max(self.weights.best + added, self.weights.least), self.weights.most)
        return round(bounded, _DIGITS)
