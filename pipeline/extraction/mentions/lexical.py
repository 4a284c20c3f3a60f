"""Which names of the lexicon count where they stand."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.extraction.gazetteer import SPANS
from pipeline.extraction.mentions.ambiguous import is_acronym, is_supported
from pipeline.extraction.mentions.candidates import Candidate
from pipeline.extraction.mentions.matches import Match, is_inside_longer_entity
from pipeline.extraction.mentions.names import HYPHENS
from pipeline.extraction.mentions.seats import SeatFinder
from pipeline.lexicon.entities import EntityLexicon, Role
from pipeline.lexicon.nouns import Nouns
from pipeline.records import Kind, Source

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_MODIFIERS = frozenset(["amod", "compound", "nmod", "poss", "nummod", "attr", "acomp", "appos"])


class LexicalFinder:
    """Turns matches that count into candidates."""

    def __init__(self, nouns: Nouns, lexicon: EntityLexicon) -> None:
        self.nouns = nouns
        self.lexicon = lexicon
        self._seats = SeatFinder(nouns)

    def find(self, doc: Doc, matches: list[Match]) -> Iterator[Candidate]:
        """The matches that name an actor here: names, seats that act, peoples."""
        ends = {match.end: match for match in matches}
        starts = {match.start: match for match in matches}
        plain = {match.entity for match in matches if match.is_name and not match.ambiguous}
        named = {match.entity for match in matches if match.role is not Role.SEAT}
        trimmed = (self._trimmed(doc, match) for match in matches)
        for match in (self._owned(doc, match, named) for match in trimmed):
            if self._counts(doc, match, plain, ends, starts):
                kind = _kind_of(match)
                yield Candidate(match.start, match.end, kind, match.entity, Source.LEXICON)

    def _counts(
        self,
        doc: Doc,
        match: Match,
        plain: Collection[str],
        ends: Mapping[int, Match],
        starts: Mapping[int, Match],
    ) -> bool:
        """Whether the match names an actor; ``plain`` are the entities that the text names."""
        if match.is_name:
            return self._name_counts(doc, match, plain)
        if match.role is Role.SEAT:
            return self._seats.acts(doc, match, ends, starts)
        return _stands_for_people(doc, match)

    def _name_counts(self, doc: Doc, match: Match, plain: Collection[str]) -> bool:
        if _is_common(doc, match) or _is_currency(doc, match) or self._is_namesake(doc, match):
            return False
        if not match.ambiguous or is_supported(doc, match) or self._speaks(doc, match):
            return True
        return match.entity in plain and is_acronym(doc, match)

    def _is_namesake(self, doc: Doc, match: Match) -> bool:
        """As in "voters in Georgia and Alabama": a part of the United States, and no state."""
        if match.kind is not Kind.STATE or not match.is_name or match.end - match.start > 1:
            return False
        if doc[match.start].lower_ not in self.nouns.namesake_places:
            return False
        beside = doc[max(0, match.start - 3) : match.end + 3]
        if any(
            span.id_ != match.entity and span.label_ == "state" and not span.kb_id_.endswith("?")
            for span in doc.spans[SPANS]
            if beside.start <= span.start < beside.end
        ):
            return False
        return any(token.lower_ in self.nouns.american_words for token in doc[match.start].sent)

    def _owned(self, doc: Doc, match: Match, named: Collection[str]) -> Match:
        """The match; a seat of several with the one of them that alone the text names."""
        if match.role is not Role.SEAT:
            return match
        owners = self.lexicon.shared_seats.get(doc[match.start : match.end].text, frozenset())
        other = sorted(owners & set(named))
        if not other or match.entity in other or self._names_kin(match.entity, named):
            return match
        entry = self.lexicon.entries[other[0]]
        return replace(match, entity=entry.id, kind=entry.kind)

    def _names_kin(self, entity: str, named: Collection[str]) -> bool:
        """Whether the text names an organ of the body: the European Commission for the EU."""
        first = self.lexicon.name_of(entity).split()[0]
        return any(
            self.lexicon.name_of(other).split()[0] == first
            for other in named
            if other != entity and other.startswith("org:")
        )

    def _speaks(self, doc: Doc, match: Match) -> bool:
        """Whether the ambiguous form is the subject of a verb of saying ("The Age reported")."""
        root = doc[match.start : match.end].root
        speaks = root.dep_ == "nsubj" and root.head.lemma_ in self.nouns.saying_verbs
        return speaks and not is_inside_longer_entity(doc, match)

    def _trimmed(self, doc: Doc, match: Match) -> Match:
        """The match without article and descriptor, or the body whose members it names."""
        if match.end - match.start > 1 and doc[match.start].text == "The":
            return replace(match, start=match.start + 1)
        return self._body_of_members(doc, match) or self._without_descriptor(doc, match)

    def _body_of_members(self, doc: Doc, match: Match) -> Match | None:
        """As in "EU member states", where the lexicon has these as a group: the EU."""
        if match.kind is not Kind.GROUP:
            return None
        words = doc[match.start : match.end].text
        for noun in sorted(self.nouns.member_nouns):
            body, found, _ = words.partition(f" {noun}")
            form = self.lexicon.find(body) if found else None
            if form is not None and form.kind is Kind.ORGANISATION:
                end = match.start + len(body.split())
                return replace(match, end=end, kind=form.kind, entity=form.entity)
        return None

    def _without_descriptor(self, doc: Doc, match: Match) -> Match:
        """As in "Sana news agency": the name alone, where it means the same."""
        end = match.end
        while end - match.start > 1 and doc[end - 1].text.islower():
            end -= 1
        if end < match.end and doc[end : match.end].text in self.nouns.media_nouns:
            form = self.lexicon.find(doc[match.start : end].text)
            if form is None or form.entity == match.entity:
                return replace(match, end=end)
        return match


def _kind_of(match: Match) -> Kind:
    """A state's people are a group."""
    people = not match.is_name and match.role is not Role.SEAT
    return Kind.GROUP if people and match.kind is Kind.STATE else match.kind


def _is_common(doc: Doc, match: Match) -> bool:
    """As in "member states", "major powers": a group that the text does not name."""
    return match.kind is Kind.GROUP and doc[match.start : match.end].text.islower()


def _is_currency(doc: Doc, match: Match) -> bool:
    """As in "NZ $", "US$"."""
    return match.end < len(doc) and doc[match.end].text.startswith("$")


def _stands_for_people(doc: Doc, match: Match) -> bool:
    """As in "the Chinese refused": an adjective or demonym that heads its own definite phrase."""
    token = doc[match.end - 1]
    before = doc[match.start - 1] if match.start else None
    after = doc[match.end] if match.end < len(doc) else None
    if token.dep_ in _MODIFIERS or _is_joined_on(after):
        return False
    if before is not None and before.text in HYPHENS:
        return False
    if before is not None and before.lower_ == "the":
        return True
    plural = match.role is Role.DEMONYM and token.text.endswith("s")
    return plural and token.dep_ == "nsubj" and _is_bare(token)


def _is_joined_on(after: Token | None) -> bool:
    """Whether the phrase goes on after the adjective: "Chinese-built", "Chinese ships"."""
    return after is not None and (after.text in HYPHENS or after.pos_ in ("NOUN", "PROPN", "ADJ"))


def _is_bare(token: Token) -> bool:
    return not any(child.i < token.i and child.dep_ != "punct" for child in token.children)
