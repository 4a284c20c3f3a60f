"""A new text among its near-duplicates: which copy counts now, and what that changes."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field, replace

from pipeline.reading.copies import CHOSEN, Copy, best_copy, say_why
from pipeline.reading.duplicates import (
    DUPLICATE_OF,
    LIKENESS,
    THRESHOLD,
    Duplicate,
    find_shingles,
    likeness,
)
from pipeline.reading.known import Known
from pipeline.reading.quality import find_quality

Changes = dict[str, dict[str, object]]


_FLAT = 20
"""Up to so many copies all are linked to the one that counts; in a larger group those that were
linked to another one stay so, and that one is linked on: so each article costs the same."""


@dataclass(frozen=True, slots=True)
class Linked:
    """What linking a text changes: the metadata of articles by their ids, and a note on it.

    The groups of ``joined`` are one, for which ``counts`` counts; ``longest`` are the letters of
    its longest copy. ``heir`` counts for those that the article counted for before.
    """

    changes: Changes = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    joined: tuple[str, ...] = ()
    counts: str | None = None
    longest: int = 0
    heir: str | None = None

    def of(self, article: str) -> dict[str, object]:
        """The metadata of one article that change; None stands for none."""
        return self.changes.get(article, {})


def link(article: str, text: str, known: Known, decided: Callable[[], Collection[str]]) -> Linked:
    """What changes when the text comes in as ``article``, in place of the one there or anew.

    The near-duplicates of one article are those that are like it, or like one that is. Two
    articles that are like each other and both count were set apart by somebody: they stay apart.
    ``decided`` gives the articles that have decisions, and is asked only where it matters.
    """
    groups = known.groups()
    left, heir = without(article, known, decided)
    changes: Changes = {article: _link_to(None), **left}
    found = [
        one
        for one in known.duplicates().find_all(text)
        if one.article != article and not groups.is_own(one.article)
    ]
    if not found or groups.is_own(article):
        return Linked(changes, heir=heir)
    firsts = dict.fromkeys(
        heir if heir and groups.first_of(one.article) == article else groups.first_of(one.article)
        for one in found
    )
    joined = _together(firsts, known)
    return replace(_join(article, text, found[0], joined, changes, known, decided()), heir=heir)


def without(
    article: str, known: Known, decided: Callable[[], Collection[str]]
) -> tuple[Changes, str | None]:
    """What changes for the others of a group that the article leaves, and which then counts.

    That is None where the article was not the one that counted.
    """
    groups = known.groups()
    first = groups.first_of(article)
    if first != article:
        return {one: _link_to(first) for one in groups.linked_to(article)}, None
    if groups.size(article) == 1:
        return {}, None
    changes = elect(groups.members(article) - {article}, known, decided())
    return changes, next(one for one, to in changes.items() if not to[DUPLICATE_OF])


def _join(
    article: str,
    text: str,
    near: Duplicate,
    joined: list[str],
    changes: Changes,
    known: Known,
    decided: Collection[str],
) -> Linked:
    """The best of the groups counts; of one that was looked at before its first stands for all."""
    groups, new = known.groups(), _copy(article, text, known, decided)
    longest = groups.longest(joined[0])
    if len(joined) > 1 or new.quality.letters > longest:
        members = {one for first in joined for one in groups.members(first)} - {article}
        copies = {one: _copy(one, None, known, decided) for one in members}
        longest = max(copy.quality.letters for copy in (new, *copies.values()))
    else:
        copies = {joined[0]: _copy(joined[0], None, known, decided)}
    copies[article] = new
    best = best_copy(copies.values(), longest=longest)
    texts = {article: text}
    for one in _to_link(article, best.article, joined, changes, known):
        to = None if one == best.article else best.article
        alike = (
            None if to is None else _likeness(*(_text(name, texts, known) for name in (one, to)))
        )
        changes[one] = _link_to(to, alike)
    like = f"{near.likeness:.0%} like {near.article}"
    if best.article != article:
        note = f"{like}, counted as a duplicate of {best.article} ({say_why(best, new)})"
    else:
        first = joined[0]
        why = say_why(best, copies.get(first) or _copy(first, None, known, decided))
        note = f"{like}, and counts from now on in place of {', '.join(joined)} ({why})"
    return Linked(changes, (note,), (article, *joined), best.article, longest)


def _to_link(
    article: str, best: str, joined: list[str], changes: Changes, known: Known
) -> list[str]:
    """The articles whose link is to be written, in the order of their ids."""
    groups = known.groups()
    found = {article, best, *joined, *changes}
    if 1 + sum(map(groups.size, joined)) <= _FLAT:
        members = {one for first in joined for one in groups.members(first)}
        found |= {one for one in members if groups.links.get(one) != best}
    return sorted(found)


def _text(article: str, texts: dict[str, str], known: Known) -> str:
    return texts[article] if article in texts else known.text_of(article)


def elect(articles: Iterable[str], known: Known, decided: Collection[str]) -> Changes:
    """What changes where these articles are the near-duplicates of one another, and no others."""
    texts = {one: known.text_of(one) for one in articles if one in known.by_id}
    if not texts:
        return {}
    best = best_copy(_copy(one, None, known, decided) for one in texts).article
    return {
        one: _link_to(None) if one == best else _link_to(best, _likeness(text, texts[best]))
        for one, text in texts.items()
    }


def apply_link(article: str, linked: Linked, known: Known) -> None:
    """Know the articles as linked in that way from now on."""
    groups = known.groups()
    groups.leave(article, heir=linked.heir)
    for one, values in linked.changes.items():
        groups.links.pop(one, None)
        if values[DUPLICATE_OF] is not None:
            groups.links[one] = str(values[DUPLICATE_OF])
    if linked.counts is not None:
        groups.join(linked.joined, counts=linked.counts, longest=linked.longest)


def _together(firsts: Iterable[str], known: Known) -> list[str]:
    """Of the articles that count, the first, and each other that is like none of those taken."""
    taken: list[tuple[str, frozenset[int]]] = []
    for first in firsts:
        shingles = find_shingles(known.text_of(first))
        if all(likeness(shingles, other) < THRESHOLD for _, other in taken):
            taken.append((first, shingles))
    return [first for first, _ in taken]


def _copy(article: str, text: str | None, known: Known, decided: Collection[str]) -> Copy:
    """The article as a copy, with the text that it is to have where that is not its own yet."""
    quality = known.quality_of(article) if text is None else find_quality(text)
    return Copy(article, quality, known.groups().marks.get(article) == CHOSEN, article in decided)


def _likeness(one: str, other: str) -> float:
    return round(likeness(find_shingles(one), find_shingles(other)), 3)


def _link_to(first: str | None, alike: float | None = None) -> dict[str, object]:
    return {DUPLICATE_OF: first, LIKENESS: alike}
