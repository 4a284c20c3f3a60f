"""Direct quotations: where they run, and where the quoted clause nearest to a verb lies.

Source: codebook §2.9.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from heapq import merge

from spacy.tokens import Doc, Span, Token

from pipeline.language.occurrences import places_written
from pipeline.language.quote_marks import MARKS, STRAIGHT, find_marked
from pipeline.records import BlockKind

_STATED = frozenset("“«„") | STRAIGHT
_FOUND = "quotations"
_LEAST = 3
_SAYING = frozenset("say state tell comment add declare write reply respond announce".split())


@dataclass(frozen=True, slots=True)
class Quotation:
    """The token range between two quotation marks; ``open`` where the closing mark is missing."""

    start: int
    end: int
    open: bool = False

    def __contains__(self, token: Token) -> bool:
        return self.start <= token.i < self.end


class Quotations:
    """The quotations of a document in text order, an outer one before those that it holds.

    Those around a place are looked up, not looked for, however many there are: they are kept in
    layers within which none overlaps another.
    """

    def __init__(self, quotations: Iterable[Quotation]) -> None:
        self._all = tuple(sorted(quotations, key=_text_order))
        self._layers: list[list[Quotation]] = []
        for one in self._all:
            free = (layer for layer in self._layers if layer[-1].end <= one.start)
            layer = next(free, None)
            if layer is None:
                self._layers.append([one])
            else:
                layer.append(one)

    def __iter__(self) -> Iterator[Quotation]:
        return iter(self._all)

    def around(self, token: Token) -> tuple[Quotation, ...]:
        """The quotations that the token stands in, the innermost last."""
        return self.overlapping(token.i, token.i + 1)

    def overlapping(self, start: int, end: int) -> tuple[Quotation, ...]:
        """The quotations that begin before the token ``end`` and end after the token ``start``."""
        found = [_overlapping(layer, start, end) for layer in self._layers]
        return tuple(merge(*found, key=_text_order))

    def opening(self, start: int, end: int) -> tuple[Quotation, ...]:
        """The quotations that begin at one of the tokens."""
        low = bisect_left(self._all, start, key=_start)
        return self._all[low : bisect_left(self._all, end, key=_start)]

    def __contains__(self, token: Token) -> bool:
        return any(
            True for layer in self._layers for _ in _overlapping(layer, token.i, token.i + 1)
        )


def _overlapping(layer: list[Quotation], start: int, end: int) -> Iterator[Quotation]:
    for place in range(bisect_right(layer, start, key=_end), len(layer)):
        if layer[place].start >= end:
            break
        yield layer[place]


def _text_order(one: Quotation) -> tuple[int, int]:
    return one.start, -one.end


def _start(one: Quotation) -> int:
    return one.start


def _end(one: Quotation) -> int:
    return one.end


def find_quotations(doc: Doc) -> Quotations:
    """The quotations of a document in text order; one without a closing mark ends with its block.

    An inner quotation comes after the one around it. Marks that stand together, as in badly
    exported tables, are one. Scare quotes are kept apart by ``Quotation`` users through
    ``is_clause``. What follows on a block such as "The minister said:" is one too, and may hold
    others. They are found once a document, which must have been parsed.
    """
    known: Quotations | None = doc.user_data.get(_FOUND)
    if known is None:
        known = doc.user_data[_FOUND] = Quotations([*_marked(doc), *_statements(doc)])
    return known


def _marked(doc: Doc) -> Iterator[Quotation]:
    places = places_written(doc, MARKS)
    for block in doc.spans["blocks"]:
        if bisect_left(places, block.start) == bisect_left(places, block.end):
            continue
        for marked in find_marked(doc, block.start, block.end):
            yield Quotation(marked.start, marked.end, open=not marked.closed)


def _statements(doc: Doc) -> Iterator[Quotation]:
    """What is given without quotation marks after a verb of saying and a colon."""
    blocks = list(doc.spans["blocks"])
    for number, block in enumerate(blocks[:-1]):
        if block.label_ != BlockKind.BODY.value or not _introduces(block):
            continue
        end = number + 1
        while end < len(blocks) and blocks[end].label_ == BlockKind.BODY.value:
            if doc[blocks[end].start].text in _STATED or _introduces(blocks[end]):
                break
            end += 1
        if end > number + 1:
            yield Quotation(blocks[number + 1].start, blocks[end - 1].end, open=True)


def _introduces(block: Span) -> bool:
    last = block.end - 1
    while last >= block.start and block.doc[last].is_space:
        last -= 1
    if last < block.start or block.doc[last].text != ":":
        return False
    return any(
        token.lemma_.lower() in _SAYING and any(c.dep_ == "nsubj" for c in token.children)
        for token in block.doc[last].sent
    )


def is_clause(doc: Doc, quotation: Quotation) -> bool:
    """Whether the quotation says something rather than marks a word."""
    if quotation.end - quotation.start < _LEAST:
        return False
    return any(
        token.pos_ in ("VERB", "AUX") and token.dep_ not in ("amod",)
        for token in doc[quotation.start : quotation.end]
    )
