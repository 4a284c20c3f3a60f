"""The ids of claims, by their words. Source: design, "Identity"."""

from __future__ import annotations

import hashlib
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

from pipeline.records import Span

_RUN = 4
_FEW = 500
"""How many sentences are looked through for the words of each claim."""


def claim_id(article: str, sentence: SentenceText, roles: tuple[Span, Span, Span | None]) -> str:
    """A hash of the article's id and the words of the roles with their occurrence numbers.

    A role's number counts its words' earlier occurrences in its sentence; the sentence's number
    counts the earlier sentences that hold all the words. An edit elsewhere changes neither,
    unless it repeats the whole.
    """
    words = [span.text_in(sentence.text) if span else "" for span in roles]
    numbers = [sentence.occurrence(span) if span else 0 for span in roles]
    return hash_of_words(article, sentence.earlier(words), words, numbers)


def hash_of_words(article: str, earlier: int, words: Sequence[str], numbers: Sequence[int]) -> str:
    """The id that a claim of these words and numbers has in an article of that id."""
    parts = [article, str(earlier), *words, *map(str, numbers)]
    return hashlib.sha256("\x1e".join(parts).encode("utf-8")).hexdigest()[:16]


class SentenceText:
    """The sentences of an article's text, to number what occurs in them."""

    def __init__(self, text: str, bounds: Sequence[tuple[int, int]]) -> None:
        self.text = text
        self._starts = [start for start, _ in bounds]
        self._pieces = [text[start:end] for start, end in bounds]
        self._current = 0
        self._holding: dict[tuple[str, ...], list[int]] = {}

    def at(self, offset: int) -> SentenceText:
        """The same, standing at the sentence that holds the offset."""
        self._current = self._index(offset)
        return self

    def occurrence(self, span: Span) -> int:
        """How often the span's words stand earlier in its own sentence."""
        start = self._starts[self._index(span.start)]
        return self.text.count(span.text_in(self.text), start, span.start)

    def earlier(self, words: Sequence[str]) -> int:
        """How many sentences before the current one hold all the words."""
        key = tuple(words)
        if key not in self._holding:
            found: Iterable[int] = self._candidates(key)
            for word in sorted(key, key=len, reverse=True):
                found = [number for number in found if word in self._pieces[number]]
            self._holding[key] = list(found)
        return bisect_left(self._holding[key], self._current)

    def _candidates(self, words: Sequence[str]) -> Sequence[int]:
        """The sentences that could hold the words: those that hold the rarest run of them.

        In a short text all of them are looked at, which takes less time than to note all runs.
        """
        if len(self._pieces) <= _FEW:
            return range(len(self._pieces))
        runs = {run for word in words for run in _runs(word)}
        found = [self._holders_of_runs.get(run, ()) for run in runs]
        return min(found, key=len, default=range(len(self._pieces)))

    @cached_property
    def _holders_of_runs(self) -> dict[str, list[int]]:
        holders: dict[str, list[int]] = {}
        for number, piece in enumerate(self._pieces):
            for run in set(_runs(piece)):
                holders.setdefault(run, []).append(number)
        return holders

    def _index(self, offset: int) -> int:
        return max(bisect_right(self._starts, offset) - 1, 0)


def _runs(text: str) -> Iterator[str]:
    return (text[place : place + _RUN] for place in range(len(text) - _RUN + 1))


def numbered(ids: Iterable[str]) -> Iterator[str]:
    """The ids, the second of a kind and later ones with a number of their own.

    Two holders on one span ("both countries") have the same words.

    >>> list(numbered(["a", "b", "a"]))
    ['a', 'b', 'a-2']
    """
    seen: Counter[str] = Counter()
    for name in ids:
        seen[name] += 1
        yield name if seen[name] == 1 else f"{name}-{seen[name]}"
