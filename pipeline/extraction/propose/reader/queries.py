"""What the heads are asked about one cue: the rows of its sentence, the people near it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from pipeline.extraction.propose.reader.page import PARTS
from pipeline.extraction.propose.reader.relations import (
    distances,
    quote_relations,
    root_of,
    sentences_away,
    tree_relations,
)

if TYPE_CHECKING:
    from pipeline.extraction.propose.reader.page import Page
    from pipeline.extraction.propose.reader.windows import Window

Ints = NDArray[np.int64]

BEFORE, AFTER = 3, 1
PUNCTUATION = PARTS.index("PUNCT")


@dataclass(frozen=True, slots=True)
class Query:
    """One cue, with its candidates; all places are rows of the page but those in ``arrays``."""

    start: int
    end: int
    root: int
    rows: Ints
    people: Ints
    arrays: dict[str, Ints]


class Places:
    """Arrays over a page that every query needs, made once."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.sentences = page.sentence_of()
        people = page.people
        self.starts = np.array([one.start for one in people], dtype=np.int64)
        self.ends = np.array([one.end for one in people], dtype=np.int64)
        self.roots = np.array([one.root for one in people], dtype=np.int64)
        self.kinds = np.array([one.kind for one in people], dtype=np.int64)
        self.numbers = self.sentences[self.roots] if len(people) else self.roots
        self._phrases: dict[int, tuple[tuple[int, int], ...]] = {}
        self._by_root = np.argsort(self.roots, kind="stable")
        self._roots_in_order = self.roots[self._by_root]

    def features(self, start: int, end: int) -> Ints:
        """For each row its dependency, part of speech, whether it is quoted, and if listed."""
        page = self.page
        quoted = (page.quotes[start:end] > 0).astype(np.int64)
        listed = page.listed[start:end]
        parts = (page.dependencies[start:end], page.parts[start:end], quoted, listed)
        return np.stack(parts, axis=1)

    def query(self, window: Window, start: int, end: int) -> Query:
        """What is asked about the cue from row ``start`` to ``end``, which lie in the window."""
        page, sentence = self.page, int(self.sentences[start])
        root = root_of(page, start, end)
        rows = np.arange(*page.sentences[sentence])
        quote = int(page.quotes[root])
        row_features = (
            tree_relations(page, root, rows, np.ones(len(rows), dtype=bool)),
            distances(rows, rows + 1, start, end),
            quote_relations(page.quotes[rows], quote),
        )
        people = self._near(window, sentence)
        roots = self.roots[people]
        person_features = (
            tree_relations(page, root, roots, self.numbers[people] == sentence),
            distances(self.starts[people], self.ends[people], start, end),
            quote_relations(page.quotes[roots], quote),
            sentences_away(self.numbers[people], sentence),
            self.kinds[people],
            page.dependencies[roots],
        )
        spans = np.stack((self.starts[people], self.ends[people], roots), axis=1) - window.start
        arrays = {
            "cue": np.array([start, end, root], dtype=np.int64) - window.start,
            "rows": rows - window.start,
            "row_features": np.stack(row_features, axis=1),
            "people": spans,
            "person_features": np.stack(person_features, axis=1),
        }
        return Query(start, end, root, rows, people, arrays)

    def phrases(self, sentence: int) -> tuple[tuple[int, int], ...]:
        """Each word with all that hangs from it, without marks at its end, in places."""
        known = self._phrases.get(sentence)
        if known is None:
            start, end = self.page.sentences[sentence]
            known = tuple(sorted(set(self._phrases_in(start, end))))
            self._phrases = {sentence: known}
        return known

    def _phrases_in(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        page = self.page
        for row in range(start, end):
            left, right = max(start, int(page.lefts[row])), min(end, int(page.rights[row]))
            while right - 1 > left and page.parts[right - 1] == PUNCTUATION:
                right -= 1
            if left < right:
                yield left - start, right - start

    def _near(self, window: Window, sentence: int) -> Ints:
        """The numbers of the people in the window that stand near enough to the sentence."""
        spans = self.page.sentences
        first, last = max(0, sentence - BEFORE), min(len(spans) - 1, sentence + AFTER)
        places = np.searchsorted(self._roots_in_order, (spans[first][0], spans[last][1]))
        near = np.sort(self._by_root[places[0] : places[1]])
        inside = (self.starts[near] >= window.start) & (self.ends[near] <= window.end)
        return near[inside]
