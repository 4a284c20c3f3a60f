"""A REFI-QDA project (.qdpx): texts, codes, codings and notes for ATLAS.ti, MAXQDA and NVivo.

A claim is a selection of its article, coded with its stance, its actor and its concepts; a note on
the selection says the rest. Equal claims give equal bytes.
"""

from __future__ import annotations

import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pipeline.errors import PipelineError
from pipeline.export.dna_details import QUOTES, evidence_of
from pipeline.export.dna_entities import WORDS
from pipeline.export.dna_text import PLACEHOLDER, distinct_names, fit_text, one_line, replaced_in
from pipeline.export.gather import Gathered
from pipeline.export.refi_note import note_of
from pipeline.export.refi_xml import (
    closing,
    code,
    coding,
    guid_of,
    note,
    opening,
    selection,
    source,
    user,
    variable,
)
from pipeline.export.written import Format
from pipeline.records import Extraction

Json = dict[str, Any]
FOLDER, PROJECT = "Sources", "project.qde"
NO_CONCEPT = "no concept yet"
STANCES = {"support": "#0072B2", "oppose": "#D55E00", "neutral": "#999999"}
VARIABLES = ("author", "publisher", "date", "url", "language", "article")
_NOBODY = "stance-claims"
_EPOCH = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class _Parts:
    """What a project is made of, each article's selections by its id."""

    articles: Mapping[str, Extraction]
    selections: dict[str, list[str]] = field(default_factory=dict)
    metadata: dict[str, Mapping[str, object]] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    users: dict[str, None] = field(default_factory=lambda: {_NOBODY: None})
    actors: dict[str, dict[str, str]] = field(default_factory=dict)
    concepts: dict[str, str] = field(default_factory=dict)
    evidence: dict[str, int] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)
    latest: list[str] = field(default_factory=list)


def write_qdpx(gathered: Gathered, path: Path) -> tuple[str, ...]:
    """Write the claims and the texts that they stand in; returns what the file cannot hold."""
    parts = _Parts(gathered.articles)
    for record in gathered.claims():
        _add_claim(parts, record)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        with archive.open(_entry(PROJECT), "w", force_zip64=True) as stream:
            for piece in _project(parts):
                stream.write(piece.encode("utf-8"))
        for article in parts.selections:
            name = f"{FOLDER}/{guid_of('article', article)}.txt"
            text = fit_text(gathered.articles[article].text)
            archive.writestr(_entry(name), text.encode("utf-8"))
    _check(path, parts)
    return tuple(_not_held(parts))


def _entry(name: str) -> zipfile.ZipInfo:
    """A file of the archive whose time is always the same."""
    entry = zipfile.ZipInfo(name, _EPOCH)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    return entry


def _add_claim(parts: _Parts, record: Json) -> None:
    article = parts.articles.get(record["article"])
    if article is None or not all(
        article.text[piece["start"] : piece["end"]] == piece["text"]
        for name in QUOTES
        if (piece := record.get(name))
    ):
        parts.counts["orphans"] += 1
        return
    if article.article not in parts.selections:
        parts.selections[article.article] = []
        parts.metadata[article.article] = record["metadata"]
        parts.counts["replaced"] += len(replaced_in(article.text).split())
    reviewers = record.get("reviewers") or [_NOBODY]
    parts.users.update(dict.fromkeys(reviewers))
    who, when = guid_of("user", reviewers[0]), _seconds(record.get("decided_at"))
    parts.latest[:] = [max([*parts.latest, when])] if when else parts.latest
    claim = guid_of("claim", record["id"], record["article"])
    codes = [guid_of("stance", record["stance"]), _actor_of(parts, record)]
    codes += _concepts_of(parts, record)
    codings = [coding(guid_of("coding", claim, one), one, who, when) for one in codes]
    start, end = evidence_of(record)
    parts.evidence[claim] = hash(article.text[start:end])
    about = guid_of("note", claim)
    name = one_line(article.text[start:end])
    parts.selections[article.article].append(
        selection(claim, name, (start, end), codings, about, who, when)
    )
    parts.notes.append(note(about, f"claim {record['id']}", note_of(record), who, when))


def _seconds(moment: str | None) -> str:
    """A time without the parts of its second, which not every program reads."""
    return f"{moment[:19]}Z" if moment else ""


def _actor_of(parts: _Parts, record: Json) -> str:
    """The code of the holder, beside others of its kind."""
    holder = record["holder"]
    name = one_line(holder.get("name") or holder["text"])
    entity = holder["entity"] or WORDS + name.casefold()
    kind = holder.get("kind") or "unresolved"
    parts.actors.setdefault(kind, {}).setdefault(entity, name)
    return guid_of("actor", kind, entity)


def _concepts_of(parts: _Parts, record: Json) -> list[str]:
    concepts = record.get("concepts") or [{"id": "", "label": NO_CONCEPT}]
    for one in concepts:
        parts.concepts.setdefault(one["id"], one["label"])
    return [guid_of("concept", one["id"]) for one in concepts]


def _project(parts: _Parts) -> Iterator[str]:
    """The project's XML in pieces."""
    when = parts.latest[0] if parts.latest else ""
    yield opening(guid_of("user", _NOBODY), when)
    yield "<Users>\n"
    yield from (user(guid_of("user", one), one) for one in parts.users)
    yield "</Users>\n<CodeBook>\n<Codes>\n"
    yield from _codes(parts)
    yield "</Codes>\n</CodeBook>\n"
    if not parts.selections:
        yield closing()
        return
    yield "<Variables>\n"
    yield from (variable(guid_of("variable", name), name) for name in VARIABLES)
    yield "</Variables>\n<Sources>\n"
    for article, selections in parts.selections.items():
        about = {**parts.metadata[article], "article": article}
        title = one_line(str(about.get("title") or "")) or article
        values = {guid_of("variable", name): str(about.get(name) or "") for name in VARIABLES}
        yield from source(guid_of("article", article), title, selections, values)
    yield "</Sources>\n<Notes>\n"
    yield from parts.notes
    yield "</Notes>\n"
    yield closing()


def _codes(parts: _Parts) -> Iterator[str]:
    """The tree of codes: stances, actors by kind, concepts."""
    stances = [code(guid_of("stance", name), name, colour=one) for name, one in STANCES.items()]
    yield code(guid_of("codes", "stance"), "Stance", stances)
    kinds = []
    for kind, actors in parts.actors.items():
        names = distinct_names(actors)
        own = [
            code(guid_of("actor", kind, entity), names[entity], about=entity) for entity in actors
        ]
        kinds.append(code(guid_of("codes", "actor", kind), kind, own))
    if kinds:
        yield code(guid_of("codes", "actor"), "Actor", kinds)
    labels = distinct_names(parts.concepts)
    concepts = [code(guid_of("concept", one), labels[one], about=one) for one in parts.concepts]
    if concepts:
        yield code(guid_of("codes", "concept"), "Concept", concepts)


def _check(path: Path, parts: _Parts) -> None:
    """Read the project back, and compare the words of each selection with those of the claim."""
    from pipeline.export.refi_read import read_selections

    left = dict(parts.evidence)
    for one in read_selections(path):
        text = parts.articles[one.article].text
        if one.words != fit_text(text)[one.start : one.end]:
            raise PipelineError(
                f"the project has other words for selection {one.guid}; report this"
            )
        if left.pop(one.guid, None) != hash(text[one.start : one.end]):
            raise PipelineError(f"the project has selection {one.guid} elsewhere; report this")
    if left:
        raise PipelineError(f"the project lacks {len(left)} claims; report this")


def _not_held(parts: _Parts) -> Iterator[str]:
    lines = {
        "orphans": ("claim", "with words that are not in their article as it is now"),
        "replaced": (
            "character",
            f"of more than 16 bits, or carriage return, which programs count differently:"
            f" “{PLACEHOLDER}” or a blank is in its place",
        ),
    }
    for cause, (noun, about) in lines.items():
        if count := parts.counts[cause]:
            yield f"refi-qda cannot hold {count} {noun}{'' if count == 1 else 's'} {about}"
    yield "refi-qda cannot hold which rules and versions a claim came from; jsonl can"


FORMAT = Format(
    "a REFI-QDA project for ATLAS.ti, MAXQDA and NVivo", ".qdpx", write_qdpx, text=False
)
