"""A workbook for Excel and its like: typed cells, a head to filter by, and no formulas.

What XML cannot hold is written as Excel writes it, ``_x0007_``, and read back from that.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from pipeline import __version__
from pipeline.errors import RecordError, SettingError
from pipeline.export.cells import (
    Cell,
    day_of,
    from_cells,
    lines_of_lost,
    lost,
    moment_of,
    stamp_of,
    to_cells,
)
from pipeline.export.columns import COLUMNS, Holds
from pipeline.export.gather import Gathered
from pipeline.export.reading import refuse_lacking
from pipeline.export.sheet_rows import add_examples, save_with_rows
from pipeline.export.written import Format
from pipeline.extras import needed
from pipeline.guarded.files import open_file
from pipeline.guarded.source import Source

Json = dict[str, Any]
Value = Cell | date  # as openpyxl takes it and gives it back

LONGEST = 32_767
"""How many UTF-16 units a cell of Excel holds."""

MOST_ROWS = 1_048_576
_SHEET, _MEANINGS = "claims", "columns"
_FIRST_DAY = date(1900, 3, 1)  # before it Excel's calendar has a day that never was
_WIDTHS = {
    "sentence": 70,
    **dict.fromkeys(("title", "holder", "target", "target_reads", "antecedent", "comments"), 32),
    **dict.fromkeys(("cue", "publisher", "holder_name", "concept_label", "decided_at"), 20),
}
_MEANING_WIDTHS = {"column": 20, "meaning": 90}
_USUAL_WIDTH = 13
_HIDDEN = ("_start", "_end", "_sha256")
_UNWRITABLE = re.compile(r"[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
_WRITTEN = re.compile(r"_x([0-9A-Fa-f]{4})_")
_HALF_WRITTEN = re.compile(r"_(x[0-9A-Fa-f]{0,4})?$")
_TOO_LONG = f"a cell holds {LONGEST:,} characters at most"
_WHY = {
    **{
        ".".join(
            column.path
        ): f"{_TOO_LONG}{', and one has the mark that parts them' * bool(column.joint)}"
        for column in COLUMNS.values()
    },
    "decided_at": "it is kept to the millisecond",
}


def write_xlsx(gathered: Gathered, path: Path) -> tuple[str, ...]:
    """Write the workbook to ``path``: the claims, and on a second sheet what the columns mean.

    Raises:
        SettingError: openpyxl is not installed, or the claims are more than a sheet has rows.
    """
    openpyxl = needed("openpyxl", who="format xlsx needs", extra="tables")
    if gathered.count >= MOST_ROWS:
        raise SettingError(
            f"xlsx holds {MOST_ROWS - 1:,} claims and these are {gathered.count:,}; take fewer, "
            "as with --since, or write csv or parquet"
        )
    book = openpyxl.Workbook(write_only=True)
    book.properties.creator, book.properties.title = f"stance-claims {__version__}", "Claims"
    counts: Counter[str] = Counter()
    sheet = _new_sheet(book, _SHEET, _widths(), gathered.count)
    add_examples(sheet)
    meanings = _new_sheet(book, _MEANINGS, _MEANING_WIDTHS, len(COLUMNS))
    for name, column in COLUMNS.items():
        meanings.append([name, column.about])
    save_with_rows(book, path, _counted_rows(gathered, counts), len(COLUMNS))
    escaped = counts.pop("", 0)
    return (*lines_of_lost("xlsx", counts, _WHY), *_escaped_line(escaped))


def read_xlsx(path: Path) -> Iterator[Json]:
    """The record of each row's claim, with what the workbook holds of it.

    Raises:
        RecordError: the file is no such workbook.
        SettingError: openpyxl is not installed.
    """
    openpyxl = needed("openpyxl", who="format xlsx needs", extra="tables")
    refused = openpyxl.utils.exceptions.InvalidFileException
    with open_file(path, Source(str(path), RecordError)) as stream:
        try:
            rows = openpyxl.load_workbook(stream, read_only=True)[_SHEET].iter_rows(
                values_only=True
            )
            header = next(rows, ())
        except (KeyError, ValueError, BadZipFile, refused) as error:
            what = f"is no workbook of claims ({error}); export them again"
            raise RecordError(f"{path}: {what}") from error
        refuse_lacking(path, list(COLUMNS), header)
        for row in rows:
            found = dict(zip(header, row, strict=False))
            yield from_cells({name: _from_sheet(name, found.get(name)) for name in COLUMNS})


def _counted_rows(gathered: Gathered, counts: Counter[str]) -> Iterator[list[Value]]:
    """Each claim's row; counted are what would not come back from it, and the cells escaped."""
    for record in gathered.claims():
        cells = to_cells(record)
        row: list[Value] = []
        for name, cell in cells.items():
            value = _to_sheet(name, cell) if isinstance(cell, str) else cell
            if value is not cell:  # the others come back as they are
                counts[""] += isinstance(value, str) and _WRITTEN.search(value) is not None
                cells[name] = _from_sheet(name, value)
            row.append(value)
        counts.update(lost(record, from_cells(cells)))
        yield row


def _to_sheet(name: str, cell: str) -> Value:
    """What stands in the sheet for a text: days and moments where Excel's calendar has them."""
    holds = COLUMNS[name].holds
    if holds is Holds.DAY and (found := day_of(cell)) and found[0].isoformat() == cell:
        return found[0] if found[0] >= _FIRST_DAY else cell
    if holds is Holds.MOMENT and (moment := moment_of(cell)) and moment.date() >= _FIRST_DAY:
        return moment.replace(microsecond=moment.microsecond // 1000 * 1000, tzinfo=None)
    escaped = _UNWRITABLE.sub(_escaped, cell) if _UNWRITABLE.search(cell) else cell
    return _within_limit(escaped)


def _from_sheet(name: str, value: Value) -> Cell:
    """The cell that a value of the sheet stands for."""
    if isinstance(value, date):
        moment = (
            value if isinstance(value, datetime) else datetime.combine(value, datetime.min.time())
        )
        is_day = COLUMNS[name].holds is Holds.DAY
        return moment.date().isoformat() if is_day else stamp_of(moment.replace(tzinfo=UTC))
    if isinstance(value, str):
        return _WRITTEN.sub(lambda found: chr(int(found[1], 16)), value)
    return value


def _escaped(found: re.Match[str]) -> str:
    return f"_x{ord(found[0]):04X}_"


def _within_limit(text: str) -> str:
    """The text, cut with an ellipsis where a cell cannot hold all of it."""
    if 2 * len(text) <= LONGEST or len(text.encode("utf-16-le")) <= 2 * LONGEST:
        return text
    kept = text.encode("utf-16-le")[: 2 * (LONGEST - 1)].decode("utf-16-le", "ignore")
    return f"{_HALF_WRITTEN.sub('', kept)}…"


def _widths() -> dict[str, int]:
    return {name: _WIDTHS.get(name, _USUAL_WIDTH) for name in COLUMNS}


def _new_sheet(book: Any, title: str, widths: dict[str, int], rows: int) -> Any:
    """A sheet whose head stays in view and filters; what only programs read is hidden."""
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    sheet = book.create_sheet(title)
    for number, (name, width) in enumerate(widths.items(), start=1):
        shape = sheet.column_dimensions[get_column_letter(number)]
        shape.width, shape.hidden = width, name.endswith(_HIDDEN)
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(widths))}{rows + 1}"
    head = [WriteOnlyCell(sheet, value=name) for name in widths]
    for cell in head:
        cell.font = Font(bold=True)
    sheet.append(head)
    return sheet


def _escaped_line(count: int) -> Sequence[str]:
    if not count:
        return ()
    cells = f"{count:,} cell{'' if count == 1 else 's'}"
    return (f"xlsx writes control characters in {cells} as Excel does: _x0007_",)


FORMAT = Format(
    "a workbook with typed cells, one row a claim", ".xlsx", write_xlsx, text=False, extra="tables"
)
