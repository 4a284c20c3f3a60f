"""Short forms that a text defines: the component ``acronym_definitions``.

Definitions are read in either order, "Community of X (CELAC)" and "CICTE (Inter-American …)",
with brackets or "X, or Y,". The long form is the longest capitalised name before the bracket
whose words begin with the acronym's letters; where none fits (names abbreviated in another
language) it is the whole name next to the bracket.
"""

import re
from collections.abc import Iterator

from spacy.language import Language
from spacy.tokens import Doc

from pipeline.extraction.gazetteer import lexicon_of
from pipeline.extraction.mentions import (
    DEFINITIONS,
    Definition,
    NameFinder,
    content_words,
    text_of,
)
from pipeline.language.extensions import register_extensions
from pipeline.language.occurrences import places_written
from pipeline.language.segment import block_of
from pipeline.language.words import (
    POSSESSIVE_CLITICS,
    WITHOUT_INITIAL,
)
from pipeline.lexicon.entities import EntityLexicon
from pipeline.lexicon.nouns import Nouns, read_nouns
from pipeline.lexicon.spellings import slug_of, strip_accents
from pipeline.records import BlockKind, Kind

_SHORT = re.compile(r"(?=(?:.*[A-Z]){2})[A-Z][A-Za-z0-9&/.\-‑–]{1,11}")
_LONGEST = 12
_POSSESSIVE = re.compile(r"['’]s?$")
_OPEN = {"(": ")", "[": "]"}
_OR = "or"
_DEFINING = frozenset({*_OPEN, _OR})
_QUOTES = frozenset('"”’')
_MARKS = frozenset("&-–")


class AcronymFinder:
    """Fills ``doc._.acronyms`` and ``doc.user_data["acronym_definitions"]``."""

    def __init__(self, lexicon: EntityLexicon, nouns: Nouns) -> None:
        self.lexicon = lexicon
        self.names = NameFinder(nouns)
        self._given = nouns.given_names | nouns.titles | nouns.honorifics
        self._small = WITHOUT_INITIAL | nouns.foreign_small_words | POSSESSIVE_CLITICS | _MARKS

    def __call__(self, doc: Doc) -> Doc:
        """The doc with its definitions; the first one of a short form holds."""
        found: dict[str, Definition] = {}
        for definition in self._find(doc):
            found.setdefault(definition.short, definition)
        doc.user_data[DEFINITIONS] = tuple(found.values())
        doc._.acronyms = {
            short: item.entity for short, item in found.items() if item.kind is not None
        }
        return doc

    def _find(self, doc: Doc) -> Iterator[Definition]:
        for token in map(doc.__getitem__, places_written(doc, _DEFINING)):
            if token.text in _OPEN and block_of(token) is not BlockKind.BYLINE:
                close = _closing(doc, token.i)
                if close is not None:
                    yield from self._bracketed(doc, token.i, close)
            elif token.text == _OR and token.i > 1 and doc[token.i - 1].text == ",":
                yield from self._alternative(doc, token.i)

    def _bracketed(self, doc: Doc, start: int, close: int) -> Iterator[Definition]:
        inside = _POSSESSIVE.sub("", doc[start + 1 : close].text.strip("\"'“”‘’"))
        end = start
        while end > 0 and doc[end - 1].text in _QUOTES:
            end -= 1
        if _is_short(inside):
            begin = self._long_start(doc, end, inside)
            if begin is not None:
                yield self._define(doc, inside, (start + 1, close), (begin, end))
        elif start > 0 and _is_short(doc[start - 1].text):
            first = start + 2 if doc[start + 1].text.lower() == "the" else start + 1
            words = [token for token in doc[first:close] if token.text not in self._small]
            if len(words) > 1 and all(self.names.is_name_word(token) for token in words):
                yield self._define(doc, doc[start - 1].text, (start - 1, start), (first, close))

    def _alternative(self, doc: Doc, place: int) -> Iterator[Definition]:
        """As in "the African Union, or AU," and the like."""
        if place + 1 >= len(doc) or not _is_short(doc[place + 1].text):
            return
        short = doc[place + 1].text
        begin = self._long_start(doc, place - 1, short)
        if begin is not None and self._initials_fit(doc, begin, place - 1, short):
            yield self._define(doc, short, (place + 1, place + 2), (begin, place - 1))

    def _long_start(self, doc: Doc, end: int, short: str) -> int | None:
        """The token at which the long form before ``end`` begins, or None where there is none."""
        floor = doc[end - 1].sent.start if end > 0 else 0
        floor = max(floor, end - 2 * len(short) - 8)
        fitting = [
            start
            for start in range(end - 2, floor - 1, -1)
            if doc[start].is_alpha and self._initials_fit(doc, start, end, short)
        ]
        if fitting:
            return fitting[0]
        name = self.names.ending_at(doc, end)
        if name is None or end - name < 2:
            return None
        people = any(token.ent_type_ == "PERSON" for token in doc[name:end])
        return None if people and not self.names.names_body(doc, name, end) else name

    def _define(
        self, doc: Doc, short: str, place: tuple[int, int], long: tuple[int, int]
    ) -> Definition:
        short = short[:-1] if short.endswith("s") and short[:-1].isupper() else short
        kind, entity = self._identify(doc, short, long)
        return Definition(short, *place, *long, kind, entity)

    def _identify(self, doc: Doc, short: str, long: tuple[int, int]) -> tuple[Kind | None, str]:
        text = text_of(doc, *long)
        form = self.lexicon.find(text)
        if form is not None:
            return form.kind, form.entity
        known = self.lexicon.find(short)
        if known is not None and _share_words(self.lexicon.name_of(known.entity), text):
            return known.kind, known.entity
        if self.names.names_no_actor(doc, *long) or not self._is_capitalised(doc, *long):
            return None, ""
        if self._is_person(doc, *long, short):
            return Kind.PERSON, f"person:{slug_of(text)}"
        return Kind.ORGANISATION, f"org:{slug_of(text) if known else short}"

    def _is_person(self, doc: Doc, start: int, end: int, short: str) -> bool:
        """Whether the long form is somebody's name, as in an interview: "Ana Soto (AS)".

        Whom the model takes for a person and whose first word is no given name is a body where
        three initials and more are the short form, or it has an article or an owner: "the Vela
        Nova (VN)".
        """
        if not _holds_person(doc, start, end) or self.names.names_body(doc, start, end):
            return False
        first = strip_accents(doc[start].text).lower()
        if first in self._given or not doc[start].text.istitle():
            return True
        before = doc[start - 1].lower_ if start else ""
        told = len(_letters_of(short)) > 2 or before == "the" or before in POSSESSIVE_CLITICS
        return not (told and self._initials_fit(doc, start, end, short))

    def _initials_fit(self, doc: Doc, start: int, end: int, short: str) -> bool:
        """Whether the words of the long form begin with the short form's letters, in order."""
        letters = _letters_of(short)
        words = [token.lower_ for token in doc[start:end] if token.text[0].isalnum()]
        solid = [word for word in words if word not in self._small]
        capital = [
            token.lower_ for token in doc[start:end] if token.text[0].isupper() or token.text == "&"
        ]
        return any(_spell(letters, initials) for initials in (solid, words, capital))

    def _is_capitalised(self, doc: Doc, start: int, end: int) -> bool:
        """Whether two words in three are a name's, small words aside."""
        words = [token for token in doc[start:end] if token.lower_ not in self._small]
        named = sum(self.names.is_name_word(token) for token in words)
        return bool(words) and 3 * named >= 2 * len(words)


@Language.factory("acronym_definitions", default_config={"models": None})
def make_acronym_definitions(nlp: Language, name: str, models: str | None) -> AcronymFinder:  # noqa: ARG001
    """The component over the packaged lexicon and the folder ``models``."""
    register_extensions()
    return AcronymFinder(lexicon_of(nlp, models), read_nouns(models))


def _is_short(text: str) -> bool:
    """Whether the text is shaped like a short form: half capitals, no full stop at the end."""
    if len(text) > _LONGEST or not _SHORT.fullmatch(text):
        return False
    if text.endswith(".") and text.count(".") == 1:
        return False
    letters = [letter for letter in text if letter.isalpha()]
    return 2 * sum(letter.isupper() for letter in letters) >= len(letters)


def _closing(doc: Doc, start: int) -> int | None:
    """The token of the bracket that closes the one at ``start``, within twelve tokens."""
    wanted = _OPEN[doc[start].text]
    for token in doc[start + 1 : start + 13]:
        if token.text.startswith(wanted):
            return token.i if token.i > start + 1 else None
    return None


def _letters_of(short: str) -> list[str]:
    """The letters of a short form in small, without the s of its plural.

    >>> _letters_of("NGOs")
    ['n', 'g', 'o']
    """
    letters = [letter.lower() for letter in short if letter.isalpha()]
    return letters[:-1] if short.endswith("s") and short[:-1].isupper() else letters


def _spell(letters: list[str], words: list[str]) -> bool:
    """Whether the initials of ``words`` spell the letters exactly, one or more a word."""
    place = 0
    for word in words:
        if place >= len(letters) or word[0] != letters[place]:
            return False
        place += 1
        rest = word[1:]
        while place < len(letters) and len(letters) - place > len(words) and letters[place] in rest:
            rest = rest[rest.index(letters[place]) + 1 :]
            place += 1
    return place == len(letters)


def _holds_person(doc: Doc, start: int, end: int) -> bool:
    """Whether the model sees a person's whole name among the tokens."""
    for place in range(start, end):
        if doc[place].ent_iob_ == "B" and doc[place].ent_type_ == "PERSON":
            last = place + 1
            while last < end and doc[last].ent_iob_ == "I":
                last += 1
            if last < end or end == len(doc) or doc[end].ent_iob_ != "I":
                return True
    return False


def _share_words(one: str, other: str) -> bool:
    mine, theirs = content_words(one), content_words(other)
    return 2 * len(mine & theirs) >= min(len(mine), len(theirs)) > 0
