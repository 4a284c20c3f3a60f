"""Exports hold every claim, and nothing that a spreadsheet would run."""

from __future__ import annotations

import csv
import json
import re
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.dataset.fold import fold_decisions
from pipeline.dataset.records import Rule
from pipeline.dataset.verified import to_json
from pipeline.errors import SettingError
from pipeline.export.formats import FORMATS, find_format, write_export
from pipeline.export.gather import Gathered
from pipeline.export.json_lines import to_jsonl
from pipeline.export.rows import COLUMNS, machine_records, to_row
from pipeline.export.tables import harmless
from tests.dataset.build import article, chile, decide, peru
from tests.dataset.test_verified import paged


def records(comment: str = "") -> list[dict[str, object]]:
    decisions = [decide(chile(), comment=comment), decide(peru())]
    fold = fold_decisions(decisions, {"note": article()}, rule=Rule.FIRST)
    return [to_json(claim) for claim in fold.verified]


def gathered(comment: str = "") -> Gathered:
    found = records(comment)
    return Gathered(claims=lambda: iter(found), count=len(found), articles={"note": article()})


def table_of(folder: Path, comment: str = "") -> list[dict[str, str]]:
    (path, _) = write_export(folder / "out.csv", "csv", gathered(comment)).paths
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def test_json_lines_are_the_verified_lines() -> None:
    assert [json.loads(line) for line in to_jsonl(records()).splitlines()] == records()


def test_a_row_has_every_column_and_the_right_words(tmp_path: Path) -> None:
    rows = table_of(tmp_path)
    assert [list(row) for row in rows] == [list(COLUMNS)] * 2
    assert rows[0]["sentence"] == "Chile rejected the draft."
    assert (rows[0]["holder"], rows[0]["holder_entity"]) == ("Chile", "country:CL")
    assert (rows[0]["stance"], rows[0]["source"]) == ("oppose", "human")


BEHIND_WHAT_NOBODY_SEES = [
    f"{unseen}{sign}1+1"
    for unseen in (
        "",
        "\t",
        "  ",
        "\u00a0",
        "\u200b",
        "\ufeff",
        "\u2060\u200d",
        "\x00",
        "\u202e",
        '"',
    )
    for sign in "=+-@＝－﹢−"
]


@pytest.mark.parametrize("cell", BEHIND_WHAT_NOBODY_SEES)
def test_formulas_are_made_harmless(tmp_path: Path, cell: str) -> None:
    assert harmless(cell) == f"'{cell}"
    row = table_of(tmp_path, cell)[0]
    assert row["comments"] == f"'{cell}"


@given(st.text(max_size=30))
def test_any_text_comes_back_from_the_table(text: str) -> None:
    text = text.encode("utf-8", "ignore").decode()
    with tempfile.TemporaryDirectory() as folder:
        row = table_of(Path(folder), text)[0]
    assert row["comments"].replace("'", "") == text.replace("'", "")
    for cell in re.split(r"[;|\t\r\n]", row["comments"]):
        assert not cell.strip(" \u200b\ufeff\u00a0").startswith(("=", "+", "-", "@", "＝", "＠"))


@pytest.mark.parametrize(
    ("cell", "safe"),
    [
        ("the vote;=1+1", "the vote;'=1+1"),
        ("the vote; \u200b=1+1;@x", "the vote;' \u200b=1+1;'@x"),
        ("the vote\n=1+1", "the vote\n'=1+1"),
        ("the vote\t+1", "the vote\t'+1"),
        ("fine | =1+1", "fine |' =1+1"),
        (";=1", ";'=1"),
        ("anti-drug law", "anti-drug law"),
        ("a = b; c - d", "a = b; c - d"),
        ("who@example.org", "who@example.org"),
        ("1,5 - 2", "1,5 - 2"),
    ],
)
def test_a_formula_behind_a_mark_that_parts_cells_is_made_harmless(cell: str, safe: str) -> None:
    assert harmless(cell) == safe


def test_a_very_long_cell_costs_no_more_a_character() -> None:
    for part in (" ", ";", "\n", "\u200b", "=", " ;\n"):
        assert len(harmless(part * 300_000)) >= 300_000


def test_what_the_machine_says_is_marked_so() -> None:
    rows = [to_row(record) for record in machine_records([article()])]
    assert {(row["source"], row["verdict"], row["reviewers"]) for row in rows} == {
        ("machine", "", "")
    }
    assert rows[0]["sentence"] == "Chile rejected the draft."


def test_a_row_has_the_page_of_each_span_where_there_are_pages() -> None:
    (verified,) = fold_decisions([decide(peru())], {"note": paged()}, rule=Rule.FIRST).verified
    machine = [one for one in machine_records([paged()]) if one["holder"]["text"] == "Peru"]
    for record in (to_json(verified), *machine):
        row = to_row(record)
        found = [row[f"{name}_page"] for name in ("sentence", "holder", "cue", "target")]
        assert found == ["1", "1", "2", "2"]
        assert row["attribution_page"] == ""
    pages = {row[f"{name}_page"] for row in map(to_row, records()) for name in ("holder", "cue")}
    assert pages == {""}


def test_the_dictionary_beside_the_table_names_every_column(tmp_path: Path) -> None:
    table, columns = write_export(tmp_path / "out.csv", "csv", gathered()).paths
    assert table.read_bytes().startswith(b"\xef\xbb\xbf")
    words = columns.read_text()
    assert all(f"| `{name}` |" in words for name in COLUMNS)


def test_an_unknown_format_lists_the_known() -> None:
    with pytest.raises(SettingError, match=", ".join(FORMATS)):
        find_format("xls")
