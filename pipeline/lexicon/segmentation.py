"""The word lists of ``models/segmentation.yaml`` by which articles are cut up."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.errors import LexiconError
from pipeline.lexicon.yaml_lines import LINE, read_yaml, refuse_unknown
from pipeline.records import BlockKind

FILE = "segmentation.yaml"
PREFIX = "segmentation."
NAMES = (
    "titles",
    "before-numbers",
    "never-final",
    "sometimes-final",
    "starters",
    "read-as",
    "names-with-marks",
    "small-starts",
    "reporting-verbs",
    "joiners",
    "byline-openings",
    "byline-endings",
    "credits",
    "note-openings",
)
SHORT_FORMS = ("titles", "before-numbers", "never-final", "sometimes-final")
_KEYS = ("id", "forms", "whole", "reads", "kind", "examples", "counterexamples")


@dataclass(frozen=True, slots=True)
class WordList:
    """One list: its forms, those that count only as a whole line, and its examples.

    ``reads`` has pairs of a short form and the word that it stands for.
    """

    id: str
    forms: tuple[str, ...]
    whole: tuple[str, ...] = ()
    reads: tuple[tuple[str, str], ...] = ()
    kind: BlockKind | None = None
    examples: tuple[str, ...] = ()
    counterexamples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SegmentationLists:
    """All lists, by the last part of their ids."""

    lists: Mapping[str, WordList]

    def forms(self, name: str) -> frozenset[str]:
        """The forms of one list; empty where no file has it."""
        found = self.lists.get(name)
        return frozenset(found.forms) if found else frozenset()

    def whole(self, name: str) -> frozenset[str]:
        """The forms of one list that count only as a whole line."""
        found = self.lists.get(name)
        return frozenset(found.whole) if found else frozenset()

    def readings(self, *names: str, stop: str = ".") -> dict[str, str]:
        """The word that each form of the lists stands for; short forms have their stop."""
        found = (self.lists[name].reads for name in names if name in self.lists)
        return {form + stop: word for reads in found for form, word in reads}


def read_segmentation(folders: tuple[Path, ...]) -> SegmentationLists:
    """The lists of the folders; a later folder adds forms to a list by naming its id again.

    Raises:
        LexiconError: a file has an unknown key or id, or an entry without forms.

    """
    lists: dict[str, WordList] = {}
    for path in (folder / FILE for folder in folders):
        if os.path.lexists(path):
            for entry in _read_file(path):
                name = entry.id.removeprefix(PREFIX)
                lists[name] = _joined(lists[name], entry) if name in lists else entry
    return SegmentationLists(lists)


def _read_file(path: Path) -> Iterator[WordList]:
    data = read_yaml(path)
    refuse_unknown(data, ("lists",), path)
    entries = data.get("lists") or []
    if not isinstance(entries, list):
        raise LexiconError(f"{path}:1: lists must be a list of entries that begin with '- id:'")
    for entry in entries:
        if not isinstance(entry, dict):
            raise LexiconError(f"{path}:1: a list must have id and forms, not {entry!r}")
        yield _read_entry(entry, path)


def _read_entry(entry: dict[str, Any], path: Path) -> WordList:
    refuse_unknown(entry, _KEYS, path)
    line = entry.get(LINE, 1)
    known = tuple(PREFIX + name for name in NAMES)
    if entry.get("id") not in known:
        raise LexiconError(
            f"{path}:{line}: unknown id {entry.get('id')!r}; known are {', '.join(known)}"
        )
    kind = entry.get("kind")
    kinds = [each.value for each in BlockKind]
    if kind is not None and kind not in kinds:
        raise LexiconError(f"{path}:{line}: unknown kind {kind!r}; known are {', '.join(kinds)}")
    forms = _strings(entry, "forms", path)
    if not forms:
        raise LexiconError(f"{path}:{line}: {entry['id']} has no forms")
    return WordList(
        id=entry["id"],
        forms=forms,
        whole=_strings(entry, "whole", path),
        reads=_readings(entry, path),
        kind=None if kind is None else BlockKind(kind),
        examples=_strings(entry, "examples", path),
        counterexamples=_strings(entry, "counterexamples", path),
    )


def _readings(entry: dict[str, Any], path: Path) -> tuple[tuple[str, str], ...]:
    """Pairs of a short form and its word, also for the capitalised form."""
    values = {key: word for key, word in (entry.get("reads") or {}).items() if key != LINE}
    forms = set(entry.get("forms") or ())
    line = entry.get(LINE, 1)
    pairs: list[tuple[str, str]] = []
    for form, word in values.items():
        if form not in forms or not isinstance(word, str):
            raise LexiconError(
                f"{path}:{line}: reads must give a word for one of the forms of {entry['id']}, "
                f"not {word!r} for {form!r}"
            )
        pairs.append((form, word))
        capital = form[0].upper() + form[1:]
        if capital in forms and capital not in values:
            pairs.append((capital, word[0].upper() + word[1:]))
    return tuple(pairs)


def _strings(entry: dict[str, Any], key: str, path: Path) -> tuple[str, ...]:
    values = entry.get(key) or []
    if not isinstance(values, list) or not all(isinstance(each, str) for each in values):
        line = entry.get(LINE, 1)
        raise LexiconError(
            f"{path}:{line}: {key} must be a list of words; put no, yes and numbers in quotes"
        )
    return tuple(values)


def _joined(old: WordList, new: WordList) -> WordList:
    return WordList(
        id=old.id,
        forms=old.forms + new.forms,
        whole=old.whole + new.whole,
        reads=old.reads + new.reads,
        kind=old.kind,
        examples=old.examples + new.examples,
        counterexamples=old.counterexamples + new.counterexamples,
    )
