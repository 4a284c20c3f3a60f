"""What definite phrases refer to: "the region", "the bloc", "both countries", "the author".

Source: codebook §2, rules 1, 5 and 8.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from functools import cached_property
from typing import TYPE_CHECKING

from pipeline.extraction.coreference.context import (
    Context,
    Named,
    Resolution,
    resolved,
)
from pipeline.extraction.coreference.offices import Offices
from pipeline.extraction.coreference.pairs import PairResolver
from pipeline.extraction.mentions import FULL_NAMES
from pipeline.language.labels import PLURAL_TAGS
from pipeline.language.words import DEFINITE_DETERMINERS
from pipeline.lexicon.spellings import slug_of
from pipeline.records import Kind

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

_STATES = frozenset([Kind.STATE])
_BODIES = frozenset([Kind.ORGANISATION])
_LEAST_WORDS = 2
_PARTS = frozenset(["compound", "nmod", "amod"])


class DefiniteResolver:
    """Resolves a phrase by its head noun; None when no antecedent is plain."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.reference = context.reference
        self._offices = Offices(context)
        self.pairs = PairResolver(context)

    def headed_by(self, noun: Token) -> Resolution | None:
        """Whom the phrase means that the noun ends; None for a pronoun."""
        return self.resolve(noun.doc[noun.left_edge.i : noun.i + 1])

    def resolve(self, span: Span) -> Resolution | None:
        """Whom the phrase means, or None."""
        root = span.root
        lemma = root.lemma_.lower()
        if lemma in self.reference.author_nouns:
            return self._author()
        if self.pairs.is_for(root):
            return self.pairs.resolve(root)
        office = self._office(span)
        if office is not None:
            return office
        adjective = self._adjective(span)
        if adjective is not None:
            return adjective
        as_named = self._as_named(span)
        if as_named is not None:
            return as_named
        if root.tag_ == "NNS" and lemma not in self.reference.bare_definites:
            return None
        if root.tag_ == "NNPS" or not self._is_definite(root):
            return None
        return self._definite(span, lemma)

    def _as_named(self, span: Span) -> Resolution | None:
        """The body that the text names by the same words with capitals: "the trade ministry"."""
        if len(span) < _LEAST_WORDS or not span.text.islower():
            return None
        named = self._bodies_by_text.get(span.text.lower())
        return resolved(named, "same-words", factor=0.9) if named is not None else None

    def _office(self, span: Span) -> Resolution | None:
        """The holder of an office in the singular, with "the" or as a title ("Minister")."""
        if span.root.tag_ in PLURAL_TAGS:
            return None
        return self._offices.holder(span)

    def _definite(self, span: Span, lemma: str) -> Resolution | None:
        """Whom a definite phrase in the singular means, by the lemma of its noun."""
        if lemma in self.reference.country_nouns:
            return self._country(span.root)
        if lemma in self.reference.region_nouns:
            return self._region(span.root)
        return self._body(span.root) if lemma in self.reference.body_nouns else None

    def _is_definite(self, root: Token) -> bool:
        if root.lower_ in self.reference.bare_definites:
            return root.dep_ not in _PARTS or root.lower_ not in self.reference.name_borne_nouns
        return any(
            child.lower_ in DEFINITE_DETERMINERS and child.i < root.i for child in root.children
        )

    def _author(self) -> Resolution | None:
        found = self.context.author
        if found is None:
            return None
        return Resolution(found[0], Kind.PERSON, 0.95, found[1], "author", (found[0],))

    def _adjective(self, span: Span) -> Resolution | None:
        """As in "Israeli jets", "Chinese": the state whose adjective the phrase holds."""
        for token in (span.root, *span.root.lefts):
            found = self.context.adjectives.get(token.i)
            if found is not None and span.start <= token.i < span.end:
                return Resolution(found[0], found[1], 0.8, span, "adjective", (found[0],))
        return None

    def _led(self, root: Token) -> Resolution | None:
        """As in "the administration" after "the Trump administration"."""
        doc = self.context.doc
        places = self.context.lemmas[root.lemma_]
        before = bisect_left(places, root.i)
        place = places[before - 1] if before else 0
        leader = self.context.at.get(place - 1)
        if not place or leader is None or leader.kind is not Kind.PERSON:
            return None
        span = doc[leader.span.start : place + 1]
        entity = f"group:{slug_of(span.text)}"
        return Resolution(entity, Kind.GROUP, 0.75, span, "same-noun", (entity,))

    def _country(self, root: Token) -> Resolution | None:
        if (led := self._led(root)) is not None:
            return led
        counts = self.context.state_counts
        if not counts:
            return None
        for group in self.context.before(root, _STATES, at_most=2):
            entities = {item.entity for item in group}
            if len(entities) == 1:
                return resolved(group[0], "last-state", factor=0.85)
            if group[0].subject:
                return resolved(group[0], "last-state-subject", factor=0.7)
            break
        (best, often), *others = self._main_states
        if not others or often >= 2 * others[0][1]:
            return resolved(self.context.first_named[best], "main-state", factor=0.65)
        return None

    def _region(self, root: Token) -> Resolution | None:
        regions, counts = self._regions, self._region_counts
        before = bisect_left(regions, root.i, key=_start)
        if not before:
            return None
        last = regions[before - 1]
        best = self._best_region
        if counts[best] >= 3 * counts[last.entity]:
            named = self._by_region[best]
            earlier = bisect_left(named, root.i, key=_start)
            last = named[earlier - 1] if earlier else last
        often = counts[last.entity]
        alone = 2 * often > len(regions)
        return resolved(last, "last-region", factor=0.85 if alone else 0.65)

    def _body(self, root: Token) -> Resolution | None:
        """The last body whose name has the noun, else the only one named nearby."""
        same = [
            named[before - 1]
            for shape in _shapes(root.lemma_.lower())
            if (named := self._bodies_by_word.get(shape))
            and (before := bisect_left(named, root.i, key=_start))
        ]
        if same:
            return resolved(max(same, key=_start), "same-noun", factor=0.85)
        if root.lemma_.lower() in self.reference.name_borne_nouns:
            return None
        for group in self.context.before(root, _BODIES, at_most=2):
            alone = len({item.entity for item in group}) == 1
            if alone or group[0].subject:
                return resolved(group[0], "last-body", factor=0.7 if alone else 0.6)
            return None
        return None

    @cached_property
    def _main_states(self) -> list[tuple[str, int]]:
        return self.context.state_counts.most_common(2)

    @cached_property
    def _regions(self) -> list[Named]:
        endings = tuple(f"-{noun}" for noun in self.reference.no_region_nouns)
        return [
            item
            for item in self.context.named
            if item.kind is Kind.GROUP and not item.entity.endswith(endings)
        ]

    @cached_property
    def _region_counts(self) -> Counter[str]:
        return Counter(item.entity for item in self._regions)

    @cached_property
    def _best_region(self) -> str:
        return self._region_counts.most_common(1)[0][0]

    @cached_property
    def _by_region(self) -> dict[str, list[Named]]:
        found: dict[str, list[Named]] = {}
        for item in self._regions:
            found.setdefault(item.entity, []).append(item)
        return found

    @cached_property
    def _full_names(self) -> dict[str, set[str]]:
        """The words of the names that the lexicon and the text's definitions give to the bodies."""
        names: dict[str, set[str]] = {}
        for entity, name in self.context.doc.user_data.get(FULL_NAMES, ()):
            names.setdefault(entity, set()).update(_words(name))
        return names

    @cached_property
    def _bodies_by_text(self) -> dict[str, Named]:
        """The first of the named bodies by each of their names in small letters."""
        bodies = (item for item in reversed(self.context.named) if item.kind is Kind.ORGANISATION)
        return {item.span.text.lower(): item for item in bodies}

    @cached_property
    def _bodies_by_word(self) -> dict[str, list[Named]]:
        """The named bodies by each word of their names, in text order."""
        found: dict[str, list[Named]] = {}
        for item in self.context.named:
            if item.kind is Kind.ORGANISATION:
                for word in {*_words(item.span.text), *self._full_names.get(item.entity, ())}:
                    found.setdefault(word, []).append(item)
        return found


def _words(name: str) -> set[str]:
    return set(name.lower().split())


def _shapes(lemma: str) -> set[str]:
    return {lemma, lemma.replace("isation", "ization"), lemma.replace("ization", "isation")}


def _start(item: Named) -> int:
    return item.span.start
