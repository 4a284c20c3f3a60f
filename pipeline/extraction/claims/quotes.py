"""Direct quotations: where they run, and where the quoted clause nearest to a verb lies.

Source: codebook §2.9.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Doc, Token

_OPENING = frozenset("“«„")
_CLOSING = frozenset("”»")
_STRAIGHT = frozenset({'"', "''", "``", '""'})
_LEAST = 3


@dataclass(frozen=True, slots=True)
class Quotation:
    """The token range between two quotation marks; ``open`` where the closing mark is missing."""

    start: int
    end: int
    open: bool = False

    def __contains__(self, token: Token) -> bool:
        return self.start <= token.i < self.end


def find_quotations(doc: Doc) -> tuple[Quotation, ...]:
    """The quotations of a document in text order; one without a closing mark ends with its block.

    Single marks are not read: they are apostrophes too often. Scare quotes are kept apart by
    ``Quotation`` users through ``is_clause``.
    """
    found: list[Quotation] = []
    for block in doc.spans["blocks"]:
        found.extend(_in_range(doc, block.start, block.end))
    return tuple(found)


def _in_range(doc: Doc, start: int, end: int) -> Iterator[Quotation]:
    opened: int | None = None
    for i in range(start, end):
        text = doc[i].text
        if text in _OPENING or (text in _STRAIGHT and opened is None):
            if opened is None:
                opened = i + 1
        elif opened is not None and (text in _CLOSING or text in _STRAIGHT):
            yield Quotation(opened, i)
            opened = None
    if opened is not None and opened < end:
        yield Quotation(opened, end, open=True)


def is_clause(doc: Doc, quotation: Quotation) -> bool:
    """Whether the quotation says something rather than marks a word."""
    if quotation.end - quotation.start < _LEAST:
        return False
    return any(
        token.pos_ in ("VERB", "AUX") and token.dep_ not in ("amod",)
        for token in doc[quotation.start : quotation.end]
    )
