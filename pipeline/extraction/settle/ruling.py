"""What a constraint may rule on a position: that it falls, reads otherwise, or is reported."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.extraction.propose.proposal import Proposal

if TYPE_CHECKING:
    from pipeline.extraction.settle.standing import Standing


@dataclass(frozen=True, slots=True)
class Drop:
    """The position ``number`` falls; ``rule`` is an id of the refusals in ``rules.yaml``."""

    number: int
    rule: str


@dataclass(frozen=True, slots=True)
class Amend:
    """The position ``number`` reads as ``position`` from here on."""

    number: int
    position: Proposal


@dataclass(frozen=True, slots=True)
class Link:
    """The holder of the position ``reporter`` tells of the position ``number``."""

    number: int
    reporter: int


Ruling = Drop | Amend | Link


@dataclass(frozen=True, slots=True)
class Constraint:
    """One line of the table: a name, and what it rules on what stands when its turn comes.

    Each ruling holds at once, also for the rest of its own constraint.
    """

    name: str
    rule: Callable[[Standing], Iterator[Ruling]]
