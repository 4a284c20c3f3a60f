"""The lexicon's spans of a doc, as mentions are made of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.extraction.gazetteer import SPANS
from pipeline.language.words import ARTICLES
from pipeline.lexicon.entities import Role
from pipeline.records import Kind

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span

NAMES = frozenset([Role.NAME, Role.ACRONYM, Role.MISSPELLING])


@dataclass(frozen=True, slots=True)
class Match:
    """A lexicon span of a doc with its role."""

    start: int
    end: int
    kind: Kind
    entity: str
    role: Role
    ambiguous: bool

    @property
    def is_name(self) -> bool:
        """Whether it names its entity outright."""
        return self.role in NAMES


def read_matches(doc: Doc) -> list[Match]:
    """The lexicon spans of the doc as matches, in order."""
    return [_to_match(span) for span in doc.spans.get(SPANS, ())]


def is_inside_longer_entity(doc: Doc, match: Match) -> bool:
    """Whether the model sees a longer name around the match."""
    start, end = _entity_around(doc, match.start)
    if start < end and doc[start].lower_ in ARTICLES:
        start += 1
    return start <= match.start and match.end <= end and end - start > match.end - match.start


def _to_match(span: Span) -> Match:
    role = span.kb_id_.rstrip("?")
    return Match(
        span.start, span.end, Kind(span.label_), span.id_, Role(role), span.kb_id_.endswith("?")
    )


def _entity_around(doc: Doc, place: int) -> tuple[int, int]:
    """The token start and end of the model's entity at ``place``; empty where there is none."""
    if not doc[place].ent_type_:
        return place, place
    start, end = place, place + 1
    while start > 0 and doc[start].ent_iob_ == "I":
        start -= 1
    while end < len(doc) and doc[end].ent_iob_ == "I":
        end += 1
    return start, end
