"""The random sample is the same everywhere, and who read what of it is only ever added to."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest

from pipeline.dataset.sample import (
    SAMPLE_FILE,
    Reading,
    add_readings,
    find_sampled,
    is_sampled,
    passage_id,
    place_in_queue,
    read_readings,
    readers_of,
    to_json,
)
from pipeline.errors import RecordError
from pipeline.records import Extraction, Span

SCHEMA = Path(__file__).parents[2] / "pipeline" / "schemas" / "sample.schema.json"
NAMES = [passage_id("note", f"Passage {number}.") for number in range(4000)]


def reading(**more: object) -> Reading:
    usual = Reading(NAMES[0], "note", "ana", "2026-01-01T10:00:00.000000Z", "http://server 1 7")
    return replace(usual, **more)  # type: ignore[arg-type]


def test_the_share_is_what_was_asked_for_and_a_larger_sample_has_the_smaller_one() -> None:
    drawn = {share: {one for one in NAMES if is_sampled(one, share)} for share in (0, 0.1, 0.3, 1)}
    assert (len(drawn[0]), len(drawn[1])) == (0, len(NAMES))
    for share in (0.1, 0.3):  # four standard errors
        assert abs(len(drawn[share]) - share * 4000) < 4 * (share * (1 - share) * 4000) ** 0.5
    assert drawn[0.1] < drawn[0.3]


def test_where_a_passage_comes_in_the_queue_does_not_hang_on_why_it_is_in_the_sample() -> None:
    places = sorted(place_in_queue(one) for one in NAMES if is_sampled(one, 0.1))
    halves = [sum(place < 0.5 for place in places), sum(place >= 0.5 for place in places)]
    assert abs(halves[0] - halves[1]) < 4 * len(places) ** 0.5


def test_the_sample_survives_what_changes_elsewhere() -> None:
    old = Extraction("note", "One.\nTwo is here.\nThree.")
    new = Extraction("note", "One, and much more.\n\nTwo  is here.\nThree.")
    name = passage_id("note", "Two is here.")
    assert find_sampled(old, [Span(5, 17)], 1) == {Span(5, 17): name}
    assert find_sampled(new, [Span(21, 34)], 1) == {Span(21, 34): name}
    assert passage_id("other", "Two is here.") != name


def test_lines_are_added_once_and_the_last_word_counts(tmp_path: Path) -> None:
    assert read_readings(tmp_path) == ()
    later = reading(at="2026-01-02T10:00:00.000000Z", read=False)
    assert add_readings(tmp_path, [reading(), reading(reviewer="bo"), reading()]) == 2
    first = (tmp_path / SAMPLE_FILE).read_bytes()
    assert add_readings(tmp_path, [reading(), later]) == 1
    assert (tmp_path / SAMPLE_FILE).read_bytes().startswith(first)
    assert add_readings(tmp_path, [later]) == 0
    assert readers_of(read_readings(tmp_path)) == {NAMES[0]: frozenset({"bo"})}
    again = reading(at="2026-01-03T10:00:00.000000Z")
    add_readings(tmp_path, [again])
    assert readers_of(read_readings(tmp_path)) == {NAMES[0]: frozenset({"ana", "bo"})}
    schema = json.loads(SCHEMA.read_text())
    for one in read_readings(tmp_path):
        jsonschema.validate(to_json(one), schema)


def test_lines_of_two_sides_are_merged_whatever_their_order(tmp_path: Path) -> None:
    lines = [reading(), reading(reviewer="bo"), reading(at="2026-02-01T00:00:00Z", read=False)]
    texts = [json.dumps(to_json(one)) for one in lines]
    for order in (texts, texts[::-1], [*texts, *texts]):
        (tmp_path / SAMPLE_FILE).write_text("\n".join(order))
        assert readers_of(read_readings(tmp_path)) == {NAMES[0]: frozenset({"bo"})}
    add_readings(tmp_path, [reading(reviewer="cy")])
    assert len(read_readings(tmp_path)) == 4


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"version": 2}, "version"),
        ({"passage": "x"}, "passage"),
        ({"at": "today"}, "ISO 8601"),
        ({"read": "yes"}, "read"),
        ({"place": None}, "place"),
    ],
)
def test_a_damaged_line_is_named_and_nothing_is_written(
    tmp_path: Path, change: dict[str, object], message: str
) -> None:
    path = tmp_path / SAMPLE_FILE
    path.write_text(json.dumps({**to_json(reading()), **change}) + "\n")
    before = path.read_bytes()
    with pytest.raises(RecordError, match=rf"sample\.jsonl:1: .*{message}"):
        add_readings(tmp_path, [reading(reviewer="bo")])
    assert path.read_bytes() == before
