"""The YAML files under ``models/`` as plain data that remembers on which line each entry stands."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from pipeline.errors import LexiconError
from pipeline.guarded.source import Source
from pipeline.guarded.yamls import LINE as LINE
from pipeline.guarded.yamls import read_yaml_value

SCALARS = (str, bool, int, float, date)
"""What a word can be taken for by YAML."""


def read_yaml(path: Path) -> dict[str, Any]:
    """The mapping at the top of a YAML file; every mapping in it has its line under ``LINE``.

    Raises:
        LexiconError: the file is not YAML, or its top is not a mapping.

    """
    data = read_any_yaml(path)
    if data is None:
        return {LINE: 1}
    if not isinstance(data, dict):
        raise LexiconError(f"{path}:1: the file must hold keys and values, not a list")
    return data


def read_any_yaml(path: Path) -> Any:
    """What a YAML file holds, None where it is empty; mappings have their line under ``LINE``.

    Raises:
        LexiconError: the file is not YAML, with its line.

    """
    return read_yaml_value(path, Source(str(path), LexiconError), lines=True)


def read_words(
    values: Any, name: str, path: Path, *, kinds: tuple[type, ...] = (str,)
) -> tuple[str, ...]:
    """The words of a list, or of the keys of a mapping, as they are written.

    ``kinds`` are the types that count as words: more than text where ``claims check`` names, with
    its line, each word that YAML takes for something else.

    Raises:
        LexiconError: it is something else, or one of them is no word.

    """
    words = [word for word in values if word != LINE] if isinstance(values, list | dict) else None
    if words is None or not all(isinstance(word, kinds) for word in words):
        raise LexiconError(
            f"{path}:1: {name} must be a list of words; quote yes, no, on, off and numbers"
        )
    return tuple(map(str, words))


def refuse_unknown(entry: dict[str, Any], known: Iterable[str], path: Path) -> None:
    """Return nothing when all of the entry's keys are known.

    Raises:
        LexiconError: a key is unknown; the message says which known one is near, and lists all.

    """
    names = sorted(known)
    for key in entry:
        if key != LINE and key not in names:
            raise LexiconError(
                f"{path}:{entry.get(LINE, 1)}: unknown key {key!r}; {did_you_mean(key, names)}"
            )


def did_you_mean(name: object, known: Iterable[str]) -> str:
    """The known names in words, the one that is like ``name`` first.

    >>> did_you_mean("lihgt", ["light", "dark"])
    'did you mean light? Known are dark, light'
    >>> did_you_mean("x", ["light", "dark"])
    'known are dark, light'
    """
    names = sorted(known)
    near = get_close_matches(str(name), names, n=1)
    listed = f"nown are {', '.join(names)}"
    return f"did you mean {near[0]}? K{listed}" if near else f"k{listed}"
