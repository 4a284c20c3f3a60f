"""Faults in the files under ``models/``: what ``claims check`` reports."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import yaml

from pipeline.errors import LexiconError, PipelineError
from pipeline.guarded.source import Source
from pipeline.guarded.texts import read_text
from pipeline.guarded.yamls import compose_yaml
from pipeline.lexicon.cues import Cue, read_cue_file
from pipeline.lexicon.entities import forms_of
from pipeline.lexicon.entity_files import FOLDER, OTHERS, Entry, build_entry, read_rows
from pipeline.lexicon.folder import lexicon_files
from pipeline.lexicon.yaml_lines import did_you_mean

_WORD_FILES = (
    "grammar.yaml", "evaluative.yaml", "nouns.yaml", "name_nouns.yaml", "given_names.yaml",
    "reference.yaml",
)  # fmt: skip
_TEXT_TAG = "tag:yaml.org,2002:str"
_ENTRY_FOLDERS = ("cues", FOLDER, "concepts")
_DATA_SUFFIXES = (".yaml", ".yml", ".toml")
Reader = Callable[[tuple[Path, ...]], object]


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong, with its file and line (``path:line``).

    ``about`` is the entry's id and the sentence, ``id | sentence``, where an example is at fault.
    """

    place: str
    message: str
    about: str = ""

    def __str__(self) -> str:
        """The fault on one line."""
        return f"{self.place}: {self.message}"


def read_faults(folders: tuple[Path, ...]) -> tuple[list[Fault], list[Entry], list[Cue]]:
    """The faults that reading finds, file by file, and the entries that are well formed."""
    faults: list[Fault] = []
    entries: list[Entry] = []
    cues: list[Cue] = []
    for path in lexicon_files(folders, FOLDER):
        if path.suffix == ".yaml" and path.name not in OTHERS:
            try:
                rows = read_rows(path)
            except PipelineError as error:
                faults.append(_fault_of(error, path))
                continue
            for row in rows:
                try:
                    entries.append(build_entry(row, path))
                except PipelineError as error:
                    faults.append(_fault_of(error, path))
    for path in lexicon_files(folders, "cues"):
        try:
            cues.extend(read_cue_file(path))
        except PipelineError as error:
            faults.append(_fault_of(error, path))
    return faults, entries, cues


def find_reading_faults(
    folders: tuple[Path, ...], readers: Mapping[str, Reader]
) -> Iterator[Fault]:
    """The first fault that each reader meets; ``readers`` are named by the file that they read."""
    for name, read in readers.items():
        try:
            read(folders)
        except PipelineError as error:
            files = [folder / name for folder in folders]
            named = next((path for path in files if str(path) in str(error)), files[-1])
            yield _fault_of(error, named)


def find_unread_files(folders: tuple[Path, ...], known: Iterable[str]) -> Iterator[Fault]:
    """The YAML and TOML files that nothing reads, as those with a misspelt name."""
    names = [*known, *(f"{folder}/*.yaml" for folder in _ENTRY_FOLDERS)]
    for folder in folders:
        for path in sorted(path for path in folder.rglob("*") if path.suffix in _DATA_SUFFIXES):
            place = path.relative_to(folder)
            of_entries = place.parts[0] in _ENTRY_FOLDERS and path.suffix == ".yaml"
            if not of_entries and place.as_posix() not in names:
                hint = did_you_mean(place.as_posix(), names)
                yield Fault(f"{path}:1", f"no file of this name is read; {hint}")


def find_word_faults(folders: tuple[Path, ...]) -> Iterator[Fault]:
    """Words of the word lists that YAML does not read as text, or that a list has twice."""
    for path in (folder / name for folder in folders for name in _WORD_FILES):
        if path.is_file():
            yield from _word_faults(path)


def _word_faults(path: Path) -> Iterator[Fault]:
    source = Source(str(path), LexiconError)
    try:
        top = compose_yaml(read_text(path, source), source)
    except PipelineError:
        return  # which its reader has said
    for key, values in top.value if isinstance(top, yaml.MappingNode) else ():
        seen: set[str] = set()
        for node in values.value if isinstance(values, yaml.SequenceNode) else ():
            place = f"{path}:{node.start_mark.line + 1}"
            if node.tag != _TEXT_TAG:
                yield Fault(place, f"{node.value!r} of {key.value} is not text; put it in quotes")
            elif node.value in seen:
                yield Fault(place, f"{key.value} has {node.value!r} twice; remove one")
            seen.add(str(node.value))


def find_cue_clashes(cues: Iterable[Cue]) -> Iterator[Fault]:
    """Ids that two cues of one folder have."""
    places: dict[tuple[str, str], Cue] = {}
    for cue in cues:
        known = places.setdefault((_file_of(cue.place), cue.id), cue)
        if known is not cue:
            yield Fault(cue.place, f"the id {cue.id} stands already at {known.place}")


def find_clashes(entries: Iterable[Entry]) -> Iterator[Fault]:
    """Ids that a file gives twice, and forms that two entities share without being ambiguous."""
    places: dict[tuple[str, str], Entry] = {}
    owners: dict[str, Entry] = {}
    for entry in entries:
        folder = _file_of(entry.place)
        known = places.setdefault((folder, entry.id), entry)
        if known is not entry:
            yield Fault(entry.place, f"the id {entry.id} stands already at {known.place}")
        yield from _double_aliases(entry)
        for form in forms_of(entry):
            owner = owners.setdefault(form.text, entry)
            if owner.id != entry.id and not form.ambiguous and form.text not in owner.ambiguous:
                yield Fault(
                    entry.place,
                    f"{form.text!r} of {entry.id} is a form of {owner.id} too ({owner.place}); "
                    "remove one, or list it under ambiguous in both",
                )


def _double_aliases(entry: Entry) -> Iterator[Fault]:
    for name in Entry.LISTS[:6]:
        values = getattr(entry, name)
        for value in sorted({value for value in values if values.count(value) > 1}):
            yield Fault(entry.place, f"{name} of {entry.id} has {value!r} twice")


def _file_of(place: str) -> str:
    return str(Path(place.rpartition(":")[0]).parent)


def _fault_of(error: PipelineError, path: Path) -> Fault:
    """The fault that an error tells, at its own line, else at that of the word it names."""
    text = str(error)
    if not text.startswith(str(path)):
        return Fault(f"{path}:1", text)
    place, _, message = text.partition(": ")
    if place == str(path):  # of which nothing may be readable
        with suppress(PipelineError):
            place = f"{path}:{_line_named_in(message, path)}"
    return Fault(place, message)


def _line_named_in(message: str, path: Path) -> int:
    """The line that a message gives or that holds the word it begins with or quotes; else 1."""
    given = re.search(r"\bline (\d+)", message)
    if given:
        return int(given[1])
    named = re.search(r"^(?:unknown key )?'?(\w+)", message)
    lines = read_text(path, Source(str(path), LexiconError)).splitlines() if path.is_file() else []
    numbers = (
        number
        for number, line in enumerate(lines, start=1)
        if named and re.match(rf"\s*{re.escape(named[1])}\b", line)
    )
    return next(numbers, 1)


KNOWN_FAILURES = "known_failures.txt"


def read_known_failures(folders: tuple[Path, ...]) -> dict[str, str]:
    """Why each example that is known to fail does, by ``id | sentence``."""
    known: dict[str, str] = {}
    for folder in folders:
        path = folder / KNOWN_FAILURES
        there = os.path.lexists(path)
        lines = read_text(path, Source(str(path), LexiconError)).splitlines() if there else []
        for line in lines:
            if line.strip() and not line.startswith("#"):
                about, _, reason = line.rpartition(" | ")
                known[about] = reason
    return known


def without_known(faults: Iterable[Fault], known: dict[str, str]) -> Iterator[Fault]:
    """The faults that are not known, and one for each known one that has gone."""
    met: set[str] = set()
    for fault in faults:
        if fault.about in known:
            met.add(fault.about)
        else:
            yield fault
    for about in sorted(known.keys() - met):
        yield Fault(KNOWN_FAILURES, f"{about}: holds now; take it out of the list")
