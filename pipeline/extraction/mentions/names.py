"""Capitalised names in a text, and what their head nouns say of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.language.words import (
    EMPTY_NAME_WORDS,
    NAME_CONNECTED,
    NAME_CONNECTORS,
    NO_NAME_WORDS,
    ORDINAL_ENDINGS,
    POSSESSIVE_CLITICS,
)
from pipeline.lexicon.nouns import Nouns

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

HYPHENS = frozenset("-‑‐–/")
_ELIDED = re.compile(r"[dl]['’][^\W\d_]")
_NICKNAME = {'"': '"', "“": "”", "'": "'", "‘": "’", "’": "’", "(": ")"}
_FUNCTION_TAGS = frozenset(
    "DT IN CC PRP PRP$ WDT WP WP$ WRB MD EX TO UH PDT RB RBR RBS VBZ VBP VBD VB CD".split()
)
_INSIDE_TAGS = frozenset("DT IN CC PRP PRP$ WRB WP WDT".split())


def text_of(doc: Doc, start: int, end: int) -> str:
    """The text of the tokens on one line, with single spaces."""
    return " ".join(doc[start:end].text.split())


@dataclass(frozen=True, slots=True)
class Name:
    """A run of capitalised words: token ``start`` and ``end``, and its head's token."""

    start: int
    end: int
    head: int


def content_words(text: str) -> set[str]:
    """The longer words of a name in lower case.

    >>> sorted(content_words("Organisation of American States"))
    ['american', 'organisation', 'states']
    """
    return {word.lower() for word in re.findall(r"\w{3,}", text)} - EMPTY_NAME_WORDS


class NameFinder:
    """Finds names and says of a name whether it is a body's, or no actor's at all."""

    def __init__(self, nouns: Nouns) -> None:
        self.nouns = nouns
        bodies = nouns.body_nouns | nouns.party_nouns
        things = nouns.event_nouns | nouns.treaty_nouns | nouns.place_nouns
        self._things = (things - bodies) | nouns.thing_nouns
        self._bodies = bodies - things - nouns.thing_nouns
        self._heads = bodies | things | nouns.realm_nouns
        self._never = NO_NAME_WORDS | nouns.outside_names | nouns.calendar_words

    def find(self, doc: Doc) -> tuple[Name, ...]:
        """Every name of the doc, in order, none inside another."""
        return tuple(self._walk(doc, 0, len(doc)))

    def ending_at(self, doc: Doc, end: int) -> int | None:
        """The start of the name whose last token is just before ``end``, if there is one."""
        floor = max(doc[end - 1].sent.start, end - 14) if end else 0
        for name in self._walk(doc, floor, end):
            if name.end == end:
                return name.start
        return None

    def is_name_word(self, token: Token) -> bool:
        """Whether the token can be a word of a name: capitalised and no function word."""
        text = token.text
        if not text[0].isupper():
            return token.ent_type_ == "PERSON" and _ELIDED.match(text) is not None
        if text.lower() in self._never:
            return False
        if text.isupper() and len(text) > 1:
            return True
        return token.tag_ not in (_FUNCTION_TAGS if token.is_sent_start else _INSIDE_TAGS)

    def names_dated_event(self, doc: Doc, start: int, end: int) -> bool:
        """Whether the name only tells which event: "2016 United States presidential election"."""
        place = start - 1
        while place > 0 and doc[place].lower_ in self.nouns.yearly_words:
            place -= 1
        if place < 0 or not _is_date_or_ordinal(doc[place]):
            return False
        for token in doc[end : end + 4]:
            if token.lower_ in self.nouns.dated_event_nouns:
                return True
            if not token.is_alpha:
                return False
        return False

    def names_no_actor(self, doc: Doc, start: int, end: int) -> bool:
        """Whether the name is an event's, a text's, a place's or a programme's."""
        head = self.head_of(doc, start, end)
        return end - start > 1 and self.is_thing_noun(doc[head].lower_)

    def names_realm(self, doc: Doc, start: int, end: int) -> bool:
        """Whether it is a realm's of old: "the Ottoman Empire", "the Duchy of Saxony"."""
        return (
            end - start > 1 and doc[self.head_of(doc, start, end)].lower_ in self.nouns.realm_nouns
        )

    def names_body(self, doc: Doc, start: int, end: int) -> bool:
        """Whether the head noun of the name is a body's and never a thing's ("Refugee Council").

        A foreign one stands first ("Partido Verde").
        """
        if end - start > 1 and doc[start].lower_ in self.nouns.foreign_body_nouns:
            return True
        head = self.head_of(doc, start, end)
        return doc[head].lower_ in self._bodies or (
            head + 1 < end and self.has_cause(doc, head + 1)
        )

    def is_body_noun(self, word: str) -> bool:
        """Whether the lower-case word is a body's noun and never a thing's."""
        return word in self._bodies

    def is_thing_noun(self, word: str) -> bool:
        """Whether the lower-case word is an event's, text's or place's and never a body's."""
        return word in self._things or (word.endswith("s") and word[:-1] in self._things)

    def may_be_either(self, doc: Doc, start: int, end: int) -> bool:
        """Whether the head noun is a body's or a thing's: "Programme", "Conference"."""
        word = doc[self.head_of(doc, start, end)].text.lower()
        return word in self._heads and word not in self._bodies and word not in self._things

    def head_of(self, doc: Doc, start: int, end: int) -> int:
        """The token of the head noun: the last one, or the one before "of", "for", "on"."""
        for place in range(start + 1, end):
            if self._joins(doc, place):
                return place - 1
        last = end - 1
        while last > start and not doc[last].text[0].isalpha():
            last -= 1
        return last

    def _walk(self, doc: Doc, start: int, stop: int) -> Iterator[Name]:
        place = start
        while place < stop:
            if not self.is_name_word(doc[place]):
                place += 1
                continue
            end = self._end_of(doc, place, stop)
            if not self._is_plain_opening(doc, place, end):
                yield Name(place, end, self.head_of(doc, place, end))
            place = end

    def _is_plain_opening(self, doc: Doc, start: int, end: int) -> bool:
        """A sentence's first word that has a capital for no other reason."""
        token = doc[start]
        return bool(
            end - start == 1
            and token.is_sent_start
            and token.pos_ != "PROPN"
            and not token.text.isupper()
        )

    def _end_of(self, doc: Doc, start: int, stop: int) -> int:
        end = start + 1
        joined = False
        while end < stop and not doc[end].is_sent_start:
            step, connects = self._step(doc, end, stop, joined)
            if not step:
                break
            joined = joined or connects
            end += step
        return end

    def _step(self, doc: Doc, end: int, stop: int, joined: bool) -> tuple[int, bool]:
        """How many tokens from ``end`` on belong to the name; whether a preposition joins them."""
        token = doc[end]
        if self.is_name_word(token) or _is_number_part(doc, end):
            return 1, False
        if end + 1 >= stop:
            return 0, False
        if self._goes_over(doc, end):
            return 2, False
        nickname = self._nickname(doc, end, stop)
        if nickname:
            return nickname, False
        if token.lower_ in self.nouns.name_particles:
            return self._particle(doc, end, stop), False
        return self._connect(doc, end, stop, joined)

    def _goes_over(self, doc: Doc, place: int) -> bool:
        """Whether the name goes on after a line break, a hyphen, "&" or a possessive ending."""
        token, following = doc[place], doc[place + 1]
        if token.text in HYPHENS:
            tight = not doc[place - 1].whitespace_ and not token.whitespace_
            led = following.text in self.nouns.leading_words
            return tight and following.text[0].isalnum() and not led
        if token.is_space:
            wrapped = token.text.count("\n") < 2 and not following.is_sent_start
            return wrapped and self.is_name_word(following)
        if token.text in POSSESSIVE_CLITICS:
            owned = doc[place - 1].lower_ in self.nouns.owning_people
            return owned and self.is_name_word(following)
        return token.text == "&" and self.is_name_word(following)

    def _nickname(self, doc: Doc, place: int, stop: int) -> int:
        """How many tokens a nickname in marks has, of a person whose name goes on after it.

        As in `Ana "Nita" Soto`, "Ana (Nita) Soto": one or two words with a capital each.
        """
        close = _NICKNAME.get(doc[place].text)
        if close is None or not doc[place - 1].text.istitle() or not doc[place - 1].whitespace_:
            return 0
        for end in (place + 2, place + 3):
            if end + 1 >= stop or not doc[end - 1].text.istitle():
                return 0
            if doc[end].text == close and doc[end].whitespace_:
                particle = doc[end + 1].lower_ in self.nouns.name_particles
                follows = doc[end + 1].text.istitle() and self.is_name_word(doc[end + 1])
                return end + 1 - place if follows or particle else 0
        return 0

    def _particle(self, doc: Doc, end: int, stop: int) -> int:
        for length in (1, 2, 3):
            place = end + length
            if place >= stop:
                return 0
            if self.is_name_word(doc[place]):
                return length + 1
            particle = doc[place].lower_ in self.nouns.name_particles
            if not particle and doc[place].text not in HYPHENS:
                return 0
        return 0

    def _connect(self, doc: Doc, end: int, stop: int, joined: bool) -> tuple[int, bool]:
        """Whether "of the …", "for …" or "and …" goes on with a name whose head is a body's."""
        word = doc[end].lower_
        place = end + 1
        if (joined and word in NAME_CONNECTORS) or self._joins(doc, end):
            while place < stop and (doc[place].lower_ in NAME_CONNECTED or doc[place].is_space):
                place += 1
            if place < stop and self.is_name_word(doc[place]):
                return place - end + 1, True
        elif word == "and" and self.is_name_word(doc[place]):
            return (2 if joined or self._shares_head(doc, end, stop) else 0), False
        return 0, False

    def _joins(self, doc: Doc, place: int) -> bool:
        """Whether a preposition at ``place`` goes on with the head noun before it."""
        headed = doc[place - 1].lower_ in self._heads
        return (headed and doc[place].lower_ in NAME_CONNECTORS) or self.has_cause(doc, place)

    def has_cause(self, doc: Doc, place: int) -> bool:
        """As at "for" in "Mothers for Peace": after people with a capital that is no opening's."""
        people, word = doc[place - 1], doc[place].lower_
        alone = people.is_sent_start or not people.text.istitle()
        if alone or (doc[min(place + 1, len(doc) - 1)].text.islower() and word != "of"):
            return False
        if word == "of":
            return people.lower_ in self.nouns.kindred_people
        return word in self.nouns.cause_words and people.lower_ in self.nouns.cause_people

    def _shares_head(self, doc: Doc, end: int, stop: int) -> bool:
        """As in "Food and Agriculture Organization": both sides modify one body noun."""
        head = doc[end - 1].head
        return bool(
            end < head.i < min(stop, end + 4)
            and doc[end - 1].dep_ in ("compound", "amod", "nmod")
            and head.text[0].isupper()
            and head.text.lower() in self.nouns.body_nouns
        )


def _is_date_or_ordinal(token: Token) -> bool:
    if token.ent_type_ == "ORDINAL":
        return True
    dated = token.shape_ == "dddd" or token.text[-2:] in ORDINAL_ENDINGS
    return dated and token.text[0].isdigit()


def _is_number_part(doc: Doc, place: int) -> bool:
    """As in "Group of 77", "Summit 2016" have a number in the name only before another capital."""
    if not doc[place].text[0].isdigit() or place + 1 >= len(doc):
        return False
    return doc[place + 1].text[0].isupper() and not doc[place].like_num
