"""Windows: how much of a page the encoder reads at once, and the sub-word pieces of each word.

Each word is cut into pieces by itself, so that pieces and code points cannot come apart: a word
has its offsets from the text and at least one piece, whatever the tokenizer makes of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from tokenizers import Tokenizer

    from pipeline.extraction.propose.reader.page import Page

MOST_PIECES = 384
MOST_A_WORD = 8
MOST_IN_HEAD = 40
MOST_PLACES = 510
SENTENCES_BEFORE = 2


@dataclass(frozen=True, slots=True)
class Window:
    """Rows ``start`` to ``end`` read at once; claims are taken from ``first`` to ``last`` only.

    ``pieces`` are what the encoder reads; ``begins`` and ``ends`` give the first and the last
    piece of each row of the window.
    """

    start: int
    end: int
    first: int
    last: int
    pieces: NDArray[np.int64]
    begins: NDArray[np.int64]
    ends: NDArray[np.int64]


class Cutter:
    """Cuts words into sub-word pieces, each word by itself, and remembers those it has cut."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        tokenizer.no_padding()
        tokenizer.no_truncation()
        self._tokenizer = tokenizer
        self._known: dict[str, tuple[int, ...]] = {}
        self.first, self.last = tokenizer.encode("").ids
        self.unknown = self._id_of("[UNK]", "<unk>")

    def _id_of(self, *names: str) -> int:
        found = (self._tokenizer.token_to_id(name) for name in names)
        return next(int(number) for number in found if number is not None)

    def pieces_of(self, word: str) -> tuple[int, ...]:
        """The pieces of one word: at least one, and of a very long word its two ends."""
        pieces = self._known.get(word)
        if pieces is None:
            ids = self._tokenizer.encode(word[:200], add_special_tokens=False).ids
            if len(ids) > MOST_A_WORD:
                ids = [*ids[: MOST_A_WORD - 1], ids[-1]]
            pieces = tuple(ids) or (self.unknown,)
            if len(self._known) > 100_000:
                self._known.clear()
            self._known[word] = pieces
        return pieces


def windows_of(
    page: Page, cutter: Cutter, *, most: int = MOST_PIECES, offset: int = 0
) -> Iterator[Window]:
    """Windows that together take claims from every row once, in text order.

    Before the first sentence from which claims are taken the two before it are read too, and
    after the last one more where it fits. ``offset`` makes the first window shorter by so many
    sentences (training reads the same article cut at other places).
    """
    words = [cutter.pieces_of(word) for word in page.words]
    head = [piece for word in page.head_line.split() for piece in cutter.pieces_of(word)]
    head = [cutter.first, *head[:MOST_IN_HEAD], *([cutter.last] if head else [])]
    room = most - len(head) - 1
    sizes = [_squeeze(words, span, room) for span in page.sentences]
    at = 0
    while at < len(sizes):
        start, stop, end = _reach(sizes, at, room)
        if at == 0 and 0 < offset < stop:
            stop = offset
            end = min(end, stop + 1)
        yield _window(page, words, head, cutter.last, (start, at, stop, end))
        at = stop


def _squeeze(words: list[tuple[int, ...]], span: tuple[int, int], room: int) -> int:
    """How many pieces a sentence has; one too long for a window keeps the first of each word."""
    size = sum(len(words[row]) for row in range(*span))
    if size <= room:
        return size
    words[span[0] : span[1]] = [word[:1] for word in words[span[0] : span[1]]]
    return span[1] - span[0]


def _reach(sizes: list[int], at: int, room: int) -> tuple[int, int, int]:
    """The first sentence read, and the ends of those that are taken from and that are read."""
    start = max(0, at - SENTENCES_BEFORE)
    while start < at and sum(sizes[start : at + 1]) > room:
        start += 1
    end, used = start, 0
    while end < len(sizes) and used + sizes[end] <= room:
        used += sizes[end]
        end += 1
    end = max(end, at + 1)
    stop = end if end == len(sizes) or end == at + 1 else end - 1
    return start, stop, end


def _window(
    page: Page,
    words: list[tuple[int, ...]],
    head: list[int],
    closing: int,
    reach: tuple[int, int, int, int],
) -> Window:
    start, first, stop, end = reach
    low, high = page.sentences[start][0], page.sentences[end - 1][1]
    size = sum(len(words[row]) for row in range(low, high))
    pieces = list(head if len(head) + size <= MOST_PLACES else head[:1])
    begins, ends = [], []
    for row in range(low, high):
        begins.append(len(pieces))
        pieces.extend(words[row])
        ends.append(len(pieces) - 1)
    pieces = [*pieces[:MOST_PLACES], closing]
    last = len(pieces) - 2
    return Window(
        start=low,
        end=high,
        first=page.sentences[first][0],
        last=page.sentences[stop - 1][1],
        pieces=np.array(pieces, dtype=np.int64),
        begins=np.minimum(np.array(begins, dtype=np.int64), last),
        ends=np.minimum(np.array(ends, dtype=np.int64), last),
    )
