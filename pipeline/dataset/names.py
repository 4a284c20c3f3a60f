"""What people call entities, and the country that a body's name says it is of."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from pipeline.language.words import (
    ARTICLES,
    COORDINATORS,
    PHRASE_PREPOSITIONS,
)
from pipeline.lexicon.entities import EntityLexicon, Role
from pipeline.lexicon.nouns import Nouns
from pipeline.records import Extraction, Kind, Mention, Source

STATE = "country:"
_OPENING = (Role.ADJECTIVE, Role.ACRONYM, Role.NAME)
_LONGEST_STATE = 6


@dataclass(frozen=True)
class Names:
    """Names of entities: as an analyst gave them, as the lexicon has them, as the texts do."""

    lexicon: EntityLexicon
    nouns: Nouns
    given: Mapping[str, str] = field(default_factory=dict)
    found: Mapping[str, str] = field(default_factory=dict)

    def name_of(self, entity: str | None) -> str | None:
        """What people call an entity, the same in all articles; None where nobody knows."""
        return called(entity, self.lexicon, self.given, self.found)

    def country_of(self, entity: str | None) -> str | None:
        """The ISO 3166-1 alpha-2 code of a state, or of the state whose body or people it is.

        A body or people is a state's where its name says so: "Chinese Foreign Ministry", "Bank of
        England". None for persons, and for all whose names say nothing.
        """
        if entity is None:
            return None
        if entity.startswith(STATE):
            return entity.removeprefix(STATE)
        name = self.name_of(entity)
        if name is None or not entity.startswith(("org:", "group:")):
            return None
        return self._country_in(name.split())

    def _country_in(self, words: list[str]) -> str | None:
        """The state that opens the name of a body, or ends it after "of"."""
        while words and words[0].lower() in ARTICLES:
            words = words[1:]
        small = [word.lower() for word in words]
        if not small or (COORDINATORS | self.nouns.place_nouns).intersection(small):
            return None
        bodies = self.nouns.body_nouns | self.nouns.common_body_nouns | self.nouns.people_nouns
        opener = self._opener_of(words) if small[-1] in bodies else None
        if opener is not None or "of" not in small[1:]:
            return opener
        place = small.index("of", 1)
        owner = " ".join(word for word in words[place + 1 :] if word.lower() not in ARTICLES)
        return self._states.get(owner) if small[place - 1] in bodies else None

    def _opener_of(self, words: list[str]) -> str | None:
        """The state whose longest form opens the words, and is not all of them."""
        for length in range(min(_LONGEST_STATE, len(words) - 1), 0, -1):
            if found := self._openers.get(" ".join(words[:length])):
                return found
        return None

    @cached_property
    def _states(self) -> Mapping[str, str]:
        """The names of states that mean nothing else, with their codes."""
        return {text: code for text, code, role in self._forms() if role is not Role.ADJECTIVE}

    @cached_property
    def _openers(self) -> Mapping[str, str]:
        """The adjectives, short forms and names of several words that open a body's name.

        A name of one word is none: the "Ukraine Contact Group" is not Ukraine's.
        """
        return {
            text: code for text, code, role in self._forms() if role is not Role.NAME or " " in text
        }

    def _forms(self) -> Iterable[tuple[str, str, Role]]:
        for text, form in self.lexicon.forms.items():
            if form.entity.startswith(STATE) and form.role in _OPENING and not form.ambiguous:
                yield text, form.entity.removeprefix(STATE), form.role


def called(
    entity: str | None, lexicon: EntityLexicon, given: Mapping[str, str], found: Mapping[str, str]
) -> str | None:
    """What people call an entity; None where nobody knows who it is.

    An analyst's name (``claims entities rename``) comes first, then the lexicon's, then the
    longest that a text has, then the words of the id.
    """
    if entity is None or entity.startswith("unknown:"):
        return None
    if entity in given:
        return given[entity]
    entry = lexicon.entries.get(lexicon.canonical(entity))
    if entry is not None:
        return entry.name
    return found.get(entity) or _name_of_id(entity)


def find_names(articles: Iterable[Extraction], known: EntityLexicon) -> dict[str, str]:
    """The longest name that the articles have for each entity that the lexicon does not know.

    Of several of a length it is the commonest, then the first by the alphabet.
    """
    forms: dict[str, Counter[str]] = defaultdict(Counter)
    for article in articles:
        for mention in article.mentions:
            if mention.entity is not None and _is_named(mention, known):
                forms[mention.entity][" ".join(mention.span.text_in(article.text).split())] += 1
    return {
        entity: min(often, key=lambda text: (-len(text), -often[text], text))
        for entity, often in forms.items()
    }


def _is_named(mention: Mention, known: EntityLexicon) -> bool:
    """Whether a mention is more than a pronoun, a surname or a phrase that refers to a name."""
    referring = set(mention.sources) == {Source.COREFERENCE}
    return not referring and not mention.inferred and mention.entity not in known.entries


def _name_of_id(entity: str) -> str:
    """The words of an id that was made of words.

    >>> _name_of_id("person:nathalie-van-raemdonck"), _name_of_id("org:OEWG")
    ('Nathalie Van Raemdonck', 'OEWG')
    """
    kind, _, slug = entity.partition(":")
    words = [word for word in slug.replace("_", "-").split("-") if word]
    if kind == Kind.GROUP.value:
        return " ".join(words)
    return " ".join(
        word if word in PHRASE_PREPOSITIONS or not word.islower() else word.capitalize()
        for word in words
    )
