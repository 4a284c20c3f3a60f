"""From scores to readings: which rows are a cue, who holds it, where the target lies.

Everything is decided by whole words and by people that the page knows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Phrases = Sequence[tuple[int, int]]

STANCES = ("support", "oppose", "neutral")
LEAST_CUE = 0.1
KEPT_OF_CUE = 0.4
KEPT_OF_HOLDER = 0.5
PHRASE = 1.0


@dataclass(frozen=True, slots=True)
class CueRows:
    """Rows that may be a cue, and how likely."""

    start: int
    end: int
    chance: float


@dataclass(frozen=True, slots=True)
class Scores:
    """What the heads say of one cue; see ``training.heads.Roles`` for the columns."""

    people: Floats
    rows: Floats
    none: Floats
    position: Floats


@dataclass(frozen=True, slots=True)
class Chosen:
    """One choice among several, with its chance; ``place`` is None where it is none of them."""

    place: int | None
    chance: float


@dataclass(frozen=True, slots=True)
class Position:
    """What the reader makes of one cue; places count in the query's people and rows."""

    holders: tuple[Chosen, ...]
    attribution: Chosen
    target: tuple[int, int] | None
    target_chance: float
    stances: tuple[float, float, float]
    action: float
    negated: float
    hedged: float


def softmax(scores: Floats) -> Floats:
    """The chances of the last axis."""
    raised = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return np.asarray(raised / raised.sum(axis=-1, keepdims=True))


def find_cues(tags: Floats, *, least: float = LEAST_CUE) -> list[CueRows]:
    """The cues among rows with the chances ``tags`` of outside, begin and inside, in order.

    A cue is as likely as its likeliest word; words far less likely than that are left out at its
    ends. Rows are counted from the first of ``tags``.
    """
    marked = 1.0 - tags[:, 0]
    found: list[CueRows] = []
    start = None
    for row in range(len(tags) + 1):
        ends = row == len(tags) or marked[row] < least
        begins = not ends and tags[row, 1] > tags[row, 2]
        if start is not None and (ends or begins):
            found.append(_trimmed(marked, start, row))
            start = None
        if start is None and not ends:
            start = row
    return found


def _trimmed(marked: Floats, start: int, end: int) -> CueRows:
    chance = float(marked[start:end].max())
    kept = np.flatnonzero(marked[start:end] >= KEPT_OF_CUE * chance)
    return CueRows(start + int(kept[0]), start + int(kept[-1]) + 1, chance)


def find_position(scores: Scores, cue_in_rows: tuple[int, int], phrases: Phrases = ()) -> Position:
    """The position that the scores of one cue amount to.

    ``cue_in_rows`` are the cue's places among the rows of its sentence: no target overlaps them;
    ``phrases`` are the sentence's phrases, in the same places.
    """
    target, target_chance = find_target(scores.rows, scores.none[2:4], cue_in_rows, phrases)
    signs = 1.0 / (1.0 + np.exp(-scores.position[5:7]))
    support, oppose, neutral = softmax(scores.position[:3]).tolist()
    return Position(
        holders=find_holders(scores.people[:, :2], float(scores.none[0])),
        attribution=find_one(scores.people[:, 2], float(scores.none[1])),
        target=target,
        target_chance=target_chance,
        stances=(support, oppose, neutral),
        action=float(softmax(scores.position[3:5])[1]),
        negated=float(signs[0]),
        hedged=float(signs[1]),
    )


def find_holders(people: Floats, none: float) -> tuple[Chosen, ...]:
    """The holders, likeliest first: the best, and those that are nearly as good.

    The first column chooses one of all, the second says of each by itself whether it holds. A
    chance is of the first kind, shared among those chosen.
    """
    if not len(people):
        return ()
    chances = softmax(np.append(people[:, 0], none))[:-1]
    alone = 1.0 / (1.0 + np.exp(-people[:, 1]))
    best = int(chances.argmax())
    near = (chances >= KEPT_OF_HOLDER * chances[best]) & (alone >= 0.5)
    chosen = [best, *(int(one) for one in np.flatnonzero(near) if one != best)]
    whole = min(1.0, float(chances[chosen].sum()))
    return tuple(
        Chosen(one, max(whole, float(alone[one])) if one != best else whole) for one in chosen
    )


def find_one(scores: Floats, none: float) -> Chosen:
    """The likeliest of the scored, or none of them."""
    chances = softmax(np.append(scores, none))
    best = int(chances.argmax())
    return Chosen(best if best < len(scores) else None, float(chances[best]))


def find_target(
    rows: Floats, none: Floats, cue: tuple[int, int], phrases: Phrases = ()
) -> tuple[tuple[int, int] | None, float]:
    """The likeliest span of rows that does not touch the cue, or None, and its chance.

    A span that is one of the parse's ``phrases`` is preferred to one that is up to e times as
    likely. The chance is the geometric mean of those of the first and of the last row.
    Source: out-of-fold readings, targets half a point better.
    """
    begins = np.log(softmax(np.append(rows[:, 0], none[0])) + 1e-12)
    ends = np.log(softmax(np.append(rows[:, 1], none[1])) + 1e-12)
    both = begins[:-1, None] + ends[None, :-1]
    places = np.arange(len(rows))
    allowed = places[:, None] <= places[None, :]
    allowed &= (places[None, :] < cue[0]) | (places[:, None] >= cue[1])
    both = np.where(allowed, both, -np.inf)
    preferred = both.copy()
    for start, end in phrases:
        preferred[start, end - 1] += PHRASE
    best = np.unravel_index(int(preferred.argmax()), both.shape)
    nothing = float(begins[-1] + ends[-1])
    if not np.isfinite(both[best]) or nothing >= preferred[best]:
        return None, float(np.exp(nothing / 2))
    return (int(best[0]), int(best[1]) + 1), float(np.exp(both[best] / 2))
