"""What a run over articles counts, and the words of its last line."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pipeline.cli.console import on_one_line, say

if TYPE_CHECKING:
    from pipeline.runs.guard import Failure


@dataclass
class Tally:
    """What the last line counts."""

    read: int = 0
    written: int = 0
    unchanged: int = 0
    causes: Counter[str] = field(default_factory=Counter)
    missing: Counter[str] = field(default_factory=Counter)

    @property
    def failed(self) -> int:
        """How many articles could not be extracted."""
        return self.causes.total()

    @property
    def wanting(self) -> int:
        """How many articles could not be extracted, or not with all that their proposers say."""
        return self.failed + self.missing.total()

    def add_failure(self, failure: Failure) -> None:
        """Tell of the failure and count it by its cause."""
        self.causes[failure.cause] += 1
        say(f"{failure.article}: {on_one_line(failure.message)}")

    def add_missing(self, article: str, missing: str | None) -> None:
        """Count that proposers could not read all of the article; the same cause is told once."""
        if missing is not None:
            if missing not in self.missing:
                say(f"{article}: {on_one_line(missing)}")
            self.missing[missing] += 1

    def sentence(self, *, verb: str) -> str:
        """The counts in words."""
        causes = ", ".join(f"{cause} {count}" for cause, count in sorted(self.causes.items()))
        wanting = self.missing.total()
        return (
            f"{self.read:,} read: {self.written:,} {verb}, {self.unchanged:,} unchanged, "
            f"{self.failed:,} failed{f' ({causes})' if causes else ''}"
            f"{f'; {wanting:,} without all that their proposers say' if wanting else ''}."
        )
