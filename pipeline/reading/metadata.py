"""An article's metadata: what is known of it, and where its text came from.

In the file ``<id>.toml``. A field that is not known is not there; nothing is invented.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from datetime import date, time
from math import isfinite
from pathlib import Path

from pipeline.errors import ArticleError, SettingError
from pipeline.files import write_text_atomically
from pipeline.guarded.source import Source
from pipeline.guarded.tomls import read_toml
from pipeline.reading.dates import EXAMPLE, is_date

FIELDS = ("title", "author", "date", "publisher", "url", "language", "licence")
"""The fields of an article's metadata, in the order in which they are written."""

_OTHER_NAMES = {"license": "licence", "lang": "language", "authors": "author"}
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_URL = re.compile(r"https?://\S+")


def read_metadata(path: Path) -> dict[str, object]:
    """The metadata in a TOML file, dates as ISO 8601; empty where there is no file.

    Raises:
        ArticleError: beginning with ``file:line`` where the file is not TOML; naming what stands
            in its place where it is no file.
    """
    if not os.path.lexists(path):
        return {}
    source = Source(str(path), ArticleError, "metadata", lead="is not")
    return plain_mapping(read_toml(path, source))


def write_metadata(path: Path, metadata: Mapping[str, object]) -> None:
    """Write the metadata to the TOML file, in a fixed order."""
    write_text_atomically(path, to_toml(metadata))


def to_toml(metadata: Mapping[str, object]) -> str:
    r"""The metadata as TOML: the known fields first, then others, then the source.

    >>> to_toml({"language": "en", "title": "A pact"})
    'title = "A pact"\nlanguage = "en"\n'
    """
    import tomli_w

    names = [*FIELDS, *sorted(set(metadata) - {*FIELDS, "other", "source"}), "other", "source"]
    return tomli_w.dumps({name: metadata[name] for name in names if name in metadata})


def from_front_matter(values: Mapping[str, object]) -> dict[str, object]:
    """The metadata that an article's front matter gives; unknown keys go under ``other``.

    >>> from_front_matter({"license": "CC0", "authors": ["A. Paz", "B. Sol"], "tags": ["cyber"]})
    {'licence': 'CC0', 'author': 'A. Paz, B. Sol', 'other': {'tags': ['cyber']}}
    """
    known: dict[str, object] = {}
    other: dict[str, object] = {}
    for key, value in plain_mapping(values).items():
        name = _OTHER_NAMES.get(key.lower(), key.lower())
        if name not in FIELDS or name in known or isinstance(value, Mapping):
            other[key] = value
        elif isinstance(value, list):
            known[name] = ", ".join(map(str, value))
        else:
            known[name] = str(value)
    return {**known, **({"other": other} if other else {})}


def check_overrides(values: Mapping[str, str | None]) -> dict[str, object]:
    """The metadata given in a call, without those that are None.

    Raises:
        SettingError: for an unknown field, an empty value, or a date, language or url that is none.
    """
    given = {name: value.strip() for name, value in values.items() if value is not None}
    if unknown := sorted(set(given) - set(FIELDS)):
        raise SettingError(f"no metadata field {unknown[0]!r}; there are: {', '.join(FIELDS)}")
    checks: tuple[tuple[str, Callable[[str], object], str], ...] = (
        ("date", is_date, EXAMPLE),
        ("language", _LANGUAGE.fullmatch, "en or pt-BR"),
        ("url", _URL.fullmatch, "https://example.org/article"),
    )
    for name, is_one, example in checks:
        if name in given and not is_one(given[name]):
            raise SettingError(f"--{name} {given[name]!r} is no {name}; write it as {example}")
    for name, value in given.items():
        if any("\ud800" <= character <= "\udfff" for character in value):
            raise SettingError(f"--{name} {value!r} is not UTF-8; type it in a UTF-8 terminal")
    if empty := [name for name, value in given.items() if not value]:
        raise SettingError(f"--{empty[0]} is empty; leave it out where it is not known")
    return dict(given)


def is_url(value: str) -> bool:
    """Whether this is the address of a page of the web, and nothing that a browser would run.

    >>> is_url("https://example.org/vote"), is_url("javascript:alert(1)")
    (True, False)
    """
    return _URL.fullmatch(value) is not None


def plain_mapping(values: Mapping[str, object]) -> dict[str, object]:
    """The values in the types that TOML and JSON share; dates as ISO 8601, nulls left out."""
    return {str(key): _plain(value) for key, value in values.items() if value is not None}


def _plain(value: object) -> object:
    if isinstance(value, Mapping):
        return plain_mapping(value)
    if isinstance(value, (list, tuple, set)):
        return [_plain(item) for item in value if item is not None]
    if isinstance(value, (date, time)):
        return value.isoformat()
    if isinstance(value, float) and not isfinite(value):
        return str(value)
    return value if isinstance(value, (str, bool, int, float)) else str(value)
