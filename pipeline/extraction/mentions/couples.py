"""Couples and families by their names: "the Obamas", "Bill and Hillary Clinton".

Source: codebook §1, rules 4 and 8.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from pipeline.extraction.mentions.candidates import Candidate
from pipeline.extraction.mentions.names import text_of
from pipeline.extraction.mentions.persons import person_id
from pipeline.language.occurrences import places_of
from pipeline.language.words import JOINING_CONJUNCTIONS
from pipeline.lexicon.entities import EntityLexicon
from pipeline.lexicon.nouns import Nouns
from pipeline.lexicon.spellings import slug_of, strip_accents
from pipeline.records import Kind, Source

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_SHORTEST = 5
_THE = frozenset({"the"})
_NAMES = frozenset(["NNP", "NNPS"])
_GUESSED = frozenset([Source.NER, Source.PATTERN, Source.COREFERENCE])


class Couples:
    """Finds those who are named together by one surname."""

    def __init__(self, nouns: Nouns, lexicon: EntityLexicon) -> None:
        self.nouns = nouns
        self.lexicon = lexicon

    def named(self, doc: Doc, settled: Sequence[Candidate]) -> list[Candidate]:
        """The settled candidates, with surnames in the plural and first names beside a full one."""
        places = {item.start: item for item in settled}
        changed = {item.start: item for item in self._plurals(doc, settled, places)}
        changed |= {item.start: item for item in self._first_names(doc, settled, places)}
        if not changed:
            return list(settled)
        kept = [item for item in settled if item.start not in changed]
        return sorted((*kept, *changed.values()), key=lambda item: item.start)

    def _plurals(
        self, doc: Doc, settled: Sequence[Candidate], places: dict[int, Candidate]
    ) -> Iterator[Candidate]:
        """As in "the Obamas": all of that name whom the text has named."""
        people: dict[str, dict[str, str]] | None = None
        for before in places_of(doc, _THE):
            token = doc[min(before + 1, len(doc) - 1)]
            if not self._may_be_plural(doc, token, places.get(token.i)):
                continue
            if people is None:
                people = _by_surname(doc, settled)
            for surname in (token.text[:-1], token.text[:-2]):
                named = people.get(surname, {})
                if named or (surname in self._surnames and token.text[-2:] != "ss"):
                    whole = "-and-".join(named.values()) if len(named) > 1 else slug_of(token.text)
                    found = Candidate(
                        token.i, token.i + 1, Kind.GROUP, f"group:{whole}", Source.PATTERN
                    )
                    yield replace(found, sources=(Source.PATTERN,))
                    break

    def _may_be_plural(self, doc: Doc, token: Token, item: Candidate | None) -> bool:
        """Whether the word is in the plural, after "the", and nothing but the model names it."""
        plural = token.text.istitle() and token.text.endswith("s") and token.i > 0
        if not plural or doc[token.i - 1].lower_ != "the" or len(token) < _SHORTEST:
            return False
        if (
            self.lexicon.find(token.text) is not None
            or doc[token.i + 1 : token.i + 2].text.istitle()
        ):
            return False
        return item is None or (item.end - item.start == 1 and item.source in _GUESSED)

    def _first_names(
        self, doc: Doc, settled: Sequence[Candidate], places: dict[int, Candidate]
    ) -> Iterator[Candidate]:
        """As in "Bill and Hillary Clinton": a first name before a full one."""
        for item in settled:
            start = item.start - 2
            if item.kind is not Kind.PERSON or item.end - item.start < 2 or start < 0:
                continue
            joined = doc[item.start - 1].lower_ in JOINING_CONJUNCTIONS
            if joined and self._stands_alone(doc, start, places.get(start)):
                entity = person_id(f"{doc[start].text} {doc[item.end - 1].text}", self.lexicon)
                found = Candidate(start, start + 1, Kind.PERSON, entity, Source.PATTERN)
                yield replace(found, sources=(Source.PATTERN,))

    def _stands_alone(self, doc: Doc, place: int, item: Candidate | None) -> bool:
        """Whether the word is a first name, no part of a longer name, and nobody known by it."""
        before = doc[place - 1] if place else None
        if not self._is_given(doc[place]) or (before is not None and before.tag_ in _NAMES):
            return False
        if item is None:
            return True
        made = "-" not in item.entity.partition(":")[2]
        return item.end == place + 1 and item.source in _GUESSED and made

    def _is_given(self, token: Token) -> bool:
        plain = strip_accents(token.text).lower()
        return token.text.istitle() and plain in self.nouns.given_names

    @cached_property
    def _surnames(self) -> frozenset[str]:
        """The last names of the persons of the lexicon."""
        return frozenset(
            words[-1]
            for entry in self.lexicon.entries.values()
            if entry.kind is Kind.PERSON and len(words := entry.name.split()) > 1
        )


def _by_surname(doc: Doc, settled: Sequence[Candidate]) -> dict[str, dict[str, str]]:
    """The persons whom the text names in full, with the slugs of their names, by surname."""
    found: dict[str, dict[str, str]] = {}
    for item in settled:
        if item.kind is Kind.PERSON and item.end - item.start > 1:
            named = found.setdefault(doc[item.end - 1].text, {})
            named.setdefault(item.entity, slug_of(text_of(doc, item.start, item.end)))
    return found
