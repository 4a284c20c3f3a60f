"""Short names of bodies that a text also names in full, before or after: acronyms, head nouns.

Source: codebook §1, rules 6 and 8.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from pipeline.extraction.mentions.candidates import Candidate, Typed
from pipeline.extraction.mentions.matches import read_matches
from pipeline.extraction.mentions.names import NameFinder
from pipeline.language.words import WITHOUT_INITIAL
from pipeline.lexicon.nouns import Nouns
from pipeline.records import Kind, Source

if TYPE_CHECKING:
    from spacy.tokens import Doc

_LEAST = 2


class ShortForms:
    """The bodies that one doc names in full, by their initials and by their head nouns."""

    def __init__(
        self, doc: Doc, typed: Sequence[Candidate], names: NameFinder, nouns: Nouns
    ) -> None:
        self.doc = doc
        self.names = names
        self.nouns = nouns
        self._typed = typed

    def entity_of(self, item: Typed) -> str | None:
        """The body that a name of one word is short for; None where it is not plain.

        An acronym is that of the only body with its initials; a head noun is that of the last
        body before it, else of the only one after.
        """
        if item.end - item.start != 1:
            return None
        word = self.doc[item.start].text
        if word.isupper():
            entities = {body.entity for body in self._by_initials.get(word, ())}
            return next(iter(entities)) if len(entities) == 1 else None
        bodies = self._by_head.get(word, []) if self.names.is_body_noun(word.lower()) else []
        before = bisect_left(bodies, item.start, key=_start)
        if before:
            return bodies[before - 1].entity
        return bodies[0].entity if len({body.entity for body in bodies}) == 1 else None

    @cached_property
    def _bodies(self) -> list[Candidate]:
        """The bodies with names of several words, of the lexicon too, in text order."""
        known = (
            Candidate(match.start, match.end, match.kind, match.entity, Source.LEXICON)
            for match in read_matches(self.doc)
            if match.kind is Kind.ORGANISATION and match.is_name and not match.ambiguous
        )
        bodies = {(item.start, item.end): item for item in (*self._typed, *known)}
        long = (item for item in bodies.values() if item.end - item.start >= _LEAST)
        return sorted(long, key=_start)

    @cached_property
    def _by_initials(self) -> dict[str, list[Candidate]]:
        found: dict[str, list[Candidate]] = {}
        for item in self._bodies:
            words = [token for token in self.doc[item.start : item.end] if token.is_alpha]
            solid = [token for token in words if token.lower_ not in WITHOUT_INITIAL]
            for chosen in (words, solid):
                initials = "".join(token.text[0].upper() for token in chosen)
                if len(initials) > _LEAST:
                    found.setdefault(initials, []).append(item)
        return found

    @cached_property
    def _by_head(self) -> dict[str, list[Candidate]]:
        found: dict[str, list[Candidate]] = {}
        for item in self._bodies:
            head = self.doc[self.names.head_of(self.doc, item.start, item.end)].text
            found.setdefault(head, []).append(item)
        return found


def _start(item: Candidate) -> int:
    return item.start
