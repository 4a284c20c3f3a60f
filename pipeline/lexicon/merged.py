"""Which entities of a lexicon are one: ``models/entities/merged.yaml``, written by hand.

What is merged for the articles of one corpus stands in its ``annotations/entities.jsonl``
(``pipeline.dataset.corrections``); this file is for lexicons that several corpora share.
"""

from __future__ import annotations

import os
from pathlib import Path

from pipeline.errors import LexiconError
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


def _read_one(path: Path) -> dict[str, str]:
    data = {key: value for key, value in read_yaml(path).items() if key != LINE}
    for key, value in data.items():
        if not (isinstance(value, str) and isinstance(key, str) and ":" in value and ":" in key):
            raise LexiconError(f"{path}:1: {key!r} must name the entity that it was merged into")
    return data
