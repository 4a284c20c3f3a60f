"""Which entities an analyst declared to be one: ``models/entities/merged.yaml``."""

from __future__ import annotations

import os
from pathlib import Path

from pipeline.errors import LexiconError, SettingError
from pipeline.lexicon.yaml_lines import LINE, read_yaml

FILE = "merged.yaml"


def read_merges(folders: tuple[Path, ...]) -> dict[str, str]:
    """The entity that each merged one was merged into.

    Raises:
        LexiconError: the file holds something else than ids with ids.

    """
    merges: dict[str, str] = {}
    for folder in folders:
        path = folder / "entities" / FILE
        if os.path.lexists(path):
            merges.update(_read_one(path))
    return merges


def with_merge(merges: dict[str, str], entity: str, into: str) -> dict[str, str]:
    """The merges with one more.

    Raises:
        SettingError: the two are one already, or merging them would close a circle.

    >>> with_merge({}, "org:oea", "org:OAS")
    {'org:oea': 'org:OAS'}
    """
    end, seen = into, {into}  # the file may hold a circle that somebody wrote into it
    while end in merges and end != entity and merges[end] not in seen:
        end = merges[end]
        seen.add(end)
    if end == entity:
        raise SettingError(f"{into} is merged into {entity} already; undo that first with --undo")
    return {**merges, entity: into}


def without_merge(merges: dict[str, str], entity: str, into: str) -> dict[str, str]:
    """The merges without that one.

    Raises:
        SettingError: there is no such merge.
    """
    if merges.get(entity) != into:
        known = ", ".join(f"{one} into {other}" for one, other in merges.items()) or "none"
        raise SettingError(f"{entity} is not merged into {into}; merged are: {known}")
    return {one: other for one, other in merges.items() if one != entity}


def to_yaml(merges: dict[str, str]) -> str:
    """The file's text: what stands left was merged into what stands right."""
    head = "# Entities that are one: the left was merged into the right by claims entities merge.\n"
    return head + "".join(f"{one}: {other}\n" for one, other in sorted(merges.items()))


def _read_one(path: Path) -> dict[str, str]:
    data = {key: value for key, value in read_yaml(path).items() if key != LINE}
    for key, value in data.items():
        if not (isinstance(value, str) and isinstance(key, str) and ":" in value and ":" in key):
            raise LexiconError(f"{path}:1: {key!r} must name the entity that it was merged into")
    return data
