"""What a Word document would have a reader run or fetch: macros, objects, templates, DDE fields."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from io import BytesIO
from posixpath import basename
from typing import Any

from pipeline.errors import ArticleError
from pipeline.reading.converted import require

_MARKS = ("vbaproject.bin", "vbadata.xml", "/activex/", "oleobject")
_TYPES = (b"macroenabled", b"ms-office.vbaproject", b"ms-word.vbadata", b"ms-office.activex")
_RELATIONS = ("vbaProject", "wordVbaData", "control", "oleObject", "aFChunk")
"""What a part must not refer to: macros, controls, objects, files that are taken in on opening."""

_PASSIVE = ("hyperlink", "image", "video", "audio", "media")
"""What may be linked to outside the document: nothing of it is run when the document is opened."""

_OF_CHARTS = re.compile(r"(?:^|/)word/charts/_rels/[^/]+\.rels$", re.IGNORECASE)
_CHART_DATA = ".xlsx"
_REMOTE = re.compile(r"\s*(?!file:)[a-z][a-z0-9+.-]+:", re.IGNORECASE)
_LONGEST = 64
_DDE = re.compile(r"[\s\"\\]*DDE(?:AUTO)?\b", re.IGNORECASE)
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FIELD_TAGS = (f"{_WORD}fldSimple", f"{_WORD}instrText", f"{_WORD}fldChar")


def check_active_content(data: bytes) -> None:
    """Refuse a document that runs or fetches something when it is opened or its fields are updated.

    The archive has passed ``check_archive``. A link, a picture from elsewhere, the table behind a
    chart and a template on a disk of the writer's are no active content.

    Raises:
        ArticleError: ``active-content``, or ``malformed`` where a part is not XML.
    """
    with zipfile.ZipFile(BytesIO(data)) as archive:
        found = next(_find(archive), None)
    if found is not None:
        raise ArticleError(
            f"holds active content ({found}); save it without macros, embedded objects, remote "
            "templates and DDE fields",
            cause="active-content",
        )


def _find(archive: zipfile.ZipFile) -> Iterator[str]:
    """The names of what is active, kind after kind of it."""
    names = archive.namelist()
    yield from (name for name in names if any(mark in f"/{name.lower()}" for mark in _MARKS))
    yield from _find_types(archive, names)
    chart_data: set[str] = set()
    for name in names:
        if name.lower().endswith(".rels"):
            yield from _find_in_relations(_parse(archive, name), name, chart_data)
    embedded = [name for name in names if "/embeddings/" in f"/{name.lower()}"]
    yield from (name for name in embedded if basename(name) not in chart_data)
    for name in names:
        if _is_of_the_text(name):
            yield from _find_dde(archive, name)


def _find_types(archive: zipfile.ZipFile, names: list[str]) -> Iterator[str]:
    """The types of active content that the archive says it holds."""
    for name in names:
        if name.lower() == "[content_types].xml":
            stated = archive.read(name).lower()
            yield from (mark.decode() for mark in _TYPES if mark in stated)


def _is_of_the_text(name: str) -> bool:
    """Whether the part is of the document's text, its notes, heads and feet."""
    return name.lower().startswith("word/") and name.lower().endswith(".xml")


def _find_in_relations(relations: Any, name: str, chart_data: set[str]) -> Iterator[str]:
    """What active content a part refers to; the tables behind charts are put in ``chart_data``."""
    chart = bool(_OF_CHARTS.search(name))
    for relation in relations.iter("{*}Relationship"):
        kind, target = basename(relation.get("Type", "")), relation.get("Target", "")
        if relation.get("TargetMode") == "External":
            own = kind == "attachedTemplate" or (chart and kind == "oleObject")
            if kind not in _PASSIVE and not (own and not _REMOTE.match(target)):
                yield f"{kind} {target}"
        elif kind in _RELATIONS:
            yield f"{kind} {target}"
        elif kind == "package" and chart and target.lower().endswith(_CHART_DATA):
            chart_data.add(basename(target))


def _find_dde(archive: zipfile.ZipFile, name: str) -> Iterator[str]:
    """The DDE fields of a part; an instruction may be cut into pieces, with others inside it."""
    data = archive.read(name)
    if b"instr" not in data and b"\x00" not in data:  # only UTF-16 has these
        return
    fields = [""]
    for element in _parse(archive, name).iter(*_FIELD_TAGS):
        if element.tag == _FIELD_TAGS[0]:
            instruction = element.get(f"{_WORD}instr", "")
        elif element.tag == _FIELD_TAGS[1]:
            instruction = fields[-1] = (fields[-1] + (element.text or ""))[:_LONGEST]
        else:
            instruction = ""
            kind = element.get(f"{_WORD}fldCharType")
            if kind == "begin":
                fields.append("")
            elif kind == "end" and len(fields) > 1:
                fields.pop()
        if _DDE.match(instruction):
            yield "DDE field"
            return


def _parse(archive: zipfile.ZipFile, name: str) -> Any:
    """The part's root element; no entity is expanded and nothing is fetched."""
    etree = require("lxml.etree", extra="docx")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        return etree.fromstring(archive.read(name), parser)
    except etree.XMLSyntaxError as error:
        raise ArticleError(
            f"its part {name} is malformed ({error}); open it in the program that made it and save "
            "it again",
            cause="malformed",
        ) from error
