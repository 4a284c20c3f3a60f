"""Bodies whose names begin with a state's or a region's and end in another body's.

"Africa Centres for Disease Control" is not the body that the lexicon has under the last four words.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from pipeline.extraction.mentions.candidates import Candidate
from pipeline.extraction.mentions.matches import Match
from pipeline.extraction.mentions.names import text_of
from pipeline.lexicon.entities import EntityLexicon, Role
from pipeline.lexicon.nouns import Nouns
from pipeline.lexicon.spellings import slug_of
from pipeline.records import Kind, Source

if TYPE_CHECKING:
    from spacy.tokens import Doc

_OWNERS = frozenset([Kind.STATE, Kind.GROUP])


class LongerNames:
    """Finds the longer names around the lexicon's matches."""

    def __init__(self, nouns: Nouns, lexicon: EntityLexicon) -> None:
        self.nouns = nouns
        self.lexicon = lexicon

    def find(self, doc: Doc, matches: Sequence[Match]) -> Iterator[Candidate]:
        """Bodies after the name of a state or a region that owns them."""
        starts = {match.start: match for match in matches}
        for match in matches:
            if match.kind in _OWNERS and match.role is not Role.SEAT:
                body = starts.get(match.end)
                if body is not None and self._owns(doc, match, body):
                    yield self._body(doc, match, body)

    def _owns(self, doc: Doc, owner: Match, body: Match) -> bool:
        """Whether the body is one of which every state has its own: "Supreme Court"."""
        if body.kind is not Kind.ORGANISATION or body.end - body.start < 2 or not body.is_name:
            return False
        first = doc[body.start]
        return first.text[0].isupper() and doc[owner.start].text[0].isupper()

    def _body(self, doc: Doc, owner: Match, body: Match) -> Candidate:
        text, words = text_of(doc, owner.start, body.end), text_of(doc, body.start, body.end)
        known = self.lexicon.find(text)
        own = self.lexicon.find(f"{self.lexicon.name_of(owner.entity)} {words}")
        if known is None and own is not None and own.entity == body.entity:
            known = own
        entity = known.entity if known is not None else f"org:{slug_of(text)}"
        return Candidate(owner.start, body.end, Kind.ORGANISATION, entity, Source.PATTERN)
