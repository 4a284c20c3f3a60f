"""Where in the text the words stand that a model quotes; what stands nowhere is refused."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.extraction.propose.llm.answer import Quoted
from pipeline.extraction.propose.llm.passages import Passage
from pipeline.extraction.propose.stated import Stated
from pipeline.language.quoted import QuotedWords
from pipeline.records import Span

NOT_IN_TEXT = "refusal.not-in-text"
TWICE_IN_TEXT = "refusal.twice-in-text"
_AROUND = " \t\r\n\"'“”„«»‘’‚`.,;:…()[]"


@dataclass(frozen=True, slots=True)
class Unanchored:
    """Words that cannot be placed, by which refusal, and the sentence that should have them."""

    rule: str
    said: str
    place: Span


class Anchors:
    """The places of quotations in a passage and its context."""

    def __init__(self, text: str, passage: Passage) -> None:
        self.passage = passage
        self._words = QuotedWords(text, passage.all[0].start, passage.all[-1].end)
        self._starts = [span.start for span in passage.all]

    def places(self, quotation: str) -> tuple[Span, ...]:
        """Where it stands, in text order: as it is, else with its marks and blanks made plain."""
        for words in dict.fromkeys((quotation, quotation.strip(), quotation.strip(_AROUND))):
            if found := self._words.exact(words) or self._words.alike(words):
                return found
        return ()

    def sentence_at(self, place: int) -> int:
        """The number of the sentence that the place lies in or behind, from 0."""
        return max(0, bisect_right(self._starts, place) - 1)

    def span_of(self, number: int) -> Span | None:
        """The sentence that the model calls so, None where there is none."""
        sentences = self.passage.sentences
        return sentences[number - 1] if 1 <= number <= len(sentences) else None

    def nearest(self, places: Sequence[Span], cue: Span) -> Span | None:
        """Of the places the nearest to the cue, those of its own sentence first."""
        own = self.sentence_at(cue.start)
        apart = [one for one in places if not one.overlaps(cue)] or list(places)
        return min(
            apart,
            key=lambda one: (abs(self.sentence_at(one.start) - own), _gap(one, cue)),
            default=None,
        )


def anchor(claim: Quoted, anchors: Anchors) -> tuple[Stated | None, tuple[Unanchored, ...]]:
    """The claim with its words placed, and what cannot be placed.

    Who reports it is left out alone; without holder, cue or target there is no claim.
    """
    given = anchors.span_of(claim.sentence)
    place = given or anchors.passage.sentences[0]
    holders = anchors.places(claim.holder)
    targets = anchors.places(claim.target) if claim.target is not None else ()
    cue = _cue(claim, anchors, (holders, targets))
    if isinstance(cue, str):
        return None, (Unanchored(cue, f"cue: {claim.cue}", place),)
    if not holders:
        return None, (Unanchored(NOT_IN_TEXT, f"holder: {claim.holder}", place),)
    target = anchors.nearest(targets, cue)
    if claim.target is not None and target is None:
        return None, (Unanchored(NOT_IN_TEXT, f"target: {claim.target}", place),)
    told = claim.attribution
    reporter = anchors.nearest(anchors.places(told), cue) if told is not None else None
    holder = anchors.nearest(holders, cue)
    assert holder is not None
    stated = Stated(
        holders=(holder,),
        cue=cue,
        stance=claim.stance,
        target=target,
        form=claim.form,
        negated=claim.negated,
        hedged=claim.hedged,
        attribution=reporter if reporter != holder else None,
    )
    if told is not None and reporter is None:
        return stated, (Unanchored(NOT_IN_TEXT, f"attribution: {told}", place),)
    return stated, ()


def _cue(claim: Quoted, anchors: Anchors, roles: tuple[Sequence[Span], ...]) -> Span | str:
    """Where the cue stands, or the refusal: in its sentence, else where it stands alone.

    Where it stands twice in its sentence, it is the one that is nearest to the other words.
    """
    passage, given = anchors.passage, anchors.span_of(claim.sentence)
    places = [one for one in anchors.places(claim.cue) if passage.start <= one.start]
    if not places:
        return NOT_IN_TEXT
    inside = [one for one in places if given is not None and one.overlaps(given)]
    if len(inside) == 1 or len(places) == 1:
        return (inside or places)[0]
    distances = sorted((sum(_distances(one, roles)), one) for one in inside)
    if len(distances) < 2 or distances[0][0] == distances[1][0]:
        return TWICE_IN_TEXT
    return distances[0][1]


def _distances(cue: Span, roles: tuple[Sequence[Span], ...]) -> Iterator[int]:
    """How far the nearest place of each role is."""
    for places in roles:
        if places:
            yield min(_gap(one, cue) for one in places)


def _gap(one: Span, other: Span) -> int:
    return max(0, max(one.start, other.start) - min(one.end, other.end))
