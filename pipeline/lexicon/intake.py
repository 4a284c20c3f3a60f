"""The word lists of ``models/intake.yaml``: how files name their title, author, date and text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from pipeline.errors import LexiconError
from pipeline.lexicon.intake_words import BYLINE, COLUMN, LABEL, NO_NAME, ROLE, UNKNOWN, IntakeWords
from pipeline.lexicon.yaml_lines import LINE, read_yaml, refuse_unknown

FILE = "intake.yaml"
PREFIX = "intake."
NAMES = (
    *(COLUMN + name for name in ("text", "id", "title", "author", "date")),
    *(COLUMN + name for name in ("publisher", "url", "language")),
    *(LABEL + name for name in ("author", "title", "date", "publisher")),
    *(BYLINE, NO_NAME, ROLE, UNKNOWN),
)
_KEYS = ("id", "forms", "examples", "counterexamples")


@dataclass(frozen=True, slots=True)
class IntakeList:
    """One list with the names of columns, cells or lines that it is tried on."""

    id: str
    forms: tuple[str, ...]
    examples: tuple[str, ...] = ()
    counterexamples: tuple[str, ...] = ()


def read_intake(folders: tuple[Path, ...]) -> IntakeWords:
    """The forms of all lists; see ``read_intake_lists``."""
    found = read_intake_lists(folders)
    return IntakeWords({name: one.forms for name, one in found.items()})


@lru_cache(maxsize=4)
def read_intake_lists(folders: tuple[Path, ...]) -> Mapping[str, IntakeList]:
    """The lists of the folders; a later folder adds forms to a list by naming its id again.

    Raises:
        LexiconError: a file has an unknown key or id, or a list without forms or examples.
    """
    lists: dict[str, IntakeList] = {}
    for path in (folder / FILE for folder in folders):
        if path.is_file():
            data = read_yaml(path)
            refuse_unknown(data, ("lists",), path)
            for entry in data.get("lists") or ():
                found = _read_entry(entry, path)
                name = found.id.removeprefix(PREFIX)
                lists[name] = _joined(lists[name], found) if name in lists else found
    return lists


def _read_entry(entry: Any, path: Path) -> IntakeList:
    if not isinstance(entry, dict):
        raise LexiconError(f"{path}:1: a list must have id and forms, not {entry!r:.60}")
    refuse_unknown(entry, _KEYS, path)
    line = entry.get(LINE, 1)
    known = tuple(PREFIX + name for name in NAMES)
    if entry.get("id") not in known:
        raise LexiconError(
            f"{path}:{line}: unknown id {entry.get('id')!r:.60}; known are {', '.join(known)}"
        )
    for key in _KEYS[1:]:
        values = entry.get(key) or []
        if not isinstance(values, list) or not all(isinstance(each, str) for each in values):
            raise LexiconError(
                f"{path}:{line}: {key} must be a list of words; put numbers, null and no in quotes"
            )
    for key in ("forms", "examples"):
        if not entry.get(key):
            raise LexiconError(f"{path}:{line}: {entry['id']} has no {key}; add one")
    return IntakeList(*(entry["id"], *(tuple(entry.get(key) or ()) for key in _KEYS[1:])))


def _joined(old: IntakeList, new: IntakeList) -> IntakeList:
    return IntakeList(
        old.id,
        tuple(dict.fromkeys((*old.forms, *new.forms))),
        old.examples + new.examples,
        old.counterexamples + new.counterexamples,
    )
