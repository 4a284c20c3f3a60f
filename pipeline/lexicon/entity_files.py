"""The entries of ``models/entities/*.yaml``, checked, each with its file and line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

from pipeline.errors import LexiconError
from pipeline.lexicon.folder import lexicon_files
from pipeline.lexicon.merged import FILE as MERGED
from pipeline.lexicon.nouns import OFFICES
from pipeline.lexicon.yaml_lines import LINE, read_any_yaml, refuse_unknown
from pipeline.records import Kind

FOLDER = "entities"
MEDIA = "media.yaml"
"""The file of those who report what others say."""
OTHERS = (MERGED, OFFICES)
"""The files of the folder that hold no entries."""

PREFIXES = {
    Kind.STATE: "country:",
    Kind.ORGANISATION: "org:",
    Kind.GROUP: "group:",
    Kind.PERSON: "person:",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One entity of the lexicon; ``place`` is its file and line.

    ``unchecked`` says that nobody has compared its names with a source yet.
    """

    LISTS: ClassVar[tuple[str, ...]] = (
        "aliases", "acronyms", "adjectives", "demonyms", "seats", "misspellings", "ambiguous",
        "examples", "counterexamples",
    )  # fmt: skip

    id: str
    name: str
    kind: Kind
    qid: str = ""
    unchecked: bool = False
    aliases: tuple[str, ...] = ()
    acronyms: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()
    demonyms: tuple[str, ...] = ()
    seats: tuple[str, ...] = ()
    misspellings: tuple[str, ...] = ()
    ambiguous: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    counterexamples: tuple[str, ...] = ()
    reports: bool = False
    """Whether it is a news medium, which reports what others say."""
    place: str = ""


KEYS = ("id", "name", "kind", "qid", "unchecked", "note", *Entry.LISTS)


def read_entries(folders: tuple[Path, ...]) -> Iterator[Entry]:
    """Every entry of the folders' ``entities`` files, packaged before the project's own.

    Raises:
        LexiconError: a file is not a list of entries, or one has an unknown key, no id or name,
            an unknown kind, or a value of a wrong type.

    """
    for path in lexicon_files(folders, FOLDER):
        if path.suffix == ".yaml" and path.name not in OTHERS:
            for row in read_rows(path):
                yield build_entry(row, path)


def read_rows(path: Path) -> list[dict[str, Any]]:
    """The mappings that a file lists, each with its line under ``LINE``."""
    data = read_any_yaml(path)
    if isinstance(data, dict):
        refuse_unknown(data, ("entries",), path)
        data = data.get("entries")
    rows = [] if data is None else data
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise LexiconError(f"{path}:1: the file must be a list of entries that begin with '- id:'")
    return rows


def build_entry(row: dict[str, Any], path: Path) -> Entry:
    """The entry that a row of a file says, or a refusal with its place."""
    refuse_unknown(row, KEYS, path)
    place = f"{path}:{row.get(LINE, 1)}"
    for key in ("id", "name", "kind"):
        if not isinstance(row.get(key), str):
            raise LexiconError(f"{place}: the entry needs {key}, as text")
    try:
        kind = Kind(row["kind"])
    except ValueError:
        known = ", ".join(Kind)
        raise LexiconError(
            f"{place}: unknown kind {row['kind']!r:.40}; known are {known}"
        ) from None
    if not row["id"].startswith(PREFIXES[kind]):
        raise LexiconError(f"{place}: the id of a {kind} begins with {PREFIXES[kind]!r}")
    if not isinstance(row.get("qid", ""), str):
        raise LexiconError(f"{place}: qid must be text, as Q96, not {row['qid']!r:.40}")
    unchecked = row.get("unchecked", False)
    if not isinstance(unchecked, bool):
        raise LexiconError(f"{place}: unchecked must be true or false, not {unchecked!r:.40}")
    lists = {name: _read_list(row, name, place) for name in Entry.LISTS}
    return Entry(
        id=row["id"],
        name=row["name"],
        kind=kind,
        qid=row.get("qid", ""),
        unchecked=unchecked,
        reports=path.name == MEDIA,
        place=place,
        **lists,
    )


def _read_list(row: dict[str, Any], name: str, place: str) -> tuple[str, ...]:
    values = row.get(name) or []
    if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
        raise LexiconError(f"{place}: {name} must be a list of texts; put quotes around NO, ON, 77")
    return tuple(values)
