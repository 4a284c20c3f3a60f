"""Which targets people assigned to which concepts: ``annotations/concepts.jsonl``, only added to.

A target that somebody assigned is what that person says, whatever patterns say. Lines are never
changed: what is taken back is followed by a line that says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

from pipeline.concepts.files import ID
from pipeline.concepts.lemmas import tokens_of
from pipeline.dataset.added_lines import append_lines, check_added, read_added
from pipeline.dataset.identity import content_id
from pipeline.jsonl_fields import Fields
from pipeline.language.words import EVENTS_MEANT, THINGS_MEANT

ASSIGNMENTS = "concepts.jsonl"
VERSION = 1
NONE = "none"
"""In place of a concept: the target belongs to no concept, whatever patterns say."""

_READS = re.compile(r"(?P<pronoun>\w+) \[(?P<antecedent>.+)\]", re.DOTALL)


class Deed(StrEnum):
    """What was done with a target; ``UNDO`` takes an earlier line back."""

    ASSIGN = "assign"
    UNDO = "undo"


@dataclass(frozen=True, slots=True)
class Assignment:
    """One line: from then on targets of these words are about ``concept``.

    ``label`` names a concept that no file has. ``turned`` says that they are the concept turned
    round. ``undoes`` is the id of the line that is taken back. ``place`` is the file and line.
    """

    deed: Deed
    target: str
    concept: str
    decided_at: str
    label: str = ""
    turned: bool = False
    undoes: str | None = None
    id: str = ""
    place: str = ""


def target_key(target: str) -> str:
    """The words by which targets are the same: basic forms, no determiners.

    >>> target_key("the Sugar Taxes")
    'sugar tax'
    """
    return " ".join(token.key for token in tokens_of(target))


def named_target(reads: str) -> str:
    """The words that a target is assigned by: of "It [the Paris Call]" those of the antecedent.

    >>> named_target("It [the Paris Call]"), named_target("the plan [of 2015]")
    ('the Paris Call', 'the plan [of 2015]')
    """
    found = _READS.fullmatch(reads.strip())
    pronoun = found is not None and found["pronoun"].lower() in THINGS_MEANT | EVENTS_MEANT
    return found["antecedent"] if found is not None and pronoun else reads


def read_assignments(annotations: Path) -> tuple[Assignment, ...]:
    """Every line once, ordered by time and id; an empty tuple where there is no file yet.

    Raises:
        RecordError: beginning with ``file:line``, where a line is not understood or was changed.
    """
    lines = read_added(annotations / ASSIGNMENTS, version=VERSION)
    found = {one.id: one for one in (_read_line(*line) for line in lines)}
    return tuple(sorted(found.values(), key=lambda item: (item.decided_at, item.id)))


def standing_assignments(lines: Iterable[Assignment]) -> tuple[Assignment, ...]:
    """Those that were not taken back, in their order."""
    ordered = tuple(lines)
    undone = {item.undoes for item in ordered if item.deed is Deed.UNDO}
    return tuple(item for item in ordered if item.deed is Deed.ASSIGN and item.id not in undone)


def add_assignments(annotations: Path, lines: Iterable[Assignment]) -> None:
    """Add lines behind all others, which stay as they are to the byte.

    Raises:
        RecordError: a line of the file is not understood; nothing was written.
        LinkError: the file lies behind a link that leaves the workspace.
    """
    read_assignments(annotations)
    append_lines(annotations / ASSIGNMENTS, map(to_json, lines), inside=annotations)


def build_assignments(
    targets: Iterable[str], concept: str, *, label: str = "", turned: bool = False
) -> list[Assignment]:
    """The lines that assign each of the targets, made now."""
    at = now()
    return [
        with_id(Assignment(Deed.ASSIGN, target, concept, at, label=label, turned=turned))
        for target in dict.fromkeys(" ".join(target.split()) for target in targets)
    ]


def build_undo(lines: Iterable[Assignment]) -> list[Assignment]:
    """The lines that take others back, made now."""
    at = now()
    return [
        with_id(replace(one, deed=Deed.UNDO, decided_at=at, undoes=one.id, place=""))
        for one in lines
    ]


def now() -> str:
    """The time in UTC, as it stands in a line."""
    return datetime.now(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def with_id(one: Assignment) -> Assignment:
    """The line with the id that its content gives it."""
    return replace(one, id=content_id(_body(one), prefix="t-"))


def to_json(one: Assignment) -> dict[str, object]:
    """The object of a line; its published schema is ``schemas/assignment.schema.json``."""
    return {"id": with_id(one).id, **_body(one)}


def _body(one: Assignment) -> dict[str, object]:
    return {
        "version": VERSION,
        "deed": one.deed.value,
        "target": one.target,
        "concept": one.concept,
        "label": one.label,
        "turned": one.turned,
        "undoes": one.undoes,
        "decided_at": one.decided_at,
    }


def _read_line(fields: Fields, place: str) -> Assignment:
    one = Assignment(
        deed=fields.word("deed", Deed),
        target=fields.string("target"),
        concept=fields.string("concept"),
        decided_at=fields.string("decided_at"),
        label=fields.string("label"),
        turned=fields.flag("turned"),
        undoes=fields.optional_string("undoes"),
        id=fields.string("id"),
        place=place,
    )
    if one.concept != NONE and not ID.fullmatch(one.concept):
        raise fields.refuse(
            "concept", f"must be concept.AREA.NAME or none, not {one.concept!r:.60}"
        )
    check_added(fields, decided_at=one.decided_at, id=one.id, known=with_id(one).id)
    return one
