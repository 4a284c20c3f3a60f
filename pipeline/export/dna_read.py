"""Claims read back from a DNA database, as they stand in it."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pipeline.errors import RecordError
from pipeline.export.dna_details import whole_record
from pipeline.export.dna_entities import TARGET, WORDS
from pipeline.export.dna_file import (
    CodedStatement,
    DnaFile,
    Note,
    Place,
    Value,
    read_dna_file,
)
from pipeline.records import Stance

Json = dict[str, Any]
Fits = Callable[[CodedStatement, Note, int], bool]


@dataclass(frozen=True)
class Linked:
    """The statements of a database, each with what was exported of it.

    ``gone`` are annotations whose statement is not there any more, ``doubtful`` those whose
    statement cannot be told, ``bare`` neutral claims, which have an annotation alone.
    """

    statements: tuple[CodedStatement, ...]
    gone: tuple[Note, ...] = ()
    doubtful: tuple[Note, ...] = ()
    bare: tuple[CodedStatement, ...] = ()


def read_dna(path: Path) -> Iterator[Json]:
    """The claims of a database that was exported in either profile, in their order there.

    Of ``dna-rich`` all that was exported; of ``dna`` the id, article, holder, stance, cue, target
    and concepts, and as ``evidence`` the words that the claim's statement stands on. What was
    changed in DNA is read as it is there. Statements that are none of ours are passed over.

    Raises:
        RecordError: it is no database of DNA 3, or a document's text was changed in it.
    """
    linked = link_notes(read_dna_file(path))
    claims: dict[str, list[CodedStatement]] = defaultdict(list)
    for one in sorted((*linked.statements, *linked.bare), key=lambda one: one.id):
        if one.claim:
            claims[one.claim].append(one)
    for found in claims.values():
        if not found[0].document.intact:
            raise RecordError(
                f"{path}: statement {found[0].id}: the text of document {found[0].document.id} is "
                "not the one that was exported; export it anew"
            )
        try:
            yield _record_of(found)
        except (LookupError, TypeError, ValueError) as error:
            raise RecordError(
                f"{path}: statement {found[0].id}: what was exported of it was changed "
                f"({error!r}); export it anew"
            ) from error


def _record_of(found: Sequence[CodedStatement]) -> Json:
    """The claim of all its statements."""
    first = found[0]
    record = _exported(first)
    if not first.keeps_actor:
        key = first.actor.key
        entity = key if key and not key.startswith(WORDS) else None
        record["holder"] |= {"entity": entity, "name": first.actor.text}
    record["stance"] = first.to_target.value
    if "record" not in first.pairs or "concepts" in record:
        concepts = [_concept_of(one) for one in found]
        record["concepts"] = [one for one in concepts if one is not None]
    return record


def _exported(one: CodedStatement) -> Json:
    """The claim as it was exported, as far as the profile holds it."""
    document, pairs = one.document, one.pairs
    if "record" in pairs:
        return whole_record(json.loads(pairs["record"]), document.text, document.notes)
    record: Json = {
        "id": one.claim,
        "article": document.article,
        "text_sha256": document.notes.get("text_sha256", ""),
        "holder": None,
        "cue": None,
        "stance": pairs.get("stance", ""),
        "target": None,
        "evidence": {"start": one.start, "end": one.stop, "text": one.words},
    }
    for piece in pairs.get("spans", "").split():
        name, _, span = piece.partition("=")
        start, end = map(int, span.split("-"))
        record[name] = {"start": start, "end": end, "text": document.text[start:end]}
    key = pairs.get("entity", "")
    names = {"entity": key or None, "kind": pairs.get("kind", ""), "name": pairs.get("actor_name")}
    record["holder"] = {**(record["holder"] or {}), **names}
    return record


def _concept_of(one: CodedStatement) -> Json | None:
    """The concept of a statement; None where only its target's own words stand for one."""
    key, label = one.concept.key, one.concept.text
    if one.keeps_concept:
        key, label = one.pairs.get("concept", ""), one.pairs.get("concept_name", "")
    if not label or key.startswith(TARGET):
        return None
    turned = bool(one.pairs.get("turned"))
    return {"id": key or None, "label": label, "stance": one.stance.value, "turned": turned}


def link_notes(file: DnaFile) -> Linked:
    """The statements of a database with what their annotations say of them.

    By the statement's number where the numbers are those of the export; in a project that it was
    merged into by the words that both stand on and by what the statement says.
    """
    found, unsure = _paired(file)
    taken = {note.id for note in (*found.values(), *unsure)}
    statements = [
        replace(one, pairs=found[one.id].pairs) if one.id in found else one
        for one in file.statements
    ]
    return Linked(
        statements=tuple(statements),
        gone=tuple(note for note in file.notes if note.statement and note.id not in taken),
        doubtful=tuple(unsure),
        bare=tuple(_bare(file, note) for note in file.notes if not note.statement),
    )


def _paired(file: DnaFile) -> tuple[dict[int, Note], list[Note]]:
    """By a statement's number its annotation; and those whose statement cannot be told."""
    free: dict[Place, list[CodedStatement]] = defaultdict(list)
    for one in file.statements:
        if not one.claim:
            free[one.place].append(one)
    waiting = [note for note in file.notes if note.statement]
    found: dict[int, Note] = {}
    for fits in (_has_number, _says_the_same, _keeps_both, _is_alone):
        waiting = [note for note in waiting if not _find_one(note, free[note.place], fits, found)]
    there = {one.id for one in file.statements}
    return found, [note for note in waiting if free[note.place] and not _was_deleted(note, there)]


def _find_one(note: Note, free: list[CodedStatement], fits: Fits, found: dict[int, Note]) -> bool:
    """Whether one of the free statements is the note's; it then is not free any more.

    Of several that say just what the note says any is: they say the same of the same words.
    """
    candidates = [one for one in free if fits(one, note, len(free))]
    if not candidates or (len(candidates) > 1 and fits is not _says_the_same):
        return False
    found[candidates[0].id] = note
    free.remove(candidates[0])
    return True


def _was_deleted(note: Note, there: Collection[int]) -> bool:
    return note.unmoved and note.statement not in there


def _has_number(one: CodedStatement, note: Note, _: int) -> bool:
    return note.unmoved and one.id == note.statement


def _says_the_same(one: CodedStatement, note: Note, among: int) -> bool:
    return _keeps_both(one, note, among) and one.stance.value == note.pairs.get("stance")


def _keeps_both(one: CodedStatement, note: Note, _: int) -> bool:
    coded = replace(one, pairs=note.pairs)
    return not note.unmoved and coded.keeps_actor and coded.keeps_concept


def _is_alone(one: CodedStatement, note: Note, among: int) -> bool:
    coded = replace(one, pairs=note.pairs)
    return not note.unmoved and among == 1 and (coded.keeps_actor or coded.keeps_concept)


def _bare(file: DnaFile, note: Note) -> CodedStatement:
    """A neutral claim: what was exported is all there is."""
    document, start, stop = note.place
    actor = Value(note.pairs.get("actor", ""), note.pairs.get("actor_name", ""))
    concept = Value(note.pairs.get("concept", ""), note.pairs.get("concept_name", ""))
    neutral, own = Stance.NEUTRAL, file.documents[document]
    return CodedStatement(
        note.id, own, start, stop, Value(), actor, concept, neutral, pairs=note.pairs
    )
