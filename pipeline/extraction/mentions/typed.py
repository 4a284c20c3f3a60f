"""Names typed by their titles, their head nouns and the model: people and bodies."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.extraction.mentions.cuts import NameCutter
from pipeline.extraction.mentions.definitions import DEFINITIONS
from pipeline.extraction.mentions.headlines import (
    capitalised_inside,
    headlines,
    named_in_headline,
)
from pipeline.extraction.mentions.lexical import Match
from pipeline.extraction.mentions.names import CONNECTORS, NameFinder, text_of
from pipeline.extraction.mentions.titles import Titles
from pipeline.lexicon.entities import EntityLexicon, Role
from pipeline.lexicon.nouns import Nouns
from pipeline.lexicon.spellings import slug_of
from pipeline.records import Kind, Source

if TYPE_CHECKING:
    from spacy.tokens import Doc

_NO_ACTOR = frozenset(["EVENT", "LAW", "WORK_OF_ART", "PRODUCT", "FAC", "LANGUAGE", "LOC", "GPE"])


_LOCATIVE = frozenset(
    "in at near outside inside into around across through throughout from to of toward".split()
)


@dataclass(frozen=True, slots=True)
class Typed:
    """A name's token span with its kind; None where it names no actor (a treaty, a place)."""

    start: int
    end: int
    kind: Kind | None
    source: Source


class NameTyper:
    """Says of each name of a doc what it is."""

    def __init__(self, nouns: Nouns, lexicon: EntityLexicon) -> None:
        self.nouns = nouns
        self.lexicon = lexicon
        self.names = NameFinder(nouns)
        self.titles = Titles(nouns)
        self._cutter = NameCutter(self.names, self.titles)
        self._bodies_beside = nouns.media_nouns | {
            noun for noun in nouns.collective_nouns if noun not in nouns.person_nouns
        }
        self._common = (
            self.titles.words | nouns.event_nouns | nouns.person_nouns | nouns.state_nouns
        )
        self._common |= nouns.government_nouns | nouns.treaty_nouns

    def find(self, doc: Doc, matches: list[Match]) -> list[Typed]:
        """The typed names of the doc, in order; names that nothing types are left out."""
        starts = {match.start: match for match in matches}
        found: list[Typed] = []
        untyped: list[tuple[int, int]] = []
        shouting = headlines(doc)
        inside = capitalised_inside(doc, shouting)
        for name in self.names.find(doc):
            heading = doc[name.start].sent.start in shouting
            for start, end in self._cutter.cut(doc, name, starts):
                typed = self._type(doc, start, end, starts, heading=heading)
                if typed is not None and heading and typed.kind is Kind.PERSON and inside:
                    place = named_in_headline(doc, typed.start, typed.end, inside)
                    typed = Typed(*place, typed.kind, typed.source) if place else None
                if typed is not None:
                    found.append(typed)
                else:
                    untyped.append((start, end))
        found.extend(_spread(doc, found, untyped))
        found = list(_without_things(doc, found))
        return sorted(found, key=lambda item: item.start)

    def _type(
        self, doc: Doc, start: int, end: int, starts: dict[int, Match], *, heading: bool
    ) -> Typed | None:
        match = starts.get(start)
        if match is not None and match.end == end and match.is_name and not match.ambiguous:
            return None
        if self.names.names_no_actor(doc, start, end):
            return Typed(start, end, None, Source.PATTERN)
        title = self.titles.last_in(doc, start, end)
        body = self.names.names_body(doc, start, end) and end - start > 1 and not heading
        if body and (title is None or title < end - 1):
            begin = self._after_article(doc, start)
            return Typed(begin, end, Kind.ORGANISATION, Source.PATTERN)
        if title is not None:
            return self._person(doc, title, end, starts)
        if self._governs(doc, start, end, starts):
            return Typed(start, end, Kind.PERSON, Source.PATTERN)
        if self._has_body_noun_beside(doc, start, end, starts):
            return Typed(start, end, Kind.ORGANISATION, Source.PATTERN)
        if self.titles.stand_before(doc, start) and self._may_be_person(doc, start, end, starts):
            return Typed(start, end, Kind.PERSON, Source.PATTERN)
        if self._modifies_place(doc, end):
            return Typed(start, end, None, Source.PATTERN)
        return self._by_model(doc, start, end, starts, heading=heading)

    def _governs(self, doc: Doc, start: int, end: int, starts: dict[int, Match]) -> bool:
        """As in "the Trump administration": a leader's name before a noun for a government."""
        if end >= len(doc) or end - start > 2 or start in starts or not doc[end].text.islower():
            return False
        return doc[end].lower_ in ("administration", "government", "regime", "cabinet") and (
            doc[end - 1].text.istitle() and doc[end - 1].ent_type_ in ("PERSON", "ORG")
        )

    def _by_saying(self, doc: Doc, start: int, end: int) -> Typed | None:
        """Somebody whom the model has not found, as the subject of a verb of saying."""
        root = doc[start:end].root
        if root.dep_ != "nsubj" or root.pos_ != "PROPN" or end - start > 3:
            return None
        if root.head.lemma_ not in self.nouns.saying_verbs or root.lower_ in self._common:
            return None
        if any(token.ent_type_ for token in doc[start:end]) or not root.is_alpha:
            return None
        kind = Kind.ORGANISATION if root.text.isupper() else Kind.PERSON
        return Typed(start, end, kind, Source.PATTERN)

    def _modifies_place(self, doc: Doc, end: int) -> bool:
        """As in "the Mezzeh military airport": a name that a place noun heads."""
        for place in range(end, min(end + 3, len(doc))):
            token = doc[place]
            if not token.text.islower():
                return False
            if token.lower_ in self.nouns.place_nouns and doc[end - 1].head.i == place:
                return True
        return False

    def _person(self, doc: Doc, start: int, end: int, starts: dict[int, Match]) -> Typed | None:
        """What follows a title within a name: "President Hollande"."""
        if start >= end or not self._may_be_person(doc, start, end, starts):
            return None
        return Typed(start, end, Kind.PERSON, Source.PATTERN)

    def _may_be_person(self, doc: Doc, start: int, end: int, starts: dict[int, Match]) -> bool:
        match = starts.get(start)
        if match is not None and match.end >= end and match.kind is not Kind.PERSON:
            return match.ambiguous and not doc[start].text.isupper()
        if match is not None and match.is_name and match.kind is Kind.ORGANISATION:
            return False
        head = doc[end - 1].text.lower()
        small = {"of", "for", "on", "to", "and", "&"}
        if any(doc[place].text in small for place in range(start, end)):
            return False
        return (
            end - start <= 6
            and head not in self.nouns.body_nouns
            and head not in self.titles.words
            and not (doc[start].text.isupper() and len(doc[start].text) > 3 and end - start == 1)
        )

    def _has_body_noun_beside(
        self, doc: Doc, start: int, end: int, starts: dict[int, Match]
    ) -> bool:
        """As in "news agency Sana", "Yonhap news agency", "the company Acme"."""
        after = doc[end : end + 2].text.lower()
        if end < len(doc) and after in self.nouns.media_nouns and doc[end].text.islower():
            return not _ends_in_adjective(start, end, starts)
        for length in (1, 2):
            words = doc[max(0, start - length) : start].text
            if words.islower() and words in self._bodies_beside:
                return doc[start - 1].dep_ in ("compound", "nmod", "amod", "appos") or length == 2
        return False

    def _by_model(
        self, doc: Doc, start: int, end: int, starts: dict[int, Match], *, heading: bool
    ) -> Typed | None:
        """What the model says of the name, its span put right by the name's."""
        labels = Counter(
            doc[place].ent_type_ for place in range(start, end) if doc[place].ent_type_
        )
        if not labels:
            return None if heading or start in starts else self._by_saying(doc, start, end)
        label = labels.most_common(1)[0][0]
        if label == "PERSON":
            first = self._past_lexicon(start, end, starts)
            alone = end - first == 1
            if alone and first and doc[first - 1].lower_ in _LOCATIVE - {"to", "from", "of"}:
                return None
            if first < end and self._may_be_person(doc, first, end, starts):
                return Typed(first, end, Kind.PERSON, Source.NER)
            return None
        if label == "ORG":
            return self._organisation(doc, start, end, starts, heading=heading)
        if (label in _NO_ACTOR or self.names.may_be_either(doc, start, end)) and end - start > 1:
            return Typed(start, end, None, Source.NER)
        return None

    def _organisation(
        self, doc: Doc, start: int, end: int, starts: dict[int, Match], *, heading: bool
    ) -> Typed | None:
        if heading:
            return None
        start = self._after_article(doc, start)
        while end > start and (doc[end - 1].lower_ in CONNECTORS or doc[end - 1].is_space):
            end -= 1
        if end <= start or _ends_in_adjective(start, end, starts):
            return None
        if self.titles.is_plural(doc[end - 1].lower_):
            return None
        if end - start == 1 and not self._is_plain_body(doc, start):
            return None
        return Typed(start, end, Kind.ORGANISATION, Source.NER)

    def _is_plain_body(self, doc: Doc, place: int) -> bool:
        """Whether a single word that only the model takes for a body may be one."""
        token = doc[place]
        word = token.lower_
        if token.pos_ != "PROPN" or token.dep_ == "amod" or self.names.is_thing_noun(word):
            return False
        if not token.text.isupper() and {word, word.removesuffix("s")} & self._common:
            return False
        before = doc[place - 1] if place else None
        located = before is not None and before.lower_ in _LOCATIVE and not token.text.isupper()
        return not located

    def _past_lexicon(self, start: int, end: int, starts: dict[int, Match]) -> int:
        """The place after states and adjectives that the model took for a part of the person."""
        match = starts.get(start)
        while match is not None and match.end < end and not match.ambiguous:
            if match.kind not in (Kind.STATE, Kind.GROUP, Kind.ORGANISATION):
                break
            start = match.end
            match = starts.get(start)
        return start

    def _after_article(self, doc: Doc, start: int) -> int:
        return start + 1 if doc[start].text.lower() == "the" else start


def _ends_in_adjective(start: int, end: int, starts: dict[int, Match]) -> bool:
    return any(
        match.end == end and match.role in (Role.ADJECTIVE, Role.DEMONYM)
        for place in range(start, end)
        if (match := starts.get(place)) is not None
    )


def _without_things(doc: Doc, found: list[Typed]) -> Iterator[Typed]:
    """The typed names without the model's guesses that the text speaks against.

    It does where it calls the same name a place or a thing elsewhere, or defines the short form
    of something that is no actor.
    """
    things = {item.short for item in doc.user_data.get(DEFINITIONS, ()) if item.kind is None}
    things |= {text_of(doc, item.start, item.end) for item in found if item.kind is None}
    for item in found:
        guessed = item.source in (Source.NER, Source.COREFERENCE)
        if item.kind is not None and guessed and text_of(doc, item.start, item.end) in things:
            yield Typed(item.start, item.end, None, item.source)
        else:
            yield item


def _spread(doc: Doc, found: list[Typed], untyped: list[tuple[int, int]]) -> Iterator[Typed]:
    """Names that the model missed here and typed elsewhere in the same text."""
    known: dict[str, Kind] = {}
    for item in found:
        if item.kind is not None:
            known.setdefault(text_of(doc, item.start, item.end), item.kind)
    for start, end in untyped:
        kind = known.get(text_of(doc, start, end))
        if kind is not None:
            yield Typed(start, end, kind, Source.COREFERENCE)


def person_id(text: str, lexicon: EntityLexicon) -> str:
    """The entity of a person's full name: the lexicon's, or one made of the name."""
    known = lexicon.find(text)
    return known.entity if known and known.kind is Kind.PERSON else f"person:{slug_of(text)}"


__all__ = ["NameTyper", "Typed", "person_id"]
