"""What readr (2.1, for R) makes of a table, in Python: marks, missing values, guessed types.

Source: the documentation of readr, "Column type" and ``read_delim``: logical is T, F, TRUE, FALSE,
true or false; then numbers, dates as %Y-%m-%d, times, date-times in ISO 8601; else character. A
column without a value is logical.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from pathlib import Path

_GUESSES = (
    ("logical", r"T|F|TRUE|FALSE|true|false"),
    ("double", r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?|[+-]?(Inf|NaN)"),
    ("date", r"\d{4}[-/]\d{1,2}[-/]\d{1,2}"),
    ("time", r"\d{1,2}:\d\d(:\d\d(\.\d+)?)?( ?[AaPp][Mm])?"),
    ("datetime", r"\d{4}-\d\d-\d\d[T ]\d\d:?\d\d(:?\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?"),
)

Column = list[str | None]


def read_csv(path: Path, *, na: Sequence[str] = ("", "NA")) -> dict[str, Column]:
    """The columns, without the mark at the file's beginning; what ``na`` lists is missing."""
    with path.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.reader(stream))
    assert {len(row) for row in rows} == {len(rows[0])}
    return {
        name: [None if row[place] in na else row[place] for row in rows[1:]]
        for place, name in enumerate(rows[0])
    }


def guess(column: Column) -> str:
    """The type that readr gives a column whose type is not said."""
    there = [cell for cell in column if cell is not None]
    for name, pattern in _GUESSES:
        if all(re.fullmatch(pattern, cell) for cell in there):
            return name
    return "character"
