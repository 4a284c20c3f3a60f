"""Which articles are near-duplicates of which, as their metadata say and as a run changes it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from pipeline.reading.copies import OWN, mark_of
from pipeline.reading.duplicates import duplicate_of


@dataclass(slots=True)
class Groups:
    """Groups of near-duplicates, each with the article that counts for it.

    ``links`` are as the metadata have them: from article to article, to that which counts or, in a
    large group, to one that is linked to it in turn. ``marks`` are what a person said.
    """

    links: dict[str, str] = field(default_factory=dict)
    marks: dict[str, str] = field(default_factory=dict)
    _group: dict[str, int] = field(default_factory=dict)
    _members: dict[int, set[str]] = field(default_factory=dict)
    _first: dict[int, str] = field(default_factory=dict)
    _longest: dict[int, int] = field(default_factory=dict)
    _made: int = 0

    def first_of(self, article: str) -> str:
        """The article that counts for this one: itself where it is no near-duplicate."""
        group = self._group.get(article)
        return article if group is None else self._first[group]

    def members(self, article: str) -> set[str]:
        """The article and all others of its group."""
        group = self._group.get(article)
        return {article} if group is None else set(self._members[group])

    def size(self, article: str) -> int:
        """How many articles there are in the group of this one."""
        group = self._group.get(article)
        return 1 if group is None else len(self._members[group])

    def longest(self, article: str) -> int:
        """The letters of the longest copy of a group that was looked at in this run; else 0."""
        group = self._group.get(article)
        return 0 if group is None else self._longest.get(group, 0)

    def linked_to(self, article: str) -> set[str]:
        """The articles that are linked to this one itself."""
        if self.size(article) == 1:
            return set()
        return {one for one in self.members(article) if self.links.get(one) == article}

    def is_own(self, article: str) -> bool:
        """Whether a person said that the article is no copy of another."""
        return self.marks.get(article) == OWN

    def leave(self, article: str, *, heir: str | None) -> None:
        """Set the article apart; ``heir`` counts for those that it counted for."""
        self.links.pop(article, None)
        group = self._group.pop(article, None)
        if group is None:
            return
        self._members[group].discard(article)
        self._longest.pop(group, None)
        if self._first[group] == article and heir is not None:
            self._first[group] = heir

    def join(self, articles: Iterable[str], *, counts: str, longest: int = 0) -> None:
        """Join the groups of the articles to one, for which ``counts`` counts."""
        groups = set()
        for article in articles:
            if article not in self._group:
                self._made += 1
                self._group[article] = self._made
                self._members[self._made] = {article}
            groups.add(self._group[article])
        largest = max(groups, key=lambda one: (len(self._members[one]), one))
        for group in groups - {largest}:
            moved = self._members.pop(group)
            self._group.update(dict.fromkeys(moved, largest))
            self._members[largest] |= moved
            self._longest.pop(group, None)
        self._first[largest] = counts
        self._longest[largest] = longest


def read_groups(articles: Iterable[tuple[str, Mapping[str, object]]]) -> Groups:
    """The groups of the articles by their metadata; a link to an article that is gone is none."""
    found = Groups()
    known = set()
    links = {}
    for article, metadata in articles:
        known.add(article)
        if (mark := mark_of(metadata)) is not None:
            found.marks[article] = mark
        if (first := duplicate_of(metadata)) is not None:
            links[article] = first
    found.links = {one: to for one, to in links.items() if to in known and to != one}
    for one in found.links:
        counts, met = one, {one}
        while (to := found.links.get(counts)) is not None and to not in met:
            counts = to
            met.add(to)
        found.join((one, counts), counts=counts)
    return found
