"""A database of Discourse Network Analyzer 3: one statement for each claim and concept.

Two profiles. ``dna`` has the types that DNA sets up itself, so that it can be merged into a
project; which claim of ours a statement is stands in an annotation on the same words. ``dna-rich``
has variables for that.
"""

from __future__ import annotations

import sqlite3
from array import array
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from pipeline.concepts.statements import Statement, statements
from pipeline.errors import PipelineError
from pipeline.export import dna_schema as schema
from pipeline.export.dna_details import QUOTES, details_of, evidence_of, exported_pairs
from pipeline.export.dna_entities import (
    Document,
    Entities,
    actors_of,
    concept_of,
    target_words,
)
from pipeline.export.dna_text import PLACEHOLDER, read_lines, replaced_in, restored, write_note
from pipeline.export.gather import Gathered
from pipeline.export.written import Format
from pipeline.records import Stance

Json = dict[str, Any]
Row = tuple[object, ...]
_AT_ONCE = 20_000
_NOTE = 11


def write_strict(gathered: Gathered, path: Path) -> tuple[str, ...]:
    """Write the claims with DNA's own types alone; returns what these cannot hold."""
    found = _write(gathered, path, schema.STRICT)
    rest = "form, negation, attribution, score, comments and who reviewed it"
    return (*_not_held("dna", found), f"dna cannot hold {rest}; dna-rich can")


def write_rich(gathered: Gathered, path: Path) -> tuple[str, ...]:
    """Write the claims with variables of our own; returns what the file cannot hold."""
    return _not_held("dna-rich", _write(gathered, path, schema.RICH))


@dataclass(frozen=True)
class _Writer:
    """A database that is being written, and what was met on the way."""

    connection: sqlite3.Connection
    profile: schema.Profile
    entities: Entities
    documents: dict[str, Document] = field(default_factory=dict)
    rows: dict[str, list[Row]] = field(default_factory=dict)
    evidence: array[int] = field(default_factory=lambda: array("q"))
    counts: Counter[str] = field(default_factory=Counter)

    @property
    def rich(self) -> bool:
        """Whether statements have variables of our own."""
        return self.profile is schema.RICH

    def add(self, table: str, row: Row) -> None:
        """Write a row, now or soon."""
        waiting = self.rows.setdefault(table, [])
        waiting.append(row)
        if len(waiting) >= _AT_ONCE:
            self.flush(table)

    def flush(self, table: str) -> None:
        """Write the rows of a table that wait."""
        if waiting := self.rows.get(table):
            marks = ", ".join("?" * len(waiting[0]))
            self.connection.executemany(f"INSERT INTO {table} VALUES ({marks})", waiting)
            waiting.clear()

    def add_statement(
        self, kind: int, document: Document, span: tuple[int, int], coder: int
    ) -> int:
        """The number of a new statement on the words at ``span``."""
        number = len(self.evidence) + 1
        self.evidence.append(hash(document.article.text[slice(*span)]))
        self.add("STATEMENTS", (number, kind, document.id, *span, coder))
        return number

    def add_value(self, statement: int, variable: schema.Variable, value: object) -> None:
        """Write what a variable is in a statement."""
        self.add(schema.TABLES[variable.data], (None, statement, variable.id, value))


def _write(gathered: Gathered, path: Path, profile: schema.Profile) -> Counter[str]:
    with closing(sqlite3.connect(path)) as connection:
        for setting in ("journal_mode = OFF", "synchronous = OFF", "foreign_keys = OFF"):
            connection.execute(f"PRAGMA {setting}")
        schema.create_tables(connection)
        schema.fill_defaults(connection, profile)
        writer = _Writer(connection, profile, Entities(profile))
        for record in gathered.claims():
            _write_claim(writer, record, gathered)
        _write_rest(writer)
        connection.commit()
        _check(writer)
    return writer.counts


def _write_claim(writer: _Writer, record: Json, gathered: Gathered) -> None:
    document = _document_of(writer, record, gathered)
    if document is None:
        writer.counts["orphans"] += 1
        return
    coder = schema.ADMIN if record.get("source") == "human" else schema.MACHINE
    writer.counts["machine"] += coder == schema.MACHINE
    own = record["stance"] == Stance.NEUTRAL.value
    writer.counts["neutral"] += own
    writer.counts["no concept"] += not record.get("concepts") and bool(target_words(record))
    writer.counts["no target"] += not record.get("concepts") and not target_words(record)
    if not own or writer.rich:
        document.claims.append(record["id"])
    if decided := record.get("decided_at"):
        document.decided = min(document.decided or decided, decided)
    span = evidence_of(record)
    for statement in statements([record]):
        _write_statement(writer, statement, document, span, coder)


def _document_of(writer: _Writer, record: Json, gathered: Gathered) -> Document | None:
    """The document of a claim; None where its words are not in the article as it is."""
    article = gathered.articles.get(record["article"])
    if article is None or not all(
        article.text[piece["start"] : piece["end"]] == piece["text"]
        for name in QUOTES
        if (piece := record.get(name))
    ):
        return None
    found = writer.documents.get(record["article"])
    if found is None:
        number = len(writer.documents) + 1
        found = Document(number, article, record, replaced_in(article.text))
        writer.documents[record["article"]] = found
    return found


def _write_statement(
    writer: _Writer, statement: Statement, document: Document, span: tuple[int, int], coder: int
) -> None:
    person, organization = actors_of(statement, writer.entities)
    concept = concept_of(statement, writer.entities)
    neutral = statement.stance is Stance.NEUTRAL
    pairs = exported_pairs(statement, organization or person, concept)
    if not neutral or writer.rich:
        kind = schema.NEUTRAL if neutral else schema.STATEMENT
        number = writer.add_statement(kind, document, span, coder)
        values = {"person": person, "organization": organization, "concept": concept}
        details = details_of(statement, pairs) if writer.rich else {}
        for variable in writer.profile.of_type(kind):
            if variable.data == schema.SHORT:
                entity = values[variable.name]
                value: object = entity.id if entity else writer.entities.empty[variable.id]
            elif variable.id == schema.AGREEMENT:
                value = int(statement.stance is Stance.SUPPORT)
            else:
                value = details[variable.name]
            writer.add_value(number, variable, value)
        pairs = {"claim_id": pairs["claim_id"], "statement": str(number), **pairs}
    if not writer.rich:
        note = writer.add_statement(schema.ANNOTATION, document, span, coder)
        writer.add("DATALONGTEXT", (None, note, _NOTE, write_note(pairs)))


def _write_rest(writer: _Writer) -> None:
    """Write what is known only at the end: coders, documents, entities and their attributes."""
    if writer.counts["machine"]:
        schema.add_coder(writer.connection, schema.MACHINE, "Machine", (160, 160, 160))
    for document in writer.documents.values():
        writer.counts["undated"] += bool(document.dated[1])
        writer.counts["replaced"] += len(document.replaced.split())
        writer.add("DOCUMENTS", document.row(whole=writer.rich))
    for number, variable, value, _ in writer.entities.rows():
        writer.add("ENTITIES", (number, variable, value, 0, 0, 0, None))
    for entity, attribute, value in writer.entities.attributes(_qids() if writer.rich else {}):
        writer.add("ATTRIBUTEVALUES", (None, entity, attribute, value))
    for table in writer.rows:
        writer.flush(table)


def _qids() -> Mapping[str, str]:
    from pipeline.lexicon.folder import models_folders

    return _qids_of(models_folders())


@cache
def _qids_of(folders: tuple[Path, ...]) -> Mapping[str, str]:
    """The Wikidata ids of the lexicon's entities by their ids."""
    from pipeline.lexicon.entity_files import read_entries

    return {entry.id: entry.qid for entry in read_entries(folders) if entry.qid}


def _check(writer: _Writer) -> None:
    """Read the file back, and compare the words of each statement with those of the claim."""
    connection = writer.connection
    if connection.execute("PRAGMA foreign_key_check").fetchone():
        raise PipelineError("the DNA database refers to rows that it does not have; report this")
    for number, words in _evidence_in(connection):
        if hash(words) != writer.evidence[number - 1]:
            raise PipelineError(
                f"statement {number} of the DNA database has other words: {words!r}"
            )


def _evidence_in(connection: sqlite3.Connection) -> Iterator[tuple[int, str]]:
    """The number and the words of each statement, as the text was before it was fitted."""
    current, text = None, ""
    query = "SELECT ID, DocumentId, Start, Stop FROM STATEMENTS ORDER BY ID"
    for number, document, start, stop in connection.execute(query):
        if document != current:
            wanted = "SELECT Text, Notes FROM DOCUMENTS WHERE ID = ?"
            fitted, notes = connection.execute(wanted, (document,)).fetchone()
            current, text = document, restored(fitted, read_lines(notes).get("replaced", ""))
        yield number, text[start:stop]


def _not_held(name: str, counts: Mapping[str, int]) -> tuple[str, ...]:
    kept = "annotations" if name == "dna" else "statements of a type apart"
    lines = {
        "orphans": ("claim", "with words that are not in their article as it is now"),
        "neutral": ("neutral claim", f"as agreement, which is yes or no: kept as {kept}"),
        "no concept": (
            "claim",
            "by a concept, as none takes the target: its own words stand for one, behind “target: ”"
            " (see: claims concepts)",
        ),
        "no target": (
            "claim",
            "by a concept, as no target is named: DNA's networks pass over an empty one",
        ),
        "replaced": (
            "character",
            f"of more than 16 bits, or carriage return: “{PLACEHOLDER}” or a blank is in its place",
        ),
        "undated": ("article", "by a day of publication: its notes say what its date is"),
    }
    return tuple(
        f"{name} cannot hold {counts[cause]} {noun}{'' if counts[cause] == 1 else 's'} {about}"
        for cause, (noun, about) in lines.items()
        if counts[cause]
    )


_ABOUT = "a database of Discourse Network Analyzer 3"
STRICT = Format(f"{_ABOUT}, to be merged into a project", ".dna", write_strict, text=False)
RICH = Format(f"{_ABOUT}, with all of each claim", ".dna", write_rich, text=False)
