"""The claims of a file, of whatever kind it is, each with its line or the reason it has none."""

from __future__ import annotations

import codecs
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from pipeline.errors import PipelineError, RecordError
from pipeline.guarded.files import open_file
from pipeline.guarded.jsons import parse_object
from pipeline.guarded.source import Source
from pipeline.importing.quotation import QuotedClaim, claim_from_record, quoted_claim
from pipeline.jsonl_fields import Fields, read_extraction
from pipeline.schemas import validator

Json = dict[str, Any]
TextOf = Callable[[Json], str | None]
SCHEMA = "import"
STDIN = Path("-")
_HEAD, _PARQUET, _CONTEXT = 1000, b"PAR1", b'"@context"'
_KEYS = ("article", "holder", "cue", "stance")
_LINES = "claims are read as JSON lines: export them with -f jsonl"
_OTHERS = {
    b"SQLite format 3\0": "a database; one that was coded in Discourse Network Analyzer is read "
    "where its name ends in .dna",
    b"<": f"XML or HTML; {_LINES}",
    b"[": "one JSON array; write a line a claim, as this does: jq -c '.[]'",
    b"PK\x03\x04": f"an archive, as Excel files and QDA projects are; {_LINES}",
}
_HINT = 'one claim a line: {"article": ID, "holder": …, "cue": …, "stance": …, "target": …}'


@dataclass(frozen=True, slots=True)
class Refused:
    """A claim that cannot be taken; what is said of it begins with file and line."""

    says: str


def read_claims(path: Path, *, source: str, text_of: TextOf) -> Iterator[QuotedClaim | Refused]:
    """Each claim of a file in its order; what is wrong with one stops no other.

    A file is JSON lines, of quotations or as ``claims export`` writes them (jsonl, gold), or Web
    Annotations, or a table in Parquet. ``source`` names who says so where a line does not;
    ``text_of`` gives the text that the offsets of an exported record count in, if it is here.
    """
    try:
        head = _head_of(path)
        if head.startswith(_PARQUET):
            yield from _of_records(_parquet(path), path, source, text_of)
        elif _CONTEXT in head:
            yield from _of_records(_annotations(path), path, source, text_of)
        elif what := _what_else(head):
            yield Refused(f"{path}: {what}")
        else:
            yield from _of_lines(path, source, text_of)
    except PipelineError as error:
        yield Refused(str(error))


def _head_of(path: Path) -> bytes:
    """How the file begins, by which its kind is known; nothing of standard input."""
    if path == STDIN:
        return b""
    with open_file(path, Source(str(path), RecordError)) as stream:
        return stream.read(_HEAD)


def _what_else(head: bytes) -> str:
    r"""What a file is that has no claims a line, and what to do; empty where it may have them.

    >>> _what_else(b"id,article,holder\n"), _what_else(b'{"article": "vote"}')
    ('a table; claims are read as JSON lines: export them with -f jsonl', '')
    """
    begins = head.removeprefix(codecs.BOM_UTF8).lstrip()
    if begins.startswith(b"{"):
        return ""
    for mark, what in _OTHERS.items():
        if begins.startswith(mark):
            return what
    if any(byte < ord("\t") for byte in head):
        return f"not text; claims are read as JSON lines in UTF-8: {_HINT}"
    first = begins.split(b"\n", 1)[0]
    columns = re.split(rb"[,;\t]", first.replace(b'"', b"").strip())
    is_table = len(columns) > 1 and b"article" in columns
    return f"a table; {_LINES}" if is_table else ""


def _of_lines(path: Path, source: str, text_of: TextOf) -> Iterator[QuotedClaim | Refused]:
    with _opened(path) as stream:
        for number, raw in enumerate(stream, start=1):
            if not raw.strip():
                continue
            place = f"{path}:{number}"
            try:
                line = parse_object(raw, Source(str(path), RecordError, first=number), hint=_HINT)
                yield from _of_line(line, place, source, text_of)
            except RecordError as error:
                yield Refused(str(error))


@contextmanager
def _opened(path: Path) -> Iterator[BinaryIO]:
    """The bytes of a file, or of standard input where it is called ``-``."""
    if path == STDIN:
        yield sys.stdin.buffer
    else:
        with open_file(path, Source(str(path), RecordError)) as stream:
            yield stream


def _of_line(line: Json, place: str, source: str, text_of: TextOf) -> Iterator[QuotedClaim]:
    """The claims of one line: many of a line of gold, else one.

    Raises:
        RecordError: beginning with ``file:line``.
    """
    if "claims" in line and "text" in line:
        from pipeline.export.gold import records_of

        for record in records_of(read_extraction(Fields(line, where=f"{place}: "))):
            yield _of_record(record, place, source, text_of)
    elif "text_sha256" in line:
        yield _of_record(line, place, source, text_of)
    else:
        if fault := fault_of(line):
            raise RecordError(f"{place}: {fault}")
        yield quoted_claim(line, place=place, source=source)


def fault_of(line: Mapping[str, Any]) -> str:
    """What is wrong with a line of quotations by its schema; empty where nothing is.

    >>> fault_of({"article": "vote", "holder": "Chile", "cue": "rejected", "stance": "against"})
    "stance: 'against' is not one of ['support', 'oppose', 'neutral']"
    """
    from jsonschema.exceptions import best_match

    missing = [name for name in _KEYS if name not in line]
    if missing:
        return f"{', '.join(missing)} {'is' if len(missing) == 1 else 'are'} missing; {_HINT}"
    flaw = best_match(validator(SCHEMA).iter_errors(line))
    if flaw is None:
        return _fault_of_ends(line)
    where = ".".join(map(str, flaw.absolute_path))
    return f"{where + ': ' if where else ''}{flaw.message[:200]}"


def _fault_of_ends(line: Mapping[str, Any]) -> str:
    """What is wrong with the offsets of its quotations; empty where nothing is."""
    for name, value in line.items():
        if isinstance(value, dict) and "end" in value:
            start, end, text = value.get("start"), value["end"], value["text"]
            if start is None or end - start != len(text):
                return f"{name}: {start}–{end} are not the offsets of {len(text)} characters"
    return ""


def _of_records(
    records: Iterator[tuple[Json, str]], path: Path, source: str, text_of: TextOf
) -> Iterator[QuotedClaim | Refused]:
    for record, place in records:
        try:
            yield _of_record(record, f"{path}:{place}", source, text_of)
        except RecordError as error:
            yield Refused(str(error))


def _of_record(record: Json, place: str, source: str, text_of: TextOf) -> QuotedClaim:
    try:
        text = text_of(record)
        return claim_from_record(record, text=text, place=place, source=source)
    except (KeyError, TypeError, ValueError, AttributeError, AssertionError) as error:
        what = f"{type(error).__name__} {error}"
        raise RecordError(f"{place}: not a claim as claims export writes it ({what})") from error


def _annotations(path: Path) -> Iterator[tuple[Json, str]]:
    from pipeline.export.web_annotation_reading import read_annotated

    return ((record, str(line)) for record, line in read_annotated(path))


def _parquet(path: Path) -> Iterator[tuple[Json, str]]:
    from pipeline.export.parquet import read_parquet

    return ((record, f"row {number}") for number, record in enumerate(read_parquet(path), start=1))
