"""Faults in the files under ``models/``: what ``claims check`` reports."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.errors import PipelineError
from pipeline.lexicon.cues import Cue, read_cue_file
from pipeline.lexicon.entities import forms_of
from pipeline.lexicon.entity_files import FOLDER, Entry, build_entry, read_rows
from pipeline.lexicon.folder import lexicon_files
from pipeline.lexicon.merged import FILE as MERGED

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

_MARK = re.compile(r"\[([^\]\[]*)\](?:\{[^}]*\})?")
_OFFICES = "offices.yaml"


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong, with its file and line (``path:line``)."""

    place: str
    message: str

    def __str__(self) -> str:
        """The fault on one line."""
        return f"{self.place}: {self.message}"


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence of an entry with the spans that it marks; ``matches`` is False where none may."""

    place: str
    id: str
    marked: str
    matches: bool

    @property
    def text(self) -> str:
        """The sentence without its marks."""
        return _MARK.sub(lambda match: match[1], self.marked)


def read_faults(folders: tuple[Path, ...]) -> tuple[list[Fault], list[Entry], list[Cue]]:
    """The faults that reading finds, file by file, and the entries that are well formed."""
    faults: list[Fault] = []
    entries: list[Entry] = []
    cues: list[Cue] = []
    for path in lexicon_files(folders, FOLDER):
        if path.suffix == ".yaml" and path.name not in (MERGED, _OFFICES):
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


def check_entity_examples(nlp: Language, entries: Iterable[Entry]) -> Iterator[Fault]:
    """Examples whose mark is not found as the entity, counterexamples in which it is."""
    examples = [example for entry in entries for example in _examples_of(entry)]
    docs = nlp.pipe((example.text for example in examples), batch_size=64)
    for example, doc in zip(examples, docs, strict=True):
        found = _spans_of(doc, example.id, adjectives=example.matches)
        if example.matches:
            for start, end in _marks_of(example.marked):
                if not any(start <= begin and stop <= end + 1 for begin, stop in found):
                    words = doc.text[start:end]
                    yield Fault(
                        example.place, f"example: {words!r} is not {example.id} in: {doc.text}"
                    )
        elif found:
            words = doc.text[slice(*found[0])]
            yield Fault(example.place, f"counterexample: {words!r} is {example.id} in: {doc.text}")


def check_cue_examples(nlp: Language, cues: Iterable[Cue]) -> Iterator[Fault]:
    """Examples in which the cue makes no claim, counterexamples in which it does."""
    examples = [
        Example(cue.place, cue.id, sentence, matches)
        for cue in cues
        for sentences, matches in ((cue.examples, True), (cue.counterexamples, False))
        for sentence in sentences
    ]
    docs = nlp.pipe((example.text for example in examples), batch_size=64)
    for example, doc in zip(examples, docs, strict=True):
        made = any(claim.evidence and claim.evidence.cue == example.id for claim in doc._.claims)
        if example.matches and not made:
            yield Fault(example.place, f"example: {example.id} makes no claim in: {doc.text}")
        elif made and not example.matches:
            yield Fault(example.place, f"counterexample: {example.id} makes a claim in: {doc.text}")


def _double_aliases(entry: Entry) -> Iterator[Fault]:
    for name in Entry.LISTS[:6]:
        values = getattr(entry, name)
        for value in sorted({value for value in values if values.count(value) > 1}):
            yield Fault(entry.place, f"{name} of {entry.id} has {value!r} twice")


def _examples_of(entry: Entry) -> Iterator[Example]:
    for sentence in entry.examples:
        yield Example(entry.place, entry.id, sentence, True)
    for sentence in entry.counterexamples:
        yield Example(entry.place, entry.id, sentence, False)


def _marks_of(marked: str) -> Iterator[tuple[int, int]]:
    """Where the marked words stand in the plain text."""
    removed = 0
    for match in _MARK.finditer(marked):
        start = match.start() - removed
        yield start, start + len(match[1])
        removed += len(match[0]) - len(match[1])


def _spans_of(doc: Doc, entity: str, *, adjectives: bool) -> list[tuple[int, int]]:
    """Where the doc has the entity, as a mention or as what may hold a claim (an adjective)."""
    found = [(item.start, item.end) for item in doc._.mentions if item.entity == entity]
    if not found and adjectives:
        found = [
            (span.start_char, span.end_char)
            for span in doc.spans.get("lexicon", ())
            if span.id_ == entity
            and (span.kb_id_ in ("adjective", "demonym") or span.text.islower())
        ]
    return found


def _file_of(place: str) -> str:
    return str(Path(place.rpartition(":")[0]).parent)


def _fault_of(error: PipelineError, path: Path) -> Fault:
    text = str(error)
    place, colon, message = text.partition(": ")
    if colon and place.startswith(str(path)):
        return Fault(place, message)
    return Fault(f"{path}:1", text)
