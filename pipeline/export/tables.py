"""The table of all columns, one row a claim, that spreadsheets read and run nothing of."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from pipeline.export.cells import (
    from_cells,
    from_text,
    lines_of_lost,
    lost,
    to_cells,
    to_text,
)
from pipeline.export.columns import COLUMNS
from pipeline.export.formulas import harmless as harmless
from pipeline.export.gather import Gathered
from pipeline.export.written import Format

Json = dict[str, Any]
Row = Mapping[str, str]

_HEAD = """# Columns

One row is one {unit}. The file is UTF-8. An apostrophe before `=`, `+`, `-` or `@`, at the
beginning of a cell or behind a semicolon, a tab or a line break in it, was put there so that no
spreadsheet takes what follows for a formula; it is not in the text. Empty is what is not known:
where your program takes the letters NA for that, tell it not to, for NA is also Namibia.
"""
_JOINED = "one of them has the mark in it that parts them"


def to_dictionary(columns: Mapping[str, str] | None = None, unit: str = "claim") -> str:
    """What each column of the table means, as Markdown."""
    meanings = columns or {name: column.about for name, column in COLUMNS.items()}
    lines = "".join(f"| `{name}` | {about} |\n" for name, about in meanings.items())
    return f"{_HEAD.format(unit=unit)}\n| column | meaning |\n|---|---|\n{lines}"


def write_csv(gathered: Gathered, path: Path) -> tuple[str, ...]:
    """Write the table to ``path``, and beside it what its columns mean."""
    counts: Counter[str] = Counter()
    write_table(path, list(COLUMNS), _counted_rows(gathered, counts))
    write_dictionary(path, to_dictionary())
    why = {".".join(column.path): _JOINED for column in COLUMNS.values() if column.joint}
    return tuple(lines_of_lost("csv", counts, why))


def read_csv(path: Path) -> Iterator[Json]:
    """The record of each row's claim, with what a table holds of it.

    Raises:
        RecordError: naming the line whose cell is not of its column's type, and the column that
            the file has not.
    """
    from pipeline.export.reading import read_table, told_where

    for place, row in read_table(path, list(COLUMNS)):
        with told_where(place):
            yield from_cells({name: from_text(name, cell) for name, cell in row.items()})


def write_table(path: Path, names: list[str], rows: Iterable[Row]) -> None:
    """Write a table for spreadsheets: UTF-8 with its mark, no cell that one of them would run."""
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\r\n")
        writer.writerow(names)
        writer.writerows([harmless(row[name]) for name in names] for row in rows)


def write_dictionary(path: Path, text: str) -> None:
    """Write what the columns of the table at ``path`` mean beside it."""
    about = path.with_name(f"{path.stem}.columns.md")
    about.write_text(text, encoding="utf-8", newline="")


def _counted_rows(gathered: Gathered, counts: Counter[str]) -> Iterator[Row]:
    """Each claim's row; what would not come back from it is counted."""
    for record in gathered.claims():
        cells = to_cells(record)
        counts.update(lost(record, from_cells(cells)))
        yield {name: to_text(cell) for name, cell in cells.items()}


FORMAT = Format("a table, one row a claim", ".csv", write_csv)
