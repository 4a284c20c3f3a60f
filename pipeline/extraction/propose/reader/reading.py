"""``read_document``: what the reader proposes for a parsed document."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

from pipeline.extraction.propose.reader.decode import (
    STANCES,
    Position,
    Scores,
    find_cues,
    find_position,
    softmax,
)
from pipeline.extraction.propose.reader.page import Page, read_page
from pipeline.extraction.propose.reader.queries import Places, Query
from pipeline.extraction.propose.reader.windows import Cutter, Window, windows_of

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from pipeline.extraction.propose.rules import CueIndex

Ints = NDArray[np.int64]
Singles = NDArray[np.float32]
TokenSpan = tuple[int, int]


class Reader(Protocol):
    """Scores windows: in ONNX Runtime at run time, in torch in training."""

    cutter: Cutter

    def words(self, window: Window, features: Ints) -> tuple[Singles, Singles, Singles]:
        """States of the rows, their scores as outside, begin and inside a cue, and the whole."""
        ...

    def roles(self, words: Singles, whole: Singles, arrays: dict[str, Ints]) -> Scores:
        """What is said of one cue."""
        ...


@dataclass(frozen=True, slots=True)
class Holding:
    """Somebody who may hold the position, as a half-open range of tokens."""

    start: int
    end: int
    entity: str | None
    chance: float


@dataclass(frozen=True, slots=True)
class Reading:
    """One position that the reader sees, in half-open ranges of the document's tokens.

    ``stances`` are the chances of support, oppose and neutral. ``confidence`` is the geometric
    mean of the chances of cue, first holder and target.
    """

    cue: TokenSpan
    holders: tuple[Holding, ...]
    stances: tuple[float, float, float]
    target: TokenSpan | None
    form: str
    negated: bool
    hedged: bool
    attribution: TokenSpan | None
    cue_chance: float
    target_chance: float
    attribution_chance: float

    @property
    def stance(self) -> str:
        """The likeliest stance."""
        return STANCES[int(np.argmax(self.stances))]

    @property
    def confidence(self) -> float:
        """How sure the reader is that somebody takes this position, in ``[0, 1]``."""
        holder = self.holders[0].chance if self.holders else 0.0
        return float((self.cue_chance * holder * self.target_chance) ** (1 / 3))


def read_document(doc: Doc, reader: Reader, cues: CueIndex) -> list[Reading]:
    """The reader's proposals for a parsed document with ``doc._.mentions``, in text order.

    ``cues`` are the lexicon's: the reader is told which words they know, and with which stance.
    """
    return read_pages(read_page(doc, cues), reader)


def read_pages(page: Page, reader: Reader) -> list[Reading]:
    """The reader's proposals for a page, in text order."""
    if not page.words:
        return []
    places = Places(page)
    found: list[Reading] = []
    for window in windows_of(page, reader.cutter):
        for query, chance, scores in score_window(places, window, reader):
            begin = query.start - int(query.rows[0])
            cue = (begin, begin + query.end - query.start)
            phrases = places.phrases(int(places.sentences[query.start]))
            position = find_position(scores, cue, phrases)
            if position.holders:
                found.append(_reading(page, query, chance, position))
    return found


def score_window(
    places: Places, window: Window, reader: Reader
) -> Iterator[tuple[Query, float, Scores]]:
    """For each cue of a window what is asked, how likely the cue is, and what the heads say."""
    page = places.page
    words, scores, whole = reader.words(window, places.features(window.start, window.end))
    chances = softmax(scores.astype(np.float64))
    for start, end, readable in _sentences_in(page, window):
        if readable:
            for cue in find_cues(chances[start - window.start : end - window.start]):
                query = places.query(window, start + cue.start, start + cue.end)
                yield query, cue.chance, reader.roles(words, whole, query.arrays)


def _sentences_in(page: Page, window: Window) -> Iterator[tuple[int, int, bool]]:
    """The sentences from which the window's claims are taken, and whether any are."""
    number = bisect_left(page.sentences, (window.first, 0))
    while number < len(page.sentences) and page.sentences[number][0] < window.last:
        yield *page.sentences[number], page.readable[number]
        number += 1


def _reading(page: Page, query: Query, chance: float, position: Position) -> Reading:
    holders = tuple(
        _holding(page, int(query.people[one.place]), one.chance)
        for one in position.holders
        if one.place is not None
    )
    told = position.attribution
    attribution = None if told.place is None else _holding(page, int(query.people[told.place]), 0.0)
    target = position.target
    first = int(query.rows[0])
    return Reading(
        cue=_tokens(page, query.start, query.end),
        holders=holders,
        stances=position.stances,
        target=_tokens(page, first + target[0], first + target[1]) if target else None,
        form="action" if position.action >= 0.5 else "statement",
        negated=position.negated >= 0.5,
        hedged=position.hedged >= 0.5,
        attribution=(attribution.start, attribution.end) if attribution else None,
        cue_chance=chance,
        target_chance=position.target_chance,
        attribution_chance=told.chance,
    )


def _holding(page: Page, number: int, chance: float) -> Holding:
    person = page.people[number]
    start, end = _tokens(page, person.start, person.end)
    return Holding(start, end, person.entity, chance)


def _tokens(page: Page, start: int, end: int) -> TokenSpan:
    return int(page.tokens[start]), int(page.tokens[end - 1]) + 1
