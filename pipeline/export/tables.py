"""The table of all columns, one row a claim, that spreadsheets read and run nothing of."""

from __future__ import annotations

import csv
import re
from pathlib import Path

from pipeline.export.gather import Gathered
from pipeline.export.rows import COLUMNS, to_row
from pipeline.export.written import Format

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


def write_csv(gathered: Gathered, path: Path) -> tuple[str, ...]:
    """Write the table to ``path``, and beside it what its columns mean."""
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.DictWriter(stream, list(COLUMNS), lineterminator="\r\n")
        writer.writeheader()
        for record in gathered.claims():
            writer.writerow({name: harmless(cell) for name, cell in to_row(record).items()})
    about = path.with_name(f"{path.stem}.columns.md")
    about.write_text(to_dictionary(), encoding="utf-8", newline="")
    return ()


FORMAT = Format("a table, one row a claim", ".csv", write_csv)
