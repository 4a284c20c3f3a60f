"""Quotations and brackets of a text: what is said inside them is not said outside."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import lru_cache
from itertools import accumulate

from pipeline.records import Span

_MARK = re.compile(r"[\"“”„‟«»″()\[\]{}‘’']|\n[^\S\n]*\n")
_BRACKETS = {"(": "(", ")": "(", "[": "[", "]": "[", "{": "{", "}": "{"}
_OPENERS, _CLOSERS = "“„‟«‘", "”»’"
_APOSTROPHES = "‘’'"
_DOUBLE = '“„‟«"'
_NESTED = 8


def is_cut_by_marks(span: Span, text: str) -> tuple[bool, bool]:
    """Whether the span begins, and whether it ends, inside a quotation or brackets.

    A mark that is never closed reaches to the end of its paragraph, one that was never opened to
    its beginning.

    >>> is_cut_by_marks(Span(9, 21), 'He said "Peru agreed. So did I."')
    (True, True)
    >>> is_cut_by_marks(Span(0, 12), 'Peru agreed. "So did I."')
    (False, False)
    """
    return _is_inside(span.start, text), _is_inside(span.end, text)


def _is_inside(at: int, text: str) -> bool:
    begins, furthest = _enclosures(text)
    index = bisect_left(begins, at) - 1
    return index >= 0 and furthest[index] >= at


@lru_cache(maxsize=64)
def _enclosures(text: str) -> tuple[list[int], list[int]]:
    """Where each enclosed stretch begins, in order, and how far those up to it reach at most."""
    found: list[tuple[int, int]] = []
    opened: list[tuple[str, int]] = []
    paragraph = 0
    for match in _MARK.finditer(text):
        mark, at = match[0], match.start()
        if mark[0] == "\n":
            _leave_open(opened, at, text, found)
            paragraph = match.end()
            continue
        if mark in _DOUBLE and text[at - 1 : at] == "\n" and any(kind == '"' for kind, _ in opened):
            _leave_open(opened, at, text, found)  # each paragraph of a long quotation has a mark
        _take(mark, at, text, opened, found, paragraph)
    _leave_open(opened, len(text), text, found)
    found.sort()
    return [start for start, _ in found], list(accumulate((end for _, end in found), max))


def _leave_open(
    opened: list[tuple[str, int]], at: int, text: str, found: list[tuple[int, int]]
) -> None:
    """Let what was never closed reach to the last word before ``at``."""
    while at > 0 and text[at - 1].isspace():
        at -= 1
    found += [(start, at - 1) for kind, start in opened if kind != "'" and start < at - 1]
    opened.clear()


def _take(
    mark: str,
    at: int,
    text: str,
    opened: list[tuple[str, int]],
    found: list[tuple[int, int]],
    paragraph: int,
) -> None:
    """Let the mark open a stretch, or close the last one of its kind."""
    kind = _kind_of(mark)
    if mark in _BRACKETS.values() or (mark not in _BRACKETS and _opens(mark, at, text, opened)):
        opened.append((kind, at))
        return
    if kind == "'" and text[at + 1 : at + 2].isalnum():
        return  # an apostrophe
    index = _last_of(kind, opened)
    if index is not None:
        found.append((opened.pop(index)[1], at))
    elif kind == '"' and not text[max(at - 1, 0)].isdigit():  # 5" is a length
        found.append((paragraph, at))


def _kind_of(mark: str) -> str:
    """What closes with what: an opening bracket, or a single or a double straight mark."""
    return "'" if mark in _APOSTROPHES else _BRACKETS.get(mark, '"')


def _last_of(kind: str, opened: list[tuple[str, int]]) -> int | None:
    """The place of the last mark of the kind that is open, among the innermost few."""
    places = range(len(opened) - 1, max(len(opened) - 1 - _NESTED, -1), -1)
    return next((place for place in places if opened[place][0] == kind), None)


def _opens(mark: str, at: int, text: str, opened: list[tuple[str, int]]) -> bool:
    """Whether a quotation mark begins a quotation, by the spaces around it and by its shape."""
    before, behind = text[at - 1 : at] if at else " ", text[at + 1 : at + 2] or " "
    spaced = before.isspace() or before in "([{-–—―/\"“‘'"
    if mark in _APOSTROPHES:
        return spaced and behind.isalpha() and mark != "’"
    doubles = [text[start] for kind, start in opened if kind == '"']
    if mark == "“" and "„" in doubles:
        return False
    if spaced != behind.isspace():
        return spaced
    if mark in _OPENERS + _CLOSERS:
        return mark in _OPENERS
    return not doubles
