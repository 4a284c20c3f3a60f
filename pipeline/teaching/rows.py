"""Decided articles as rows to fit: the stances of cues, and claims."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipeline.evaluation.match import SentencePlaces, claims_can_match
from pipeline.evaluation.tokens import TokenIndex
from pipeline.extraction.judge import Opinion, Weighing, describe_opinion, log_odds
from pipeline.extraction.propose.reader import (
    STANCES,
    Page,
    RememberingReader,
    cue_states,
    rows_at,
)
from pipeline.records import Stance
from pipeline.teaching.study import Studied, kept_claims, sentences_in

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows with what is known of each: what the weights that ship say, and what people said."""

    rows: Floats
    shipped: Floats
    said: Floats

    @classmethod
    def joined(cls, tables: Iterable[Table]) -> Table:
        """One table of all."""
        kept = [one for one in tables if len(one.rows)]
        if not kept:
            return _table([])
        parts = ([getattr(one, name) for one in kept] for name in ("rows", "shipped", "said"))
        return cls(*(np.concatenate(part) for part in parts))


@dataclass(frozen=True, slots=True)
class Told:
    """A claim that could be made: what it has, how likely it ships, and what people made of it.

    ``taken`` and ``shipped`` are log-odds, of the position and of the claim as it is; ``stands``
    says whether people let the position stand, ``right`` whether with this stance.
    """

    features: dict[str, float]
    taken: float
    shipped: float
    stands: bool
    right: bool


def tell_claims(one: Studied, opinions: Sequence[Opinion], judge: Weighing) -> list[Told]:
    """Every claim that could be made in the passages that were judged, in order."""
    gold, index = one.decided.gold, TokenIndex(one.decided.gold.text)
    places = SentencePlaces(sentences_in(one.scene.doc))
    found = []
    for opinion, claim in kept_claims(one, opinions, judge):
        same = [other for other in gold.claims if claims_can_match(other, claim, index, places)]
        found.append(
            Told(
                features=describe_opinion(opinion),
                taken=log_odds(opinion.taken),
                shipped=log_odds(claim.score),
                stands=bool(same),
                right=any(other.stance is claim.stance for other in same),
            )
        )
    return found


def stance_rows(one: Studied, reader: RememberingReader) -> Table:
    """Each cue of a decided claim: its states, and the stance that people gave it."""
    page = _page(one)
    parts = []
    for cue, states, scores in cue_states(page, reader, _cues(one, page)):
        for stance in _stances(one, page, cue):
            chosen = np.eye(len(STANCES))[[STANCES.index(stance.value)]]
            parts.append((states[None, :], scores[None, :], chosen))
    return _table(parts)


def _page(one: Studied) -> Page:
    assert one.page is not None
    return one.page


def _cues(one: Studied, page: Page) -> list[tuple[int, int]]:
    """The rows of the decided claims' cues."""
    spans = {claim.cue for claim in one.decided.gold.claims}
    found = (rows_at(page, span.start, span.end) for span in spans)
    return sorted({cue for cue in found if cue[0] < cue[1]})


def _stances(one: Studied, page: Page, cue: tuple[int, int]) -> list[Stance]:
    own = (c for c in one.decided.gold.claims if rows_at(page, c.cue.start, c.cue.end) == cue)
    return sorted({claim.stance for claim in own})


def _table(parts: Sequence[tuple[Any, Any, Any]]) -> Table:
    """The rows of all parts; none where there are none."""
    if not parts:
        return Table(np.zeros((0, 1)), np.zeros((0, 3)), np.zeros((0, 3)))
    rows, shipped, said = (np.concatenate(part) for part in zip(*parts, strict=True))
    return Table(rows, shipped, said)


def names_of(told: Iterable[Sequence[Told]], least: int) -> tuple[str, ...]:
    """The features that so many of the claims have, sorted."""
    counts: dict[str, int] = {}
    for one in chain.from_iterable(told):
        for name in one.features:
            counts[name] = counts.get(name, 0) + 1
    return tuple(sorted(name for name, count in counts.items() if count >= least))
