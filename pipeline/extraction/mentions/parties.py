"""Parties by their short names: "the Greens", "Conservatives", "the Liberal party".

Source: codebook §1, rules 6 and 8: a capitalised short form names its body.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.extraction.mentions.candidates import Candidate
from pipeline.extraction.mentions.matches import Match
from pipeline.extraction.mentions.names import HYPHENS, NameFinder, text_of
from pipeline.language.occurrences import places_of
from pipeline.language.words import ARTICLES
from pipeline.lexicon.entities import EntityLexicon
from pipeline.lexicon.nouns import Nouns
from pipeline.lexicon.spellings import slug_of
from pipeline.records import Kind, Source

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_NAMES = frozenset(["NNP", "NNPS"])


class PartyNames:
    """Finds parties by one word in the plural, or before a small "party"."""

    def __init__(self, nouns: Nouns, lexicon: EntityLexicon) -> None:
        self.nouns = nouns
        self.lexicon = lexicon
        self.names = NameFinder(nouns)

    def with_noun(self, doc: Doc) -> Iterator[Candidate]:
        """As in "the Liberal party", "the LIDER party": the name with its small noun."""
        for token in map(doc.__getitem__, places_of(doc, self.nouns.named_party_nouns)):
            if not token.text.islower():
                continue
            start = self.names.ending_at(doc, token.i)
            if start is None or any(other.text in HYPHENS for other in doc[start : token.i]):
                continue
            words = f"{text_of(doc, start, token.i)} {token.text.capitalize()}"
            known = self.lexicon.find(words)
            if known is not None and known.kind is Kind.ORGANISATION:
                yield Candidate(start, token.i + 1, known.kind, known.entity, Source.LEXICON)
            elif known is None and self._is_new_name(doc, start, token.i):
                entity = f"org:{slug_of(words)}"
                yield Candidate(start, token.i + 1, Kind.ORGANISATION, entity, Source.PATTERN)

    def _is_new_name(self, doc: Doc, start: int, end: int) -> bool:
        """Whether the words before "party" are its name, and not a name of the lexicon."""
        definite = start > 0 and doc[start - 1].lower_ == "the"
        if not definite and doc[end - 1].tag_ not in _NAMES:
            return False
        return self.lexicon.find(text_of(doc, start, end)) is None

    def in_plural(
        self, doc: Doc, settled: Sequence[Candidate], matches: Sequence[Match]
    ) -> list[Candidate]:
        """The settled candidates with those of one plural word: "the Greens".

        Such a word means the party of the text that its noun is in the name of, else the one
        that the lexicon has of the state that the text names most.
        """
        plurals = places_of(doc, self.nouns.party_plurals)
        alone = {place for place in plurals if self._is_party(doc[place])}
        if not alone:
            return list(settled)
        covered = {place for item in settled for place in range(item.start, item.end)}
        kept = [
            replace(item, entity=self._entity(doc[item.start], settled, matches))
            if item.start in alone and item.end - item.start == 1 and _is_made(doc, item)
            else item
            for item in settled
        ]
        for place in sorted(alone - covered):
            entity = self._entity(doc[place], settled, matches)
            kept.append(Candidate(place, place + 1, Kind.ORGANISATION, entity, Source.PATTERN))
        return kept

    def _is_party(self, token: Token) -> bool:
        """Whether the word is a party's noun in the plural, with a capital, by itself."""
        doc, word = token.doc, token.lower_
        if not token.text.istitle():
            return False
        before = doc[token.i - 1] if token.i else None
        after = doc[token.i + 1] if token.i + 1 < len(doc) else None
        if after is not None and (after.text in HYPHENS or after.text[0].isupper()):
            return False
        if token.is_sent_start:
            return not any(other.text == word for other in doc)
        if before is None:
            return False
        return before.lower_ in ARTICLES or before.text.islower() or not before.is_alpha

    def _entity(self, token: Token, settled: Sequence[Candidate], matches: Sequence[Match]) -> str:
        known = self.lexicon.find(token.text)
        if known is not None and known.kind is Kind.ORGANISATION:
            return known.entity
        return (
            self._of_text(token, settled) or self._of_state(token, matches) or f"org:{token.lower_}"
        )

    def _of_text(self, token: Token, settled: Sequence[Candidate]) -> str | None:
        """The only party of several words in the text that has the noun in its name."""
        shapes = {token.lower_, token.lower_.removesuffix("s")}
        found = {
            item.entity
            for item in settled
            if item.kind is Kind.ORGANISATION
            and item.end - item.start > 1
            and shapes & {word.lower_ for word in token.doc[item.start : item.end]}
        }
        return next(iter(found)) if len(found) == 1 else None

    def _of_state(self, token: Token, matches: Sequence[Match]) -> str | None:
        """As in "the Greens" of a text on Australia: "Australian Greens" in the lexicon."""
        states = Counter(match.entity for match in matches if match.kind is Kind.STATE)
        if not states:
            return None
        state, noun = states.most_common(1)[0][0], token.text.removesuffix("s")
        name, adjective = self.lexicon.name_of(state), self.lexicon.adjective_of(state)
        for words in (
            f"{adjective} {token.text}",
            f"{token.text} ({name})",
            f"{noun} Party of {name}",
            f"{noun} Party ({name})",
            f"{adjective} {noun} Party",
        ):
            known = self.lexicon.find(words)
            if known is not None and known.kind is Kind.ORGANISATION:
                return known.entity
        return None


def _is_made(doc: Doc, item: Candidate) -> bool:
    """Whether the candidate's entity is only its own word."""
    return item.entity == f"org:{doc[item.start].lower_}"
