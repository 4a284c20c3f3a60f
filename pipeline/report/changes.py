"""Positions that changed: who was for a concept and is later against it, or the reverse."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

from pipeline.records import Stance
from pipeline.report.tally import Tally

MOST = 40


@dataclass(frozen=True, slots=True)
class Change:
    """An actor's last turn on a concept, by its dates, and the ids of a claim on each side."""

    actor: str
    concept: str
    before: Stance
    earlier: str
    later: str
    claims: tuple[str, str]


def find_changes(tally: Tally) -> list[Change]:
    """The last turn of each actor on each concept, the latest first.

    A day on which an actor is both for and against says neither, and so does a date of which
    nobody can tell whether it is before or after another (2024 and 2024-05). Statements that take
    no side count for nothing here.
    """
    found = []
    for (actor, concept), dates in tally.positions.items():
        if turn := _last_turn(dates):
            earlier, later = turn
            ((before, first),) = dates[earlier].items()
            ((_, second),) = dates[later].items()
            found.append(Change(actor, concept, before, earlier, later, (first, second)))
    found.sort(key=lambda one: (tally.name(one.actor), tally.label(one.concept), one.actor))
    found.sort(key=lambda one: one.later, reverse=True)
    return found


def _last_turn(dates: Mapping[str, Mapping[Stance, str]]) -> tuple[str, str] | None:
    clear = sorted(date for date, stances in dates.items() if len(stances) == 1)
    turns = [
        (earlier, later)
        for earlier, later in pairwise(clear)
        if not later.startswith(earlier) and dates[earlier].keys() != dates[later].keys()
    ]
    return turns[-1] if turns else None
