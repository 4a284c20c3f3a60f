"""Files whose keys are classes of words, each a plain list: grammar words, words of judgement."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from pipeline.errors import LexiconError
from pipeline.lexicon.yaml_lines import LINE, SCALARS, read_words, read_yaml, refuse_unknown


def read_word_classes(
    folders: tuple[Path, ...], file: str, names: Sequence[str]
) -> dict[str, frozenset[str]]:
    """The lower-case words of each class, those of all folders joined.

    Raises:
        LexiconError: a file has an unknown key, or a class has no list anywhere.

    """
    words: dict[str, set[str]] = {}
    for path in (folder / file for folder in folders):
        if os.path.lexists(path):
            data = read_yaml(path)
            refuse_unknown(data, names, path)
            for name, entries in data.items():
                if name != LINE:
                    found = read_words(entries, name, path, kinds=SCALARS)
                    words.setdefault(name, set()).update(map(str.lower, found))
    missing = [name for name in names if name not in words]
    if missing:
        raise LexiconError(f"{folders[0] / file}:1: no list of {', '.join(missing)}")
    return {name: frozenset(words[name]) for name in names}
