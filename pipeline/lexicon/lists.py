"""Files under ``models/`` that are plain lists of lower-case words by their names."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable
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
    found = join_lists(folders, files, names, lowered)
    return {name: found.get(name, set()) for name in names}


def join_lists(
    folders: tuple[Path, ...],
    files: Collection[str],
    names: Collection[str],
    read: Callable[[Any, str, Path], Iterable[str]],
) -> dict[str, set[str]]:
    """The words of each list that a file has, joined over the files of all folders.

    ``read`` makes words of a list's values, by the list's name and its file.

    Raises:
        LexiconError: a file has an unknown key, or ``read`` refuses a list.
    """
    words: dict[str, set[str]] = {}
    for path in (folder / file for folder in folders for file in files):
        if os.path.lexists(path):
            data = read_yaml(path)
            refuse_unknown(data, names, path)
            for name, values in data.items():
                if name != LINE:
                    words.setdefault(name, set()).update(read(values, name, path))
    return words


def lowered(values: Any, name: str, path: Path) -> list[str]:
    """The words of a list in small letters.

    Raises:
        LexiconError: it is no list of words.
    """
    return [word.casefold() for word in read_words(values, name, path)]
