"""Whom the metadata of an article mean as who speaks in it, as entities of the lexicon."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from pipeline.extraction.mentions.persons import person_id
from pipeline.language.told import read_told
from pipeline.language.words import NAME_CONNECTORS
from pipeline.lexicon.entities import EntityLexicon, Form, Role
from pipeline.lexicon.nouns import Nouns
from pipeline.lexicon.spellings import slug_of
from pipeline.lexicon.states import state_codes
from pipeline.records import Kind

TELLERS = "tellers"
_BRACKET = re.compile(r"\s*[(\[](?P<inside>[^)\]]*)[)\]]")


@dataclass(frozen=True, slots=True)
class Teller:
    """Somebody who speaks in the whole text."""

    entity: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class Tellers:
    """Who says "I" and who says "we" by the metadata; ``publisher`` where these name nobody else.

    A country speaks through its delegate: where both are named, "I" is the one and "we" the other.
    """

    one: Teller | None = None
    many: Teller | None = None
    publisher: Teller | None = None


class TellerFinder:
    """Looks the names in metadata up."""

    def __init__(self, nouns: Nouns, lexicon: EntityLexicon) -> None:
        self.nouns = nouns
        self.lexicon = lexicon
        self._codes = state_codes(lexicon.entries)
        self._issuing = nouns.collective_nouns - nouns.media_nouns

    def find(self, metadata: Mapping[str, object]) -> Tellers:
        """Who speaks by the metadata; nobody where they name nobody."""
        told = read_told(metadata)
        bracket = _BRACKET.search(told.speaker)
        speaker = self._named(_BRACKET.sub("", told.speaker))
        country = self._country(told.country) or self._country(bracket["inside"] if bracket else "")
        issuer = self._named(told.issuer)
        many = country or issuer or speaker
        return Tellers(speaker or country or issuer, many, self._publisher(told.publisher))

    def _country(self, name: str) -> Teller | None:
        entity = self._codes.get(name.lower())
        form = self.lexicon.find(name)
        if entity is None and form is not None and form.kind is Kind.STATE:
            entity = form.entity
        return Teller(entity, Kind.STATE) if entity is not None else None

    def _named(self, name: str) -> Teller | None:
        """A person, state or body by its name without a title."""
        words = name.split()
        known = self._known(name)
        if known is not None or not words:
            return known
        if self._head(words) in self.nouns.body_nouns:
            return Teller(f"org:{slug_of(name)}", Kind.ORGANISATION)
        for length in range(len(words) - 1, 0, -1):
            if " ".join(words[:length]).lower().rstrip(".") in self.nouns.titles:
                return self._named(" ".join(words[length:]))
        return Teller(person_id(name.split(",")[0], self.lexicon), Kind.PERSON)

    def _publisher(self, name: str) -> Teller | None:
        """A body or government that publishes what it has to say; no paper, station or agency."""
        entry = self.lexicon.entries.get(form.entity) if (form := self._form(name)) else None
        if entry is not None and entry.reports:
            return None
        known = self._known(name)
        if known is not None:
            return known if known.kind is not Kind.PERSON else None
        body = self._head(name.split()) in self._issuing
        return Teller(f"org:{slug_of(name)}", Kind.ORGANISATION) if body else None

    def _known(self, name: str) -> Teller | None:
        form = self._form(name) or self._government(name)
        return Teller(form.entity, form.kind) if form is not None else None

    def _form(self, name: str) -> Form | None:
        form = self.lexicon.find(name) or self.lexicon.find(re.sub(r"^[Tt]he ", "", name))
        return form if form is not None and form.role in (Role.NAME, Role.ACRONYM) else None

    def _government(self, name: str) -> Form | None:
        """As in "UK Government", "Government of Canada": the state."""
        words = re.sub(r"^[Tt]he ", "", name).split()
        of = len(words) > 2 and words[0].lower() in self.nouns.governments_of
        if of and words[1] in NAME_CONNECTORS:
            rest = " ".join(word for word in words[2:] if word != "the")
        elif len(words) > 1 and words[-1].lower() in self.nouns.government_nouns:
            rest = " ".join(words[:-1])
        else:
            return None
        form = self.lexicon.find(rest)
        return form if form is not None and form.kind is Kind.STATE else None

    def _head(self, words: list[str]) -> str:
        """The head noun of a body's name: the last word, or the one before "of" and the like."""
        for place in range(1, len(words)):
            if words[place].lower() in NAME_CONNECTORS:
                return words[place - 1].lower()
        return words[-1].lower() if words else ""
