"""The formats by name; a new one is a function here and a line in ``FORMATS``."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.errors import SettingError
from pipeline.export.rows import COLUMNS, to_row
from pipeline.files import write_text_atomically

Record = Mapping[str, Any]
_HEAD = """# Columns

One row is one claim. The file is UTF-8. An apostrophe before `=`, `+`, `-` or `@`, at the beginning
of a cell or behind a semicolon, a tab or a line break in it, was put there so that no spreadsheet
takes what follows for a formula; it is not in the text.
"""
_PARTS = ";|\t\n\r\v\f\x85\u2028\u2029"
"""What begins another cell where a spreadsheet parts the table at other marks than commas."""

_UNSEEN = (  # what a spreadsheet passes over, nobody sees, or opens a text in quotes
    r"\s\x00-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f"
    r"\u2028-\u202f\u2060-\u206f\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffc"
    r"\U000e0000-\U000e0fff\""
)
_SIGNS = (  # = + - @ in every width
    r"=+\-@\u207a-\u207c\u208a-\u208c\u2212\ufe62\ufe63\ufe66\ufe6b\uff0b\uff0d\uff1d\uff20"
)
_FORMULA = re.compile(
    rf"(?<![{_UNSEEN};|])(?P<gap>[{_UNSEEN};|]*+)(?P<sign>[{_SIGNS}])"  # each gap is tried once
)
_OPENS = ("\t", "\r", "\n")


@dataclass(frozen=True, slots=True)
class Format:
    """A format: what it is, and the text that it makes of the claims.

    ``beside`` gives further files, by what is added to the path's stem.
    """

    about: str
    text: Callable[[Iterable[Record]], str]
    beside: Mapping[str, Callable[[], str]]


def to_jsonl(records: Iterable[Record]) -> str:
    """One JSON object a line, as in ``verified.jsonl``; its schema is published."""
    lines = (json.dumps(record, ensure_ascii=False, allow_nan=False) for record in records)
    return "".join(f"{line}\n" for line in lines)


def to_csv(records: Iterable[Record]) -> str:
    """One row a claim, UTF-8 with a byte order mark so that spreadsheets read it rightly."""
    buffer = io.StringIO(newline="")
    writer = csv.DictWriter(buffer, list(COLUMNS), lineterminator="\r\n")
    writer.writeheader()
    for record in records:
        writer.writerow({name: harmless(cell) for name, cell in to_row(record).items()})
    return "\ufeff" + buffer.getvalue()


def harmless(cell: str) -> str:
    """The cell, so that no spreadsheet runs it: an apostrophe before what could be a formula.

    Within a cell that is behind a semicolon, a tab or a line break: there another cell begins
    where a spreadsheet parts the table at other marks than commas.

    >>> print(harmless('=HYPERLINK("evil")'), harmless("the vote"), harmless("a;=1+1"))
    '=HYPERLINK("evil") the vote a;'=1+1
    """
    safe = _FORMULA.sub(_with_apostrophe, cell)
    return f"'{safe}" if safe.lstrip(" \u00a0").startswith(_OPENS) else safe


def _with_apostrophe(found: re.Match[str]) -> str:
    gap = found["gap"]
    parted = max(gap.rfind(";"), gap.rfind("|")) + 1
    if not parted and found.start():
        parted = 1 + max(gap.rfind(part) for part in _PARTS)
        if not parted:  # a sign amid a cell's words
            return found[0]
    return f"{gap[:parted]}'{gap[parted:]}{found['sign']}"


def to_dictionary() -> str:
    """What each column of the table means, as Markdown."""
    lines = "".join(f"| `{name}` | {about} |\n" for name, about in COLUMNS.items())
    return f"{_HEAD}\n| column | meaning |\n|---|---|\n{lines}"


FORMATS: Mapping[str, Format] = {
    "jsonl": Format("JSON lines, all that is known of each claim", to_jsonl, {}),
    "csv": Format("a table, one row a claim", to_csv, {".columns.md": to_dictionary}),
}


def find_format(name: str) -> Format:
    """The format of that name.

    Raises:
        SettingError: listing the known ones.
    """
    if name not in FORMATS:
        raise SettingError(f"no format {name!r}; there are: {', '.join(FORMATS)}")
    return FORMATS[name]


def write_export(path: Path, name: str, records: Iterable[Record]) -> tuple[Path, ...]:
    """The files written: the claims, and what stands beside them; each whole or not at all."""
    found = find_format(name)
    write_text_atomically(path, found.text(records))
    others = [(path.with_name(path.stem + end), make) for end, make in found.beside.items()]
    for place, make in others:
        write_text_atomically(place, make())
    return (path, *(place for place, _ in others))
