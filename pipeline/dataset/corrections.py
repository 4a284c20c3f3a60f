"""What an analyst corrected about entities: ``annotations/entities.jsonl``, only ever added to.

A correction is laid over what the machine said and what people decided whenever these are read. No
extraction and no line of a ledger is rewritten, so each can be taken back.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from pipeline.dataset.added_lines import append_lines, check_added, read_added
from pipeline.dataset.identity import content_id
from pipeline.jsonl_fields import Fields

CORRECTIONS = "entities.jsonl"
VERSION = 1
ENTITY = re.compile(r"(?:country|org|group|person):[^\s\x00-\x1f\x7f]+")
"""The ids that a correction can give."""


class Deed(StrEnum):
    """What was done with an entity; ``UNDO`` takes an earlier correction back."""

    MERGE = "merge"
    RENAME = "rename"
    SPLIT = "split"
    UNDO = "undo"


PAST = {Deed.MERGE: "merged into", Deed.RENAME: "renamed to", Deed.SPLIT: "split off as"}


@dataclass(frozen=True, slots=True)
class Correction:
    """One line: from then on ``entity`` is ``into``.

    Of a split that holds in ``articles`` alone, where it names some, and for mentions in the words
    of ``forms`` alone, where it names some. ``name`` is how the entity is called in lists.
    ``undoes`` is the id of the correction that is taken back.
    """

    deed: Deed
    entity: str
    into: str
    decided_at: str
    articles: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()
    name: str = ""
    undoes: str | None = None
    id: str = ""

    def in_words(self) -> str:
        """As in "org:oea merged into org:OAS"."""
        limits = [*(f"“{form}”" for form in self.forms), *(f"in {one}" for one in self.articles)]
        said = f"{self.entity} {PAST.get(self.deed, self.deed)} {self.into}"
        return f"{said} ({', '.join(limits)})" if limits else said


def read_corrections(annotations: Path) -> tuple[Correction, ...]:
    """Every correction once, ordered by time and id, whatever the order of the lines.

    An empty tuple where there is no file yet.

    Raises:
        RecordError: beginning with ``file:line``, where a line is not understood or was changed.
    """
    lines = read_added(annotations / CORRECTIONS, version=VERSION)
    found = {item.id: item for item in (_read_line(fields) for fields, _ in lines)}
    return tuple(sorted(found.values(), key=lambda item: (item.decided_at, item.id)))


def add_correction(annotations: Path, correction: Correction) -> None:
    """Add a line for the correction behind all others, which stay as they are to the byte.

    Raises:
        RecordError: a line of the file is not understood; nothing was written.
        LinkError: the file lies behind a link that leaves the workspace.
    """
    read_corrections(annotations)
    append_lines(annotations / CORRECTIONS, [to_json(correction)], inside=annotations)


def standing_corrections(corrections: Iterable[Correction]) -> tuple[Correction, ...]:
    """Those that hold, in their order: not taken back, and closing no circle with earlier ones.

    A circle can come about only where ledgers of two people are merged who did the opposite.
    """
    ordered = tuple(corrections)
    undone = {item.undoes for item in ordered if item.deed is Deed.UNDO}
    ends: dict[str, str] = {}
    found = []
    for item in ordered:
        if item.deed is Deed.UNDO or item.id in undone:
            continue
        if item.deed is not Deed.SPLIT and item.entity != item.into:
            if end_of(ends, item.into) == item.entity:
                continue
            ends.setdefault(item.entity, item.into)
        found.append(item)
    return tuple(found)


def end_of(steps: Mapping[str, str], entity: str) -> str:
    """Where the steps from an entity end.

    >>> end_of({"org:a": "org:b", "org:b": "org:c"}, "org:a")
    'org:c'
    """
    seen = {entity}
    while (after := steps.get(entity)) is not None and after not in seen:
        seen.add(after)
        entity = after
    return entity


def with_id(correction: Correction) -> Correction:
    """The correction with the id that its content gives it."""
    return replace(correction, id=content_id(_body(correction), prefix="e-"))


def to_json(correction: Correction) -> dict[str, object]:
    """The object of a line; its published schema is ``schemas/correction.schema.json``."""
    return {"id": with_id(correction).id, **_body(correction)}


def _body(correction: Correction) -> dict[str, object]:
    return {
        "version": VERSION,
        "deed": correction.deed.value,
        "entity": correction.entity,
        "into": correction.into,
        "articles": list(correction.articles),
        "forms": list(correction.forms),
        "name": correction.name,
        "undoes": correction.undoes,
        "decided_at": correction.decided_at,
    }


def _read_line(fields: Fields) -> Correction:
    correction = Correction(
        deed=fields.word("deed", Deed),
        entity=_id(fields, "entity"),
        into=_id(fields, "into"),
        decided_at=fields.string("decided_at"),
        articles=fields.strings("articles"),
        forms=fields.strings("forms"),
        name=fields.string("name"),
        undoes=fields.optional_string("undoes"),
        id=fields.string("id"),
    )
    known = with_id(correction).id
    check_added(fields, decided_at=correction.decided_at, id=correction.id, known=known)
    return correction


def _id(fields: Fields, key: str) -> str:
    value = fields.string(key)
    if not ENTITY.fullmatch(value) and not value.startswith("unknown:"):
        raise fields.refuse(key, f"must be the id of an entity, not {value!r:.60}")
    return value
