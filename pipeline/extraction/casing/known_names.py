"""Names of the lexicon in a text, whatever their capitals."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from pipeline.lexicon.entities import Form, Role
from pipeline.records import Kind

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from pipeline.extraction.gazetteer import EntityGazetteer

_END = ""


@dataclass(frozen=True, slots=True)
class Known:
    """A name of the lexicon with the words that it has there, and the tokens they stand on."""

    places: tuple[int, ...]
    words: tuple[str, ...]
    form: Form

    @property
    def start(self) -> int:
        """The first token."""
        return self.places[0]


class KnownNames:
    """Finds the lexicon's names by their letters alone; the first text in capitals builds it."""

    def __init__(self, gazetteer: EntityGazetteer) -> None:
        self._gazetteer = gazetteer

    def find(self, doc: Doc, start: int, end: int) -> Iterator[Known]:
        """The longest names among the tokens, one after the other."""
        place = start
        while place < end:
            found = self._at(doc, place, end)
            if found is not None:
                yield found
                place = found.places[-1] + 1
            else:
                place += 1

    def is_given(self, word: str) -> bool:
        """Whether a person of the lexicon has the lower-case word for a first name."""
        return word in self._given

    def is_surname(self, word: str) -> bool:
        """Whether a person of the lexicon has the lower-case word for a last name."""
        return word in self._surnames

    def has_word(self, text: str) -> bool:
        """Whether the lexicon has the word for a whole name as it is written here."""
        return self._gazetteer.lexicon.find(text) is not None

    def _at(self, doc: Doc, start: int, end: int) -> Known | None:
        node: Any = self._trie
        hit: Known | None = None
        places: list[int] = []
        for place in range(start, end):
            if doc[place].is_space and places:
                continue
            places.append(place)
            node = node.get(doc[place].lower_)
            if node is None:
                break
            if _END in node:
                words, form = node[_END]
                hit = Known(tuple(places), words, form)
        return hit

    @cached_property
    def _trie(self) -> dict[str, Any]:
        trie: dict[str, Any] = {}
        for words, form in self._gazetteer.spelt():
            node = trie
            for word in words:
                node = node.setdefault(word.lower(), {})
            older = node.get(_END)
            if older is None or (older[1].text.isupper() and form.role is Role.NAME):
                node[_END] = (words, form)
        return trie

    @cached_property
    def _surnames(self) -> frozenset[str]:
        return frozenset(
            words[-1].lower()
            for words, form in self._gazetteer.spelt()
            if form.kind is Kind.PERSON and len(words) > 1 and words[-1].isalpha()
        )

    @cached_property
    def _given(self) -> frozenset[str]:
        return frozenset(
            words[0].lower()
            for words, form in self._gazetteer.spelt()
            if form.kind is Kind.PERSON and len(words) > 1 and words[0].isalpha()
        )
