"""Opinions in, settled positions out: the constraints of the table ruled one after the other."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipeline.extraction.judge import Opinion
from pipeline.extraction.propose.proposal import Proposal, Refused
from pipeline.extraction.scene import Scene
from pipeline.extraction.settle.constraints import CONSTRAINTS
from pipeline.extraction.settle.ruling import Constraint, Drop, Ruling
from pipeline.extraction.settle.standing import UNLIKELY, Standing


@dataclass(frozen=True, slots=True)
class Settled:
    """A position that stands; ``reporter`` is the position whose holder tells of it, if any."""

    position: Proposal
    opinion: Opinion
    reporter: Proposal | None


@dataclass(frozen=True, slots=True)
class Settlement:
    """What stands in the order of the opinions, what fell, and all rulings in their order.

    What fell names the first ruling that dropped it.
    """

    settled: tuple[Settled, ...]
    refused: tuple[Refused, ...]
    rulings: tuple[Ruling, ...]


def settle(
    scene: Scene, opinions: Sequence[Opinion], constraints: Iterable[Constraint] = CONSTRAINTS
) -> Settlement:
    """Which of the opinions' positions stand, with their reporters, by the table of constraints.

    An opinion that does not stand falls first; it may still tell who reports another position.
    """
    standing = Standing(scene, [opinion.position for opinion in opinions])
    for number, opinion in enumerate(opinions):
        if not opinion.stands:
            standing.add(Drop(number, UNLIKELY))
    for constraint in constraints:
        for ruling in constraint.rule(standing):
            standing.add(ruling)
    settled = tuple(
        Settled(standing[number], opinions[number], standing.reporter(number))
        for number in standing.numbers()
    )
    refused = tuple(
        standing[number].refuse(standing.fell_by(number)[0])
        for number in range(len(standing))
        if not standing.stands(number)
    )
    return Settlement(settled, refused, tuple(standing.rulings))
