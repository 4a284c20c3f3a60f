"""Tables of articles: CSV and JSON lines, one article a row, their columns named by the caller."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline.errors import ArticleError
from pipeline.files import sha256_of_bytes
from pipeline.guarded.jsons import parse_object
from pipeline.guarded.source import Source
from pipeline.lexicon.intake_words import NO_WORDS, IntakeWords
from pipeline.reading.columns import Columns as Columns
from pipeline.reading.columns import Row, read_row, stated_date
from pipeline.reading.corpus import id_for_name
from pipeline.reading.dates import Convention, find_convention
from pipeline.reading.decode import MAX_CHARACTERS, decode_article
from pipeline.reading.prepare import Prepared
from pipeline.reading.safety import read_limited

MAX_TABLE_BYTES = 200 * 1024 * 1024
"""The largest table that is read."""

_LINE = Source("", ArticleError)
_DELIMITERS = ",;\t|"
_SEPARATOR = re.compile(
    r"[\r\n]*(?P<quote>\"?)sep=(?P<delimiter>[^\w\r\n\"])(?P=quote)(?P=delimiter)* *"
    r"(?:\r\n|\n|\r|\Z)",
    re.IGNORECASE,
)
_HEAD = re.compile(r"[\r\n]*(?P<names>[^\r\n]*)")
_QUOTED = re.compile(r'"[^"]*"')


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that makes no article: where it stands, one word, and a sentence for a person."""

    cause: str
    message: str


def prepare_table(
    path: Path,
    columns: Columns,
    *,
    metadata: Mapping[str, object] | None = None,
    words: IntakeWords = NO_WORDS,
) -> Iterator[Prepared | BadRow]:
    """The article of each row, in order, or what is wrong with the row; the rest goes on.

    Without a column for it an article's id is the file's name and the row's number, from 1.
    Columns that are no field of the metadata go under ``other``; empty cells are left out. The
    dates are looked at first, all of them: together they settle what one leaves open.

    Raises:
        ArticleError: the table itself cannot be read, or has no column for the text.
    """
    original = read_limited(path, limit=MAX_TABLE_BYTES)
    stem = id_for_name(path.stem) or "table"
    source = {"file": path.name, "sha256": sha256_of_bytes(original)}
    kept_as = f"{stem}-{str(source['sha256'])[:8]}{path.suffix.lower()}"
    read = _json_rows if path.suffix.lower() == ".jsonl" else _csv_reader(original, path)
    dates = _convention(read(original), columns, words)
    for number, row in enumerate(read(original), start=1):
        where = f"{path}: row {number}"
        try:
            if isinstance(row, ArticleError):
                raise row
            found = read_row(row, columns, words, dates)
            yield Prepared(
                article=found.id or f"{stem}-{number}",
                text=decode_article(found.text.encode("utf-8"), name=where).text,
                metadata={
                    **found.metadata,
                    **(metadata or {}),
                    "source": {**source, "row": number},
                },
                original=original,
                kept_as=kept_as,
                notes=(f"from row {number}", *found.notes),
                cells=found.cells,
            )
        except UnicodeEncodeError as error:
            yield BadRow("undecodable", f"{where}: holds half a character ({error.reason})")
        except ArticleError as error:
            text = str(error)
            yield BadRow(error.cause, text if text.startswith(where) else f"{where}: {text}")


def _convention(
    rows: Iterable[Row | ArticleError], columns: Columns, words: IntakeWords
) -> Convention:
    """How the dates of the table are written; the order is as it was said, where it was."""
    dates = (stated_date(row, columns, words) for row in rows if not isinstance(row, ArticleError))
    found = find_convention(date for date in dates if date is not None)
    return found if columns.order is None else replace(found, order=columns.order)


def _csv_reader(data: bytes, path: Path) -> Callable[[bytes], Iterator[Row | ArticleError]]:
    """What reads the rows of a table with a delimiter, decoded once for all passes."""
    text = _decode_table(data, path)
    return lambda _: _csv_rows(text)


def _csv_rows(text: str) -> Iterator[Row | ArticleError]:
    """The rows below the names of the columns; Excel's first line ``sep=;`` is no row."""
    said = _SEPARATOR.match(text)
    start = said.end() if said else len(text) - len(text.lstrip("\r\n"))
    delimiter = said["delimiter"] if said else _delimiter_of(text)
    csv.field_size_limit(4 * MAX_CHARACTERS)
    stream = io.StringIO(text, newline="")
    stream.seek(start)
    reader = csv.DictReader(stream, delimiter=delimiter, strict=True)
    try:
        for row in reader:
            if None in row or None in row.values():
                yield ArticleError("has more or fewer cells than columns", cause="malformed")
            else:
                yield dict(row)
    except csv.Error as error:
        line = reader.line_num + text.count("\n", 0, start)
        yield ArticleError(
            f"is not CSV from line {line} on ({error}); save the table again",
            cause="malformed",
        )


def _delimiter_of(text: str) -> str:
    """The delimiter that the names of the columns have most of, quoted names aside."""
    head = _HEAD.match(text)
    names = _QUOTED.sub("", head["names"]) if head else ""
    return max(_DELIMITERS, key=names.count)


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
            return data.decode(encoding).lstrip("\ufeff")
        except UnicodeDecodeError:
            continue
    raise ArticleError(
        f"{path}: its encoding cannot be told; save it as UTF-8", cause="undecodable"
    )
