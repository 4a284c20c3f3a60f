"""Files under ``models/`` that are plain lists of lower-case words by their names."""

from __future__ import annotations

import os
from collections.abc import Collection
from pathlib import Path
from typing import Any

from pipeline.lexicon.yaml_lines import LINE, read_words, read_yaml, refuse_unknown


def read_lists(
    folders: tuple[Path, ...], files: Collection[str], names: Collection[str]
) -> dict[str, set[str]]:
    """The words of each of the named lists, joined over the files of all folders.

    A list that no file has is empty.

    Raises:
        LexiconError: a file has an unknown key or a value that is not a list of words.
    """
    words: dict[str, set[str]] = {name: set() for name in names}
    for path in (folder / file for folder in folders for file in files):
        if os.path.lexists(path):
            for name, values in _read_one(path, names).items():
                words[name].update(values)
    return words


def lowered(values: Any, name: str, path: Path) -> list[str]:
    """The words of a list in small letters.

    Raises:
        LexiconError: it is no list of words.
    """
    return [word.casefold() for word in read_words(values, name, path)]


def _read_one(path: Path, names: Collection[str]) -> dict[str, list[str]]:
    data = read_yaml(path)
    refuse_unknown(data, names, path)
    return {name: lowered(values, name, path) for name, values in data.items() if name != LINE}
