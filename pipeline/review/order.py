"""In what order passages are reviewed: where each task stands in the queue, as a score.

Label Studio shows the lowest score first. ``docs/review.md`` defines the orders.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

from pipeline.dataset.records import Order
from pipeline.dataset.sample import place_in_queue
from pipeline.review.tasks import Task

NEAR = 0.05
"""So far from its place a sampled passage may stay in the order of risk."""
_CLOSEST = 1e-9


def arrange(
    tasks: Sequence[Task], order: Order, *, effects: Mapping[str, float] | None = None
) -> tuple[Task, ...]:
    """The tasks as the queue has them, each with a score that says so.

    ``effects`` has, by its claim's id, how much each decision can change, and is needed for
    that order alone. Passages of the random sample are mixed in evenly, by their hash.
    """
    rest = sorted((one for one in tasks if not _sample_of(one)), key=_key(order, effects or {}))
    sampled = sorted(
        (one for one in tasks if _sample_of(one)), key=lambda one: place_in_queue(_sample_of(one))
    )
    queue = tuple(_mixed(rest, sampled))
    if order is not Order.RISK:
        return _numbered(queue)
    found, risk = [], 1.0
    for one in reversed(queue):
        risk = risk if _sample_of(one) else one.score
        found.append(replace(one, score=risk))
    return tuple(reversed(found))


def keep_places(
    queue: Sequence[Task], present: Mapping[str, float], order: Order
) -> tuple[Task, ...]:
    """The queue with scores that leave as many as can be of those ``present``, by uid, as they are.

    New passages come between those that stay where they are.
    """
    if order is Order.RISK:
        return tuple(_stay_near(one, present.get(one.uid)) for one in queue)
    kept = _longest_rise([present.get(one.uid) for one in queue])
    ends = [(-1, 0.0), *((at, present[queue[at].uid]) for at in kept), (len(queue), 1.0)]
    scores: dict[int, float] = dict(ends[1:-1])
    for (first, low), (last, high) in pairwise(ends):
        if (high - low) / (last - first) < _CLOSEST:  # no room: all are numbered anew
            return _numbered(queue)
        for at in range(first + 1, last):
            scores[at] = low + (high - low) * (at - first) / (last - first)
    return tuple(replace(one, score=scores[at]) for at, one in enumerate(queue))


def _sample_of(task: Task) -> str:
    return str(task.data.get("sample") or "")


def _key(order: Order, effects: Mapping[str, float]) -> Callable[[Task], tuple[Any, ...]]:
    def place(one: Task) -> tuple[Any, ...]:
        return one.article, one.data["start"]

    def risk(one: Task) -> tuple[Any, ...]:
        return one.score, *place(one)

    def effect(one: Task) -> tuple[Any, ...]:
        return -sum(effects.get(entry["id"], 0.0) for entry in one.data["claims"]), *risk(one)

    return {Order.ARTICLE: place, Order.EFFECT: effect, Order.RISK: risk}[order]


def _mixed(rest: Sequence[Task], sampled: Sequence[Task]) -> Iterator[Task]:
    """All of them, the sampled ones as far from each other as can be."""
    before = 0
    for number, one in enumerate(sampled):
        until = round((number + 0.5) / len(sampled) * len(rest))
        yield from rest[before:until]
        yield one
        before = until
    yield from rest[before:]


def _numbered(queue: Sequence[Task]) -> tuple[Task, ...]:
    return tuple(
        replace(one, score=number / (len(queue) + 1)) for number, one in enumerate(queue, start=1)
    )


def _stay_near(task: Task, present: float | None) -> Task:
    if present is None or not _sample_of(task) or abs(present - task.score) > NEAR:
        return task
    return replace(task, score=present)


def _longest_rise(values: Sequence[float | None]) -> list[int]:
    """The places of a longest strictly rising part of the values that there are, in order."""
    ends: list[float] = []
    at_end: list[int] = []
    before: dict[int, int | None] = {}
    for place, value in enumerate(values):
        if value is None or not 0 < value < 1:
            continue
        length = bisect_left(ends, value)
        before[place] = at_end[length - 1] if length else None
        if length == len(ends):
            ends.append(value)
            at_end.append(place)
        else:
            ends[length], at_end[length] = value, place
    found: list[int] = []
    last = at_end[-1] if at_end else None
    while last is not None:
        found.append(last)
        last = before[last]
    return found[::-1]
