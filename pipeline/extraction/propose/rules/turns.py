"""What has been met on the way up from a cue: turns, hedges and the verbs that belong to it."""

from __future__ import annotations

from dataclasses import dataclass, field

from spacy.tokens import Token


@dataclass(slots=True)
class Turns:
    """How often the stance has turned so far, and by which rules.

    ``start`` is the first verb that belongs to the cue, ``relay`` the verb of another who tells
    of it.
    """

    negations: int = 0
    reversals: int = 0
    hedged: bool = False
    start: Token | None = None
    relay: Token | None = None
    rules: list[str] = field(default_factory=list)

    def negate(self, rule: str) -> None:
        """Count a negation: a word that denies the cue."""
        self.negations += 1
        self.rules.append(rule)

    def reverse(self, rule: str) -> None:
        """Count a reversal: a word whose meaning turns the cue, as "refused" does."""
        self.reversals += 1
        self.rules.append(rule)

    def hedge(self, rule: str) -> None:
        """Note that the position is not asserted outright."""
        self.hedged = True
        self.rules.append(rule)
