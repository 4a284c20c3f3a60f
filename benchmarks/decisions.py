"""Claims in a text of any length, as reviewers decide on them, and as they are sent to review."""

from __future__ import annotations

from pipeline.dataset.reanchor import Anchor, anchor_position, widen_context
from pipeline.dataset.records import Position, quote
from pipeline.records import (
    BlockKind,
    Claim,
    Extraction,
    Form,
    Holder,
    Sentence,
    Span,
    Stance,
)

_APART = 700


def spots_of(text: str) -> list[Span]:
    """A sentence for every 750 characters or so, in the order of the text."""
    spots, end = [], 0
    while (before := text.find(". ", end + _APART)) >= 0:
        end = text.find(". ", before + 2) + 1
        if end == 0:
            break
        inside = text[before + 2 : end]
        spots.append(Span(end - len(inside.lstrip()), end))
    return spots


def decide(text: str) -> list[Anchor]:
    """Decisions on these sentences, found again in the text moved and in the text edited."""
    versions = (f"A new heading\n\n{text}", text.replace("ea", "e"))
    found = []
    for spot in spots_of(text):
        word = Span(spot.start, spot.start + spot.text_in(text).find(" "))
        claim = Position(quote(text, word), quote(text, word), Stance.SUPPORT)
        context = widen_context(quote(text, spot), text)
        for version in versions:
            found.append(anchor_position(claim, context, decided_on="", text=version))
    return found


def reviewed(text: str) -> Extraction:
    """An extraction with a claim in each of these sentences."""
    spots = spots_of(text)
    sentences = tuple(Sentence(spot.start, spot.end, BlockKind.BODY) for spot in spots)
    return Extraction("a", text, sentences, (), tuple(map(_claim, spots)))


def _claim(spot: Span) -> Claim:
    """A claim of the sentence's first word."""
    holder = Holder(spot.start, spot.start + 3, "country:CL")
    cue = Span(spot.start + 4, spot.start + 6)
    return Claim(f"c-{spot.start}", holder, cue, Stance.SUPPORT, Form.STATEMENT)
