"""YAML files as plain data that remembers on which line each entry stands."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from pathlib import Path
from typing import Any

import yaml

from pipeline.errors import LexiconError

LINE = "__line__"
_Base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _LineLoader(_Base):  # type: ignore[misc]
    """A safe loader whose mappings carry their line under ``LINE``."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        mapping: dict[Hashable, Any] = super().construct_mapping(node, deep=deep)
        mapping[LINE] = node.start_mark.line + 1
        return mapping


def read_yaml(path: Path) -> dict[str, Any]:
    """The mapping at the top of a YAML file; every mapping in it has its line under ``LINE``.

    Raises:
        LexiconError: the file is not YAML, or its top is not a mapping.

    """
    try:
        data = yaml.load(path.read_text(encoding="utf-8"), Loader=_LineLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        problem = getattr(error, "problem", None) or str(error)
        raise LexiconError(f"{path}:{line}: not valid YAML: {problem}") from error
    if data is None:
        return {LINE: 1}
    if not isinstance(data, dict):
        raise LexiconError(f"{path}:1: the file must hold keys and values, not a list")
    return data


def refuse_unknown(entry: dict[str, Any], known: Iterable[str], path: Path) -> None:
    """Return nothing when all of the entry's keys are known.

    Raises:
        LexiconError: a key is unknown; the message lists the known ones.

    """
    names = sorted(known)
    for key in entry:
        if key != LINE and key not in names:
            raise LexiconError(
                f"{path}:{entry.get(LINE, 1)}: unknown key {key!r}; known are {', '.join(names)}"
            )
