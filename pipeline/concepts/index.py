"""Where the patterns of all concepts stand in a target: looked up by their first word.

What a target costs grows with its words and with the patterns that begin with one of them, not with
the number of concepts; a gap spans a few words at most.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from pipeline.concepts.files import Concept
from pipeline.concepts.lemmas import Token
from pipeline.concepts.patterns import LONGEST_GAP, Pattern, Place


@dataclass(frozen=True, slots=True)
class Match:
    """A pattern of a concept over the tokens from ``start`` to before ``end``."""

    start: int
    end: int
    concept: Concept
    turned: bool
    pattern: Pattern


@dataclass(frozen=True, slots=True)
class Line:
    """The tokens of a target, and where among them entities begin: the end and who, for each."""

    tokens: tuple[Token, ...]
    entities: Mapping[int, tuple[tuple[int, str], ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class PatternIndex:
    """The patterns of all concepts by the first word, and by the first entity."""

    by_key: Mapping[str, tuple[tuple[Pattern, Concept, bool], ...]]
    by_entity: Mapping[str, tuple[tuple[Pattern, Concept, bool], ...]]

    def find(self, line: Line) -> tuple[Match, ...]:
        """All matches, the first and longest first."""
        found = [match for start in range(len(line.tokens)) for match in self._at(line, start)]
        return tuple(sorted(found, key=lambda one: (one.start, -one.end)))

    def _at(self, line: Line, start: int) -> Iterator[Match]:
        candidates = list(self.by_key.get(line.tokens[start].key, ()))
        for _, entity in line.entities.get(start, ()):
            candidates += self.by_entity.get(entity, ())
        for pattern, concept, turned in candidates:
            end = end_of(pattern.places, line, start)
            if end is not None:
                yield Match(start, end, concept, turned, pattern)


def build_index(concepts: Iterable[Concept]) -> PatternIndex:
    """The index over the patterns of the concepts, in their order."""
    by_key: dict[str, list[tuple[Pattern, Concept, bool]]] = defaultdict(list)
    by_entity: dict[str, list[tuple[Pattern, Concept, bool]]] = defaultdict(list)
    for concept in concepts:
        for turned, patterns in ((False, concept.patterns), (True, concept.turned)):
            for pattern in patterns:
                for key in pattern.places[0].keys:
                    by_key[key].append((pattern, concept, turned))
                for entity in pattern.places[0].entities:
                    by_entity[entity].append((pattern, concept, turned))
    return PatternIndex(
        {key: tuple(values) for key, values in by_key.items()},
        {key: tuple(values) for key, values in by_entity.items()},
    )


def end_of(places: Sequence[Place], line: Line, start: int) -> int | None:
    """Where a pattern that begins at ``start`` ends, None where it does not stand there."""
    at = start
    for place in places:
        after = _after(place, line, at)
        if after is None:
            return None
        at = after
    return at


def _after(place: Place, line: Line, start: int) -> int | None:
    """Where the tokens of a place end that begins at ``start``, or a few words on after a gap."""
    for at in range(start, min(start + (LONGEST_GAP if place.gap else 0) + 1, len(line.tokens))):
        ends = [end for end, entity in line.entities.get(at, ()) if entity in place.entities]
        if ends:
            return max(ends)
        if line.tokens[at].key in place.keys:
            return at + 1
    return None
