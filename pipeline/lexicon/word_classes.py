"""Files whose keys are classes of words, each a plain list: grammar words, words of judgement."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pipeline.errors import LexiconError
from pipeline.lexicon.lists import join_lists
from pipeline.lexicon.yaml_lines import SCALARS, read_words


def read_word_classes(
    folders: tuple[Path, ...], file: str, names: Sequence[str]
) -> dict[str, frozenset[str]]:
    """The lower-case words of each class, those of all folders joined.

    Raises:
        LexiconError: a file has an unknown key, or a class has no list anywhere.

    """
    words = join_lists(folders, (file,), names, _lowered)
    missing = [name for name in names if name not in words]
    if missing:
        raise LexiconError(f"{folders[0] / file}:1: no list of {', '.join(missing)}")
    return {name: frozenset(words[name]) for name in names}


def _lowered(entries: Any, name: str, path: Path) -> list[str]:
    return [word.lower() for word in read_words(entries, name, path, kinds=SCALARS)]
