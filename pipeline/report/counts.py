"""How often something is supported and opposed: a number for each stance."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.records import Stance
from pipeline.report.words import joined

PLUS, MINUS, RING = "+", "\u2212", "\u25cb"
_STEPS = (1, 2, 4, 8)


@dataclass(slots=True)
class Counts:
    """How many support, oppose, or do neither."""

    support: int = 0
    oppose: int = 0
    neutral: int = 0

    def add(self, stance: Stance, number: int = 1) -> None:
        """Count so many more of a stance."""
        setattr(self, stance.value, getattr(self, stance.value) + number)

    def join(self, other: Counts) -> None:
        """Count what the other has counted."""
        self.support += other.support
        self.oppose += other.oppose
        self.neutral += other.neutral

    @property
    def total(self) -> int:
        """How many there are of all stances."""
        return self.support + self.oppose + self.neutral

    @property
    def signs(self) -> str:
        """The counts as a cell shows them; neutral ones only where there are no others.

        >>> Counts(3, 1, 2).signs, Counts(0, 0, 2).signs
        ('+3 −1', '○2')
        """
        sides = [f"{PLUS}{self.support:,}"] if self.support else []
        sides += [f"{MINUS}{self.oppose:,}"] if self.oppose else []
        return " ".join(sides) or (f"{RING}{self.neutral:,}" if self.neutral else "")

    @property
    def words(self) -> str:
        """The counts in words.

        >>> Counts(3, 1).words
        '3 in support and 1 in opposition'
        """
        named = (
            (self.support, "in support"),
            (self.oppose, "in opposition"),
            (self.neutral, "neutral"),
        )
        return joined([f"{number:,} {words}" for number, words in named if number])

    @property
    def side(self) -> str:
        """Which side they come down on: ``support``, ``oppose``, ``both`` or ``neutral``."""
        if self.support and self.oppose:
            return "both"
        return "support" if self.support else "oppose" if self.oppose else "neutral"

    @property
    def shade(self) -> int:
        """How strong the colour of a cell is, from 1 to 5."""
        strength = max(self.support, self.oppose)
        return 1 + sum(strength > step for step in _STEPS)

    @property
    def split(self) -> int:
        """How much of a cell with both sides is support's, from 1 (a fifth) to 5 (four fifths).

        >>> Counts(26, 5).split, Counts(1, 1).split, Counts(1, 9).split
        (5, 3, 1)
        """
        return 1 + min(4, 5 * self.support // max(1, self.support + self.oppose))
