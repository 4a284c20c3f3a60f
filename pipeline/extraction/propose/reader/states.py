"""What a reader's stances rest on: the states of cues, with the scores that ship."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
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
