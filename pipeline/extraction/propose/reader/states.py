"""What a reader's scores rest on: the states of words and of cues, with the scores that ship."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from pipeline.extraction.propose.reader.decode import STANCES
from pipeline.extraction.propose.reader.queries import Places
from pipeline.extraction.propose.reader.tuned import describe_cue
from pipeline.extraction.propose.reader.windows import windows_of

if TYPE_CHECKING:
    from pipeline.extraction.propose.reader.page import Page
    from pipeline.extraction.propose.reader.reading import Reader

Floats = NDArray[np.float64]
Rows = tuple[int, int]


def word_states(
    page: Page, reader: Reader, wanted: Callable[[int], bool]
) -> Iterator[tuple[list[int], Floats, Floats]]:
    """Window by window: rows of the page, their states, and the log-odds that each is a cue's.

    ``wanted`` says by its offset which words are told of. The states begin with a 1, as
    ``Tuning`` has them.
    """
    places = Places(page)
    for window in windows_of(page, reader.cutter):
        words, tags, _ = reader.words(window, places.features(window.start, window.end))
        kept = [
            row for row in range(window.first, window.last) if wanted(int(page.offsets[row][0]))
        ]
        own = np.array(kept, dtype=np.int64) - window.start
        scores = tags[own].astype(np.float64)
        odds = np.logaddexp(scores[:, 1], scores[:, 2]) - scores[:, 0]
        yield kept, np.hstack([np.ones((len(own), 1)), words[own].astype(np.float64)]), odds


def cue_states(
    page: Page, reader: Reader, cues: Iterable[Rows]
) -> Iterator[tuple[Rows, Floats, Floats]]:
    """Each of the cues, as rows of the page, with its states and the scores of its stances.

    The states begin with a 1, as ``Tuning`` has them. A cue that reaches out of its window is
    left out.
    """
    places, wanted = Places(page), sorted(cues)
    for window in windows_of(page, reader.cutter):
        inside = [one for one in wanted if window.first <= one[0] < window.last]
        words, _, whole = reader.words(window, places.features(window.start, window.end))
        for start, end in inside:
            if end <= window.end:
                arrays = places.query(window, start, end).arrays
                scores = reader.roles(words, whole, arrays)
                states = describe_cue(words, whole, arrays, scores.rows)
                yield (start, end), np.append(1.0, states), scores.position[: len(STANCES)]


def rows_at(page: Page, start: int, end: int) -> Rows:
    """The rows of the words that share a code point with a span of the text."""
    first = int(np.searchsorted(page.offsets[:, 1], start, side="right"))
    return first, int(np.searchsorted(page.offsets[:, 0], end, side="left"))
