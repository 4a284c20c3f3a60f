"""Titles, offices and callings before names ("President", "Special Envoy", "barrister")."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.extraction.mentions.names import HYPHENS
from pipeline.lexicon.nouns import Nouns

if TYPE_CHECKING:
    from spacy.tokens import Doc


class Titles:
    """Finds titles inside names and right before them."""

    def __init__(self, nouns: Nouns) -> None:
        longer = {noun for noun in nouns.person_nouns if " " in noun}
        self.words = nouns.titles | longer | {f"{title}." for title in nouns.titles}
        self.callings = self.words | nouns.person_nouns
        self._openings = {title[:end] for title in self.words for end in range(1, len(title) + 1)}
        self._longest = max((len(title.split()) for title in self.words), default=1)

    def last_in(self, doc: Doc, start: int, end: int) -> int | None:
        """The token after the last title inside a name, or None where it has none.

        A title may begin before the name: "Secretary of State" with the name "State John Doe".
        """
        last = None
        place = max(doc[start].sent.start, start - 3)
        while place < end:
            length = self._length_at(doc, place, end)
            joined = place + length < end and doc[place + length].text in HYPHENS
            if length and place + length > start and not joined:
                place += length
                last = place
            else:
                place += 1
        return last

    def stand_before(self, doc: Doc, start: int) -> bool:
        """Whether a lower-case title or calling stands right before ("barrister John Doe")."""
        for length in (1, 2, 3):
            if start >= length:
                words = doc[start - length : start].text
                if words.islower() and words in self.callings:
                    return True
        return False

    def is_whole(self, doc: Doc, start: int, end: int) -> bool:
        """Whether the words are one title: "Judge", and not "Animal Justice" before "Party"."""
        return start >= end or doc[start:end].text.lower() in self.words

    def is_plural(self, word: str) -> bool:
        """Whether the lower-case word is a title, in the singular or the plural."""
        plural = word.endswith("s") and word[:-1] in self.words
        several = word.endswith("ies") and f"{word[:-3]}y" in self.words
        return word in self.words or plural or several

    def _length_at(self, doc: Doc, place: int, end: int) -> int:
        if doc[place].lower_ not in self._openings:
            return 0
        for length in range(min(self._longest, end - place), 0, -1):
            if doc[place : place + length].text.lower() in self.words:
                return length
        return 0
