"""What an annotation says, and what of it could not be read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from pipeline.dataset.records import Position
from pipeline.review.regions import ClaimKey


class Scope(Enum):
    """How much a fault keeps from being taken."""

    ANNOTATION = "annotation"
    """No part of the annotation can be trusted."""
    CLAIM = "claim"
    """The claims that need the piece wait; the others are taken."""
    PIECE = "piece"
    """The piece alone is not taken."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What could not be read, in a sentence, and how much is not taken for it."""

    words: str
    scope: Scope = Scope.PIECE


@dataclass(frozen=True, slots=True)
class Reading:
    """What a result says: its claims by their regions, the cues marked as no claim, the comment.

    ``waiting`` are the regions that could not be read: a claim of theirs is neither kept nor
    rejected. Where it is not empty, a claim that is not there may be one of theirs.
    """

    claims: Mapping[ClaimKey, Position] = field(default_factory=dict)
    rejected: frozenset[str] = frozenset()
    comment: str = ""
    problems: tuple[Fault, ...] = ()
    waiting: frozenset[str] = frozenset()

    @property
    def faults(self) -> tuple[str, ...]:
        """What could not be read, a sentence each."""
        return tuple(fault.words for fault in self.problems)

    @property
    def refused(self) -> tuple[str, ...]:
        """Why nothing of the annotation is taken; empty where it is."""
        return tuple(item.words for item in self.problems if item.scope is Scope.ANNOTATION)
