"""The published JSON Schemas of the files that this package writes."""

from __future__ import annotations

import json
from importlib import resources

from pipeline.errors import SettingError

_SUFFIX = ".schema.json"


def load_schema(name: str) -> dict[str, object]:
    """The published JSON Schema of that name (``extraction``).

    Raises:
        SettingError: listing the schemas that there are.
    """
    folder = resources.files(__name__)
    known = sorted(
        item.name.removesuffix(_SUFFIX) for item in folder.iterdir() if item.name.endswith(_SUFFIX)
    )
    if name not in known:
        raise SettingError(f"no schema {name!r}; there are: {', '.join(known)}")
    schema: dict[str, object] = json.loads(
        folder.joinpath(name + _SUFFIX).read_text(encoding="utf-8")
    )
    return schema
