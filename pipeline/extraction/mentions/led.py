"""Alliances by who leads them: "US-led coalition"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pipeline.extraction.mentions.candidates import Candidate
from pipeline.extraction.mentions.matches import NAMES, Match
from pipeline.extraction.mentions.names import HYPHENS
from pipeline.extraction.mentions.nouns_after import noun_after
from pipeline.lexicon.entities import EntityLexicon
from pipeline.lexicon.nouns import Nouns
from pipeline.lexicon.spellings import slug_of
from pipeline.records import Kind, Source

if TYPE_CHECKING:
    from spacy.tokens import Doc


class LedFinder:
    """Finds what is led, and its leader as a mention inside it."""

    def __init__(self, nouns: Nouns, lexicon: EntityLexicon) -> None:
        self.nouns = nouns
        self.lexicon = lexicon

    def led_by(self, doc: Doc, match: Match) -> Iterator[Candidate]:
        """As in "US-led coalition", with the leader as a mention of its own."""
        place = match.end
        if place + 2 >= len(doc) or not self._leads(doc, place):
            return
        head = noun_after(doc, place + 2, self.nouns.led_nouns)
        if head is None:
            return
        words = f"{self.lexicon.adjective_of(match.entity)} {doc[place + 1 : head + 1].text}"
        entity = f"org:{slug_of(words)}"
        yield Candidate(match.start, head + 1, Kind.ORGANISATION, entity, Source.PATTERN)
        if match.is_name:
            yield Candidate(
                match.start, match.end, match.kind, match.entity, Source.LEXICON, nested=True
            )

    def leader_in(self, doc: Doc, match: Match) -> Iterator[Candidate]:
        """The leader in a coalition that the lexicon has whole ("US-led coalition")."""
        for place in range(match.start + 1, match.end - 2):
            if self._leads(doc, place):
                form = self.lexicon.find(doc[match.start : place].text)
                if form is not None and form.role in NAMES:
                    yield Candidate(
                        match.start, place, form.kind, form.entity, Source.LEXICON, nested=True
                    )

    def _leads(self, doc: Doc, place: int) -> bool:
        """Whether a hyphen and "led" or the like stand at ``place``."""
        return doc[place].text in HYPHENS and doc[place + 1].lower_ in self.nouns.leading_words
