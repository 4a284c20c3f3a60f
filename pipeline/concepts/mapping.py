"""Which concepts a target is about: those that a person said, else those of its patterns."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.concepts.assignments import (
    NONE,
    Assignment,
    read_assignments,
    standing_assignments,
    target_key,
)
from pipeline.concepts.choosing import choose
from pipeline.concepts.files import Concept, ConceptLexicon, read_concepts
from pipeline.concepts.index import Line, PatternIndex, build_index
from pipeline.concepts.lemmas import Token, plain_name, tokens_of
from pipeline.lexicon.entities import EntityLexicon, Role
from pipeline.lexicon.yaml_lines import did_you_mean

_LONGEST_NAME = 8


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of an article that a target is about, and who is mentioned in them.

    ``entities`` has the start and end of each mention within ``text``, and its entity.
    """

    text: str
    entities: tuple[tuple[int, int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """A concept that a target is about; ``turned`` where the target is its contrary.

    ``assigned`` says that a person said so.
    """

    concept: Concept
    turned: bool = False
    assigned: bool = False


@dataclass(frozen=True)
class Mapper:
    """Maps targets to concepts.

    ``wanted`` are the entities that patterns name, ``forms`` their names; ``assigned`` is what
    people said of targets by their keys, ``notes`` what is wrong with that.
    """

    lexicon: ConceptLexicon
    index: PatternIndex
    forms: Mapping[str, str] = field(default_factory=dict)
    wanted: frozenset[str] = frozenset()
    assigned: Mapping[str, tuple[Found, ...]] = field(default_factory=dict)
    notes: tuple[str, ...] = ()

    def find(self, pieces: Iterable[Piece]) -> tuple[Found, ...]:
        """The concepts of a target, whose pieces are its antecedent, where it has one, and itself.

        The first piece that belongs anywhere decides; an empty tuple where none does.
        """
        listed = tuple(pieces)
        for piece in listed:
            key = target_key(piece.text) if self.assigned else ""
            if key in self.assigned:
                return self.assigned[key]
        return next(filter(None, map(self.find_by_patterns, listed)), ())

    def find_by_patterns(self, piece: Piece) -> tuple[Found, ...]:
        """The concepts whose patterns stand in the words and count there."""
        line = self._line_of(piece)
        chosen = choose(self.index.find(line), line, self.lexicon)
        return tuple(Found(match.concept, turned) for match, turned in chosen)

    def _line_of(self, piece: Piece) -> Line:
        tokens = tokens_of(piece.text)
        if not self.wanted:
            return Line(tokens)
        starts = [token.start for token in tokens]
        entities: dict[int, set[tuple[int, str]]] = {}
        for start, end, entity in (*piece.entities, *self._named_in(piece.text, tokens)):
            first, after = bisect_left(starts, start), bisect_left(starts, end)
            if entity in self.wanted and first < after:
                entities.setdefault(first, set()).add((after, entity))
        return Line(tokens, {start: tuple(sorted(found)) for start, found in entities.items()})

    def _named_in(self, text: str, tokens: tuple[Token, ...]) -> Iterator[tuple[int, int, str]]:
        """The longest names of entities that patterns name, from each word with a capital on."""
        for number, first in enumerate(tokens):
            if not text[first.start].isupper():
                continue
            for last in reversed(tokens[number : number + _LONGEST_NAME]):
                entity = self.forms.get(plain_name(text[first.start : last.end]))
                if entity is not None:
                    yield first.start, last.end, entity
                    break


def read_mapper(
    folders: tuple[Path, ...], annotations: Path | None, names: EntityLexicon
) -> Mapper:
    """The mapper over the concepts of the folders and the assignments of a workspace.

    Raises:
        LexiconError: a file of concepts is wrong, with file and line.
        RecordError: a line of the assignments is not understood.
    """
    lexicon = read_concepts(folders)
    lines = () if annotations is None else standing_assignments(read_assignments(annotations))
    assigned, notes = _assigned(lines, lexicon)
    return build_mapper(lexicon, names, assigned=assigned, notes=notes)


def build_mapper(
    lexicon: ConceptLexicon,
    names: EntityLexicon,
    *,
    assigned: Mapping[str, tuple[Found, ...]] | None = None,
    notes: tuple[str, ...] = (),
) -> Mapper:
    """The mapper over concepts, with the names of the entities in their patterns."""
    wanted = {
        entity
        for concept in lexicon.concepts.values()
        for pattern in (*concept.patterns, *concept.turned)
        for place in pattern.places
        for entity in place.entities
    }
    forms = {
        text: form.entity
        for text, form in (names.forms.items() if wanted else ())
        if form.entity in wanted and not form.ambiguous and form.role is not Role.SEAT
    }
    index = build_index(lexicon.concepts.values())
    return Mapper(lexicon, index, forms, frozenset(wanted), assigned or {}, notes)


def _assigned(
    lines: Iterable[Assignment], lexicon: ConceptLexicon
) -> tuple[dict[str, tuple[Found, ...]], tuple[str, ...]]:
    """What stands of the assignments, by the targets' keys, and those that name no concept."""
    listed = tuple(lines)
    concepts = with_assigned(lexicon, listed)
    found: dict[str, tuple[Found, ...]] = {}
    notes = []
    for line in listed:
        key = target_key(line.target)
        if line.concept == NONE:
            found[key] = ()
        elif (concept := concepts.get(line.concept)) is None:
            hint = did_you_mean(line.concept, concepts)
            notes.append(f"{line.place}: no concept {line.concept!r}; {hint}. Take it back with: "
                         f"claims concepts undo {line.target!r}")  # fmt: skip
        else:
            others = [one for one in found.get(key, ()) if one.concept.id != concept.id]
            found[key] = (*others, Found(concept, line.turned, assigned=True))
    return found, tuple(notes)


def with_assigned(lexicon: ConceptLexicon, lines: Iterable[Assignment]) -> dict[str, Concept]:
    """The concepts of the files, and those that only assignments name, by id."""
    made = {
        line.concept: Concept(line.concept, line.label, place=line.place)
        for line in lines
        if line.label
    }
    return {**made, **lexicon.concepts}
