"""The halves of a divided land: "North and South Korea", "the North"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from pipeline.extraction.mentions.candidates import Candidate
from pipeline.extraction.mentions.matches import Match
from pipeline.language.words import JOINING_CONJUNCTIONS
from pipeline.lexicon.entities import EntityLexicon, Role
from pipeline.lexicon.nouns import Nouns
from pipeline.records import Kind, Source

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token


class HalfFinder:
    """Finds the states of which the text gives only the half."""

    def __init__(self, nouns: Nouns, lexicon: EntityLexicon) -> None:
        self.nouns = nouns
        self.lexicon = lexicon

    def find(self, doc: Doc, matches: Sequence[Match]) -> Iterator[Candidate]:
        """The first halves of pairs, then the halves that stand alone."""
        for match in {match.end: match for match in matches}.values():
            if match.kind is Kind.STATE and match.is_name and match.start > 1:
                other = self._other_half(doc, match)
                if other is not None:
                    place = match.start - 2
                    yield Candidate(place, place + 1, Kind.STATE, other, Source.PATTERN)
        yield from self._alone(doc, matches)

    def _other_half(self, doc: Doc, match: Match) -> str | None:
        """The state of "North" in "North and South Korea"; the second half is matched itself."""
        first, joint, half = (doc[match.start - n] for n in (2, 1, 0))
        if joint.text not in JOINING_CONJUNCTIONS or first.text == half.text:
            return None
        if not self._is_half(first) or not self._is_half(half):
            return None
        land = self.lexicon.name_of(match.entity).partition(" ")[2]
        other = self.lexicon.find(f"{first.text} {land}")
        if land.casefold() not in self.nouns.halved_lands or other is None:
            return None
        return other.entity if other.kind is Kind.STATE else None

    def _alone(self, doc: Doc, matches: Sequence[Match]) -> Iterator[Candidate]:
        """As in "the North" in a text that names North Korea."""
        halves = {
            doc[match.start].text: match.entity
            for match in matches
            if _is_plain_state(match) and self._is_half(doc[match.start])
        }
        for token in doc[1:] if halves else ():
            entity = halves.get(token.text)
            if entity is not None and _stands_alone(token):
                yield Candidate(token.i, token.i + 1, Kind.STATE, entity, Source.COREFERENCE)

    def _is_half(self, token: Token) -> bool:
        return token.text.istitle() and token.lower_ in self.nouns.half_words


def _is_plain_state(match: Match) -> bool:
    """Whether the match is a state's name of two words."""
    named = match.kind is Kind.STATE and match.role is Role.NAME
    return named and match.end - match.start == 2


def _stands_alone(token: Token) -> bool:
    """Whether the half follows "the" and is no part of a longer name or phrase."""
    if token.doc[token.i - 1].lower_ != "the" or token.dep_ in ("compound", "amod"):
        return False
    after = token.doc[token.i + 1] if token.i + 1 < len(token.doc) else None
    return after is None or not (after.is_alpha and after.text[0].isupper())
