"""The ledger of corrections: written, read back, refused, taken back, merged."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from pipeline.dataset.corrections import (
    CORRECTIONS,
    Correction,
    Deed,
    add_correction,
    read_corrections,
    standing_corrections,
    to_json,
    with_id,
)
from pipeline.errors import RecordError
from pipeline.schemas import validator


def made(deed, entity, into, minute=0, **more):
    at = f"2026-01-01T10:{minute:02}:00.000000Z"
    return with_id(Correction(Deed(deed), entity, into, at, **more))


MERGE = made("merge", "org:oea", "org:OAS")
RENAME = made("rename", "org:ftu", "org:free-trade-union", 1, name="Free Trade Union")
SPLIT = made("split", "person:hill", "person:benny-hill", 2, forms=("Hill",), articles=("vote",))
UNDO = made("undo", "org:oea", "org:OAS", 3, undoes=MERGE.id)


def test_what_is_written_is_read_back_in_order_of_time(tmp_path):
    for one in (UNDO, SPLIT, MERGE, RENAME):
        add_correction(tmp_path, one)
    assert read_corrections(tmp_path) == (MERGE, RENAME, SPLIT, UNDO)
    for line in (tmp_path / CORRECTIONS).read_text(encoding="utf-8").splitlines():
        assert list(validator("correction").iter_errors(json.loads(line))) == []


def test_earlier_lines_stay_as_they_are(tmp_path):
    add_correction(tmp_path, MERGE)
    first = (tmp_path / CORRECTIONS).read_bytes()
    add_correction(tmp_path, UNDO)
    assert (tmp_path / CORRECTIONS).read_bytes().startswith(first)


def test_a_line_twice_counts_once_and_one_without_a_newline_counts(tmp_path):
    line = json.dumps(to_json(MERGE))
    (tmp_path / CORRECTIONS).write_text(f"{line}\n\n{line}", encoding="utf-8")
    add_correction(tmp_path, RENAME)
    assert read_corrections(tmp_path) == (MERGE, RENAME)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"into": "org:CELAC"}, "changed after it was written"),
        ({"entity": "oea"}, "id of an entity"),
        ({"deed": "marry"}, "one of merge, rename, split, undo"),
        ({"version": 9}, "version"),
        ({"decided_at": "yesterday"}, "UTC"),
        ({"forms": "Hill"}, "list of strings"),
    ],
)
def test_a_wrong_line_is_refused_with_its_place(tmp_path, change, message):
    record = {**to_json(MERGE), **change}
    text = f"{json.dumps(to_json(RENAME))}\n{json.dumps(record)}\n"
    (tmp_path / CORRECTIONS).write_text(text, encoding="utf-8")
    with pytest.raises(RecordError, match=rf"{CORRECTIONS}:2: ") as caught:
        read_corrections(tmp_path)
    assert message in str(caught.value)


def test_nothing_is_added_behind_a_line_that_cannot_be_read(tmp_path):
    (tmp_path / CORRECTIONS).write_text("<<<<<<< HEAD\n", encoding="utf-8")
    with pytest.raises(RecordError):
        add_correction(tmp_path, MERGE)
    assert (tmp_path / CORRECTIONS).read_text(encoding="utf-8") == "<<<<<<< HEAD\n"


def test_what_was_taken_back_does_not_stand():
    assert standing_corrections((MERGE, RENAME, UNDO)) == (RENAME,)


@pytest.mark.parametrize(
    "second",
    [made("merge", "org:OAS", "org:oea", 1), made("rename", "org:OAS", "org:oea", 1)],
)
def test_of_two_opposite_corrections_the_earlier_stands(second):
    assert standing_corrections((MERGE, second)) == (MERGE,)


def test_a_longer_circle_is_cut_at_its_last_step():
    chain = [
        made("merge", f"org:{a}", f"org:{b}", n) for n, (a, b) in enumerate(["ab", "bc", "ca"])
    ]
    assert standing_corrections(chain) == tuple(chain[:2])


def test_ids_are_hashes_of_what_they_name():
    assert replace(MERGE, into="org:CELAC").id != with_id(replace(MERGE, into="org:CELAC")).id
