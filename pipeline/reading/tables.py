"""Tables of articles: CSV and JSON lines, one article a row, their columns named by the caller."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.errors import ArticleError, SettingError
from pipeline.files import sha256_of_bytes
from pipeline.guarded.jsons import parse_object
from pipeline.guarded.source import Source
from pipeline.reading.corpus import id_for_name
from pipeline.reading.decode import MAX_CHARACTERS, decode_article
from pipeline.reading.metadata import FIELDS, from_front_matter
from pipeline.reading.prepare import Prepared
from pipeline.reading.safety import read_limited

MAX_TABLE_BYTES = 200 * 1024 * 1024
"""The largest table that is read."""

_TEXT_NAMES = ("text", "body", "content", "article_text")
_ID_NAMES = ("id", "article", "article_id")
_LINE = Source("", ArticleError)
_DELIMITERS = ",;\t|"
Row = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Columns:
    """Which columns hold what; None where the usual names are looked for.

    ``fields`` gives the column of a field of the metadata where the two have other names.
    """

    text: str | None = None
    id: str | None = None
    fields: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Refuse fields that no article has."""
        if unknown := sorted(set(self.fields) - set(FIELDS)):
            raise SettingError(f"no metadata field {unknown[0]!r}; there are: {', '.join(FIELDS)}")


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that makes no article: where it stands, one word, and a sentence for a person."""

    cause: str
    message: str


def prepare_table(
    path: Path, columns: Columns, *, metadata: Mapping[str, object] | None = None
) -> Iterator[Prepared | BadRow]:
    """The article of each row, in order, or what is wrong with the row; the rest goes on.

    Without a column for it an article's id is the file's name and the row's number, from 1.
    Columns that are no field of the metadata go under ``other``; empty cells are left out.

    Raises:
        ArticleError: the table itself cannot be read, or has no column for the text.
    """
    original = read_limited(path, limit=MAX_TABLE_BYTES)
    stem = id_for_name(path.stem) or "table"
    source = {"file": path.name, "sha256": sha256_of_bytes(original)}
    kept_as = f"{stem}-{str(source['sha256'])[:8]}{path.suffix.lower()}"
    rows = _json_rows(original) if path.suffix.lower() == ".jsonl" else _csv_rows(original, path)
    for number, row in enumerate(rows, start=1):
        where = f"{path}: row {number}"
        try:
            if isinstance(row, ArticleError):
                raise row
            article, text, found = _read_row(row, columns, where=where)
            yield Prepared(
                article=article or f"{stem}-{number}",
                text=decode_article(text.encode("utf-8"), name=where).text,
                metadata={**found, **(metadata or {}), "source": {**source, "row": number}},
                original=original,
                kept_as=kept_as,
                notes=(f"from row {number}",),
            )
        except UnicodeEncodeError as error:
            yield BadRow("undecodable", f"{where}: holds half a character ({error.reason})")
        except ArticleError as error:
            text = str(error)
            yield BadRow(error.cause, text if text.startswith(where) else f"{where}: {text}")


def _read_row(row: Row, columns: Columns, *, where: str) -> tuple[str, str, dict[str, object]]:
    """The row's id (empty where it has none), its text and its metadata."""
    text_column = _column(row, columns.text, _TEXT_NAMES, what="text", option="--text-column")
    if text_column is None:
        raise ArticleError(
            f"there is no column for the text; name it with --text-column, one of: "
            f"{', '.join(row)}",
            cause="no-column",
        )
    id_column = _column(row, columns.id, _ID_NAMES, what="id", option="--id-column")
    name = "" if id_column is None else str(row[id_column] or "")
    article = id_for_name(name)
    if id_column is not None and not article:
        raise ArticleError(f"{where}: its id {name!r} has no letter a–z or digit", cause="name")
    text = row[text_column]
    if not isinstance(text, str):
        raise ArticleError(
            f"{where}: its text is not a string but {text!r:.40}", cause="wrong-type"
        )
    return article, text, _metadata_of(row, columns, without={text_column, id_column})


def _metadata_of(row: Row, columns: Columns, *, without: set[str | None]) -> dict[str, object]:
    mapped = {column: name for name, column in columns.fields.items()}
    if missing := sorted(set(mapped) - set(row)):
        raise ArticleError(
            f"there is no column {missing[0]!r}; there are: {', '.join(row)}", cause="no-column"
        )
    values: dict[str, object] = {}
    for column, value in row.items():
        if column not in without and value not in (None, ""):
            if column == "metadata" and isinstance(value, Mapping):
                values = {**value, **values}
            else:
                values[mapped.get(column, column)] = value
    return from_front_matter(values)


def _column(
    row: Row, wanted: str | None, usual: tuple[str, ...], *, what: str, option: str
) -> str | None:
    if wanted is None:
        names = {name.lower(): name for name in reversed(list(row))}
        return next((names[name] for name in usual if name in names), None)
    if wanted in row:
        return wanted
    raise ArticleError(
        f"there is no column {wanted!r} for the {what}; name one with {option}: {', '.join(row)}",
        cause="no-column",
    )


def _csv_rows(data: bytes, path: Path) -> Iterator[Row | ArticleError]:
    text = _decode_table(data, path)
    head = text.partition("\n")[0]
    delimiter = max(_DELIMITERS, key=head.count)
    csv.field_size_limit(4 * MAX_CHARACTERS)
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        for row in reader:
            if None in row or None in row.values():
                yield ArticleError("has more or fewer cells than columns", cause="malformed")
            else:
                yield dict(row)
    except csv.Error as error:
        yield ArticleError(
            f"is not CSV from line {reader.line_num} on ({error}); save the table again",
            cause="malformed",
        )


def _json_rows(data: bytes) -> Iterator[Row | ArticleError]:
    for line in io.BytesIO(data):
        try:
            if line.strip():
                yield parse_object(line, _LINE)
        except ArticleError as error:
            yield error


def _decode_table(data: bytes, path: Path) -> str:
    if b"\x00" in data and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise ArticleError(f"{path}: is not text; save the table as CSV in UTF-8", cause="binary")
    for encoding in ("utf-16",) if b"\x00" in data else ("utf-8-sig", "windows-1252"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise ArticleError(
        f"{path}: its encoding cannot be told; save it as UTF-8", cause="undecodable"
    )
