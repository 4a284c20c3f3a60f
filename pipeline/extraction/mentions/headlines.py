"""Headlines, in which capitals say little of what is a name."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from pipeline.language.occurrences import capitalised
from pipeline.language.spans import sentence_bounds

if TYPE_CHECKING:
    from spacy.tokens import Doc

_FULL_STOPS = frozenset([".", "!", ";", ":"])


def headlines(doc: Doc) -> frozenset[int]:
    """The first tokens of sentences that are headings, or written as headlines are."""
    headings = [block for block in doc.spans.get("blocks", ()) if block.label_ == "heading"]
    found = {start for start, end in sentence_bounds(doc) if _is_title_case(doc, start, end)}
    return frozenset(found | {sent.start for block in headings for sent in block.sents})


def capitalised_inside(doc: Doc, without: frozenset[int]) -> frozenset[str]:
    """The words that have a capital within sentences where small letters are the rule."""
    small = np.zeros(len(doc), bool)
    for start, end in sentence_bounds(doc):
        small[start + 1 : end] = start not in without
    return frozenset(doc[place].text for place in capitalised(doc) if small[place])


def named_in_headline(
    doc: Doc, start: int, end: int, inside: frozenset[str]
) -> tuple[int, int] | None:
    """The name among the words: `Trump` of "Calls Trump", as the text itself writes it."""
    while start < end and doc[start].text not in inside:
        start += 1
    while end > start and doc[end - 1].text not in inside:
        end -= 1
    return (start, end) if start < end else None


def _is_title_case(doc: Doc, start: int, end: int) -> bool:
    """Whether capitals say nothing in this sentence, as in a headline."""
    if any(token.text in _FULL_STOPS for token in doc[max(start, end - 3) : end]):
        return False
    words = [token for token in doc[start:end] if token.is_alpha and len(token.text) > 3]
    return len(words) > 3 and sum(token.text[0].isupper() for token in words) > 0.7 * len(words)
