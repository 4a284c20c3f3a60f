"""The table that a person wants: a dozen columns, one row a statement."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from pipeline.concepts.statements import Statement, statements
from pipeline.export.gather import Gathered
from pipeline.export.tables import to_dictionary, write_dictionary, write_table
from pipeline.export.written import Format

COLUMNS: Mapping[str, str] = {
    "article": "the article's id in the corpus",
    "date": "the date of publication, to the day, month or year",
    "publisher": "the publisher",
    "holder": "who takes the position: the entity's name, or the words where it is unresolved",
    "kind": "person, state, group or organisation",
    "country": "the holder's country, ISO 3166-1 alpha-2; NA is Namibia",
    "stance": "support, oppose or neutral: to the concept where there is one, else to the target",
    "concept": "what the target is about, by the concepts' files; empty where none takes it",
    "target": "the target as it reads by itself: It [the Paris Call]",
    "cue": "the words that carry the position",
    "sentence": "the sentence that the cue stands in",
    "claim": "the claim's permanent id; a claim whose target joins several concepts has a row each",
}


def to_tidy(statement: Statement) -> dict[str, str]:
    """The cells of a statement by column, all as text."""
    record = statement.record
    target, sentence = record.get("target") or {}, record.get("sentence") or {}
    return {
        "article": statement.article,
        "date": str(statement.date or ""),
        "publisher": str(record["metadata"].get("publisher") or ""),
        "holder": statement.actor_name,
        "kind": statement.kind,
        "country": statement.country or "",
        "stance": statement.stance.value,
        "concept": statement.concept_label or statement.concept or "",
        "target": record.get("target_reads") or target.get("text") or "",
        "cue": record["cue"]["text"],
        "sentence": sentence.get("text") or "",
        "claim": statement.claim,
    }


def write_tidy(gathered: Gathered, path: Path) -> tuple[str, ...]:
    """Write the table to ``path``, and beside it what its columns mean."""
    write_table(path, list(COLUMNS), map(to_tidy, statements(gathered.claims())))
    write_dictionary(path, to_dictionary(COLUMNS, "statement"))
    return ("tidy holds a dozen columns alone; csv, xlsx and parquet have the others",)


def read_tidy(path: Path) -> Iterator[dict[str, str]]:
    """The fields of each statement by column, all as text.

    Raises:
        RecordError: naming the line that is none of such a table, or the column that it lacks.
    """
    from pipeline.export.reading import read_table

    for _, row in read_table(path, list(COLUMNS)):
        yield row


FORMAT = Format("a dozen columns that a person wants, one row a statement", ".csv", write_tidy)
