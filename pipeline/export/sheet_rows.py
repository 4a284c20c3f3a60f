"""The rows of a large sheet, written into a workbook that openpyxl has made without them.

openpyxl makes an object of each cell, which for 100,000 claims takes half a minute. All that it
decides (styles, heads, widths, relations between the parts) is taken from it; only the cells of the
rows, which have four shapes, are written here.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

Value = str | int | float | bool | date | None

_SHEET = "xl/worksheets/sheet1.xml"
_EXAMPLES, _END = '<row r="2">', "</sheetData>"
_STYLE = re.compile(r' s="(\d+)"')


@dataclass(frozen=True, slots=True)
class _Shapes:
    """How cells are written: the letters of the columns, and the styles of what has one."""

    letters: tuple[str, ...]
    day: str
    moment: str
    quoted: str
    number_of: Callable[[date], object]

    def row(self, number: int, values: Iterable[Value]) -> str:
        """The row of that number, from 1; cells of nothing are left out."""
        cells = "".join(
            self._cell(f'<c r="{letter}{number}"', value)
            for letter, value in zip(self.letters, values, strict=False)
            if value is not None
        )
        return f'<row r="{number}">{cells}</row>'

    def _cell(self, begun: str, value: Value) -> str:
        if isinstance(value, str):
            style = self.quoted if value.startswith(("=", "#")) else ""
            kept = ' xml:space="preserve"' if value != value.strip() else ""
            words = value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
            return f'{begun}{style} t="inlineStr"><is><t{kept}>{words}</t></is></c>'
        if isinstance(value, bool):
            return f'{begun} t="b"><v>{value:d}</v></c>'
        if isinstance(value, date):
            style = self.moment if isinstance(value, datetime) else self.day
            return f'{begun}{style} t="n"><v>{self.number_of(value)}</v></c>'
        return f'{begun} t="n"><v>{value!r}</v></c>'


def add_examples(sheet: Any) -> None:
    """Add to a sheet with a head alone the row by which ``save_with_rows`` knows its styles."""
    from openpyxl.cell import WriteOnlyCell

    quoted = WriteOnlyCell(sheet, value="=")
    quoted.data_type, quoted.quotePrefix = "s", True  # the latter for whoever edits it
    sheet.append([date(2000, 1, 1), datetime(2000, 1, 1, 1), quoted])


def save_with_rows(book: Any, path: Path, rows: Iterable[Iterable[Value]], width: int) -> None:
    """Write the workbook, with rows in the place of the examples on its first sheet.

    Texts beginning as formulas do are marked as texts. ``rows`` are consumed one after the other.
    """
    made = io.BytesIO()
    book.save(made)
    with ZipFile(made) as source, ZipFile(path, "w", ZIP_DEFLATED) as target:
        for info in source.infolist():
            if info.filename != _SHEET:
                target.writestr(info, source.read(info), ZIP_DEFLATED)
                continue
            begun, _, rest = source.read(info).decode("utf-8").partition(_EXAMPLES)
            examples, _, ending = rest.partition(_END)
            shapes = _shapes_of(examples, width)
            with target.open(_SHEET, "w", force_zip64=True) as stream:
                stream.write(begun.encode("utf-8"))
                for number, values in enumerate(rows, start=2):
                    stream.write(shapes.row(number, values).encode("utf-8"))
                stream.write(f"{_END}{ending}".encode())


def _shapes_of(examples: str, width: int) -> _Shapes:
    """How cells are written, by the row of examples."""
    from openpyxl.utils import get_column_letter
    from openpyxl.utils.datetime import to_excel

    day, moment, quoted = (f' s="{number}"' for number in _STYLE.findall(examples))
    letters = tuple(map(get_column_letter, range(1, width + 1)))
    return _Shapes(letters, day, moment, quoted, to_excel)
