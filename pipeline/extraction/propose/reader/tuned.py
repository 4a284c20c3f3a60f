"""A reader whose last scores are corrected by what a workspace's decisions taught."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from pipeline.extraction.propose.reader.decode import STANCES, Scores, softmax

if TYPE_CHECKING:
    from pipeline.extraction.propose.reader.reading import Ints, Reader, Singles
    from pipeline.extraction.propose.reader.windows import Window

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Tuning:
    """What is added to the score of each stance, a row each: a bias, and what states are times."""

    stances: Floats

    @classmethod
    def of(cls, corrections: Mapping[str, tuple[float, ...]]) -> Tuning:
        """The tuning of a lesson's corrections."""
        return cls(np.array([corrections[name] for name in STANCES]))

    def corrections(self) -> dict[str, tuple[float, ...]]:
        """The same as a lesson has it."""
        rows = zip(STANCES, self.stances, strict=True)
        return {name: tuple(map(float, row)) for name, row in rows}


class TunedReader:
    """Scores windows as ``reader`` does, with the corrections of ``tuning``."""

    def __init__(self, reader: Reader, tuning: Tuning) -> None:
        self._reader = reader
        self._tuning = tuning
        self.cutter = reader.cutter

    def words(self, window: Window, features: Ints) -> tuple[Singles, Singles, Singles]:
        """States of the rows, their scores as a cue's, and the whole."""
        return self._reader.words(window, features)

    def roles(self, words: Singles, whole: Singles, arrays: dict[str, Ints]) -> Scores:
        """What is said of one cue, with corrected stances."""
        scores = self._reader.roles(words, whole, arrays)
        states = describe_cue(words, whole, arrays, scores.rows)
        stances = self._tuning.stances
        position = scores.position.copy()
        position[: len(STANCES)] += stances[:, 0] + stances[:, 1:] @ states
        return replace(scores, position=position)


def describe_cue(
    words: Singles, whole: Singles, arrays: Mapping[str, Ints], rows: Floats
) -> Floats:
    """The states from which a stance is read: of the cue, of its expected target, of the window.

    ``rows`` are the scores of each row as the first and the last of the target.
    """
    start, end, root = (int(place) for place in arrays["cue"])
    cue = (words[start:end].mean(axis=0) + words[root]) / 2
    first, last = softmax(rows[:, 0]), softmax(rows[:, 1])
    inside = np.cumsum(first) * (1.0 - np.cumsum(last) + last)
    about = inside @ words[arrays["rows"]] / (inside.sum() + 1e-6)
    return np.asarray(np.concatenate([cue, about, whole]), dtype=np.float64)
