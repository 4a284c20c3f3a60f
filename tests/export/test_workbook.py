"""A workbook has typed cells and a head to filter by, and what it cannot hold is said."""

from __future__ import annotations

import zipfile
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from pipeline.errors import RecordError, SettingError
from pipeline.export.columns import COLUMNS
from pipeline.export.gather import Gathered
from pipeline.export.workbook import LONGEST, MOST_ROWS, read_xlsx, write_xlsx
from tests.export.records import Json, claim, gathered_of
from tests.export.without import without


def book_of(folder: Path, *records: Json) -> tuple[Any, tuple[str, ...]]:
    said = write_xlsx(gathered_of(list(records)), folder / "out.xlsx")
    return load_workbook(folder / "out.xlsx"), said


def cells_of(folder: Path, record: Json) -> dict[str, Any]:
    sheet = book_of(folder, record)[0]["claims"]
    return dict(zip(COLUMNS, sheet[2], strict=True))


def dated(date: str) -> Json:
    return claim(metadata={"date": date})


def test_cells_have_the_types_of_their_columns(tmp_path: Path) -> None:
    cells = cells_of(tmp_path, claim())
    assert cells["date"].is_date
    assert cells["date"].value == datetime(2024, 5, 31)
    assert cells["decided_at"].value == datetime(2026, 1, 1, 10, 0, 0, 250_000)
    assert (cells["score"].value, cells["agree"].value) == (0.75, 2)
    assert (cells["negated"].value, cells["hedged"].value) == (False, True)
    assert cells["hedged"].data_type == "b"
    assert cells["holder_country"].value == "NA"
    assert cells["attribution"].value is None


@pytest.mark.parametrize("date", ["2024", "2024-05", "1899-12-31", "1900-02-28"])
def test_a_date_that_excel_has_no_day_for_stays_as_it_is_written(tmp_path: Path, date: str) -> None:
    assert cells_of(tmp_path, dated(date))["date"].value == date
    assert next(iter(read_xlsx(tmp_path / "out.xlsx")))["metadata"]["date"] == date


@pytest.mark.parametrize(
    "words", ["=1+1", "=cmd|' /C calc'!A0", "#N/A", "+1", "@SUM(A1)", "=", "-2"]
)
def test_text_is_never_a_formula_nor_an_error(tmp_path: Path, words: str) -> None:
    cell = cells_of(tmp_path, claim(target_reads=words))["target_reads"]
    assert (cell.value, cell.data_type) == (words, "s")
    sheet = zipfile.ZipFile(tmp_path / "out.xlsx").read("xl/worksheets/sheet1.xml")
    assert b"<f" not in sheet


def test_the_head_stays_in_view_filters_and_is_wide_enough(tmp_path: Path) -> None:
    book, _ = book_of(tmp_path, claim(), claim("a2"))
    sheet = book["claims"]
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == f"A1:{sheet.cell(1, len(COLUMNS)).column_letter}3"
    assert [cell.value for cell in sheet[1]] == list(COLUMNS)
    shapes = {cell.value: sheet.column_dimensions[cell.column_letter] for cell in sheet[1]}
    assert shapes["sentence"].width > shapes["cue"].width > shapes["stance"].width > 8
    assert {name for name, shape in shapes.items() if shape.hidden} == {
        name for name in COLUMNS if name.endswith(("_start", "_end", "_sha256"))
    }
    meanings = {row[0].value: row[1].value for row in book["columns"].iter_rows(min_row=2)}
    assert meanings == {name: column.about for name, column in COLUMNS.items()}


def test_characters_that_xml_cannot_hold_are_written_as_excel_does_and_said(tmp_path: Path) -> None:
    odd = "a\x07b\r\nc _x0041_ d\uffff"
    _, said = book_of(tmp_path, claim(target_reads=odd), claim("a2"))
    (back, _) = read_xlsx(tmp_path / "out.xlsx")
    assert back["target_reads"] == odd
    assert "xlsx writes control characters in 1 cell as Excel does: _x0007_" in said
    sheet = zipfile.ZipFile(tmp_path / "out.xlsx").read("xl/worksheets/sheet1.xml")
    assert b"a_x0007_b_x000D_\nc _x005F_x0041_ d_xFFFF_" in sheet


@pytest.mark.parametrize("sign", ["a", "\x07", "😀", "_x0041_"])
def test_a_cell_holds_so_many_characters_and_the_cut_is_said(tmp_path: Path, sign: str) -> None:
    long = sign * (LONGEST + 1)
    _, said = book_of(tmp_path, claim(target_reads=long), claim("a2"))
    (back, _) = read_xlsx(tmp_path / "out.xlsx")
    kept = back["target_reads"].removesuffix("…")
    assert long.startswith(kept)
    assert len(kept) > LONGEST // 8
    changed = [line for line in said if "target_reads" in line]
    assert changed == [
        "xlsx changes target_reads of 1 claim: a cell holds 32,767 characters at most"
    ]


def test_a_cell_of_just_so_many_characters_is_whole(tmp_path: Path) -> None:
    long = "😀" * (LONGEST // 2)
    book_of(tmp_path, claim(target_reads=long))
    assert next(iter(read_xlsx(tmp_path / "out.xlsx")))["target_reads"] == long


def test_a_time_finer_than_excels_is_said(tmp_path: Path) -> None:
    _, said = book_of(tmp_path, claim(decided_at="2026-01-01T10:00:00.123456Z"))
    assert "xlsx changes decided_at of 1 claim: it is kept to the millisecond" in said


def test_more_claims_than_a_sheet_has_rows_are_refused(tmp_path: Path) -> None:
    many = Gathered(claims=lambda: iter(()), count=MOST_ROWS, articles={})
    with pytest.raises(SettingError, match="holds 1,048,575 claims and these are 1,048,576"):
        write_xlsx(many, tmp_path / "out.xlsx")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"id,article\r\n"])
def test_a_file_that_is_no_workbook_is_refused(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "out.xlsx"
    path.write_bytes(data)
    with pytest.raises(RecordError, match=r"out\.xlsx: is no workbook of claims"):
        list(read_xlsx(path))


@pytest.mark.parametrize(("library", "name"), [("openpyxl", "xlsx"), ("pyarrow", "parquet")])
def test_a_library_that_is_not_there_is_asked_for(library: str, name: str) -> None:
    said = without(library, f"write_export(Path('out'), {name!r}, gathered)")
    assert (
        said
        == f'format {name} needs {library}; install it with: pip install "stance-claims[tables]"'
    )
