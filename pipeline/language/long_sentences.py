"""Sentences without an end: cut before the parser, and all that climbs its trees, sees them."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from spacy.tokens import Doc

_BREAKS = (frozenset({";"}), frozenset({":", "–", "—"}), frozenset({","}), frozenset({"and", "or"}))


def cut_long_sentences(doc: Doc, values: Any, longest: int) -> None:
    """Set 1 in ``values`` where a sentence begins; none gets more than ``longest`` tokens.

    A longer one is cut where a clause seems to end in the second half of what it may have, by the
    strongest mark there; failing all marks, at the bound itself.
    """
    starts = [*(values == 1).nonzero()[0].tolist(), len(doc)]
    for start, end in pairwise(starts):
        while end - start > longest:
            start = _cut(doc, start + longest // 2, start + longest)
            values[start] = 1


def _cut(doc: Doc, low: int, high: int) -> int:
    """The token, past ``low`` and up to ``high``, that begins the next piece."""
    for marks in _BREAKS:
        for place in range(high - 1, low, -1):
            if doc[place].lower_ in marks:
                after = place if doc[place].is_alpha else place + 1
                return after + 1 if after < high and doc[after].is_space else after
    return high
