"""Later, shorter forms of what a text names in full: surnames, acronyms, "the Court"."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.extraction.mentions.candidates import Candidate, Typed
from pipeline.extraction.mentions.definitions import DEFINITIONS, Definition
from pipeline.extraction.mentions.matches import NAMES, read_matches
from pipeline.extraction.mentions.names import HYPHENS, NameFinder, text_of
from pipeline.extraction.mentions.persons import person_id
from pipeline.extraction.mentions.shortened import ShortForms
from pipeline.language.occurrences import capitalised, places_where, places_written
from pipeline.language.words import (
    PLACE_PREPOSITIONS,
    POSSESSIVE_CLITICS,
    SHORT_FORM_DETERMINERS,
)
from pipeline.lexicon.entities import EntityLexicon, Form
from pipeline.lexicon.nouns import Nouns
from pipeline.lexicon.spellings import name_id, slug_of, strip_accents
from pipeline.records import Kind, Source

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token


class Linker:
    """Gives every typed name its entity and finds the shorter forms of the named."""

    def __init__(self, nouns: Nouns, lexicon: EntityLexicon) -> None:
        self.nouns = nouns
        self.lexicon = lexicon
        self.names = NameFinder(nouns)
        self._openings = tuple(words.capitalize() for words in nouns.owned_bodies)

    def defined(self, doc: Doc) -> Iterator[Candidate]:
        """The long and short forms of the text's definitions, and every later short form."""
        definitions: tuple[Definition, ...] = doc.user_data.get(DEFINITIONS, ())
        by_short = {item.short: item for item in definitions if item.kind is not None}
        for item in by_short.values():
            kind = item.kind or Kind.ORGANISATION
            yield Candidate(item.long_start, item.long_end, kind, item.entity, Source.ACRONYM)
            yield Candidate(item.short_start, item.short_end, kind, item.entity, Source.ACRONYM)
        if by_short:
            for place in places_written(doc, frozenset(by_short)):
                found = by_short[doc[place].text]
                kind = found.kind or Kind.ORGANISATION
                yield Candidate(place, place + 1, kind, found.entity, Source.ACRONYM)

    def identify(self, doc: Doc, typed: Sequence[Typed]) -> Iterator[Candidate]:
        """The typed names with their entities, then the surnames and short forms left over."""
        people = [item for item in typed if item.kind is Kind.PERSON]
        register = self._register_people(doc, people)
        given = {**self._by_given_name(doc, people), **register}
        for item in people:
            yield self._person(doc, item, given)
        yield from self._others(doc, typed, register)
        yield from self._surnames(doc, register)

    def _others(
        self, doc: Doc, typed: Sequence[Typed], register: Mapping[str, str]
    ) -> Iterator[Candidate]:
        """The names of bodies; what only the model takes for one may be somebody's surname."""
        bodies = [item for item in typed if item.kind not in (None, Kind.PERSON)]
        surnames = {_plain(_joined(text_of(doc, i.start, i.end))): i for i in bodies}
        named = {words: register[words] for words in surnames if words in register}
        defined = _entities_by_long_form(doc)
        full = [self._other(doc, item, defined) for item in bodies]
        shortened = ShortForms(doc, full, self.names, self.nouns)
        for item, found in zip(bodies, full, strict=True):
            person = named.get(_plain(_joined(text_of(doc, item.start, item.end))))
            if person is not None and item.source in (Source.NER, Source.COREFERENCE):
                yield replace(found, kind=Kind.PERSON, entity=person)
            else:
                entity = shortened.entity_of(item)
                yield replace(found, entity=entity) if entity is not None else found

    def first_names(
        self, doc: Doc, typed: Sequence[Typed], lexical: Sequence[Candidate]
    ) -> Iterator[Candidate]:
        """The candidates, with people for states that the text names only by a first name.

        As in "Chad Soto objected. Chad said no", where nothing else is said of the state.
        """
        people = [item for item in typed if item.kind is Kind.PERSON]
        firsts = {doc[item.start].text for item in people if item.end - item.start > 1}
        given: dict[str, str] = {}
        if firsts & {doc[item.start].text for item in lexical if item.kind is Kind.STATE}:
            given = self._by_given_name(doc, people)
        alone = {item.entity for item in lexical if not _could_be_given(doc, item, given)}
        for item in lexical:
            if item.entity not in alone and item.kind is Kind.STATE:
                entity = given[_plain(doc[item.start].text)]
                yield replace(item, kind=Kind.PERSON, entity=entity, source=Source.COREFERENCE)
            else:
                yield item

    def short_forms(self, doc: Doc, settled: Sequence[Candidate]) -> Iterator[Candidate]:
        """As in "the Court" after "the International Court of Justice": by the head noun."""
        named = self._bodies_by_head(doc, settled)
        covered = _covered(settled)
        capitals = (doc[place] for place in capitalised(doc) if place not in covered)
        alone = [token for token in capitals if self._stands_alone(token)]
        often = Counter(token.text for token in alone)
        for token in alone:
            bodies = named.get(token.text, [])
            before = bisect_left(bodies, token.i, key=_start)
            if before:
                entity = bodies[before - 1].entity
            elif len({body.entity for body in bodies}) == 1:
                entity = bodies[0].entity
            elif often[token.text] > 1:
                entity = f"org:{slug_of(token.text)}"
            else:
                continue
            yield Candidate(token.i, token.i + 1, Kind.ORGANISATION, entity, Source.COREFERENCE)

    def _bodies_by_head(self, doc: Doc, settled: Sequence[Candidate]) -> dict[str, list[Candidate]]:
        """The bodies with a name of several words by its head noun, in text order."""
        named: dict[str, list[Candidate]] = {}
        for item in settled:
            if item.kind is Kind.ORGANISATION and item.end - item.start > 1:
                head = doc[self.names.head_of(doc, item.start, item.end)].text
                named.setdefault(head, []).append(item)
        return named

    def _stands_alone(self, token: Token) -> bool:
        """Whether the token is a body's noun, with a capital, that is a name by itself here."""
        if not token.text[0].isupper() or token.is_sent_start or token.text.isupper():
            return False
        if not self.names.is_body_noun(token.lower_) or token.lower_ in self.nouns.plain_body_nouns:
            return False
        before, after = token.doc[token.i - 1], token.doc[min(token.i + 1, len(token.doc) - 1)]
        definite = before.lower_ in SHORT_FORM_DETERMINERS or before.text.islower()
        return definite and not (after.text[0].isupper() or after.text in HYPHENS)

    def _register_people(self, doc: Doc, people: Sequence[Typed]) -> dict[str, str]:
        """The people that the text names in full, typed or from the lexicon, by their surnames."""
        known = [
            Typed(match.start, match.end, Kind.PERSON, Source.LEXICON)
            for match in read_matches(doc)
            if match.kind is Kind.PERSON and match.is_name
        ]
        register: dict[str, str] = {}
        for item in sorted((*people, *known), key=lambda item: item.start):
            words = self._words_of(doc, item)
            if len(words) > 1:
                entity = person_id(text_of(doc, item.start, item.end), self.lexicon)
                for surname in _surnames_of(words, self.nouns.name_particles):
                    register.setdefault(_plain(surname), entity)
                    register.setdefault(_plain(surname[0].upper() + surname[1:]), entity)
        return register

    def _by_given_name(self, doc: Doc, people: Sequence[Typed]) -> dict[str, str]:
        """The persons by the first word of their names, where only one is called so."""
        found: dict[str, set[str]] = {}
        for item in people:
            if item.end - item.start > 1:
                entity = person_id(text_of(doc, item.start, item.end), self.lexicon)
                found.setdefault(_plain(doc[item.start].text), set()).add(entity)
        return {word: next(iter(ids)) for word, ids in found.items() if len(ids) == 1}

    def _words_of(self, doc: Doc, item: Typed) -> list[str]:
        """The words of a person's name without "Jr." and the like."""
        words = [token.text for token in doc[item.start : item.end]]
        ends = self.nouns.person_suffixes | {".", ","}
        while len(words) > 1 and words[-1].lower() in ends:
            words.pop()
        return words

    def _person(self, doc: Doc, item: Typed, register: Mapping[str, str]) -> Candidate:
        text = text_of(doc, item.start, item.end)
        entity = register.get(_plain(_joined(text))) or person_id(text, self.lexicon)
        return Candidate(item.start, item.end, Kind.PERSON, entity, item.source)

    def _other(self, doc: Doc, item: Typed, defined: Mapping[str, str]) -> Candidate:
        text = text_of(doc, item.start, item.end)
        form = self.lexicon.find(text) or self._without_suffix(text)
        kind = item.kind or Kind.ORGANISATION
        if form is not None and form.role in NAMES:
            return Candidate(item.start, item.end, form.kind, form.entity, item.source)
        prefix = "group" if kind is Kind.GROUP else "org"
        made = f"{prefix}:{name_id(self._full_name(doc, item, text))}"
        entity = defined.get(text.casefold()) or made
        return Candidate(item.start, item.end, kind, entity, item.source)

    def _without_suffix(self, text: str) -> Form | None:
        """As in "Facebook Inc.": the company that the lexicon knows without its legal form."""
        words = text.split()
        if len(words) > 1 and words[-1].lower().rstrip(".") in self.nouns.company_suffixes:
            return self.lexicon.find(" ".join(words[:-1]).rstrip(","))
        return None

    def _full_name(self, doc: Doc, item: Typed, text: str) -> str:
        """As in "Foreign Ministry" after "Vietnam's": with the owner's adjective."""
        generic = text.lower() in self.nouns.common_body_nouns or text.startswith(self._openings)
        if not generic or item.start < 2 or doc[item.start - 1].text not in POSSESSIVE_CLITICS:
            return text
        owner = self.lexicon.find(doc[item.start - 2].text)
        if owner is None or owner.kind is not Kind.STATE:
            return text
        return f"{self.lexicon.adjective_of(owner.entity)} {text}"

    def _surnames(self, doc: Doc, register: Mapping[str, str]) -> Iterator[Candidate]:
        """Each further place where a surname of the text stands alone."""
        lengths = _lengths_by_first(register)
        firsts = places_where(doc, lambda text: _plain(text) in lengths) if lengths else ()
        for token in map(doc.__getitem__, firsts):
            for length in lengths.get(_plain(token.text), ()):
                words = " ".join(t.text for t in doc[token.i : token.i + length])
                entity = register.get(_plain(words))
                if entity is not None:
                    yield Candidate(
                        token.i, token.i + length, Kind.PERSON, entity, Source.COREFERENCE
                    )
                    break


def _lengths_by_first(register: Iterable[str]) -> dict[str, list[int]]:
    """The lengths in words of the surnames that begin with a word, longest first."""
    found: defaultdict[str, set[int]] = defaultdict(set)
    for surname in register:
        words = surname.split(" ")
        found[words[0]].add(len(words))
    return {first: sorted(lengths, reverse=True) for first, lengths in found.items()}


def _could_be_given(doc: Doc, item: Candidate, given: Mapping[str, str]) -> bool:
    """Whether a state's name may be the first name of somebody whom the text has named."""
    if item.kind is not Kind.STATE or _plain(doc[item.start : item.end].text) not in given:
        return False
    return item.start == 0 or doc[item.start - 1].lower_ not in PLACE_PREPOSITIONS


def _entities_by_long_form(doc: Doc) -> dict[str, str]:
    """What the text's definitions say that a long form means, in small letters."""
    return {
        text_of(doc, found.long_start, found.long_end).casefold(): found.entity
        for found in doc.user_data.get(DEFINITIONS, ())
        if found.entity
    }


def _covered(settled: Sequence[Candidate]) -> set[int]:
    """The tokens of the settled mentions, but for single words that only the model takes so."""
    return {
        place
        for item in settled
        if item.end - item.start > 1 or item.source is not Source.NER
        for place in range(item.start, item.end)
    }


def _start(item: Candidate) -> int:
    return item.start


def _plain(words: str) -> str:
    """The words without accents, by which a text may spell one name in two ways."""
    return strip_accents(words)


def _joined(text: str) -> str:
    """The text with single spaces around hyphens, as tokens are joined."""
    for hyphen in HYPHENS:
        text = text.replace(hyphen, f" {hyphen} ")
    return " ".join(text.split())


def _surnames_of(words: list[str], particles: frozenset[str]) -> Iterator[str]:
    """The last name alone, and with the particles before it, words joined by spaces."""
    start = len(words) - 1
    if start > 1 and words[start - 1] in HYPHENS and words[start - 2].lower() in particles:
        yield words[start]
    while start > 1 and words[start - 1] in HYPHENS:
        start -= 2
    if words[start][0].isupper() and len(words[start]) > 1:
        yield " ".join(words[start:])
    while start > 1 and (words[start - 1].lower() in particles or words[start - 1] in HYPHENS):
        start -= 1
        yield " ".join(words[start:])
