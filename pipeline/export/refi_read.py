"""Claims read back from a REFI-QDA project that was exported here."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from pipeline.errors import RecordError
from pipeline.export.dna_text import read_lines
from pipeline.export.refi_xml import NAMESPACE

Json = dict[str, Any]
_NS = f"{{{NAMESPACE}}}"
_INTERNAL = "internal://"


@dataclass(frozen=True, slots=True)
class Selection:
    """A selection of a text: the names of its codes, each behind those above it; its note's id."""

    guid: str
    article: str
    start: int
    end: int
    words: str
    codes: tuple[tuple[str, ...], ...]
    note: str


def read_qdpx(path: Path) -> Iterator[Json]:
    """The claims of a project, in their order there: what codes and notes say of each.

    Raises:
        RecordError: it is no REFI-QDA project, or a selection has no note of ours.
    """
    notes = _read_notes(path)
    for one in read_selections(path):
        said = read_lines(notes.get(one.note, ""))
        if "claim_id" not in said:
            raise RecordError(f"{path}: selection {one.guid} has no note of ours")
        by_tree = {code[0]: code[-1] for code in one.codes}
        concepts = [code[-1] for code in one.codes if code[0] == "Concept"]
        record: Json = {
            "id": said["claim_id"],
            "article": one.article,
            "text_sha256": said.get("text_sha256", ""),
            "stance": by_tree.get("Stance", ""),
            "form": said.get("form", ""),
            "negated": said.get("negated") == "yes",
            "hedged": said.get("hedged") == "yes",
            "concepts": [name for name in concepts if name != "no concept yet"],
            "evidence": {"start": one.start, "end": one.end, "text": one.words},
            "holder": None,
            "cue": None,
            "target": None,
        }
        for piece in said.get("spans", "").split():
            name, _, span = piece.partition("=")
            start, end = map(int, span.split("-"))
            record[name] = {"start": start, "end": end}
        record["holder"]["entity"] = said.get("entity") or None
        record["holder"]["name"] = by_tree.get("Actor", "")
        yield record


def read_selections(path: Path) -> Iterator[Selection]:
    """The selections of a project, in the order of its texts.

    Raises:
        RecordError: it is no REFI-QDA project, or refers to something that it does not have.
    """
    with _opened(path) as archive:
        yield from _read(archive)


@contextmanager
def _opened(path: Path) -> Iterator[zipfile.ZipFile]:
    try:
        with zipfile.ZipFile(path) as archive:
            yield archive
    except (zipfile.BadZipFile, ElementTree.ParseError, KeyError, UnicodeDecodeError) as error:
        raise RecordError(f"{path}: not a REFI-QDA project ({error}); export it anew") from error


def _read(archive: zipfile.ZipFile) -> Iterator[Selection]:
    codes = _read_codes(archive)
    variables: dict[str, str] = {}
    with archive.open("project.qde") as stream:
        for _, element in ElementTree.iterparse(stream):
            if element.tag == f"{_NS}Variable":
                variables[element.attrib["guid"]] = element.attrib["name"]
            if element.tag == f"{_NS}Note":
                element.clear()  # they are as long as all else, and nobody asks for them here
            if element.tag != f"{_NS}TextSource":
                continue
            values = {
                variables[ref.attrib["targetGUID"]]: value.text or ""
                for one in element.iter(f"{_NS}VariableValue")
                for ref, value in [(one[0], one[1])]
            }
            name = element.attrib["plainTextPath"].removeprefix(_INTERNAL)
            text = archive.read(f"Sources/{name}").decode("utf-8")
            for one in element.iter(f"{_NS}PlainTextSelection"):
                yield _selection(one, values["article"], text, codes)
            element.clear()


def _selection(
    element: ElementTree.Element, article: str, text: str, codes: dict[str, tuple[str, ...]]
) -> Selection:
    start, end = int(element.attrib["startPosition"]), int(element.attrib["endPosition"])
    refs = [ref.attrib["targetGUID"] for ref in element.iter(f"{_NS}CodeRef")]
    note = element.find(f"{_NS}NoteRef")
    return Selection(
        guid=element.attrib["guid"],
        article=article,
        start=start,
        end=end,
        words=text[start:end],
        codes=tuple(codes[ref] for ref in refs),
        note="" if note is None else note.attrib["targetGUID"],
    )


def _read_codes(archive: zipfile.ZipFile) -> dict[str, tuple[str, ...]]:
    """By the id of each code its name behind the names of those above it."""
    found: dict[str, tuple[str, ...]] = {}
    above: list[str] = []
    with archive.open("project.qde") as stream:
        for event, element in ElementTree.iterparse(stream, ("start", "end")):
            if element.tag == f"{_NS}CodeBook" and event == "end":
                break
            if element.tag != f"{_NS}Code":
                continue
            if event == "end":
                above.pop()
                continue
            above.append(element.attrib["name"])
            found[element.attrib["guid"]] = tuple(above)
    return found


def _read_notes(path: Path) -> dict[str, str]:
    """The text of each note by its id."""
    found = {}
    with _opened(path) as archive, archive.open("project.qde") as stream:
        for _, element in ElementTree.iterparse(stream):
            if element.tag == f"{_NS}Note":
                found[element.attrib["guid"]] = element.findtext(f"{_NS}PlainTextContent") or ""
                element.clear()
            elif element.tag == f"{_NS}TextSource":
                element.clear()
    return found
