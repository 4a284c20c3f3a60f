"""Blocks of an article: paragraphs, headings, bylines and notes, found in its lines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from pipeline.language.block_kinds import BlockClassifier
from pipeline.lexicon.segmentation import SegmentationLists
from pipeline.records import BlockKind

_LINE = re.compile(r"\S[^\n\r\x0b\x0c\x85\u2028\u2029]*")
_NEWLINE = re.compile(r"\r\n|[\n\r\x0b\x85\u2028\u2029]")
_ENDED = re.compile(r"[.!?…][\"'”’»)\]]*$")
_BULLET = re.compile(r"(?:[•▪◦‣●■*·–—-]|\(?(?:\d{1,3}|[a-z]|[ivx]{1,4})[.)])\s")
_FIRST_WORD = re.compile(r"\S+")
_QUOTE = "\"'“‘«"
_WRAP_WIDTH = 110
_NEXT_LINE = re.compile(r"[^\S\n]*\r?\n[^\S\n]*(?=\S)")
_SHORT_LINE = 60
_LIST_LINE = 120
_LOOK_AHEAD = 3


@dataclass(frozen=True, slots=True)
class Block:
    """Lines that belong together; offsets are those of its text without the space around it."""

    start: int
    end: int
    kind: BlockKind = BlockKind.BODY
    title: bool = False


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    newlines: int
    page: bool


class BlockFinder:
    """Cuts texts into blocks, by the lists it was made with."""

    def __init__(self, lists: SegmentationLists) -> None:
        self._joiners = lists.forms("joiners")
        self._classifier = BlockClassifier(lists)

    def find_blocks(self, text: str) -> tuple[Block, ...]:
        """The blocks of a text, in order; every character but white space lies in one.

        A blank line always ends a block. A single line break does so where the text is not
        hard-wrapped there.
        """
        pieces = tuple(self._pieces(text))
        ends = [text[start:end] for start, end, _ in pieces]
        blocks: list[Block] = []
        first = True
        for number, (start, end, lines) in enumerate(pieces):
            dateline = self._classifier.dateline_end(text, start, end)
            if dateline is not None:
                blocks.append(Block(start, dateline[0], BlockKind.BYLINE))
                start = dateline[1]
            kind, title = self._classifier.kind(
                text[start:end],
                before=ends[number - 1] if number else None,
                after=ends[number + 1] if number + 1 < len(ends) else None,
                lines=lines,
                first=first,
            )
            first = first and kind is not BlockKind.BODY and not title
            blocks.append(Block(start, end, kind, title))
        return tuple(blocks)

    def _pieces(self, text: str) -> Iterator[tuple[int, int, int]]:
        lines = tuple(_lines(text))
        if not lines:
            return
        width = _wrap_width(text, lines)
        start, count = lines[0].start, 1
        for before, line in pairwise(lines):
            if self._breaks(text, before, line, width):
                yield start, before.end, count
                start, count = line.start, 1
            else:
                count += 1
        yield start, lines[-1].end, count

    def _breaks(self, text: str, before: _Line, line: _Line, width: int) -> bool:
        """Whether a block ends between two lines."""
        if line.newlines > 1 and not line.page:
            return True
        if self._classifier.opens_block(text, line.start):
            return True
        if self._classifier.opens_byline(text, before.start):
            return True
        if width:
            return self._breaks_wrapped(text, before, line, width)
        return self._breaks_plain(text, before, line)

    def _breaks_wrapped(self, text: str, before: _Line, line: _Line, width: int) -> bool:
        last = text[before.end - 1]
        ended = _ENDED.search(text, max(before.start, before.end - 6), before.end)
        if _BULLET.match(text, line.start):
            return bool(ended) or last in ":;"
        if text[line.start].islower() or last in ",-–—(" or self._joins(text, before):
            return False
        if ended:
            return before.end - before.start < width * 0.8
        word = _FIRST_WORD.match(text, line.start)
        return before.end - before.start + 1 + len(word.group() if word else "") < width * 0.75

    def _breaks_plain(self, text: str, before: _Line, line: _Line) -> bool:
        last, first = text[before.end - 1], text[line.start]
        if _BULLET.match(text, line.start):
            return True
        ended = _ENDED.search(text, max(before.start, before.end - 6), before.end)
        if first.islower():
            return not ended and self._lists(text, before, line)
        if ended:
            return True
        if last == ":":
            return first not in _QUOTE
        length = before.end - before.start
        if last == ",":
            return length < _SHORT_LINE
        return not self._joins(text, before)

    def _lists(self, text: str, before: _Line, line: _Line) -> bool:
        """Whether two lines, the second with a small first letter, are items of a list."""
        last = text[before.end - 1]
        if last in ":;":
            return True
        if last in ",-–—(" or self._joins(text, before) or self._joined(text, line):
            return False
        return before.end - before.start < _LIST_LINE and not _runs_on(text, line)

    def _joined(self, text: str, line: _Line) -> bool:
        """Whether a line begins or ends as no item of a list does."""
        word = _FIRST_WORD.match(text, line.start)
        first = word.group() if word else ""
        return first in self._joiners or text[line.end - 1] == "," or self._joins(text, line)

    def _joins(self, text: str, line: _Line) -> bool:
        words = text[max(line.start, line.end - 12) : line.end].split()
        return words[-1] in self._joiners


def _runs_on(text: str, line: _Line) -> bool:
    """Whether a line ends a sentence, or breaks off before a long one that does."""
    start, end = line.start, line.end
    for step in range(_LOOK_AHEAD):
        if _ENDED.search(text, max(start, end - 6), end):
            return not step or end - start >= _SHORT_LINE
        gap = _NEXT_LINE.match(text, end)
        following = _LINE.match(text, gap.end()) if gap else None
        if following is None or not following.group()[0].islower():
            return False
        start, end = following.start(), following.start() + len(following.group().rstrip())
    return False


def _lines(text: str) -> Iterator[_Line]:
    end = 0
    for found in _LINE.finditer(text):
        gap = text[end : found.start()]
        start, end = found.start(), found.start() + len(found.group().rstrip())
        newlines = gap.count("\n") if "\r" not in gap and gap.isascii() else 0
        if not newlines or "\x0b" in gap:
            newlines = len(_NEWLINE.findall(gap))
        yield _Line(start, end, newlines, "\x0c" in gap)


def _wrap_width(text: str, lines: tuple[_Line, ...]) -> int:
    """The width to which a text is hard-wrapped, in characters; 0 where it is not.

    Source: a wrapped line goes on in the next one, which mostly begins with a small letter;
    looked at on General Debate speeches and government web pages.
    """
    single = [(before, line) for before, line in pairwise(lines) if line.newlines == 1 or line.page]
    if len(single) < 2:
        return 0
    lengths = sorted(before.end - before.start for before, _ in single)
    width = lengths[int(len(lengths) * 0.9)]
    if not 20 <= median(lengths) <= _WRAP_WIDTH:
        return 0
    goes_on = sum(_goes_on(text, before, line, width) for before, line in single)
    return width if goes_on >= max(2, 0.4 * len(single)) else 0


def _goes_on(text: str, before: _Line, line: _Line, width: int) -> bool:
    """Whether a line breaks off in mid sentence for lack of room."""
    if not text[line.start].islower() or text[before.end - 1] in ".!?:;":
        return False
    word = _FIRST_WORD.match(text, line.start)
    return before.end - before.start + 1 + len(word.group() if word else "") >= 0.7 * width
