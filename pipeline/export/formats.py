"""The formats by name; a new one is a function here and a line in ``FORMATS``."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.errors import SettingError
from pipeline.export.rows import COLUMNS, to_row
from pipeline.files import write_text_atomically

Record = Mapping[str, Any]
_HEAD = """# Columns

One row is one claim. The file is UTF-8. A cell that begins with `'` before `=`, `+`, `-` or `@` was
made harmless for spreadsheets; that apostrophe is not in the text.
"""
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


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
    """The cell, so that no spreadsheet runs it: where it could be a formula, after an apostrophe.

    >>> print(harmless('=HYPERLINK("evil")'), harmless("the vote"))
    '=HYPERLINK("evil") the vote
    """
    return f"'{cell}" if cell.lstrip(" \u00a0").startswith(_FORMULA) else cell


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
