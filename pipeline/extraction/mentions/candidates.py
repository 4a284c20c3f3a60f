"""What may become a mention, with who found it; and the rule by which overlaps are settled."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pipeline.records import Kind, Mention, Source

if TYPE_CHECKING:
    from spacy.tokens import Doc

FULL_NAMES = "full_names"
"""Where a doc keeps entities of bodies with names that the lexicon has for them."""
THINGS = "things"
"""Where a doc keeps the tokens of names of treaties, events and places, which are no actors."""
SCORES = {
    Source.LEXICON: 0.95,
    Source.ACRONYM: 0.93,
    Source.PATTERN: 0.85,
    Source.COREFERENCE: 0.8,
    Source.NER: 0.65,
}
_RANK = {source: rank for rank, source in enumerate(reversed(SCORES))}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A token span that may be a mention. A ``nested`` one may lie inside another."""

    start: int
    end: int
    kind: Kind
    entity: str
    source: Source
    nested: bool = False
    sources: tuple[Source, ...] = ()

    def overlaps(self, other: Candidate) -> bool:
        """Whether the two share a token."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Typed:
    """A name's token span with its kind; None where it names no actor (a treaty, a place)."""

    start: int
    end: int
    kind: Kind | None
    source: Source


def without_overlaps(candidates: Iterable[Candidate]) -> list[Candidate]:
    """The candidates that stay, in text order, each with all sources that agree with it.

    The longer one wins; of two as long, the lexicon wins over the acronym, the pattern, the
    link to an earlier name and the model, in this order.
    """
    ordered = sorted(
        candidates, key=lambda item: (item.start - item.end, -_RANK[item.source], item.start)
    )
    kept: list[Candidate] = []
    taken: dict[int, int] = {}
    for item in ordered:
        rivals = {taken[place] for place in range(item.start, item.end) if place in taken}
        if item.nested:
            kept.append(replace(item, sources=(item.source,)))
        elif rivals:
            for rival in rivals:
                kept[rival] = _with_source(kept[rival], item)
        else:
            for place in range(item.start, item.end):
                taken[place] = len(kept)
            kept.append(replace(item, sources=(item.source,)))
    unique = {(item.start, item.end): item for item in reversed(kept)}
    return sorted(unique.values(), key=lambda item: (item.start, item.end))


def to_mention(doc: Doc, item: Candidate) -> Mention:
    """The record of a candidate; the score grows when more than one source agrees."""
    best = max(SCORES[source] for source in item.sources)
    score = 1 - (1 - best) / len(item.sources)
    last = doc[item.end - 1]
    return Mention(
        start=doc[item.start].idx,
        end=last.idx + len(last.text),
        kind=item.kind,
        entity=item.entity or None,
        sources=item.sources,
        score=round(score, 3),
        inferred=Source.COREFERENCE in item.sources[:1],
    )


def _with_source(winner: Candidate, other: Candidate) -> Candidate:
    agrees = winner.kind.mention_type is other.kind.mention_type
    if not agrees or other.source in winner.sources:
        return winner
    return replace(winner, sources=(*winner.sources, other.source))
