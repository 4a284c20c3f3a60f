"""The word lists of ``models/disputes.yaml``: by what a sentence disputes the one beside it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from pipeline.errors import LexiconError
from pipeline.lexicon.yaml_lines import LINE, read_yaml, refuse_unknown

FILE = "disputes.yaml"
PREFIX = "disputes."
NAMES = ("alone", "pointed", "pointers", "pronouns", "hanging")
_KEYS = ("id", "forms", "examples", "counterexamples")
_WORD = re.compile(r"[\w'’]+")
_VERY_SHORT, _SHORTER, _SHORT = 2, 5, 8


@dataclass(frozen=True, slots=True)
class DisputeList:
    """One list with the sentences that it is tried on."""

    id: str
    forms: frozenset[str]
    examples: tuple[str, ...] = ()
    counterexamples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Disputes:
    """All lists, by the last part of their ids."""

    lists: Mapping[str, DisputeList]

    def forms(self, name: str) -> frozenset[str]:
        """The forms of one list; empty where no file has it."""
        found = self.lists.get(name)
        return found.forms if found else frozenset()

    def disputes(self, sentence: str) -> bool:
        """Whether the sentence disputes, denies or plays down what stands beside it.

        >>> from pipeline.lexicon.folder import models_folders
        >>> packaged = read_disputes(models_folders())
        >>> packaged.disputes("Nobody said that."), packaged.disputes("Nobody voted in Lima.")
        (True, False)

        Source: codebook §2.1: a claim is what the text shows somebody to hold, so words that take
        it back decide on it.
        """
        words = _words_of(sentence)
        if _has(words, self.forms("alone")):
            return True
        if not words or not _has(words, self.forms("pointed")):
            return False
        if len(words) <= _VERY_SHORT:
            return True
        ends = [words[:1], words[-1:]]
        pointers, pronouns = self.forms("pointers"), self.forms("pronouns")
        if any(_has(end, pointers) for end in ends) or _has(words[-1:], pronouns):
            return True
        if len(words) <= _SHORT and _has(words, pointers):
            return True
        return len(words) <= _SHORTER and _has(words, pronouns)

    def hangs(self, line: str) -> bool:
        """Whether a line without a closing mark goes on behind its end.

        >>> from pipeline.lexicon.folder import models_folders
        >>> read_disputes(models_folders()).hangs("It is said that")
        True
        """
        return _has(_words_of(line)[-1:], self.forms("hanging"))


@lru_cache(maxsize=4)
def read_disputes(folders: tuple[Path, ...]) -> Disputes:
    """The lists of the folders; a later folder adds forms to a list by naming its id again.

    Raises:
        LexiconError: a file has an unknown key or id, or a list without forms.
    """
    lists: dict[str, DisputeList] = {}
    for path in (folder / FILE for folder in folders):
        if path.is_file():
            data = read_yaml(path)
            refuse_unknown(data, ("lists",), path)
            for entry in data.get("lists") or ():
                found = _read_entry(entry, path)
                name = found.id.removeprefix(PREFIX)
                lists[name] = _joined(lists[name], found) if name in lists else found
    return Disputes(lists)


def _read_entry(entry: Any, path: Path) -> DisputeList:
    if not isinstance(entry, dict):
        raise LexiconError(f"{path}:1: a list must have id and forms, not {entry!r}")
    refuse_unknown(entry, _KEYS, path)
    line = entry.get(LINE, 1)
    known = tuple(PREFIX + name for name in NAMES)
    if entry.get("id") not in known:
        raise LexiconError(
            f"{path}:{line}: unknown id {entry.get('id')!r}; known are {', '.join(known)}"
        )
    for key in _KEYS[1:]:
        values = entry.get(key) or []
        if not isinstance(values, list) or not all(isinstance(each, str) for each in values):
            raise LexiconError(
                f"{path}:{line}: {key} must be a list of words; put no, true and false in quotes"
            )
    if not entry.get("forms"):
        raise LexiconError(f"{path}:{line}: {entry['id']} has no forms; add one, or delete it")
    return DisputeList(
        entry["id"],
        frozenset(entry["forms"]),
        tuple(entry.get("examples") or ()),
        tuple(entry.get("counterexamples") or ()),
    )


def _joined(old: DisputeList, new: DisputeList) -> DisputeList:
    return DisputeList(
        old.id,
        old.forms | new.forms,
        old.examples + new.examples,
        old.counterexamples + new.counterexamples,
    )


def _words_of(sentence: str) -> list[str]:
    return [word.strip("'") for word in _WORD.findall(sentence.lower().replace("’", "'"))]


def _has(words: list[str], forms: frozenset[str]) -> bool:
    """Whether one of the forms, which may be of several words, stands among the words."""
    if not forms.isdisjoint(words):
        return True
    joined = f" {' '.join(words)} "
    return any(f" {form} " in joined for form in forms if " " in form)
