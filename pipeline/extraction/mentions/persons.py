"""Which names can be a person's, and whose they are."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from pipeline.extraction.mentions.matches import Match
from pipeline.extraction.mentions.titles import Titles
from pipeline.language.words import NO_PERSON_WORDS
from pipeline.lexicon.entities import EntityLexicon
from pipeline.lexicon.nouns import Nouns
from pipeline.lexicon.spellings import slug_of
from pipeline.records import Kind

if TYPE_CHECKING:
    from spacy.tokens import Doc

_LONGEST = 6
_GIVEN_DEPS = frozenset(["compound", "nmod", "amod"])
_NICKNAME = re.compile(r"""\s["“‘'(]\s?([^"”’')]+?)\s?["”’')]\s""")
_INITIALS = re.compile(r"(?:[^\W\d_]\.-?){1,4}")


class PersonNames:
    """Says of a name whether it can be a person's."""

    def __init__(self, nouns: Nouns, titles: Titles) -> None:
        self.nouns = nouns
        self.titles = titles
        self._things = nouns.place_nouns | nouns.event_nouns | nouns.treaty_nouns

    def may_be(self, doc: Doc, start: int, end: int, starts: Mapping[int, Match]) -> bool:
        """Whether neither the lexicon nor the words of the name speak against a person."""
        match = starts.get(start)
        if match is not None:
            if match.end >= end and match.kind is not Kind.PERSON:
                return match.ambiguous and not doc[start].text.isupper()
            if match.is_name and match.kind is Kind.ORGANISATION:
                return False
        return self._reads_like_one(doc, start, end)

    def begins_with_initials(self, doc: Doc, start: int, end: int) -> bool:
        """As in "A.B. Soto", whom the model takes for a body as often as not."""
        given = _INITIALS.fullmatch(doc[start].text) is not None
        return given and 2 <= end - start <= 3 and doc[end - 1].text.istitle()

    def with_particles(self, doc: Doc, start: int) -> int:
        """Where a name after a title begins with its small words: "Mr. de la Soto"."""
        place = start
        while place > 0 and doc[place - 1].text in self.nouns.name_particles:
            place -= 1
        title = doc[place - 1].lower_.rstrip(".") if 0 < place < start else ""
        return place if title in self.nouns.honorifics or title in self.titles.words else start

    def begins_with_place(
        self, doc: Doc, start: int, end: int, starts: Mapping[int, Match]
    ) -> bool:
        """Whether a state's or a city's name is a person's first: "Kenya Barris"."""
        given, last = doc[start], doc[end - 1]
        if end - start != 2 or given.lower_ not in self.nouns.given_places or start + 1 in starts:
            return False
        if not last.text.istitle() or last.tag_ != "NNP" or given.head != last:
            return False
        if self.titles.is_plural(last.lower_) or last.lower_ in self.nouns.body_nouns:
            return False
        word = last.lower_
        return given.dep_ in _GIVEN_DEPS and not ({word, word.removesuffix("s")} & self._things)

    def _reads_like_one(self, doc: Doc, start: int, end: int) -> bool:
        """Whether the words can be a person's: few, none of them small, no body's noun last."""
        words = sum(token.text[0].isalpha() for token in doc[start:end])
        if words > _LONGEST or _is_short_form(doc, start, end):
            return False
        if any(token.text in NO_PERSON_WORDS or token.text == "&" for token in doc[start:end]):
            return False
        head = doc[end - 1].lower_
        titled = head in self.titles.words or (head[-1] == "s" and head[:-1] in self.titles.words)
        return head not in self.nouns.body_nouns and not titled


def person_id(text: str, lexicon: EntityLexicon) -> str:
    """The entity of a person's full name: the lexicon's, or one made of the name.

    A nickname in marks may be what the lexicon has ("Lula"), and is no part of a made one.
    """
    found = _NICKNAME.search(text)
    plain = _NICKNAME.sub(" ", text) if found else text
    nicknames = (found.group(1), f"{found.group(1)} {plain.split()[-1]}") if found else ()
    for name in (text, plain, *nicknames):
        known = lexicon.find(name)
        if known is not None and known.kind is Kind.PERSON:
            return known.entity
    return f"person:{slug_of(plain)}"


def _is_short_form(doc: Doc, start: int, end: int) -> bool:
    """Whether the name is one word of capitals, as a body's short form is."""
    return end - start == 1 and doc[start].text.isupper() and len(doc[start].text) > 3
