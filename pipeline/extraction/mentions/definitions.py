"""What a text says a short form stands for."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.records import Kind

DEFINITIONS = "acronym_definitions"


@dataclass(frozen=True, slots=True)
class Definition:
    """A short form with its long form's tokens; ``kind`` is None for what is no actor."""

    short: str
    short_start: int
    short_end: int
    long_start: int
    long_end: int
    kind: Kind | None
    entity: str
