"""How a cue and a word, or a cue and a person, stand to each other, as small numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from pipeline.extraction.propose.reader.page import Page

Ints = NDArray[np.int64]

TREE, DISTANCE, QUOTE, AWAY = 12, 18, 5, 6
_STEPS = np.array([1, 2, 3, 5, 8, 13, 21, 41], dtype=np.int64)


def root_of(page: Page, start: int, end: int) -> int:
    """The row in the span whose head lies outside it; the first where there are several."""
    for row in range(start, end):
        head = int(page.heads[row])
        if head == row or not start <= head < end:
            return row
    return start


def tree_relations(page: Page, root: int, rows: Ints, same: NDArray[np.bool_]) -> Ints:
    """Where each row hangs, seen from the cue's root; 0 in another sentence (``same`` is false)."""
    heads = page.heads
    above: list[int] = []
    at = root
    while int(heads[at]) != at and len(above) < 40:
        at = int(heads[at])
        above.append(at)
    relation = np.full(len(rows), 1, dtype=np.int64)
    below = (rows >= page.lefts[root]) & (rows < page.rights[root])
    relation[below] = 3
    parents = heads[rows]
    for level in range(len(above) - 1, -1, -1):
        near = min(level, 2)
        relation[(parents == above[level]) & ~below] = 6 + near
        relation[rows == above[level]] = 9 + near
    relation[(parents == root) & (rows != root)] = 2
    relation[rows == root] = 4
    if above:
        relation[(parents == above[0]) & (rows < root) & ~below] = 5
        relation[rows == above[0]] = 9
    relation[~same] = 0
    return relation


def distances(begins: Ints, ends: Ints, start: int, end: int) -> Ints:
    """How many words lie between, in steps, to the left and to the right; 0 where they overlap."""
    left = np.searchsorted(_STEPS, start - ends + 1, side="right")
    right = np.searchsorted(_STEPS, begins - end + 1, side="right") + len(_STEPS)
    out = np.where(ends <= start, left, np.where(begins >= end, right, 0))
    return out.astype(np.int64)


def quote_relations(quotes: Ints, cue_quote: int) -> Ints:
    """Which of the two is quoted: neither, the cue, the other, both in one quotation, or in two."""
    other = quotes > 0
    if cue_quote == 0:
        return np.where(other, 2, 0).astype(np.int64)
    return np.where(other, np.where(quotes == cue_quote, 3, 4), 1).astype(np.int64)


def sentences_away(numbers: Ints, cue_sentence: int) -> Ints:
    """How many sentences later the other stands: 0 is three before, 3 the same, 5 two after."""
    return np.clip(numbers - cue_sentence + 3, 0, AWAY - 1).astype(np.int64)
