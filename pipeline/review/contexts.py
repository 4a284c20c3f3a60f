"""What stands around a claim that was decided: its sentences, and who its holder is elsewhere."""

from __future__ import annotations

from dataclasses import replace

from pipeline.dataset.reanchor import widen_context
from pipeline.dataset.records import Position, Quote
from pipeline.records import Extraction
from pipeline.review.shown import Shown


def with_entity(position: Position, article: Extraction | None) -> Position:
    """The claim with the entity that its holder's words have elsewhere in the article."""
    if position.entity is not None or article is None:
        return position
    for mention in article.mentions:
        if mention.span.text_in(article.text) == position.holder.text and mention.entity:
            return replace(position, entity=mention.entity)
    return position


def context_of(shown: Shown, article: Extraction | None, *positions: Position | None) -> Quote:
    """The text of the sentences that the claim lies in; the whole passage where none is known.

    It is widened until nothing else in the article is like it.
    """
    spans = [piece.span for position in positions if position for piece in position.quotes]
    start, end = min(span.start for span in spans), max(span.end for span in spans)
    low, high = _sentences_around(shown, start, end)
    context = Quote(low, high, shown.text[low - shown.start : high - shown.start])
    return widen_context(context, article.text) if article is not None else context


def _sentences_around(shown: Shown, start: int, end: int) -> tuple[int, int]:
    """From where to where the sentences reach that the range touches, or the passage."""
    touched = [(a, b) for a, b in shown.sentences if a < end and start < b]
    if not touched:
        return shown.start, shown.start + len(shown.text)
    return min(start, *(a for a, _ in touched)), max(end, *(b for _, b in touched))
