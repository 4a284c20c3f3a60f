"""Faults in ``models/concepts/`` that ``claims check`` names; the examples need no model."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from pathlib import Path

from pipeline.concepts.files import (
    FOLDER,
    TURNS,
    Concept,
    concept_files,
    read_concept_file,
    read_turns,
)
from pipeline.concepts.mapping import Mapper, Piece
from pipeline.errors import PipelineError
from pipeline.lexicon.check import Fault
from pipeline.lexicon.entities import EntityLexicon


def read_concept_faults(folders: tuple[Path, ...]) -> tuple[list[Fault], list[Concept]]:
    """The faults that reading finds, and the concepts of the files that are well formed."""
    faults: list[Fault] = []
    concepts: list[Concept] = []
    for path in concept_files(folders):
        try:
            concepts += read_concept_file(path)
        except PipelineError as error:
            faults.append(_fault_of(error, path))
    for path in (folder / FOLDER / TURNS for folder in folders):
        try:
            read_turns(path)
        except PipelineError as error:
            faults.append(_fault_of(error, path))
    return faults, concepts


def find_concept_clashes(concepts: Iterable[Concept]) -> Iterator[Fault]:
    """Ids that a folder gives twice, and patterns that two concepts of a folder share."""
    ids: dict[tuple[str, str], Concept] = {}
    patterns: dict[tuple[object, ...], Concept] = {}
    for concept in concepts:
        folder = str(Path(concept.place.rpartition(":")[0]).parent)
        known = ids.setdefault((folder, concept.id), concept)
        if known is not concept:
            yield Fault(concept.place, f"the id {concept.id} stands already at {known.place}")
        if not concept.examples and not concept.turned_examples:
            yield Fault(concept.place, f"{concept.id} has no example; add a target that it takes")
        for pattern in (*concept.patterns, *concept.turned):
            owner = patterns.setdefault((folder, pattern.places), concept)
            if owner.id != concept.id:
                yield Fault(
                    concept.place,
                    f"the pattern {pattern.text!r} of {concept.id} is one of {owner.id} too "
                    f"({owner.place}); remove one",
                )


def find_unknown_entities(concepts: Iterable[Concept], names: EntityLexicon) -> Iterator[Fault]:
    """Entities in patterns that the lexicons do not know, and by which nothing would be found."""
    for concept in concepts:
        for pattern in (*concept.patterns, *concept.turned):
            for entity in sorted({one for place in pattern.places for one in place.entities}):
                if entity not in names.entries:
                    near = get_close_matches(entity, names.entries, n=1)
                    meant = f"did you mean {near[0]}? Else " if near else ""
                    yield Fault(
                        concept.place,
                        f"{entity} in the pattern {pattern.text!r} of {concept.id} is no entity of "
                        f"the lexicons; {meant}add it under models/entities/, or use its words",
                    )


def check_concept_examples(mapper: Mapper, concepts: Iterable[Concept]) -> Iterator[Fault]:
    """Examples that a concept does not take as they say, and counterexamples that it takes."""
    for concept in concepts:
        for kind, examples, wanted in (
            ("example", concept.examples, False),
            ("turned example", concept.turned_examples, True),
            ("counterexample", concept.counterexamples, None),
        ):
            for target in examples:
                found = {
                    one.concept.id: one.turned for one in mapper.find_by_patterns(Piece(target))
                }
                if found.get(concept.id) is not wanted:
                    said = f"{kind}: {concept.id} {_said(concept.id, found)}"
                    yield Fault(concept.place, f"{said} in: {target}", f"{concept.id} | {target}")


def _said(identifier: str, found: dict[str, bool]) -> str:
    """What became of a target, in words."""
    if identifier in found:
        return "takes it turned round" if found[identifier] else "takes it as it is"
    others = ", ".join(found)
    return f"does not take it, but {others}" if others else "does not take it, nor does another"


def _fault_of(error: PipelineError, path: Path) -> Fault:
    place, separator, message = str(error).partition(": ")
    known = separator and place.startswith(str(path))
    return Fault(place, message) if known else Fault(f"{path}:1", str(error))
