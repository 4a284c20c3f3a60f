"""Names typed by their titles, their head nouns and the model: people and bodies."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.extraction.mentions.agreement import known_kinds, with_one_kind
from pipeline.extraction.mentions.candidates import Typed
from pipeline.extraction.mentions.clubs import ClubNames
from pipeline.extraction.mentions.cuts import NameCutter
from pipeline.extraction.mentions.definitions import DEFINITIONS
from pipeline.extraction.mentions.guesses import Guesser, after_article
from pipeline.extraction.mentions.headlines import (
    capitalised_inside,
    headlines,
    named_in_headline,
)
from pipeline.extraction.mentions.listed import (
    with_listed,
    with_listed_bodies,
    with_told_bodies,
    without_listed_places,
)
from pipeline.extraction.mentions.matches import Match
from pipeline.extraction.mentions.names import NameFinder, text_of
from pipeline.extraction.mentions.neighbours import Neighbours
from pipeline.extraction.mentions.persons import PersonNames
from pipeline.extraction.mentions.titles import Titles
from pipeline.lexicon.nouns import Nouns
from pipeline.records import Kind, Source

if TYPE_CHECKING:
    from spacy.tokens import Doc


class NameTyper:
    """Says of each name of a doc what it is."""

    def __init__(self, nouns: Nouns) -> None:
        self.names = NameFinder(nouns)
        self.titles = Titles(nouns)
        self._cutter = NameCutter(self.names, self.titles)
        self._persons = PersonNames(nouns, self.titles)
        self._nouns = nouns
        self._clubs = ClubNames(nouns)
        self._neighbours = Neighbours(nouns)
        self._guesser = Guesser(nouns, self.names, self.titles, self._persons)

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
                if heading and inside:
                    typed = _as_written_inside(doc, typed, inside)
                if typed is not None:
                    found.append(typed)
                else:
                    untyped.append((start, end))
        found = [self._with_particles(doc, item) for item in found]
        given = self._guesser.given.is_given
        found = with_listed(doc, found, self._unknown(untyped, starts), self._persons, given)
        named = {kind: set[int]() for kind in Kind}
        for match in matches:
            if match.is_name:
                named[match.kind].add(match.start)
        found = with_listed_bodies(doc, found, untyped, named[Kind.ORGANISATION], given)
        found = with_told_bodies(doc, found, untyped, set(starts), self._nouns, given)
        found = without_listed_places(doc, found, untyped, named[Kind.STATE])
        found = with_one_kind(doc, found, self._nouns)
        found.extend(_spread(doc, known_kinds(doc, found, self._nouns), untyped))
        found = list(_without_things(doc, found))
        return sorted(found, key=lambda item: item.start)

    def _unknown(
        self, untyped: list[tuple[int, int]], starts: Mapping[int, Match]
    ) -> list[tuple[int, int]]:
        """The untyped names that the lexicon has nothing at the beginning of."""
        return [place for place in untyped if place[0] not in starts]

    def _with_particles(self, doc: Doc, item: Typed) -> Typed:
        if item.kind is not Kind.PERSON:
            return item
        return replace(item, start=self._persons.with_particles(doc, item.start))

    def _type(
        self, doc: Doc, start: int, end: int, starts: Mapping[int, Match], *, heading: bool
    ) -> Typed | None:
        """What the name is by its own words, else by those beside it, else for the model."""
        if _is_known(starts.get(start), end):
            return None
        if self._clubs.names_club(doc, start, end):
            return Typed(after_article(doc, start), end, Kind.ORGANISATION, Source.PATTERN)
        if self._persons.begins_with_place(doc, start, end, starts):
            return Typed(start, end, Kind.PERSON, Source.PATTERN)
        title = self._past_title(doc, start, end, starts)
        if self._names_thing(doc, start, end, title):
            return Typed(start, end, None, Source.PATTERN)
        if self.names.names_realm(doc, start, end):
            return Typed(after_article(doc, start), end, Kind.GROUP, Source.PATTERN)
        titled = title is not None and title >= end - 1 and self.titles.is_whole(doc, start, title)
        if not titled and not heading and self._is_body(doc, start, end):
            return Typed(after_article(doc, start), end, Kind.ORGANISATION, Source.PATTERN)
        if title is not None:
            return self._titled(doc, title, end, starts)
        beside = self._by_neighbours(doc, start, end, starts)
        return beside or self._guesser.type(doc, start, end, starts, heading=heading)

    def _past_title(
        self, doc: Doc, start: int, end: int, starts: Mapping[int, Match]
    ) -> int | None:
        """The token after the last title or calling in the name; None where it has none."""
        past = self.titles.last_in(doc, start, end)
        return past or self._past_calling(doc, _past_state(start, end, starts), end)

    def _past_calling(self, doc: Doc, start: int, end: int) -> int | None:
        """The token after a calling with a capital, or None: "Legislator Ana Soto".

        A given name follows it, or what alone the model takes for a person.
        """
        first, second = doc[start], doc[min(start + 1, len(doc) - 1)]
        if end - start < 3 or not first.text.istitle() or second.text.islower():
            return None
        if first.lower_ not in self.titles.callings:
            return None
        people = all(token.ent_type_ == "PERSON" for token in doc[start + 1 : end])
        given = self._guesser.given.is_given(second) and second.text.istitle()
        return start + 1 if given or people else None

    def _names_thing(self, doc: Doc, start: int, end: int, title: int | None) -> bool:
        """Whether it is a treaty's or an event's name, and no person's ("Sen. Jeff Sessions")."""
        words = doc[start:end].text.lower()
        if words in self._nouns.treaty_names:
            return doc[start].text.isupper()
        if words in self._nouns.thing_names:
            return True
        if self._neighbours.name_campaign(doc, start, end):
            return True
        if not self.names.names_no_actor(doc, start, end):
            return False
        if title is None or end - title < 2 or not self._persons.may_be(doc, title, end, {}):
            return True
        return all(token.ent_type_ != "PERSON" for token in doc[title:end])

    def _is_body(self, doc: Doc, start: int, end: int) -> bool:
        return end - start > 1 and self.names.names_body(doc, start, end)

    def _titled(self, doc: Doc, start: int, end: int, starts: Mapping[int, Match]) -> Typed | None:
        """What follows a title within a name: "President Hollande"."""
        if start >= end or not self._persons.may_be(doc, start, end, starts):
            return None
        return Typed(start, end, Kind.PERSON, Source.PATTERN)

    def _by_neighbours(
        self, doc: Doc, start: int, end: int, starts: Mapping[int, Match]
    ) -> Typed | None:
        """What the words before and after the name say that it is, if they say so."""
        if self._neighbours.name_leader(doc, start, end, starts):
            return Typed(start, end, Kind.PERSON, Source.PATTERN)
        if self._neighbours.name_body(doc, start, end, starts):
            return Typed(start, end, Kind.ORGANISATION, Source.PATTERN)
        called = self.titles.stand_before(doc, start)
        if called and self._persons.may_be(doc, start, end, starts):
            return Typed(start, end, Kind.PERSON, Source.PATTERN)
        elects = self._neighbours.name_constituency(doc, start)
        person = elects and self._guesser.given.reads_like_full(doc, start, end)
        if (elects and not person) or self._neighbours.name_place(doc, end):
            return Typed(start, end, None, Source.PATTERN)
        return None


def _past_state(start: int, end: int, starts: Mapping[int, Match]) -> int:
    """The place after a state's name or adjective that the name begins with: "US Attorney …"."""
    match = starts.get(start)
    state = match is not None and match.kind is Kind.STATE and match.end < end
    return match.end if match is not None and state else start


def _is_known(match: Match | None, end: int) -> bool:
    """Whether the lexicon has the whole name, and no other meaning of it."""
    return match is not None and match.end == end and match.is_name and not match.ambiguous


def _as_written_inside(doc: Doc, typed: Typed | None, inside: frozenset[str]) -> Typed | None:
    """A headline's person without the words that have a capital only there."""
    if typed is None or typed.kind is not Kind.PERSON:
        return typed
    place = named_in_headline(doc, typed.start, typed.end, inside)
    return Typed(*place, typed.kind, typed.source) if place else None


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


def _spread(
    doc: Doc, known: Mapping[str, Kind | None], untyped: list[tuple[int, int]]
) -> Iterator[Typed]:
    """Names that the model missed here and typed elsewhere in the same text."""
    for start, end in untyped:
        kind = known.get(text_of(doc, start, end))
        if kind is not None:
            yield Typed(start, end, kind, Source.COREFERENCE)
