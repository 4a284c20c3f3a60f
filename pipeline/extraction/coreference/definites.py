"""What definite phrases refer to: "the region", "the bloc", "both countries", "the author".

Source: codebook §2, rules 1, 5 and 8.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from pipeline.extraction.coreference.context import Context, Named, Resolution, resolved
from pipeline.extraction.coreference.pronouns import pair_of
from pipeline.lexicon.spellings import slug_of
from pipeline.records import Kind

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

_STATES = frozenset([Kind.STATE])
_GROUPS = frozenset([Kind.GROUP])
_PEOPLE = frozenset([Kind.PERSON])
_BODIES = frozenset([Kind.ORGANISATION])
_AUTHOR = frozenset(["author", "writer"])
_COUNTRY = frozenset(["country", "nation", "state", "government", "administration", "republic"])
_REGION = frozenset(["region", "continent", "subregion"])
_BODY = frozenset(
    "bloc bloc organisation organization group body agency alliance union company firm party "
    "institution association federation movement commission committee council court ministry "
    "department office coalition forum newspaper paper broadcaster outlet group tribunal "
    "assembly parliament bank fund charity corporation giant platform militia".split()
)
_PAIRS = {
    "country": _STATES, "nation": _STATES, "state": _STATES, "neighbour": _STATES,
    "neighbor": _STATES, "government": _STATES, "power": _STATES, "side": _STATES,
    "leader": _PEOPLE, "president": _PEOPLE, "minister": _PEOPLE, "man": _PEOPLE,
    "woman": _PEOPLE, "politician": _PEOPLE, "organisation": _BODIES, "organization": _BODIES,
    "party": _BODIES, "company": _BODIES, "bloc": _BODIES, "group": _BODIES, "agency": _BODIES,
}  # fmt: skip
_TWO = frozenset(["two", "2", "both"])
_NO_NAMES = ("-states", "-people", "-opposition", "-parties")
_DEFINITE = frozenset(["the", "this", "that", "these", "those", "both", "its", "their"])


class DefiniteResolver:
    """Resolves a phrase by its head noun; None when no antecedent is plain."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self._offices: dict[int, dict[tuple[str, ...], dict[str, Named]]] = {}

    def resolve(self, span: Span) -> Resolution | None:
        """Whom the phrase means, or None."""
        root = span.root
        lemma = root.lemma_.lower()
        if lemma in _AUTHOR:
            return self._author()
        if _is_pair(root) and lemma in _PAIRS:
            return self._pair(root, _PAIRS[lemma])
        adjective = self._adjective(span)
        if adjective is not None:
            return adjective
        if not _is_definite(root) or root.tag_ in ("NNS", "NNPS"):
            return self._office(span) if root.tag_ != "NNS" else None
        if lemma in _COUNTRY:
            return self._country(root)
        if lemma in _REGION:
            return self._region(root)
        return self._office(span) or (self._body(root) if lemma in _BODY else None)

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
        for group in self.context.before(root, _BODIES, at_most=2):
            alone = len({item.entity for item in group}) == 1
            if alone or group[0].subject:
                return resolved(group[0], "last-body", factor=0.7 if alone else 0.6)
            return None
        return None

    def _office(self, span: Span) -> Resolution | None:
        """As in "the Prime Minister" after "Prime Minister Rishi Sunak"."""
        words = [token.lower_ for token in span if token.dep_ != "det" and token.lower_ != "the"]
        if not words:
            return None
        holders = self._after_words(len(words)).get(tuple(words), {})
        if len(holders) != 1:
            return None
        return resolved(next(iter(holders.values())), "office", factor=0.9)

    def _after_words(self, length: int) -> Mapping[tuple[str, ...], Mapping[str, Named]]:
        """The persons, by entity, whose names follow the same so many words; looked up once."""
        if length not in self._offices:
            found: dict[tuple[str, ...], dict[str, Named]] = {}
            doc = self.context.doc
            for item in self.context.named:
                start = item.span.start - length
                if item.kind is Kind.PERSON and start >= 0:
                    before = tuple(token.lower_ for token in doc[start : item.span.start])
                    found.setdefault(before, {})[item.entity] = item
            self._offices[length] = found
        return self._offices[length]

    @cached_property
    def _main_states(self) -> list[tuple[str, int]]:
        return self.context.state_counts.most_common(2)

    @cached_property
    def _regions(self) -> list[Named]:
        return [
            item
            for item in self.context.named
            if item.kind is Kind.GROUP and not item.entity.endswith(_NO_NAMES)
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
    def _bodies_by_word(self) -> dict[str, list[Named]]:
        """The named bodies by each word of their names, in text order."""
        found: dict[str, list[Named]] = {}
        for item in self.context.named:
            if item.kind is Kind.ORGANISATION:
                for word in {token.lower_ for token in item.span}:
                    found.setdefault(word, []).append(item)
        return found

    def _pair(self, root: Token, kinds: frozenset[Kind]) -> Resolution | None:
        seen: list[Named] = []
        for group in self.context.before(root, kinds, at_most=3):
            seen = [*group, *seen]
            named = list({item.entity: item for item in seen}.values())
            if len(named) == 2:
                named.sort(key=lambda item: item.span.start)
                return pair_of(named, "pair", score=0.7)
            if len(named) > 2:
                return None
        return None


def _is_pair(root: Token) -> bool:
    return any(child.lower_ in _TWO and child.i < root.i for child in root.children)


def _is_definite(root: Token) -> bool:
    return any(child.lower_ in _DEFINITE and child.i < root.i for child in root.children) or (
        root.lower_ == "government"
    )


def _shapes(lemma: str) -> set[str]:
    return {lemma, lemma.replace("isation", "ization"), lemma.replace("ization", "isation")}


def _start(item: Named) -> int:
    return item.span.start
