"""The sentences of a corpus that have the words of a pattern, found without the model."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from heapq import nsmallest

from pipeline.concepts.lemmas import key_of
from pipeline.files import sha256_of_bytes
from pipeline.lessons.windows import Window, window_of
from pipeline.records import BlockKind, Extraction, Span

MOST = 100
"""So many sentences are read anew for a pattern: those that somebody decided on before others, then
by a hash of where they stand, so that the same corpus gives the same ones."""

_WORD = re.compile(r"[^\W\d_]+")
Taken = Collection[tuple[str, int]]
"""Sentences by article and start."""


@dataclass
class Places:
    """What is sought: of each word its basic forms; and the sentences that have all of them.

    ``total`` counts them all, ``windows`` are those that are kept. ``taken`` are sentences that
    are known already.
    """

    keys: tuple[frozenset[str], ...]
    taken: Taken = ()
    total: int = 0
    windows: list[Window] = field(default_factory=list)
    _ranked: list[tuple[tuple[bool, str], Window]] = field(default_factory=list)

    def has_head(self, words: str) -> bool:
        """Whether the first word of the pattern is among these, in any form."""
        return not self.keys[0].isdisjoint(_keys_in(words))

    def add(self, rank: tuple[bool, str], window: Window) -> None:
        """Keep the window while it is among the first."""
        self.total += 1
        self._ranked.append((rank, window))
        if len(self._ranked) > 2 * MOST:
            self.close()

    def close(self) -> None:
        """Let go of what is not among the first."""
        self._ranked = nsmallest(MOST, self._ranked, key=lambda pair: pair[0])
        self.windows = [window for _, window in self._ranked]


def keys_of(forms: Iterable[Sequence[str]]) -> tuple[frozenset[str], ...]:
    """Of each word of a pattern the basic forms, from the words that texts have for it.

    >>> [sorted(keys) for keys in keys_of([("mothballed",), ("mothballing",)])]
    [['mothball']]
    """
    return tuple(frozenset(map(key_of, words)) for words in zip(*forms, strict=True))


def find_places(
    extractions: Iterable[Extraction],
    sought: Sequence[Places],
    is_decided: Callable[[str, Span], bool],
) -> None:
    """Fill each of ``sought`` with the sentences of the body that have its words."""
    if not sought:
        return
    for extraction in extractions:
        for number, sentence in enumerate(extraction.sentences):
            if sentence.block is not BlockKind.BODY:
                continue
            keys = _keys_in(sentence.span.text_in(extraction.text))
            for one in sought:
                if (extraction.article, sentence.start) in one.taken:
                    continue
                if all(not keys.isdisjoint(wanted) for wanted in one.keys):
                    window = window_of(extraction, number, number)
                    undecided = not is_decided(extraction.article, sentence.span)
                    one.add((undecided, _hash_of(window)), window)
    for one in sought:
        one.close()


def _keys_in(text: str) -> set[str]:
    return {key_of(word) for word in _WORD.findall(text)}


def _hash_of(window: Window) -> str:
    return sha256_of_bytes(f"{window.article}:{window.sentence.start}".encode())
