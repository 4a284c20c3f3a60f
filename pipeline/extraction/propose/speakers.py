"""Who speaks at a word: a quotation's speaker, or the issuer of an official statement."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from pipeline.language.quotations import Quotation

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from pipeline.extraction.propose.held import Held
    from pipeline.extraction.propose.proposal import Proposal
    from pipeline.extraction.scene import Scene


class Speakers:
    """The speakers of a scene's quotations, by the positions that report what is said.

    Source: codebook §2.9.
    """

    def __init__(
        self, scene: Scene, speeches: Iterable[Proposal], issuers: Sequence[Held] = ()
    ) -> None:
        self._quotations = scene.quotations
        self._resolver = scene.resolver
        self._speakers = self._known(speeches)
        self._issuers = issuers
        self._carry(scene.doc)

    def at(self, token: Token) -> Held | None:
        """The speaker of the innermost quotation around the token, else the issuer."""
        around = self._quotations.around(token)
        if around:
            return self._speakers.get(around[-1])
        return self._nearest_issuer(token)

    def _nearest_issuer(self, token: Token) -> Held | None:
        """The "we" or "our" nearest to the token that stands in the same turn of a record.

        Source: codebook, readings settled: a statement without "we" in the sentence.
        """
        place = bisect_left(self._issuers, token.i, key=_start)
        near = (*self._issuers[max(0, place - 1) : place], *self._issuers[place : place + 1])
        turn = self._resolver.turn_of(token)
        own = [held for held in near if self._resolver.turn_of(held.span.root) == turn]
        return min(own, key=lambda held: abs(held.span.start - token.i), default=None)

    def of(self, quotation: Quotation) -> Held | None:
        """The speaker of one quotation, where it is known."""
        return self._speakers.get(quotation)

    def _known(self, speeches: Iterable[Proposal]) -> dict[Quotation, Held]:
        """The holder of the speech that has the quotation as target, else the one around it."""
        speeches = tuple(speeches)
        known = {s.quotation: s.holders[0] for s in speeches if s.quotation is not None}
        for speech in speeches:
            if speech.target is not None:
                span = speech.target.span
                for quotation in self._quotations.overlapping(span.start, span.end):
                    known.setdefault(quotation, speech.holders[0])
        return known

    def _carry(self, doc: Doc) -> None:
        """A speaker goes on into later quotations of the block, and past an unclosed one."""
        starts = [block.start for block in doc.spans["blocks"]]
        last: Quotation | None = None
        last_block = -1
        for quotation in self._quotations:
            number = bisect_right(starts, quotation.start) - 1
            if quotation not in self._speakers and last is not None:
                opens = quotation.start - 1 <= starts[number] + 1
                goes_on = last.open and opens and number <= last_block + 1
                held = self._speakers.get(last)
                if held is not None and (number == last_block or goes_on):
                    self._speakers[quotation] = held
            last, last_block = quotation, number


def _start(held: Held) -> int:
    return held.span.start
