"""A decided claim, found again in the article as it now is.

A decision carries the words of its spans and, as context on both sides, the sentences that they
stand in. While the text has the same SHA-256 nothing is looked for. In an edited text the
sentences must stand once and by themselves; whatever leaves a doubt is ``changed`` and goes back to
a person. Quotes, dashes and spaces that only changed their typography, and lines that were wrapped
anew, are the same words.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from pipeline.dataset.nearest import find_nearest, has_near, most_likeness
from pipeline.dataset.passages import (
    find_passages,
    is_repeated,
    sentence_after,
    sentence_before,
    unwrap,
    widen_to_stand_alone,
)
from pipeline.dataset.records import Decision, Position, Quote
from pipeline.files import sha256_of_text
from pipeline.records import Span

LOOK_ALIKE = 0.55
"""From this likeness on, another passage could be the one that was meant."""

NEAR = 0.6
"""From this likeness on, a passage is what became of the one that was decided on. Sentences of one
article that have nothing to do with each other reach 0.5."""

WIDEST = 2000
"""By so many code points a context grows at most until it stands by itself."""


_TRIES_OF_ONE = 20
"""So often a context grows by one sentence on each side; then by twice as many each time, so that a
text that says the same over and over is not searched once for each of its sentences."""


class AnchorState(StrEnum):
    """What became of a decided claim's place."""

    EXACT = "exact"
    MOVED = "moved"
    CHANGED = "changed"
    ORPHAN = "orphan"


@dataclass(frozen=True, slots=True)
class Anchor:
    """A decided claim's state; ``position`` has the present text's words, for exact and moved.

    ``near`` is the passage to show to a reviewer where the state is changed.
    """

    state: AnchorState
    position: Position | None = None
    near: Span | None = None

    @property
    def holds(self) -> bool:
        """Whether the decision still stands in the text."""
        return self.position is not None


def anchor_decision(decision: Decision, text: str) -> Anchor:
    """Where what was decided on stands in ``text``; of a rejection, where the claim was shown."""
    position = decision.decided or decision.shown
    if position is None:
        return Anchor(AnchorState.ORPHAN)
    return anchor_position(position, decision.context, decided_on=decision.text_sha256, text=text)


def anchor_position(
    position: Position, context: Quote | None, *, decided_on: str, text: str
) -> Anchor:
    r"""Where the claim stands in ``text``.

    ``context`` is the sentences of the claim, of the text whose SHA-256 is ``decided_on``, where
    they stood once (see ``widen_context``).

    >>> from pipeline.dataset.records import quote
    >>> from pipeline.records import Stance
    >>> old, new = "Peru agreed. So what?", "The vote\n\nPeru agreed. So what?"
    >>> claim = Position(quote(old, Span(0, 4)), quote(old, Span(5, 11)), Stance.SUPPORT)
    >>> found = anchor_position(claim, quote(old, Span(0, 12)), decided_on="?", text=new)
    >>> found.state.value, found.position.cue
    ('moved', Quote(start=15, end=21, text='agreed'))
    """
    if sha256_of_text(text) == decided_on:
        holds = position.stands_in(text)
        return Anchor(AnchorState.EXACT, position) if holds else Anchor(AnchorState.ORPHAN)
    if context is None or not context.text.strip():
        return Anchor(AnchorState.ORPHAN)
    places = find_passages(context.text, text)
    if not places:
        return _unplaced(context, text)
    if len(places) > 1:
        return Anchor(AnchorState.CHANGED, near=places[0])
    return _placed(position, context, places[0], text)


def widen_context(context: Quote, text: str) -> Quote:
    """The context, grown by whole sentences until nothing else is like it and it stands by itself.

    So a decision on a sentence that the article repeats, almost or word for word, says which of
    them it was made on; and words beside it that bear on what it says ("Officials said:", the rest
    of a quotation) are part of what was decided on. A context that is not of this text is returned
    as it is; one that is never alone is widened to the whole text.

    >>> widen_context(Quote(0, 4, "Yes."), "Yes. Peru: Yes.").text
    'Yes. Peru: Yes.'
    """
    if not context.stands_in(text):
        return context
    start, end = context.start, context.end
    tries = 0
    while (start, end) != (0, len(text)) and _has_like(Span(start, end), text):
        start, end = _grown(start, end, text, by=2 ** max(0, tries - _TRIES_OF_ONE))
        tries += 1
    alone = widen_to_stand_alone(Span(start, end), text, most=WIDEST)
    return Quote(alone.start, alone.end, alone.text_in(text))


def _grown(start: int, end: int, text: str, *, by: int) -> tuple[int, int]:
    """The range with so many more sentences on each side, as far as the text goes."""
    for _ in range(by):
        if (start, end) == (0, len(text)):
            break
        start, end = sentence_before(text, start), sentence_after(text, end)
    return start, end


def _has_like(span: Span, text: str) -> bool:
    """Whether another passage is the same, or so like this one that it could be taken for it."""
    if is_repeated(span.text_in(text), text):
        return True
    if most_likeness(span, text) < LOOK_ALIKE:
        return False
    return has_near(span.text_in(text), text, without=span, least=LOOK_ALIKE)


def _unplaced(context: Quote, text: str) -> Anchor:
    near = find_nearest(context.text, text, least=NEAR)
    if near is not None:
        return Anchor(AnchorState.CHANGED, near=near.span)
    return Anchor(AnchorState.ORPHAN)


def _placed(position: Position, context: Quote, place: Span, text: str) -> Anchor:
    moved_by = place.start - context.start
    found = _reread(position.moved(moved_by), text)
    if found is None:
        return Anchor(AnchorState.CHANGED, near=place)
    if moved_by == 0 and found == position:
        return Anchor(AnchorState.EXACT, found)
    if has_near(context.text, text, without=place, least=LOOK_ALIKE):
        return Anchor(AnchorState.CHANGED, near=place)
    return Anchor(AnchorState.MOVED, found)


def _reread(position: Position, text: str) -> Position | None:
    """The claim with the words that stand at its offsets now, None where they are others."""
    if any(not _same_words(piece, text) for piece in position.quotes):
        return None
    return replace(
        position,
        holder=_quote_again(position.holder, text),
        cue=_quote_again(position.cue, text),
        target=_quote_again(position.target, text) if position.target else None,
        attribution=_quote_again(position.attribution, text) if position.attribution else None,
    )


def _same_words(piece: Quote, text: str) -> bool:
    inside = 0 <= piece.start < piece.end <= len(text)
    return inside and unwrap(text[piece.start : piece.end]) == unwrap(piece.text)


def _quote_again(piece: Quote, text: str) -> Quote:
    return replace(piece, text=text[piece.start : piece.end])
