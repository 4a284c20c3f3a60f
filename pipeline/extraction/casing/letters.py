"""The letters of words in capitals, as they would be in a sentence with small letters."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from pipeline.extraction.casing.known_names import Known, KnownNames
from pipeline.extraction.casing.vocabulary import Vocabulary
from pipeline.language.words import (
    ARTICLES,
    FUNCTION_WORDS,
)
from pipeline.lexicon.entities import Role
from pipeline.lexicon.nouns import Nouns
from pipeline.records import Kind

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

_PART = re.compile(r"(?:^|(?<=[-’'.]))(?:mc)?[^\W\d_]", re.IGNORECASE)
_VOWELS = re.compile(r"[aeiouyà-ÿ]")
_SHORT = 4
_LOOK_ON = 3


class LetterReader:
    """Says what letters words have, by the lexicon, the text itself and the language."""

    def __init__(self, names: KnownNames, vocabulary: Vocabulary, nouns: Nouns) -> None:
        self._names = names
        self._vocabulary = vocabulary
        self._nouns = nouns

    def knows(self, text: str) -> bool:
        """Whether the lexicon has the word as it is written."""
        return self._names.has_word(text)

    def of_capitals(self, doc: Doc, start: int, end: int, own: Mapping[str, str]) -> dict[int, str]:
        """The words of a sentence in capitals, by their tokens."""
        found = self._known(doc, start, end, own)
        first = True
        for token in doc[start:end]:
            if token.i not in found and token.is_upper and token.text[0].isalpha():
                found[token.i] = self._word(token, start, end, own)
            if first and token.text[0].isalpha():
                word = found.get(token.i, token.text)
                found[token.i] = word[0].upper() + word[1:]
                first = False
        return _as_long(doc, found)

    def of_headline(self, doc: Doc, start: int, end: int, own: Mapping[str, str]) -> dict[int, str]:
        """The words of a headline that have a capital only there, by their tokens."""
        known = {
            place
            for name in self._names.find(doc, start, min(end + _LOOK_ON, len(doc)))
            for place in name.places
            if self._counts(doc, name, own) and _as_written(doc, name)
        }
        found: dict[int, str] = {}
        opened = False
        for token in doc[start:end]:
            if opened and token.is_title and token.i not in known:
                word = own.get(token.lower_, token.lower_)
                if word.islower() and not self._may_be_name(token, start, end):
                    found[token.i] = word
            opened = opened or token.text[0].isalpha()
        return _as_long(doc, found)

    def of_small(self, doc: Doc) -> dict[int, str]:
        """The names and first words of a text without any capital, by their tokens."""
        found = {
            place: word
            for name in self._names.find(doc, 0, len(doc))
            if self._stands_out(doc, name)
            for place, word in zip(name.places, name.words, strict=True)
        }
        for token in doc:
            if token.i not in found and self._is_small_name(token):
                found[token.i] = self._as_name(token)
            if token.is_sent_start or token.text == "i":
                word = found.get(token.i, token.text)
                found[token.i] = word[0].upper() + word[1:]
        return _as_long(doc, found)

    def _stands_out(self, doc: Doc, name: Known) -> bool:
        """Whether the letters are a name's, and no plain words': a state's, or of no other word."""
        words = [word.lower() for word in name.words]
        if len(words) > 1 and name.form.role is Role.NAME:
            return True
        before = doc[name.start - 1].lower_ if name.start else ""
        if words[0] in FUNCTION_WORDS | self._nouns.word_acronyms or len(words) > 1:
            return False
        state = name.form.kind is Kind.STATE and before not in ARTICLES
        if name.form.role is Role.ACRONYM and (before in ARTICLES or len(words[0]) >= _SHORT):
            return not self._vocabulary.has_verb(words[0])
        return state or not self._vocabulary.has(words[0])

    def _is_small_name(self, token: Token) -> bool:
        """Whether a word that the language does not have follows a first name, or is one before."""
        word = token.lower_
        if not token.is_alpha or self._vocabulary.has(word):
            return False
        beside = [
            token.doc[place] for place in (token.i - 1, token.i + 1) if 0 <= place < len(token.doc)
        ]
        given = word in self._nouns.given_names
        return any(
            other.is_alpha
            and not self._vocabulary.has(other.lower_)
            and (given or other.lower_ in self._nouns.given_names)
            for other in beside
        )

    def of_run(self, doc: Doc, start: int, end: int, own: Mapping[str, str]) -> dict[int, str]:
        """The names among a few words in capitals, by their tokens: "Mr. SOTO", "ANA SOTO"."""
        words = [token for token in doc[start:end] if token.is_alpha and len(token) > 1]
        words = [token for token in words if token.lower_ not in self._nouns.honorifics]
        if not words or self._has_short_form(doc[start:end], words):
            return {}
        named = all(own.get(token.lower_, "").istitle() for token in words)
        if not named and not self._is_titled(doc, words[0].i) and not self._is_person(words):
            return {}
        return _as_long(doc, {token.i: self._as_name(token) for token in words})

    def _has_short_form(self, run: Span, words: Sequence[Token]) -> bool:
        """Whether the lexicon has the whole, or one of the words, in capitals, as "EU"."""
        particles = self._nouns.name_particles
        if len(words) > 1 and self._names.is_given(words[0].lower_):
            words = words[1:]
        return self.knows(run.text) or any(
            self.knows(word.text) for word in words if word.lower_ not in particles
        )

    def _is_person(self, words: Sequence[Token]) -> bool:
        """Whether two words and more are names, or follow a first name: "ANA SOTO"."""
        unknown = sum(not self._vocabulary.has(word.lower_) for word in words)
        given = self._names.is_given(words[0].lower_)
        apart = all(word.whitespace_ for word in words[:-1])
        return len(words) > 1 and apart and (given or unknown == len(words))

    def _known(self, doc: Doc, start: int, end: int, own: Mapping[str, str]) -> dict[int, str]:
        return {
            place: word
            for name in self._names.find(doc, start, end)
            if self._counts(doc, name, own)
            for place, word in zip(name.places, name.words, strict=True)
        }

    def _counts(self, doc: Doc, name: Known, own: Mapping[str, str]) -> bool:
        """Whether the letters of a name of the lexicon are that name, and no common word."""
        if len(name.words) > 1:
            return True
        word = name.words[0].lower()
        if own.get(word) == name.words[0]:
            return True
        if word in FUNCTION_WORDS or word in self._nouns.word_acronyms:
            return self._before_verb(doc, name.start) and name.form.kind is Kind.PERSON
        people = name.form.kind is Kind.PERSON
        if people or (name.form.ambiguous and name.form.role is not Role.NAME):
            return not self._vocabulary.has(word) or self._is_titled(doc, name.start)
        return True

    def _word(self, token: Token, start: int, end: int, own: Mapping[str, str]) -> str:
        word = token.lower_
        if "." in token.text[:-1]:
            return token.text
        if word in own:
            return own[word]
        if self._may_be_name(token, start, end):
            return self._as_name(token)
        return word

    def _may_be_name(self, token: Token, start: int, end: int) -> bool:
        """Whether a word that the lexicon does not know is a name where it stands."""
        word = token.lower_
        if word in FUNCTION_WORDS or word in self._nouns.name_particles:
            return False
        if not self._vocabulary.has(word) or self._is_titled(token.doc, token.i):
            return True
        return not self._is_plain(token) and self._follows_person(token, start, end)

    def _follows_person(self, token: Token, start: int, end: int) -> bool:
        """Whether a word of the language is a person's name by those beside it."""
        previous = token.doc[token.i - 1] if token.i > start else None
        following = token.doc[token.i + 1] if token.i + 1 < end else None
        if following is None or not following.is_alpha or self._is_plain(following):
            return self._is_surname(token, previous)
        if self._names.is_given(token.lower_):
            return True
        office = previous is not None and previous.lower_ in self._nouns.titles
        return office and not self._vocabulary.has(following.lower_)

    def _is_surname(self, token: Token, previous: Token | None) -> bool:
        """Whether a word is a surname of the lexicon, or follows a first name."""
        if previous is not None and self._names.is_given(previous.lower_):
            return not self._is_plain(previous)
        definite = previous is not None and previous.lower_ in ARTICLES
        return self._names.is_surname(token.lower_) and not definite

    def _is_plain(self, token: Token) -> bool:
        """Whether a word is no surname: a function word, or one that can be a verb."""
        return token.lower_ in FUNCTION_WORDS or self._vocabulary.has_verb(token.lower_)

    def _is_titled(self, doc: Doc, place: int) -> bool:
        """Whether "Mr." or the like stands before the word, with small words between at most."""
        place -= 1
        while place >= 0 and doc[place].lower_ in self._nouns.name_particles:
            place -= 1
        return place >= 0 and doc[place].lower_.rstrip(".") in self._nouns.honorifics

    def _before_verb(self, doc: Doc, place: int) -> bool:
        """As in "MAY SAYS": a verb's form that no modal has after it."""
        word = doc[place + 1].lower_ if place + 1 < len(doc) else ""
        ends = word.endswith("s") and not word.endswith("ss")
        return ends and self._vocabulary.has_verb(word)

    def _as_name(self, token: Token) -> str:
        """The word with the capitals of a name; as it is where it reads like a short form."""
        word = token.lower_
        if word in self._nouns.name_particles:
            return word
        if len(word) <= _SHORT and not _VOWELS.search(word):
            return token.text
        return _PART.sub(_capitals, word)


def _capitals(found: re.Match[str]) -> str:
    """The first letter of a part of a name as a capital, and that after "Mc".

    >>> _PART.sub(_capitals, "mccain"), _PART.sub(_capitals, "o'brien")
    ('McCain', "O'Brien")
    """
    part = found.group()
    return part[0].upper() + part[1:-1] + part[-1].upper() if len(part) > 1 else part.upper()


def _as_written(doc: Doc, name: Known) -> bool:
    return all(doc[place].text == word for place, word in zip(name.places, name.words, strict=True))


def _as_long(doc: Doc, words: Mapping[int, str]) -> dict[int, str]:
    """The words without those that are of another length in small letters."""
    return {place: word for place, word in words.items() if len(word) == len(doc[place].text)}
