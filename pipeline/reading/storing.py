"""An article's files on the disk, and what becomes of metadata that are there already."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from pipeline.errors import PipelineError
from pipeline.files import (
    sha256_of_bytes,
    sha256_of_file,
    write_bytes_atomically,
    write_text_atomically,
)
from pipeline.guarded.files import refuse_leaving
from pipeline.reading.amend import amend_metadata
from pipeline.reading.corpus import Corpus
from pipeline.reading.known import Known, source_of
from pipeline.reading.linking import Linked
from pipeline.reading.metadata import FIELDS, read_metadata, write_metadata
from pipeline.reading.pages import PAGES
from pipeline.reading.prepare import Prepared


def corrected_metadata(
    there: Mapping[str, object], prepared: Prepared, call: Mapping[str, object]
) -> dict[str, object]:
    """An article's metadata as the file, the row and the call now give them.

    What they say nothing of stays, but for a value that stands in a cell of the row: that came
    from a column that was taken for another.
    """
    stated = {key: one for key, one in prepared.metadata.items() if key not in prepared.guessed}
    guessed = {key: one for key, one in prepared.metadata.items() if key in prepared.guessed}
    kept = {
        key: one
        for key, one in there.items()
        if not (key in FIELDS and key not in stated and _is_cell(one, prepared))
    }
    corrected = {**guessed, **kept, **stated, **call}
    old, new = there.get("other"), stated.get("other")
    other = {
        **{key: one for key, one in _mapping(old).items() if not _is_cell(one, prepared)},
        **_mapping(new),
    }
    return {**{key: one for key, one in corrected.items() if key != "other"}, **_named(other)}


def _is_cell(value: object, prepared: Prepared) -> bool:
    return " ".join(str(value).split()) in prepared.cells


def _mapping(value: object) -> Mapping[str, object]:
    return value if isinstance(value, Mapping) else {}


def _named(other: dict[str, object]) -> dict[str, object]:
    return {"other": other} if other else {}


def differences(
    there: Mapping[str, object], prepared: Prepared, call: Mapping[str, object]
) -> tuple[str, ...]:
    """What correcting an article's metadata changes, a note for each field."""
    new = corrected_metadata(there, prepared, call)
    notes = [
        f"{name} {_shown(new.get(name))}, was {_shown(there.get(name))}"
        for name in FIELDS
        if there.get(name) != new.get(name)
    ]
    if there.get("other") != new.get("other"):
        notes.append("other columns")
    return tuple(notes)


def _shown(value: object) -> str:
    return "none" if value is None else f"{value!r:.200}"


def store_metadata(article: str, metadata: Mapping[str, object], corpus: Corpus) -> None:
    """Give an article that is there other metadata, its source as it was."""
    path = corpus.metadata_path(article)
    refuse_leaving(path, corpus.folder)
    there = read_metadata(path)
    kept = {"source": there["source"]} if "source" in there else {}
    write_metadata(path, {**metadata, **kept})


def store(
    prepared: Prepared,
    known: Known,
    linked: Linked,
    *,
    metadata: Mapping[str, object],
    in_place: bool,
    replaces: bool = False,
) -> None:
    """Write the article's files, the text last: with it the article exists.

    Metadata that somebody has put there before the text are kept, save what the call gives, or
    what a text that replaces another one gives. A text that was added before and then edited in
    place keeps its first original.
    """
    corpus = known.corpus
    metadata_path = corpus.metadata_path(prepared.article)
    original_path = corpus.original_path(prepared.kept_as)
    for path in (metadata_path, original_path, corpus.text_path(prepared.article)):
        refuse_leaving(path, corpus.folder)
    there = read_metadata(metadata_path)
    links = linked.of(prepared.article)
    of_another_text = replaces or ("source" in there and not in_place)
    left_out = {*links, PAGES} if of_another_text else {*links}
    there = {key: value for key, value in there.items() if key not in left_out}
    if replaces:
        merged = corrected_metadata(there, prepared, metadata)
    else:
        merged = {**prepared.metadata, **there, **metadata}
    merged |= {key: one for key, one in links.items() if one is not None}
    if not (in_place and "source" in there):
        merged["source"] = prepared.metadata["source"]
        _keep_original(prepared, known, replaces=replaces)
    write_metadata(metadata_path, merged)
    write_text_atomically(corpus.text_path(prepared.article), prepared.text)


def store_links(article: str, linked: Linked, corpus: Corpus) -> tuple[str, ...]:
    """A note for each other article whose link could not be written; the others are."""
    faults = []
    for other, values in linked.changes.items():
        try:
            if other != article:
                amend_metadata(corpus.metadata_path(other), values)
        except PipelineError as error:
            faults.append(f"{other} is not linked: {error}")
    return tuple(faults)


def _keep_original(prepared: Prepared, known: Known, *, replaces: bool) -> None:
    """Keep the file among the originals. That of a table is looked at once, not for each row."""
    path = known.corpus.original_path(prepared.kept_as)
    source = source_of(prepared.metadata)
    sha256 = sha256_of_bytes(prepared.original) if source is None else source[0]
    if known.kept.get(path) == sha256:
        return
    if not (path.is_file() and sha256_of_file(path) == sha256):
        if replaces:
            _keep_aside(path)
        write_bytes_atomically(path, prepared.original)
    known.kept[path] = sha256


def _keep_aside(path: Path) -> None:
    """Keep an original that is about to be replaced, under its hash."""
    if path.is_file():
        aside = path.with_name(f"{path.stem}-{sha256_of_file(path)[:8]}{path.suffix}")
        write_bytes_atomically(aside, path.read_bytes())
