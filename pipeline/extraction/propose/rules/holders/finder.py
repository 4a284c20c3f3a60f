"""Who holds a position, by a noun phrase's head. Source: codebook §1.2-1.4, §2.5, §2.7, §2.8."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from spacy.tokens import Doc, Token

from pipeline.extraction.coreference import Resolver
from pipeline.extraction.propose.held import Held
from pipeline.extraction.propose.rules.contrast import is_ruled_out
from pipeline.extraction.propose.rules.denial import is_within_nobody
from pipeline.extraction.propose.rules.holders.agents import read_agents
from pipeline.extraction.propose.rules.holders.known import Known
from pipeline.extraction.propose.rules.holders.members import (
    exceptions,
    is_plural,
    members,
    named_modifiers,
)
from pipeline.extraction.propose.rules.holders.names import Names
from pipeline.extraction.propose.rules.holders.nominals import (
    acting_places,
    phrase_holders,
    plural_holders,
)
from pipeline.extraction.propose.rules.holders.owners import issuers, wielders
from pipeline.extraction.propose.rules.holders.partitives import partitive_holders
from pipeline.extraction.propose.rules.holders.references import (
    adjectival_holder,
    pair_holders,
    pronoun_holders,
)
from pipeline.extraction.propose.rules.holders.represented import read_openings, represented
from pipeline.extraction.propose.rules.holders.titles import name_of
from pipeline.language.antecedents import doer_meant
from pipeline.language.occurrences import places_of
from pipeline.language.quotations import Quotations
from pipeline.language.syntax import coordinated
from pipeline.language.words import (
    FIRST_OF_TWO,
    FIRST_PERSON,
    FIRST_PERSON_SUBJECTS,
    FIRST_PLURAL_ISSUERS,
    HOLDING_PRONOUNS,
    LAST_OF_TWO,
)
from pipeline.lexicon.grammar import Grammar
from pipeline.lexicon.nouns import Nouns


class HolderFinder:
    """Finds holders in one document."""

    def __init__(self, doc: Doc, resolver: Resolver, nouns: Nouns, grammar: Grammar) -> None:
        self.doc = doc
        self.names = Names(doc)
        self._known = Known(self.names, resolver, read_agents(nouns), grammar)
        self._openings = read_openings(grammar.speaking_for)

    def holders_of(self, heads: Iterable[Token]) -> list[Held]:
        """The holders that the noun phrases name, coordination and members expanded."""
        found: dict[str, Held] = {}
        for head in heads:
            for token in self.names.listed(coordinated(doer_meant(head))):
                if is_within_nobody(token) or is_ruled_out(token, self._known.grammar):
                    continue
                for held in self._named_by(token):
                    found.setdefault(held.key, held)
        return list(found.values())

    def candidates(self) -> Iterator[Held]:
        """Whoever could hold, word by word: the names, the pronouns and the phrases for somebody.

        One phrase may come several times, and for several whom it stands for.
        """
        for token in self.doc:
            yield from self._meant_by(token)

    def issuers(self, quotations: Quotations) -> tuple[Held, ...]:
        """Who speaks in the text's own voice, at each "we" and "I" outside quotations.

        They are in text order; where neither is a subject, the first "our" stands for all. Empty
        where no "we" or "our" tells that somebody speaks for a body.
        """
        said = map(self.doc.__getitem__, places_of(self.doc, FIRST_PERSON))
        own = [token for token in said if token not in quotations]
        if not any(token.lower_ in FIRST_PLURAL_ISSUERS for token in own):
            return ()
        subjects = [token for token in own if token.lower_ in FIRST_PERSON_SUBJECTS]
        plural = [token for token in own if token.lower_ in FIRST_PLURAL_ISSUERS]
        return tuple(
            replace(held, score=min(held.score, 0.5), rule="issuer")
            for token in subjects or plural[:1]
            for held in pronoun_holders(token, self._known.resolver)
        )

    def adjectival(self, token: Token) -> Held | None:
        """The state or people behind an adjective: "Chinese support for" is China's."""
        return adjectival_holder(token, self._known.resolver)

    def _named_by(self, token: Token) -> Iterable[Held]:
        """Whom a noun phrase names one by one, else whom it means as a whole."""
        return (
            exceptions(token, self.names)
            or list(self._members(token))
            or named_modifiers(token, self._known)
            or self._whole(token)
        )

    def _members(self, token: Token) -> Iterator[Held]:
        for member in members(token, self.names):
            for part in self.names.listed(coordinated(member)):
                yield from self._meant_by(part)

    def _whole(self, token: Token) -> Iterator[Held]:
        for held in self._meant_by(token):
            yield held
            yield from represented(held, self.names, self._openings)

    def _meant_by(self, token: Token) -> list[Held]:
        """Whom the phrase of the token means: several where it refers to several."""
        known = self._known
        named = name_of(token, known)
        if named is not None:
            return [named]
        if token.lower_ in HOLDING_PRONOUNS:
            return plural_holders(token, pronoun_holders(token, known.resolver), known)
        if known.resolver.stands_for_two(token):
            return pair_holders(token, known.resolver) or self._unpaired(token)
        return partitive_holders(token, known) or self._nominal(token)

    def _unpaired(self, token: Token) -> list[Held]:
        """Two of whom it is not plain who they are; nobody where one of them is meant."""
        if token.lower_ in FIRST_OF_TWO | LAST_OF_TWO:
            return []
        return partitive_holders(token, self._known) or self._nominal(token)

    def _nominal(self, token: Token) -> list[Held]:
        """Somebody unnamed; else whoever stands behind the arms or the document."""
        known = self._known
        people = token.ent_type_ == "NORP" and is_plural(token)
        if people:
            return phrase_holders(token, token, known)
        armed = token.lemma_.lower() in known.grammar.instruments
        somebody = not armed and known.agents.is_agent(token)
        found = phrase_holders(token, token, known) if somebody else wielders(token, known)
        return found or issuers(token, known) or acting_places(token)
