"""Which quotation marks belong together: nested ones, single ones, and those of other languages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Doc

STRAIGHT = frozenset({'"', "''", "``", '""'})
_PARTNERS = {"“": "”‟", "«": "»", "„": "“”‟", "‹": "›", "»": "«", "›": "‹", "”": "”"}
_OPENING = frozenset("“«„‹")
_CLOSING = frozenset("”»›‟")
_OPEN, _CLOSE = "<", ">"
_SINGLE_OPENING = frozenset("'‘‚`")
_SINGLE_CLOSING = frozenset("'’‘")
MARKS = STRAIGHT | _OPENING | _CLOSING | _SINGLE_OPENING
"""The marks without which nothing is quoted."""
_AROUND = frozenset("([{“«„‹‘—–-:")
# Words that lost their beginning, as in ‘til, ’em and '90s, and endings of contracted ones.
_CLIPPED = re.compile(r"\d+s?|em|til|n|tis|twas|cause|bout|round|s|ll|re|ve|d|m|t", re.IGNORECASE)
# How many tokens a quotation in single marks may have: the search for a partner is bounded.
_REACH = 400
_DEPTH = 8


@dataclass(frozen=True, slots=True)
class Marked:
    """The tokens between two marks; ``closed`` is False where the closing mark is missing."""

    start: int
    end: int
    closed: bool


def find_marked(doc: Doc, start: int, end: int) -> list[Marked]:
    """What stands between quotation marks in a token range, inner quotations too, unordered."""
    singles = list(_singles(doc, start, end))
    return [*_doubles(doc, start, end, singles), *singles]


def _doubles(doc: Doc, start: int, end: int, singles: list[Marked]) -> Iterator[Marked]:
    """What stands between double marks; what opens in single marks closes in them."""
    frames = {one.start - 1: _OPEN for one in singles} | {one.end: _CLOSE for one in singles}
    groups = sorted([*_groups(doc, start, end), *((i, i + 1) for i in frames)])
    counts = Counter(doc[low].text for low, _ in groups)
    stack: list[tuple[str, int]] = []
    for low, high in groups:
        text = frames.get(low, doc[low].text)
        place = _closed_by(doc, low, text, stack)
        if place is not None:
            if text != _CLOSE:
                yield Marked(stack[place][1], low, closed=True)
            del stack[place:]
        elif _opens(doc, text, low, high) and (text not in _open(stack) or _are_even(counts, text)):
            stack = [*stack, (text, high)][:_DEPTH]
    for _, high in stack[:1]:
        if high < end:
            yield Marked(high, end, closed=False)


def _opens(doc: Doc, text: str, low: int, high: int) -> bool:
    return text == _OPEN or text in _OPENING | STRAIGHT or _may_open(doc, low, high)


def _open(stack: list[tuple[str, int]]) -> set[str]:
    """The directed marks that are open."""
    return {opened for opened, _ in stack if opened in _PARTNERS}


def _are_even(counts: Counter[str], opening: str) -> bool:
    """Whether a mark has as many partners, so that one inside another is an inner quotation.

    Otherwise it opens a paragraph of a quotation that goes on.
    """
    return counts[opening] == sum(counts[closing] for closing in _PARTNERS[opening])


def _groups(doc: Doc, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The token ranges of quotation marks; straight ones without a blank between are one."""
    i = start
    while i < end:
        low = i
        i += 1
        if doc[low].text in STRAIGHT:
            while i < end and doc[i].text in STRAIGHT and not doc[i - 1].whitespace_:
                i += 1
        if doc[low].text in STRAIGHT | _OPENING | _CLOSING:
            yield low, i


def _closed_by(doc: Doc, low: int, text: str, stack: list[tuple[str, int]]) -> int | None:
    """The place in the stack of the mark that this one closes, or None where it closes none."""
    for place in range(len(stack) - 1, -1, -1):
        opened = stack[place][0]
        if opened == _OPEN:
            return place if text == _CLOSE else None
        if _are_partners(opened, text):
            return place
    if not stack or (text in STRAIGHT and _may_open(doc, low, low + 1)):
        return None
    mixed = text in STRAIGHT or (text in _CLOSING and stack[-1][0] in STRAIGHT)
    return len(stack) - 1 if mixed else None


def _are_partners(opened: str, text: str) -> bool:
    """Whether the one mark closes what the other opened."""
    return text in _PARTNERS.get(opened, "") or (text in STRAIGHT and opened in STRAIGHT)


def _may_open(doc: Doc, low: int, high: int) -> bool:
    """Whether a blank or a bracket stands before a mark, and none after it."""
    before = doc[low - 1] if low else None
    parted = (
        before is None
        or bool(before.whitespace_)
        or before.is_space
        or before.text in _AROUND | STRAIGHT
    )
    return parted and high < len(doc) and not doc[high - 1].whitespace_ and not doc[high].is_space


def _singles(doc: Doc, start: int, end: int) -> Iterator[Marked]:
    """What stands between single marks; apostrophes are told apart by the blanks around them."""
    i = start
    while i < end:
        if doc[i].text in _SINGLE_OPENING and _opens_single(doc, i, end):
            closing = _partner(doc, i, min(end, i + _REACH))
            if closing is not None and closing > i + 1:
                yield Marked(i + 1, closing, closed=True)
                i = closing
        i += 1


def _opens_single(doc: Doc, i: int, end: int) -> bool:
    return i + 1 < end and _may_open(doc, i, i + 1) and not _CLIPPED.fullmatch(doc[i + 1].text)


def _partner(doc: Doc, opening: int, end: int) -> int | None:
    """The token that closes a single mark, before what is around it ends.

    In ‘the states’ plan’ the first mark may be an owner's: it closes only where no other does.
    """
    owner: int | None = None
    depth, straight = 0, False
    for i in range(opening + 1, end):
        text = doc[i].text
        depth += (text in _OPENING) - (text in _CLOSING)
        straight = straight != (text in STRAIGHT)
        if depth < 0 or (text in _SINGLE_OPENING and _may_open(doc, i, i + 1)):
            return owner
        if straight or depth or not _may_close_single(doc, i, end):
            continue
        if not _is_owners(doc, i, end):
            return i
        owner = i if owner is None else owner
    return owner


def _may_close_single(doc: Doc, i: int, end: int) -> bool:
    """Whether it is a single mark at the end of a word, with none right after it."""
    if doc[i].text not in _SINGLE_CLOSING or doc[i - 1].whitespace_:
        return False
    return i + 1 >= end or bool(doc[i].whitespace_) or not doc[i + 1].text[0].isalnum()


def _is_owners(doc: Doc, i: int, end: int) -> bool:
    """Whether a mark may be the apostrophe of an owner: after an s, before a word."""
    following = i + 1 < end and doc[i].whitespace_ and doc[i + 1].text[0].isalpha()
    return doc[i - 1].lower_.endswith("s") and bool(following)
