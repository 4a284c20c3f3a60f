"""Values out of bounds are found wherever they stand in a line, and hashes are none."""

from __future__ import annotations

import pytest

from pipeline.errors import RecordError
from pipeline.guarded.jsons import parse_object
from pipeline.guarded.source import Source
from pipeline.guarded.values import MAX_DEPTH

SOURCE = Source("a.jsonl", RecordError, first=3)
DIGITS = "9" * 101


@pytest.mark.parametrize(
    "line",
    [
        '{"a": 1e999}',
        '{"a":-1E400}',
        '{"a": [0,1e+0400]}',
        '{"a":\n12.5e999}',
        '{"a":\t{"b": [1,\r\n1e999]}}',
        f'{{"a": {DIGITS}}}',
        f'{{"a":[-{DIGITS}]}}',
        f'{{"a": [1,{DIGITS}]}}',
        '{"a": "\\ud800"}',
        '{"\\uDFff": 1}',
        '{"a": "\ud800"}',
    ],
)
def test_a_value_out_of_bounds_is_refused_by_line(line: str) -> None:
    with pytest.raises(RecordError, match=r"^a\.jsonl:3: .*(finite|digits|half)"):
        parse_object(line, SOURCE)


@pytest.mark.parametrize(
    "line",
    [
        '{"a": "3e9995d1e400f7"}',
        '{"a": "1e999"}',
        '{"a": "see 1e999, or 2E1000"}',
        f'{{"a": "{DIGITS}"}}',
        f'{{"a": "No. {DIGITS}"}}',
        '{"a": 1e-999, "b": 1e30}',
        '{"a": "\\ud83d\\ude00 😀"}',
        f'{{"a": 0.{"0" * 120}1}}',
    ],
)
def test_words_and_ordinary_numbers_are_taken(line: str) -> None:
    assert "a" in parse_object(line, SOURCE)


def test_depth_is_counted_where_there_are_brackets_enough() -> None:
    def nested(depth: int) -> str:
        return '{"a":' * depth + "1" + "}" * depth

    assert parse_object(nested(MAX_DEPTH), SOURCE)
    assert parse_object('{"a": [' + ",".join(["[1]"] * 3 * MAX_DEPTH) + "]}", SOURCE)
    with pytest.raises(RecordError, match="nested deeper"):
        parse_object(nested(MAX_DEPTH + 1), SOURCE)
