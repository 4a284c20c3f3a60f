"""Names of sports clubs, which have a place in them and are never its government."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.lexicon.nouns import Nouns

if TYPE_CHECKING:
    from spacy.tokens import Doc

_LONGEST = 5


class ClubNames:
    """Says of a name whether it is a club's."""

    def __init__(self, nouns: Nouns) -> None:
        self.nouns = nouns

    def names_club(self, doc: Doc, start: int, end: int) -> bool:
        """As in "Real Madrid", "FC Barcelona", "Leeds United"."""
        if not 2 <= end - start <= _LONGEST:
            return False
        first, last = doc[start], doc[end - 1]
        if first.lower_ in self.nouns.club_letters or last.lower_ in self.nouns.club_letters:
            return any(
                t.text.isupper() and t.lower_ in self.nouns.club_letters for t in doc[start:end]
            )
        endings = {doc[max(start + 1, end - length) : end].text.lower() for length in (1, 2, 3)}
        return self._opens(doc, start, end) or bool(endings & self.nouns.club_endings)

    def _opens(self, doc: Doc, start: int, end: int) -> bool:
        """Whether the name begins as clubs' names do, with a word of a name after that."""
        for length in (2, 1):
            opening = doc[start : start + length].text.lower()
            if opening in self.nouns.club_openings and start + length < end:
                return doc[start + length].text[0].isupper()
        return False
