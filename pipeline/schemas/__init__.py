"""The published JSON Schemas of the files that this package writes, and of what a model answers."""

from __future__ import annotations

import json
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from pipeline.errors import SettingError

if TYPE_CHECKING:
    from jsonschema import Draft202012Validator

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


@cache
def validator(name: str) -> Draft202012Validator:
    """What tries a record against the schema of that name; made once.

    Raises:
        SettingError: listing the schemas that there are.
    """
    from jsonschema import Draft202012Validator

    return Draft202012Validator(load_schema(name))
