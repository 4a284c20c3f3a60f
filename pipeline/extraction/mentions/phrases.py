"""Phrases that a state's or group's name or adjective heads, such as "most Latin states".

Source: codebook §1, rules 2, 4, 5 and 6.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from pipeline.extraction.mentions.candidates import Candidate
from pipeline.extraction.mentions.halves import HalfFinder
from pipeline.extraction.mentions.led import LedFinder
from pipeline.extraction.mentions.matches import Match
from pipeline.extraction.mentions.names import HYPHENS
from pipeline.extraction.mentions.nouns_after import end_of_words_after, is_compound, noun_after
from pipeline.language.words import (
    INDEFINITE_DETERMINERS,
    JOINING_CONJUNCTIONS,
    PEOPLE_DETERMINERS,
)
from pipeline.lexicon.entities import EntityLexicon, Form, Role
from pipeline.lexicon.nouns import Nouns
from pipeline.lexicon.spellings import slug_of
from pipeline.records import Kind, Source

if TYPE_CHECKING:
    from spacy.tokens import Doc

_BETWEEN = JOINING_CONJUNCTIONS | frozenset(",/-–")


class PhraseFinder:
    """Finds the phrases around the lexicon's matches."""

    def __init__(self, nouns: Nouns, lexicon: EntityLexicon) -> None:
        self.nouns = nouns
        self.lexicon = lexicon
        self._led = LedFinder(nouns, lexicon)
        self._halves = HalfFinder(nouns, lexicon)
        self._quantifiers = sorted(
            (tuple(words.split()) for words in nouns.quantifiers), key=len, reverse=True
        )
        plurals = {f"{noun}s" for noun in nouns.state_nouns}
        plurals |= {f"{noun[:-1]}ies" for noun in nouns.state_nouns if noun.endswith("y")}
        self._states = frozenset(plurals - nouns.people_nouns)
        self._group_heads = self._states | nouns.people_nouns

    def find(self, doc: Doc, matches: list[Match]) -> Iterator[Candidate]:
        """Every phrase that one of the matches begins or ends in, in order."""
        ends = {match.end: match for match in matches}
        for match in matches:
            people = match.role is not Role.SEAT and match.kind in (Kind.STATE, Kind.GROUP)
            if people or match.is_name:
                yield from self._led.led_by(doc, match)
            if people:
                yield from self._around(doc, match, ends)
            elif match.is_name:
                yield from self._led.leader_in(doc, match)
        yield from self._halves.find(doc, matches)

    def _around(self, doc: Doc, match: Match, ends: Mapping[int, Match]) -> Iterator[Candidate]:
        found = (
            self._government(doc, match) or self._group(doc, match, ends) or self._body(doc, match)
        )
        if found is not None:
            yield found

    def _government(self, doc: Doc, match: Match) -> Candidate | None:
        """As in "Government of Canada", "the Israeli government": the state itself."""
        if match.kind is not Kind.STATE:
            return None
        start = self._start_of_government(doc, match)
        if start is not None and match.is_name:
            return Candidate(start, match.end, Kind.STATE, match.entity, Source.PATTERN)
        if match.end >= len(doc) or not self._is_government(doc, match.end):
            return None
        return Candidate(match.start, match.end + 1, Kind.STATE, match.entity, Source.PATTERN)

    def _start_of_government(self, doc: Doc, match: Match) -> int | None:
        """Where "Government of (the)" before a state's name begins, if it stands there."""
        place = match.start - 1
        if place > 0 and doc[place].lower_ == "the":
            place -= 1
        if place <= 0 or doc[place].lower_ != "of":
            return None
        return place - 1 if doc[place - 1].lower_ in self.nouns.governments_of else None

    def _is_government(self, doc: Doc, place: int) -> bool:
        """Whether the noun stands for the state itself, and not for people or another noun's.

        With a capital it is a name before another noun too: "Syrian Government websites".
        """
        noun = doc[place]
        joined = is_compound(noun) and not noun.text.istitle()
        if noun.lower_ not in self.nouns.government_nouns or joined:
            return False
        people = noun.lemma_.lower() in self.nouns.person_nouns and noun.tag_ == "NNS"
        if people and noun.lower_ not in self.nouns.ruling_nouns:
            return False
        return place + 1 >= len(doc) or doc[place + 1].text not in HYPHENS

    def _group(self, doc: Doc, match: Match, ends: Mapping[int, Match]) -> Candidate | None:
        """The group that the match stands last in, before its noun or with it."""
        if match.is_name and match.kind is Kind.GROUP:
            return self._named_group(doc, match, ends)
        head = noun_after(doc, match.end, self._group_heads)
        if head is None or match.is_name:
            return None
        start, parts = self._left_of(doc, match, ends)
        noun = doc[head].text.lower()
        quantified = self._quantifier_start(doc, start)
        of_states = noun in self._states
        if of_states is (match.kind is Kind.STATE and len(parts) == 1):
            return None
        if not of_states and not _is_definite(doc, start):
            return None
        entity = self._group_id([self.lexicon.adjective_of(part.entity) for part in parts], noun)
        begin = quantified if quantified is not None else start
        return Candidate(begin, head + 1, Kind.GROUP, entity, Source.PATTERN)

    def _named_group(self, doc: Doc, match: Match, ends: Mapping[int, Match]) -> Candidate | None:
        """As in "most Latin states", where the lexicon has "Latin states" whole."""
        noun = doc[match.end - 1].lower_
        if noun not in self._states or match.end - match.start < 2:
            return None
        if doc[match.start : match.end].text.islower():
            return None
        start, parts = self._left_of(doc, match, ends)
        quantified = self._quantifier_start(doc, start)
        begin = quantified if quantified is not None else start
        if begin == match.start:
            return None
        entity = match.entity
        if len(parts) > 1:
            words = [self.lexicon.adjective_of(part.entity) for part in parts[:-1]]
            entity = self._group_id([*words, doc[match.start : match.end - 1].text], noun)
        return Candidate(begin, match.end, Kind.GROUP, entity, Source.PATTERN)

    def _group_id(self, adjectives: list[str], noun: str) -> str:
        plural = "states" if noun in self.nouns.states_words else noun
        known = self.lexicon.find(f"{' and '.join(adjectives)} {plural}")
        if known is not None:
            return known.entity
        return f"group:{slug_of(' and '.join(adjectives) + ' ' + plural)}"

    def _body(self, doc: Doc, match: Match) -> Candidate | None:
        """As in "Syrian army", "U.S. forces", "the Turkish foreign ministry"."""
        end = end_of_words_after(doc, match.end, self.nouns.common_body_nouns)
        if end is None or match.kind is not Kind.STATE:
            return None
        if match.start and doc[match.start - 1].lower_ in INDEFINITE_DETERMINERS:
            return None
        noun = self._common_body_at(doc, end)
        entity = f"org:{slug_of(self.lexicon.adjective_of(match.entity) + ' ' + noun)}"
        known = self.lexicon.find(doc[match.start : end].text) or self._body_of(match.entity, noun)
        return Candidate(
            match.start,
            end,
            Kind.ORGANISATION,
            known.entity if known else entity,
            Source.PATTERN,
        )

    def _body_of(self, state: str, noun: str) -> Form | None:
        """The lexicon's body of a state by any of the state's names: "U.S. forces"."""
        entry = self.lexicon.entries.get(state)
        for words in (*entry.adjectives, *entry.acronyms, *entry.aliases) if entry else ():
            form = self.lexicon.find(f"{words} {noun}")
            if form is not None and form.kind is Kind.ORGANISATION:
                return form
        return None

    def _common_body_at(self, doc: Doc, end: int) -> str:
        """The body noun that ends at ``end``, without its modifiers."""
        for length in (3, 2):
            words = doc[max(0, end - length) : end].text.lower()
            if words in self.nouns.common_body_nouns:
                return words
        return doc[end - 1].lower_

    def _left_of(
        self, doc: Doc, match: Match, ends: Mapping[int, Match]
    ) -> tuple[int, list[Match]]:
        """Where the list of adjectives that ends in ``match`` begins, and the adjectives."""
        start, parts = match.start, [match]
        while start > 1:
            place = start
            while place > 0 and doc[place - 1].text in _BETWEEN:
                place -= 1
            if place == start and doc[start - 1].text.lower() not in self.nouns.compass_words:
                break
            other = ends.get(place)
            if other is not None and other.role is Role.ADJECTIVE:
                parts.insert(0, other)
                start = other.start
            elif place > 0 and doc[place - 1].text.lower() in self.nouns.compass_words:
                start = place - 1
            else:
                break
        return start, parts

    def _quantifier_start(self, doc: Doc, start: int) -> int | None:
        for words in self._quantifiers:
            begin = start - len(words)
            if (
                begin >= 0
                and tuple(doc[begin + n].text.lower() for n in range(len(words))) == words
            ):
                return begin
        if start and doc[start - 1].pos_ == "NUM" and doc[start - 1].text[0].isalnum():
            return start - 1
        return None


def _is_definite(doc: Doc, start: int) -> bool:
    before = doc[start - 1] if start else None
    return before is not None and (before.lower_ in PEOPLE_DETERMINERS or before.tag_ == "PRP$")
