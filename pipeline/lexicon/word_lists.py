"""Files of word lists: under ``lists``, entries with an id, forms, examples and counterexamples."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.errors import LexiconError
from pipeline.lexicon.yaml_lines import LINE, did_you_mean, read_yaml, refuse_unknown

_KEYS = ("id", "forms", "examples", "counterexamples")


@dataclass(frozen=True, slots=True)
class WordList:
    """One list: its forms, each once, and what it is tried on."""

    id: str
    forms: tuple[str, ...]
    examples: tuple[str, ...] = ()
    counterexamples: tuple[str, ...] = ()


def read_word_lists(
    folders: tuple[Path, ...],
    file: str,
    known: Collection[str],
    *,
    needed: Collection[str] = ("forms",),
) -> dict[str, WordList]:
    """The lists of the folders' files by their ids; a later folder adds to a list of the same id.

    ``known`` are the ids that there may be, ``needed`` the keys that an entry must fill.

    Raises:
        LexiconError: beginning with ``file:line`` where a key or an id is unknown, a needed key is
            empty, or a value is no list of words.
    """
    lists: dict[str, WordList] = {}
    for path in (folder / file for folder in folders):
        if path.is_file():
            data = read_yaml(path)
            refuse_unknown(data, ("lists",), path)
            for entry in data.get("lists") or ():
                found = _read_entry(entry, path, known, needed)
                lists[found.id] = _joined(lists[found.id], found) if found.id in lists else found
    return lists


def _read_entry(
    entry: Any, path: Path, known: Collection[str], needed: Collection[str]
) -> WordList:
    if not isinstance(entry, dict):
        raise LexiconError(f"{path}:1: a list must have id and forms, not {entry!r:.60}")
    refuse_unknown(entry, _KEYS, path)
    line, name = entry.get(LINE, 1), entry.get("id")
    if name not in known:
        near = did_you_mean(str(name), known)
        raise LexiconError(f"{path}:{line}: unknown id {name!r:.60}; {near}")
    for key in _KEYS[1:]:
        values = entry.get(key) or []
        if not isinstance(values, list) or not all(isinstance(one, str) and one for one in values):
            raise LexiconError(
                f"{path}:{line}: {key} must be a list of words; put no, true and false in quotes, "
                "and null and numbers"
            )
        if key in needed and not values:
            raise LexiconError(f"{path}:{line}: {name} has no {key}; add one, or delete it")
    forms, examples, counterexamples = (tuple(entry.get(key) or ()) for key in _KEYS[1:])
    return WordList(str(name), forms, examples, counterexamples)


def _joined(old: WordList, new: WordList) -> WordList:
    return WordList(
        old.id,
        tuple(dict.fromkeys((*old.forms, *new.forms))),
        old.examples + new.examples,
        old.counterexamples + new.counterexamples,
    )
