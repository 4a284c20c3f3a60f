"""The common nouns under ``models/`` by which names and phrases are typed."""

from __future__ import annotations

import os
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from pipeline.lexicon.folder import models_folders
from pipeline.lexicon.yaml_lines import LINE, read_words, read_yaml, refuse_unknown

OFFICES = "offices.yaml"
_OFFICE_KEYS = ("titles", "offices")
FILES = ("nouns.yaml", "name_nouns.yaml")


@dataclass(frozen=True, slots=True)
class Nouns:
    """Lower-case words by what they say of a phrase that they head or begin."""

    person_nouns: frozenset[str] = frozenset()
    collective_nouns: frozenset[str] = frozenset()
    body_nouns: frozenset[str] = frozenset()
    common_body_nouns: frozenset[str] = frozenset()
    party_nouns: frozenset[str] = frozenset()
    led_nouns: frozenset[str] = frozenset()
    government_nouns: frozenset[str] = frozenset()
    state_nouns: frozenset[str] = frozenset()
    people_nouns: frozenset[str] = frozenset()
    quantifiers: frozenset[str] = frozenset()
    number_words: frozenset[str] = frozenset()
    titles: frozenset[str] = frozenset()
    event_nouns: frozenset[str] = frozenset()
    treaty_nouns: frozenset[str] = frozenset()
    place_nouns: frozenset[str] = frozenset()
    thing_nouns: frozenset[str] = frozenset()
    media_nouns: frozenset[str] = frozenset()
    document_nouns: frozenset[str] = frozenset()
    addressing_verbs: frozenset[str] = frozenset()
    saying_verbs: frozenset[str] = frozenset()


def read_nouns(models: Path | str | None = None) -> Nouns:
    """The noun lists of the packaged folder, added to by the project's own.

    Raises:
        LexiconError: a file has an unknown key or a value that is not a list of words.
    """
    folders = models_folders(models)
    words = read_noun_files(folders)
    words["titles"] |= read_titles(folders)
    return Nouns(**{name: frozenset(values) for name, values in words.items()})


def read_noun_files(
    folders: tuple[Path, ...], names: tuple[str, ...] = FILES
) -> dict[str, set[str]]:
    """The noun lists of the named files of all folders, by the fields of ``Nouns``.

    Raises:
        LexiconError: see ``read_nouns``.
    """
    words: dict[str, set[str]] = {field.name: set() for field in fields(Nouns)}
    for path in (folder / name for folder in folders for name in names):
        if os.path.lexists(path):
            for name, values in _read_one(path, words).items():
                words[name].update(values)
    return words


def read_titles(folders: tuple[Path, ...]) -> set[str]:
    """The titles of the folders' ``entities/offices.yaml``.

    Raises:
        LexiconError: see ``read_nouns``.
    """
    paths = (folder / "entities" / OFFICES for folder in folders)
    return {
        title
        for path in paths
        if os.path.lexists(path)
        for title in _lowered(_read_offices(path).get("titles", []), "titles", path)
    }


def _read_offices(path: Path) -> dict[str, Any]:
    data = read_yaml(path)
    refuse_unknown(data, _OFFICE_KEYS, path)
    return data


def _read_one(path: Path, known: dict[str, set[str]]) -> dict[str, list[str]]:
    data = read_yaml(path)
    refuse_unknown(data, known, path)
    return {name: _lowered(values, name, path) for name, values in data.items() if name != LINE}


def _lowered(values: Any, name: str, path: Path) -> list[str]:
    return [word.casefold() for word in read_words(values, name, path)]
