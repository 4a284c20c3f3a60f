"""Which names can be a person's, and whose they are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from pipeline.extraction.mentions.matches import Match
from pipeline.extraction.mentions.titles import Titles
from pipeline.language.words import NO_PERSON_WORDS
from pipeline.lexicon.entities import EntityLexicon
from pipeline.lexicon.nouns import Nouns
from pipeline.lexicon.spellings import slug_of
from pipeline.records import Kind

if TYPE_CHECKING:
    from spacy.tokens import Doc

_LONGEST = 6


class PersonNames:
    """Says of a name whether it can be a person's."""

    def __init__(self, nouns: Nouns, titles: Titles) -> None:
        self.nouns = nouns
        self.titles = titles

    def may_be(self, doc: Doc, start: int, end: int, starts: Mapping[int, Match]) -> bool:
        """Whether neither the lexicon nor the words of the name speak against a person."""
        match = starts.get(start)
        if match is not None:
            if match.end >= end and match.kind is not Kind.PERSON:
                return match.ambiguous and not doc[start].text.isupper()
            if match.is_name and match.kind is Kind.ORGANISATION:
                return False
        return self._reads_like_one(doc, start, end)

    def _reads_like_one(self, doc: Doc, start: int, end: int) -> bool:
        """Whether the words can be a person's: few, none of them small, no body's noun last."""
        if end - start > _LONGEST or _is_short_form(doc, start, end):
            return False
        if any(token.text in NO_PERSON_WORDS or token.text == "&" for token in doc[start:end]):
            return False
        head = doc[end - 1].lower_
        return head not in self.nouns.body_nouns and head not in self.titles.words


def person_id(text: str, lexicon: EntityLexicon) -> str:
    """The entity of a person's full name: the lexicon's, or one made of the name."""
    known = lexicon.find(text)
    return known.entity if known and known.kind is Kind.PERSON else f"person:{slug_of(text)}"


def _is_short_form(doc: Doc, start: int, end: int) -> bool:
    """Whether the name is one word of capitals, as a body's short form is."""
    return end - start == 1 and doc[start].text.isupper() and len(doc[start].text) > 3
