"""The word lists of ``models/intake.yaml``: how files name their title, author, date and text."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from pipeline.lexicon.intake_words import BYLINE, COLUMN, LABEL, NO_NAME, ROLE, UNKNOWN, IntakeWords
from pipeline.lexicon.word_lists import WordList, read_word_lists

FILE = "intake.yaml"
PREFIX = "intake."
NAMES = (
    *(COLUMN + name for name in ("text", "id", "title", "author", "date")),
    *(COLUMN + name for name in ("publisher", "url", "language")),
    *(LABEL + name for name in ("author", "title", "date", "publisher")),
    *(BYLINE, NO_NAME, ROLE, UNKNOWN),
)


def read_intake(folders: tuple[Path, ...]) -> IntakeWords:
    """The forms of all lists; see ``read_intake_lists``."""
    found = read_intake_lists(folders)
    return IntakeWords({name: one.forms for name, one in found.items()})


@lru_cache(maxsize=4)
def read_intake_lists(folders: tuple[Path, ...]) -> Mapping[str, WordList]:
    """The lists of the folders; a later folder adds forms to a list by naming its id again.

    Raises:
        LexiconError: a file has an unknown key or id, or a list without forms or examples.
    """
    known = [PREFIX + name for name in NAMES]
    found = read_word_lists(folders, FILE, known, needed=("forms", "examples"))
    return {identifier.removeprefix(PREFIX): one for identifier, one in found.items()}
