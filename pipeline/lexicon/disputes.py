"""The word lists of ``models/disputes.yaml``: by what a sentence disputes the one beside it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from pipeline.lexicon.word_lists import WordList, read_word_lists

FILE = "disputes.yaml"
PREFIX = "disputes."
NAMES = ("alone", "pointed", "pointers", "pronouns", "hanging")
_WORD = re.compile(r"[\w'’]+")
_VERY_SHORT, _SHORTER, _SHORT = 2, 5, 8


@dataclass(frozen=True, slots=True)
class Disputes:
    """All lists, by the last part of their ids."""

    lists: Mapping[str, WordList]

    def forms(self, name: str) -> frozenset[str]:
        """The forms of one list; empty where no file has it."""
        found = self.lists.get(name)
        return frozenset(found.forms) if found else frozenset()

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
    found = read_word_lists(folders, FILE, [PREFIX + name for name in NAMES])
    lists = {identifier.removeprefix(PREFIX): one for identifier, one in found.items()}
    return Disputes(lists)


def _words_of(sentence: str) -> list[str]:
    return [word.strip("'") for word in _WORD.findall(sentence.lower().replace("’", "'"))]


def _has(words: list[str], forms: frozenset[str]) -> bool:
    """Whether one of the forms, which may be of several words, stands among the words."""
    if not forms.isdisjoint(words):
        return True
    joined = f" {' '.join(words)} "
    return any(f" {form} " in joined for form in forms if " " in form)
