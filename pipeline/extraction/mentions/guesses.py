"""What the model takes a name for, where nothing else says what it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING

from pipeline.extraction.mentions.candidates import Typed
from pipeline.extraction.mentions.given import GivenNames
from pipeline.extraction.mentions.matches import Match
from pipeline.extraction.mentions.names import NameFinder
from pipeline.extraction.mentions.neighbours import ends_in_adjective
from pipeline.extraction.mentions.persons import PersonNames
from pipeline.extraction.mentions.titles import Titles
from pipeline.language.labels import NOMINAL_SUBJECTS
from pipeline.language.words import (
    NAME_CONNECTORS,
    ONLY_PLACE_PREPOSITIONS,
    PLACE_PREPOSITIONS,
)
from pipeline.lexicon.entities import Role
from pipeline.lexicon.nouns import Nouns
from pipeline.records import Kind, Source

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_NO_ACTOR = frozenset(["EVENT", "LAW", "WORK_OF_ART", "PRODUCT", "FAC", "LANGUAGE", "LOC", "GPE"])
_MISTAKEN = frozenset(["GPE", "NORP", "PRODUCT", "WORK_OF_ART", "FAC"])
_TOLD = _MISTAKEN | {"", "ORG"}
_SEAT = "seat"
_BEFORE_PERSON = frozenset([Kind.STATE, Kind.GROUP, Kind.ORGANISATION])


class Guesser:
    """Puts the model's guess about a name right, or leaves it out."""

    def __init__(
        self, nouns: Nouns, names: NameFinder, titles: Titles, persons: PersonNames
    ) -> None:
        self.nouns = nouns
        self.names = names
        self.titles = titles
        self.persons = persons
        self.given = GivenNames(nouns, titles)
        self._common = titles.words | nouns.event_nouns | nouns.person_nouns | nouns.state_nouns
        self._common |= nouns.government_nouns | nouns.treaty_nouns

    def type(
        self, doc: Doc, start: int, end: int, starts: Mapping[int, Match], *, heading: bool
    ) -> Typed | None:
        """What the model says of the name, its span put right by the name's."""
        label = self._label(doc, start, end, starts)
        if label in _TOLD and start not in starts and not heading:
            told = self._told(doc, start, end, label)
            if told is not None or not label:
                return told
        if label == "PERSON":
            return self._person(doc, start, end, starts)
        if label == "ORG":
            return None if heading else self._organisation(doc, start, end, starts)
        if end - start == 1 or not label:
            return None
        if label in _NO_ACTOR or self.names.may_be_either(doc, start, end):
            return Typed(start, end, None, Source.NER)
        return None

    def _told(self, doc: Doc, start: int, end: int, label: str) -> Typed | None:
        """A person by the name itself, or by what is said of them."""
        if label in _MISTAKEN:
            stands = end - start == 1 and self.given.stands(doc[start])
            return Typed(start, end, Kind.PERSON, Source.PATTERN) if stands else None
        person = self.given.reads_like_full(doc, start, end)
        if not person and not label and end - start == 1:
            person = doc[start].pos_ == "PROPN" and self.given.is_somebody(doc[start])
        if person:
            return Typed(start, end, Kind.PERSON, Source.PATTERN)
        return None if label else self._by_saying(doc, start, end)

    def _label(self, doc: Doc, start: int, end: int, starts: Mapping[int, Match]) -> str:
        """The model's label, put right for a person by what is plain, and for a seat."""
        match = starts.get(start)
        if match is not None and match.role is Role.SEAT and match.end == end:
            return _SEAT
        label = _label_of(doc, start, end)
        if label != "ORG" or match is not None:
            return label
        initials = self.persons.begins_with_initials(doc, start, end)
        return "PERSON" if initials or _is_delegate(doc, start, end, starts) else label

    def _by_saying(self, doc: Doc, start: int, end: int) -> Typed | None:
        """Somebody whom the model has not found, as the subject of a verb of saying."""
        root = doc[start:end].root
        if root.dep_ not in NOMINAL_SUBJECTS or root.pos_ != "PROPN" or end - start > 3:
            return None
        verbs = self.nouns.personal_verbs if root.text.istitle() else frozenset()
        said = root.dep_ == "nsubj" and root.head.lemma_ in self.nouns.saying_verbs
        if root.lower_ in self._common or not (said or root.head.lemma_ in verbs):
            return None
        if any(token.ent_type_ for token in doc[start:end]) or not root.is_alpha:
            return None
        kind = Kind.ORGANISATION if root.text.isupper() else Kind.PERSON
        return Typed(start, end, kind, Source.PATTERN)

    def _person(self, doc: Doc, start: int, end: int, starts: Mapping[int, Match]) -> Typed | None:
        first = _past_lexicon(start, end, starts)
        if first >= end or _is_lone_place(doc, first, end):
            return None
        if not self.persons.may_be(doc, first, end, starts):
            return None
        if not self.given.is_given(doc[first]) and self._does_as_bodies(doc[first:end].root):
            return Typed(first, end, Kind.ORGANISATION, Source.PATTERN)
        return Typed(self.given.past_label(doc, first, end), end, Kind.PERSON, Source.NER)

    def _does_as_bodies(self, root: Token) -> bool:
        """As in "Vela merged with Modra", "Zveri was founded in 1990": said of bodies alone."""
        while root.dep_ == "conj" and root.head.i < root.i:
            root = root.head
        verb = root.head.head if root.dep_ == "pobj" and root.head.lower_ == "with" else root.head
        if root.dep_ == "nsubjpass":
            return verb.lemma_ in self.nouns.verbs_of_bodies
        return root.dep_ in ("nsubj", "pobj") and verb.lemma_ in self.nouns.body_verbs

    def _organisation(
        self, doc: Doc, start: int, end: int, starts: Mapping[int, Match]
    ) -> Typed | None:
        start = after_article(doc, start)
        while end > start and (doc[end - 1].lower_ in NAME_CONNECTORS or doc[end - 1].is_space):
            end -= 1
        if end <= start or ends_in_adjective(start, end, starts):
            return None
        if self.titles.is_plural(doc[end - 1].lower_):
            return None
        if end - start == 1 and not self._is_plain_body(doc[start]):
            return None
        if end - start == 1 and start not in starts and self.given.is_somebody(doc[start]):
            return Typed(start, end, Kind.PERSON, Source.PATTERN)
        return Typed(start, end, Kind.ORGANISATION, Source.NER)

    def _is_plain_body(self, token: Token) -> bool:
        """Whether a single word that only the model takes for a body may be one."""
        word = token.lower_
        if token.pos_ != "PROPN" or token.dep_ == "amod" or self.names.is_thing_noun(word):
            return False
        if token.text.isupper():
            return True
        return not {word, word.removesuffix("s")} & self._common and not _is_located(token)


def after_article(doc: Doc, start: int) -> int:
    """The token after the "the" that a name begins with, else its own."""
    return start + 1 if doc[start].lower_ == "the" else start


def _label_of(doc: Doc, start: int, end: int) -> str:
    """The sort of entity that the model sees most among the tokens; empty where it sees none."""
    labels = Counter(token.ent_type_ for token in doc[start:end] if token.ent_type_)
    return labels.most_common(1)[0][0] if labels else ""


def _is_delegate(doc: Doc, start: int, end: int, starts: Mapping[int, Match]) -> bool:
    """As in "Ana Soto (Chile)": two or three words before the state that they speak for."""
    if end + 2 >= len(doc) or doc[end].text != "(" or not 2 <= end - start <= 3:
        return False
    state = starts.get(end + 1)
    named = state is not None and state.kind is Kind.STATE and state.is_name
    closed = named and state is not None and doc[min(state.end, len(doc) - 1)].text == ")"
    return closed and all(token.text.istitle() for token in doc[start:end])


def _is_lone_place(doc: Doc, start: int, end: int) -> bool:
    """As in "near Soto": a single word after a preposition before places."""
    return end - start == 1 and start > 0 and doc[start - 1].lower_ in ONLY_PLACE_PREPOSITIONS


def _is_located(token: Token) -> bool:
    return token.i > 0 and token.doc[token.i - 1].lower_ in PLACE_PREPOSITIONS


def _past_lexicon(start: int, end: int, starts: Mapping[int, Match]) -> int:
    """The place after states and adjectives that the model took for a part of the person."""
    match = starts.get(start)
    while match is not None and match.end < end and not match.ambiguous:
        if match.kind not in _BEFORE_PERSON:
            break
        start = match.end
        match = starts.get(start)
    return start
