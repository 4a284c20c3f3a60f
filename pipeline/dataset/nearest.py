"""The stretch of a text that is most like a passage, by the runs of three characters they share.

Likeness is the share of the passage's runs that stand in a stretch of the passage's length, each
as often as there. What is looked for among runs that are rare in the text takes time that grows
with how often those stand, and not with the text.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.dataset.run_index import RUN, RunIndex, Wanted, index_of, wanted_of
from pipeline.records import Span

if TYPE_CHECKING:
    from pipeline.dataset.run_index import Whole

_FEW = 4_000
"""So many places of wanted runs are counted at once, without looking for the rare ones first."""
_SURE = 3
"""So many times as many rare runs must stand close together as do by chance: few false starts."""
_DENSE = 8
"""Ranges this close together are added up place by place, others are put in order."""
_FIRST_STEP = 65_536
"""So many places are looked at first where it is only asked whether there is one; then more."""


@dataclass(frozen=True, slots=True)
class Near:
    """The stretch of a text that is most like a passage; ``likeness`` lies in ``[0, 1]``."""

    span: Span
    likeness: float


@dataclass(frozen=True, slots=True)
class _Search:
    """What is looked for: the runs, by number in the index, and how many must be shared."""

    index: RunIndex
    ranks: Whole
    counts: Whole
    size: int
    least: int


@dataclass(frozen=True, slots=True)
class _Room:
    """The places in ``[first, last]`` at which a stretch may begin; its runs end before ``end``."""

    first: int
    last: int
    end: int


def find_nearest(
    passage: str, text: str, *, without: Span | None = None, least: float = 0.0
) -> Near | None:
    """The stretch of ``text`` that is most like ``passage``, given in whole words.

    None where nothing is as like it as ``least``, or not like it at all. ``without`` is a stretch
    that is left out.

    >>> find_nearest("Peru backed the vote.", "Snow. Peru backs the vote.").span
    Span(start=6, end=26)
    """
    wanted = wanted_of(passage)
    if not wanted.total:
        return None
    search = _search(wanted, text, least)
    best: Near | None = None
    for stretch in _stretches(text, without):
        start, shared = _best(search, _room(stretch, search.size))
        likeness = shared / search.size
        if shared >= search.least and (best is None or likeness > best.likeness):
            end = min(start + len(passage), stretch.end)
            best = Near(_in_whole_words(Span(start, end), text), likeness)
    return best


def has_near(passage: str, text: str, *, without: Span, least: float) -> bool:
    """Whether a stretch of ``text`` outside ``without`` is as like ``passage`` as ``least``.

    What lies next to ``without`` is looked at first, so that a text that says the same over and
    over is not read to its end.

    >>> has_near("Peru agreed.", "Peru agreed. Peru agrees.", without=Span(0, 12), least=0.5)
    True
    """
    wanted = wanted_of(passage)
    if not wanted.total:
        return False
    search = _search(wanted, text, least)
    for stretch in _stretches(text, without):
        before = stretch.end == without.start
        for room in _rooms(_room(stretch, search.size), search, backwards=before):
            if _best(search, room)[1] >= search.least:
                return True
    return False


def most_likeness(span: Span, text: str) -> float:
    """A likeness that no stretch of ``text`` outside ``span`` can pass; quick to know.

    >>> most_likeness(Span(0, 12), "Peru agreed. Snow fell in the hills.") < 0.3
    True
    """
    wanted = wanted_of(span.text_in(text))
    if not wanted.total:
        return 1.0
    index = index_of(text)
    low, high = index.slices_of(index.ranks_of(wanted), 0, index.base)
    shared = int(wanted.counts[high - low > wanted.counts].sum())
    return shared / wanted.total


def _search(wanted: Wanted, text: str, least: float) -> _Search:
    index = index_of(text)
    total = wanted.total
    shared = max(1, math.floor(least * total))
    while shared / total < least:
        shared += 1
    return _Search(index, index.ranks_of(wanted), wanted.counts, total, shared)


def _stretches(text: str, without: Span | None) -> tuple[Span, ...]:
    if without is None:
        return (Span(0, len(text)),)
    return (Span(0, without.start), Span(without.end, len(text)))


def _room(stretch: Span, size: int) -> _Room:
    end = max(stretch.start, stretch.end - RUN + 1)
    return _Room(stretch.start, max(stretch.start, end - size), end)


def _rooms(room: _Room, search: _Search, *, backwards: bool) -> Iterator[_Room]:
    """The room in parts, each four times as long as the one before."""
    step, done, whole = _FIRST_STEP + search.size, 0, room.last - room.first + 1
    while done < whole:
        many = min(step, whole - done)
        first = room.last - done - many + 1 if backwards else room.first + done
        last = first + many - 1
        yield _Room(first, last, min(room.end, last + search.size))
        done, step = done + many, step * 4


def _best(search: _Search, room: _Room) -> tuple[int, int]:
    """Where the first stretch begins that shares most runs, and how many; none below the least."""
    import numpy as np

    low, high = search.index.slices_of(search.ranks, room.first, room.end)
    often = high - low
    if int(np.minimum(often, search.counts).sum()) < search.least:
        return room.first, 0
    if int(often.sum()) <= _FEW:
        return _counted(search, np.array([room.first]), np.array([room.last]), room.end)
    firsts, lasts = _likely(search, room, low, high)
    return _counted(search, firsts, lasts, room.end) if len(firsts) else (room.first, 0)


def _likely(search: _Search, room: _Room, low: Whole, high: Whole) -> tuple[Whole, Whole]:
    """The first and last places of the parts of the room where many rare runs stand together.

    As many of the rarest runs as are left when the others are all shared must stand in a stretch;
    so where fewer of them do, none of the stretches shares enough. A stretch lies in two blocks of
    its own length at most.
    """
    import numpy as np

    often, size = high - low, search.size
    order = np.argsort(often, kind="stable")
    needed_of = search.least - (size - np.cumsum(search.counts[order]))
    by_chance = np.cumsum(often[order]) * size / (room.last - room.first + 1)
    surplus = needed_of - _SURE * (by_chance + 1)
    last = int(np.argmax(surplus > 0 if (surplus > 0).any() else surplus))
    needed, rare = int(needed_of[last]), order[: last + 1]
    if needed < 1:
        return np.array([room.first]), np.array([room.last])
    places = search.index.places_at(low[rare], high[rare])
    blocks = (places - room.first) // size
    inside = np.bincount(blocks, minlength=(room.last - room.first) // size + 3)
    crowded = (inside[:-1] + inside[1:] >= needed)[:-1]
    crowded[1:] |= crowded[:-1].copy()
    places = np.sort(places[crowded[np.minimum(blocks, len(crowded) - 1)]])
    if len(places) < needed:
        return places[:0], places[:0]
    first, last_of = places[: len(places) - needed + 1], places[needed - 1 :]
    close = last_of - first < size
    begin = np.maximum(last_of[close] - size + 1, room.first)
    end = np.minimum(first[close], room.last)
    return _apart(begin[begin <= end], end[begin <= end], size)


def _apart(begin: Whole, end: Whole, size: int) -> tuple[Whole, Whole]:
    """The ranges, in order, with those that are close as one."""
    import numpy as np

    if not len(begin):
        return begin, end
    cuts = np.flatnonzero(begin[1:] - end[:-1] > 2 * size)
    return begin[np.append(0, cuts + 1)], end[np.append(cuts, len(end) - 1)]


def _counted(search: _Search, firsts: Whole, lasts: Whole, end: int) -> tuple[int, int]:
    """The first place in the parts whose stretch shares most runs, and how many it shares.

    The parts are in order, each from a first to a last place, and no stretch is in two of them.
    """
    import numpy as np

    many, size = len(firsts), search.size
    ranks, wanted = np.repeat(search.ranks, many), np.repeat(search.counts, many)
    part = np.tile(np.arange(many), len(search.ranks))
    low, high = search.index.slices_of(ranks, firsts[part], np.minimum(lasts + size, end)[part])
    places, often = search.index.places_at(low, high), high - low
    group_end = np.repeat(np.cumsum(often), often)
    counts, part = np.repeat(wanted, often), np.repeat(part, often)
    begins, stops, here = [], [], np.arange(len(places))
    for level in range(1, int(search.counts.max()) + 1):
        here = here[(counts[here] >= level) & (here + level <= group_end[here])]
        begin, stop = _level(places, group_end, here, level, size)
        begin = np.maximum(begin, firsts[part[here]])
        stop = np.minimum(stop, lasts[part[here]])
        begins.append(begin[begin <= stop])
        stops.append(stop[begin <= stop])
    return _highest(np.concatenate(begins), np.concatenate(stops))


def _level(
    places: Whole, last_of_run: Whole, here: Whole, level: int, size: int
) -> tuple[Whole, Whole]:
    """The ranges of starts whose stretches have a run at least so many times, apart of each run."""
    import numpy as np

    end = places[here]
    begin = places[here + level - 1] - size + 1
    if len(here) > 1:
        same = last_of_run[here[1:]] == last_of_run[here[:-1]]
        begin[1:] = np.where(same, np.maximum(begin[1:], end[:-1] + 1), begin[1:])
    return begin, end


def _highest(begin: Whole, end: Whole) -> tuple[int, int]:
    """The first place that most of the ranges cover, and how many do."""
    import numpy as np

    if not len(begin):
        return 0, 0
    start = int(begin.min())
    length = int(end.max()) - start + 2
    if length <= _DENSE * len(begin):
        risen = np.bincount(begin - start, minlength=length)
        height = np.cumsum(risen - np.bincount(end + 1 - start, minlength=length))
        highest = int(np.argmax(height))
        return start + highest, int(height[highest])
    at = np.concatenate([begin, end + 1])
    step = np.repeat(np.array([1, -1]), len(begin))
    order = np.lexsort((step, at))  # at one place what ends comes before what begins
    height = np.cumsum(step[order])
    highest = int(np.argmax(height))
    return int(at[order][highest]), int(height[highest])


def _in_whole_words(span: Span, text: str) -> Span:
    start, end = span.start, span.end
    while start < end and text[start].isspace():
        start += 1
    while start > 0 and not text[start - 1].isspace():
        start -= 1
    while end < len(text) and not text[end].isspace():
        end += 1
    while end > 0 and text[end - 1].isspace():
        end -= 1
    return Span(start, end)
