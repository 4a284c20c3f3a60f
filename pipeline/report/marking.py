"""A text cut into pieces, each with the parts of claims that it belongs to."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import Any

from pipeline.report.words import printable

AROUND = 240
"""How many characters before and behind a cue are shown of a long sentence."""

_PARTS = ("holder", "target", "attribution")


@dataclass(frozen=True, slots=True)
class Mark:
    """A span of a text and the class of its mark; ``number`` is that of the claim that ends here.

    Offsets are code points of the article's text. ``number`` is 0 where no claim is named.
    """

    start: int
    end: int
    role: str
    number: int = 0


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that are marked alike; ``roles`` are classes, ``numbers`` the claims that end here."""

    text: str
    roles: str = ""
    numbers: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A line of an article in pieces, and whether it is a heading."""

    pieces: list[Piece]
    is_heading: bool = False


def marks_of(record: Mapping[str, Any], number: int = 0) -> list[Mark]:
    """The marks of a claim: holder, target and attribution, and the cue with its stance."""
    cue = record["cue"]
    found = [Mark(cue["start"], cue["end"], record["stance"], number)]
    for name in _PARTS:
        if piece := record.get(name):
            found.append(Mark(piece["start"], piece["end"], name))
    return found


def cut(text: str, marks: Iterable[Mark], *, offset: int = 0) -> list[Piece]:
    """The pieces of ``text``, which begins at ``offset`` of the article; together they are it.

    Marks may overlap, and may reach beyond the text on both sides.
    """
    end = offset + len(text)
    changes: dict[int, list[tuple[str, int]]] = defaultdict(list)
    numbers: dict[int, set[int]] = defaultdict(set)
    for mark in marks:
        if mark.start < end and mark.end > offset:
            changes[max(mark.start, offset)].append((mark.role, 1))
            changes[min(mark.end, end)].append((mark.role, -1))
            if mark.number and mark.end <= end:
                numbers[mark.end].add(mark.number)
    ordered = sorted({offset, end, *changes})
    pieces, roles = [], Counter[str]()
    for start, stop in pairwise(ordered):
        for role, step in changes.get(start, ()):
            roles[role] += step
        words = printable(text[start - offset : stop - offset])
        names = " ".join(sorted(role for role, count in roles.items() if count))
        pieces.append(Piece(words, names, tuple(sorted(numbers.get(stop, ())))))
    return pieces


def cut_sentence(record: Mapping[str, Any]) -> list[Piece]:
    """The claim's sentence with the claim marked; of a long one the words around the cue."""
    cue = record["cue"]
    sentence = record.get("sentence") or cue
    start, text = sentence["start"], sentence["text"]
    low, high = start, start + len(text)
    if len(text) > 3 * AROUND:
        low = max(low, cue["start"] - AROUND)
        high = min(high, min(cue["end"], cue["start"] + AROUND) + AROUND)
    shown = cut(text[low - start : high - start], marks_of(record), offset=low)
    before = [Piece("… ")] if low > start else []
    after = [Piece(" …")] if high < start + len(text) else []
    return [*before, *shown, *after]


def paragraphs(text: str, marks: Iterable[Mark], headings: Collection[int] = ()) -> list[Paragraph]:
    """The lines of an article that are not empty, each cut into its pieces.

    ``headings`` are the offsets at which headings begin.
    """
    lines = text.split("\n")
    starts = [0, *accumulate(len(line) + 1 for line in lines[:-1])]
    within: dict[int, list[Mark]] = defaultdict(list)
    for mark in marks:
        first, last = bisect_right(starts, mark.start) - 1, bisect_left(starts, mark.end)
        for number in range(first, last):
            within[number].append(mark)
    return [
        Paragraph(
            cut(line, within.get(number, ()), offset=starts[number]),
            starts[number] + len(line) - len(line.lstrip()) in headings,
        )
        for number, line in enumerate(lines)
        if line.strip()
    ]
