"""Which common nouns can head a holder. Source: codebook §1.2-1.4 and §2.8."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Token

from pipeline.language.labels import NOUNS, PLURAL_TAGS
from pipeline.lexicon.nouns import Nouns
from pipeline.records import Kind


@dataclass(frozen=True, slots=True)
class Agents:
    """Lower-case nouns for those who can hold a position."""

    actors: frozenset[str]
    """Persons, groups, peoples, media and governments: "minister", "critics", "voters"."""
    bodies: frozenset[str]
    """Bodies: "ministry", "parliament"."""
    states: frozenset[str]
    """States: "country", "neighbours"."""
    persons: frozenset[str]
    """Of the actors, single persons: "minister", "nurse"."""
    governments: frozenset[str]
    """Of the actors, governments, which "our" gives to the speaker's state."""
    forces: frozenset[str]
    """Armed bodies, in the number in which they are one: "forces", "army"."""
    ruling: frozenset[str]
    """Of these, plurals that with a state's name mean the state: "authorities in Chile"."""

    def is_agent(self, token: Token) -> bool:
        """Whether the token is a noun for somebody."""
        if token.pos_ not in NOUNS:
            return False
        lemma, lower = token.lemma_.lower(), token.lower_
        somebody = lemma in self.actors or lower in self.actors
        state = lemma in self.states or lower in self.states
        return somebody or state or lemma in self.bodies

    def is_person(self, noun: Token) -> bool:
        """Whether the noun is one for a single person, in the singular."""
        return noun.lemma_.lower() in self.persons and noun.tag_ not in PLURAL_TAGS

    def kind_of(self, noun: Token, *, named: bool = False) -> Kind:
        """What an unnamed holder is that the noun heads: an organisation or a group.

        Armed forces are one body where they are ``named`` by whose they are.
        """
        lemma = noun.lemma_.lower()
        if named and noun.lower_ in self.forces:
            return Kind.ORGANISATION
        body = lemma in self.bodies and lemma not in self.actors
        return Kind.ORGANISATION if body else Kind.GROUP


def read_agents(nouns: Nouns) -> Agents:
    """The nouns for somebody among the noun lists."""
    actors = (
        nouns.person_nouns
        | nouns.collective_nouns
        | nouns.government_nouns
        | nouns.people_nouns
        | nouns.media_nouns
        | nouns.titles
    )
    persons = (nouns.person_nouns | nouns.titles) - nouns.state_nouns - nouns.government_nouns
    return Agents(
        actors, nouns.common_body_nouns, nouns.state_nouns, persons, nouns.government_nouns,
        nouns.force_nouns, nouns.ruling_nouns,
    )  # fmt: skip
