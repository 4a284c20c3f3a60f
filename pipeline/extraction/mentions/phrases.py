"""Phrases that a state's or group's name or adjective heads, such as "most Latin states".

Source: codebook §1, rules 2, 4, 5 and 6.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from pipeline.extraction.mentions.candidates import Candidate
from pipeline.extraction.mentions.lexical import NAMES, Match
from pipeline.extraction.mentions.names import HYPHENS
from pipeline.lexicon.entities import EntityLexicon, Role
from pipeline.lexicon.nouns import Nouns
from pipeline.lexicon.spellings import slug_of
from pipeline.records import Kind, Source

if TYPE_CHECKING:
    from spacy.tokens import Doc

_COMPASS = frozenset(
    "north south east west northern southern eastern western central upper lower".split()
)
_BETWEEN = frozenset(["and", "or", ",", "/", "-", "–"])
_LED = frozenset(["led", "backed"])
_INDEFINITE = frozenset(["a", "an", "no", "any", "every", "another"])


class PhraseFinder:
    """Finds the phrases around the lexicon's matches."""

    def __init__(self, nouns: Nouns, lexicon: EntityLexicon) -> None:
        self.nouns = nouns
        self.lexicon = lexicon
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
            if match.role is Role.SEAT or match.kind not in (Kind.STATE, Kind.GROUP):
                if match.is_name:
                    yield from self._led_body(doc, match)
                    yield from self._leader_in(doc, match)
                continue
            yield from self._led_body(doc, match)
            found = (
                self._government(doc, match)
                or self._group(doc, match, ends)
                or self._body(doc, match)
            )
            if found is not None:
                yield found
        yield from _paired_halves(doc, ends)
        yield from _lone_halves(doc, matches)

    def _government(self, doc: Doc, match: Match) -> Candidate | None:
        if match.kind is not Kind.STATE:
            return None
        start = _start_of_government(doc, match)
        if start is not None and match.is_name:
            return Candidate(start, match.end, Kind.STATE, match.entity, Source.PATTERN)
        if match.end >= len(doc):
            return None
        noun = doc[match.end]
        if noun.text.lower() not in self.nouns.government_nouns or _is_compound(doc, match.end):
            return None
        if noun.lemma_.lower() in self.nouns.person_nouns and noun.tag_ == "NNS":
            return None
        if match.end + 1 < len(doc) and doc[match.end + 1].text in HYPHENS:
            return None
        return Candidate(match.start, match.end + 1, Kind.STATE, match.entity, Source.PATTERN)

    def _group(self, doc: Doc, match: Match, ends: Mapping[int, Match]) -> Candidate | None:
        """The group that the match stands last in, before its noun or with it."""
        if match.is_name and match.kind is Kind.GROUP:
            return self._named_group(doc, match, ends)
        head = self._head_after(doc, match.end, self._group_heads)
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
        plural = "states" if noun in ("states", "countries", "nations") else noun
        known = self.lexicon.find(f"{' and '.join(adjectives)} {plural}")
        if known is not None:
            return known.entity
        return f"group:{slug_of(' and '.join(adjectives) + ' ' + plural)}"

    def _body(self, doc: Doc, match: Match) -> Candidate | None:
        """As in "Syrian army", "U.S. forces", "the Turkish foreign ministry"."""
        end = self._common_body_end(doc, match.end)
        if end is None or match.kind is not Kind.STATE:
            return None
        if match.start and doc[match.start - 1].text.lower() in _INDEFINITE:
            return None
        noun = self._common_body_at(doc, end)
        entity = f"org:{slug_of(self.lexicon.adjective_of(match.entity) + ' ' + noun)}"
        known = self.lexicon.find(doc[match.start : end].text)
        return Candidate(
            match.start,
            end,
            Kind.ORGANISATION,
            known.entity if known else entity,
            Source.PATTERN,
        )

    def _common_body_end(self, doc: Doc, start: int) -> int | None:
        """The end of the body noun after ``start``, over up to two modifiers."""
        for skipped in range(3):
            place = start + skipped
            if place >= len(doc) or not doc[place].text[0].isalpha():
                return None
            for length in (3, 2, 1):
                words = doc[place : place + length].text.lower()
                if words in self.nouns.common_body_nouns and not _is_compound(
                    doc, place + length - 1
                ):
                    return place + length
            if doc[place].dep_ not in ("amod", "compound", "nmod") or doc[place].text[0].isupper():
                return None
        return None

    def _common_body_at(self, doc: Doc, end: int) -> str:
        """The body noun that ends at ``end``, without its modifiers."""
        for length in (3, 2):
            words = doc[max(0, end - length) : end].text.lower()
            if words in self.nouns.common_body_nouns:
                return words
        return doc[end - 1].lower_

    def _led_body(self, doc: Doc, match: Match) -> Iterator[Candidate]:
        """As in "US-led coalition", with the leader as a mention of its own."""
        place = match.end
        if place + 2 >= len(doc) or doc[place].text not in HYPHENS:
            return
        if doc[place + 1].text.lower() not in _LED:
            return
        head = self._head_after(doc, place + 2, self.nouns.led_nouns)
        if head is None:
            return
        words = f"{self.lexicon.adjective_of(match.entity)} {doc[place + 1 : head + 1].text}"
        entity = f"org:{slug_of(words)}"
        yield Candidate(match.start, head + 1, Kind.ORGANISATION, entity, Source.PATTERN)
        if match.is_name:
            yield Candidate(
                match.start, match.end, match.kind, match.entity, Source.LEXICON, nested=True
            )

    def _leader_in(self, doc: Doc, match: Match) -> Iterator[Candidate]:
        """The leader in a coalition that the lexicon has whole ("US-led coalition")."""
        for place in range(match.start + 1, match.end - 2):
            if doc[place].text in HYPHENS and doc[place + 1].lower_ in _LED:
                form = self.lexicon.find(doc[match.start : place].text)
                if form is not None and form.role in NAMES:
                    yield Candidate(
                        match.start, place, form.kind, form.entity, Source.LEXICON, nested=True
                    )

    def _head_after(self, doc: Doc, start: int, heads: frozenset[str]) -> int | None:
        """The head noun after ``start``, over up to two lower-case modifiers."""
        for place in range(start, min(start + 3, len(doc))):
            token = doc[place]
            if token.text.lower() in heads and not _is_compound(doc, place):
                return place
            if token.dep_ not in ("amod", "compound", "nmod") or not token.text.islower():
                return None
        return None

    def _left_of(
        self, doc: Doc, match: Match, ends: Mapping[int, Match]
    ) -> tuple[int, list[Match]]:
        """Where the list of adjectives that ends in ``match`` begins, and the adjectives."""
        start, parts = match.start, [match]
        while start > 1:
            place = start
            while place > 0 and doc[place - 1].text in _BETWEEN:
                place -= 1
            if place == start and doc[start - 1].text.lower() not in _COMPASS:
                break
            other = ends.get(place)
            if other is not None and other.role is Role.ADJECTIVE:
                parts.insert(0, other)
                start = other.start
            elif place > 0 and doc[place - 1].text.lower() in _COMPASS:
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


def _start_of_government(doc: Doc, match: Match) -> int | None:
    """Where "Government of (the)" before a state's name begins, if it stands there."""
    place = match.start - 1
    if place > 0 and doc[place].lower_ == "the":
        place -= 1
    if place > 0 and doc[place].lower_ == "of" and doc[place - 1].lower_ == "government":
        return place - 1
    return None


def _paired_halves(doc: Doc, ends: Mapping[int, Match]) -> Iterator[Candidate]:
    """As in "North" in "North and South Korea"; the second half is a lexicon name itself."""
    for match in ends.values():
        if match.kind is not Kind.STATE or match.start < 2 or not match.is_name:
            continue
        first = doc[match.start]
        other = doc[match.start - 2]
        opposite = _OPPOSITES.get(first.text)
        if opposite and other.text == opposite and doc[match.start - 1].text in ("and", "or"):
            entity = {"country:KR": "country:KP", "country:KP": "country:KR"}.get(match.entity)
            if entity:
                yield Candidate(other.i, other.i + 1, Kind.STATE, entity, Source.PATTERN)


def _lone_halves(doc: Doc, matches: list[Match]) -> Iterator[Candidate]:
    """As in "the North" in a text that names North Korea."""
    halves = {
        doc[match.start].text: match.entity
        for match in matches
        if match.kind is Kind.STATE
        and match.role is Role.NAME
        and match.end - match.start == 2
        and doc[match.start].text in _OPPOSITES
    }
    if not halves:
        return
    for token in doc[1:]:
        entity = halves.get(token.text)
        if entity is None or doc[token.i - 1].lower_ != "the":
            continue
        after = doc[token.i + 1] if token.i + 1 < len(doc) else None
        named = after is not None and after.is_alpha and after.text[0].isupper()
        if not named and token.dep_ not in ("compound", "amod"):
            yield Candidate(token.i, token.i + 1, Kind.STATE, entity, Source.COREFERENCE)


_OPPOSITES = {"South": "North", "North": "South", "East": "West", "West": "East"}


def _is_compound(doc: Doc, place: int) -> bool:
    """Whether the noun only modifies the next one ("UK government officials")."""
    token = doc[place]
    return bool(
        token.dep_ in ("compound", "nmod", "amod")
        and token.head.i == place + 1
        and doc[place + 1].pos_ in ("NOUN", "PROPN")
    )


def _is_definite(doc: Doc, start: int) -> bool:
    before = doc[start - 1] if start else None
    return before is not None and (before.text.lower() in ("the", "this") or before.tag_ == "PRP$")
