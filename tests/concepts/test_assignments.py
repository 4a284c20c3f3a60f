"""What people say of targets counts before the patterns, is never rewritten, and can be undone."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from pipeline.concepts.assignments import (
    ASSIGNMENTS,
    NONE,
    Assignment,
    Deed,
    add_assignments,
    build_assignments,
    build_undo,
    read_assignments,
    standing_assignments,
    to_json,
)
from pipeline.concepts.mapping import Mapper, Piece, read_mapper
from pipeline.errors import RecordError
from pipeline.schemas import load_schema
from tests.concepts.lexicons import MODELS, NAMES

CALL = "concept.cyber.paris-call"


def mapper_of(folder: Path) -> Mapper:
    return read_mapper((MODELS,), folder, NAMES)


def concepts(folder: Path, *words: str) -> list[tuple[str, bool]]:
    found = mapper_of(folder).find(map(Piece, words))
    return [(one.concept.id, one.turned) for one in found]


def test_a_target_is_what_a_person_says_in_whatever_form(tmp_path: Path) -> None:
    add_assignments(tmp_path, build_assignments(["the odd  measures", "cyber norms"], CALL))
    assert concepts(tmp_path, "an odd measure") == [(CALL, False)]
    assert concepts(tmp_path, "the cyber norm") == [(CALL, False)]
    assert concepts(tmp_path, "the cyber norms of Peru") == [("concept.cyber.norms", False)]
    assert concepts(tmp_path, "the GDPR", "odd measures") == [(CALL, False)]


def test_several_concepts_none_and_the_contrary(tmp_path: Path) -> None:
    add_assignments(tmp_path, build_assignments(["both things"], CALL))
    add_assignments(
        tmp_path, build_assignments(["both things"], "concept.trade.china", turned=True)
    )
    assert concepts(tmp_path, "things") == [(CALL, False), ("concept.trade.china", True)]
    add_assignments(tmp_path, build_assignments(["things", "the GDPR"], NONE))
    assert concepts(tmp_path, "things") == concepts(tmp_path, "the GDPR") == []
    add_assignments(tmp_path, build_assignments(["things"], CALL, turned=True))
    assert concepts(tmp_path, "things") == [(CALL, True)]


def test_undo_adds_a_line_and_the_patterns_count_again(tmp_path: Path) -> None:
    add_assignments(tmp_path, build_assignments(["cyber norms"], NONE))
    before = (tmp_path / ASSIGNMENTS).read_bytes()
    add_assignments(tmp_path, build_undo(standing_assignments(read_assignments(tmp_path))))
    assert (tmp_path / ASSIGNMENTS).read_bytes().startswith(before)
    assert standing_assignments(read_assignments(tmp_path)) == ()
    assert concepts(tmp_path, "cyber norms") == [("concept.cyber.norms", False)]


def test_a_label_makes_a_concept_that_no_file_has(tmp_path: Path) -> None:
    lines = build_assignments(["the thing"], "concept.own.thing", label="That thing")
    add_assignments(tmp_path, lines)
    (found,) = mapper_of(tmp_path).find((Piece("things"),))
    assert (found.concept.label, found.assigned) == ("That thing", True)


def test_an_unknown_concept_is_named_with_its_line_and_the_rest_goes_on(tmp_path: Path) -> None:
    add_assignments(tmp_path, build_assignments(["the thing"], "concept.cyber.paris-cal"))
    add_assignments(tmp_path, build_assignments(["the other"], CALL))
    mapper = mapper_of(tmp_path)
    (note,) = mapper.notes
    assert note.startswith(f"{tmp_path}/{ASSIGNMENTS}:1: no concept 'concept.cyber.paris-cal'; did")
    assert "claims concepts undo 'the thing'" in note
    assert mapper.find((Piece("the thing"),)) == ()
    assert concepts(tmp_path, "the other") == [(CALL, False)]


def line(**changes: object) -> str:
    (one,) = build_assignments(["the thing"], CALL)
    return json.dumps({**to_json(one), **changes}) + "\n"


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (line(concept="levy"), "field concept: must be concept.AREA.NAME or none, not 'levy'"),
        (line(target="another"), "field id: the line was changed"),
        (line(version=2), "field version: must be 1"),
        (line(turned="no"), "field turned: must be true or false"),
        (line(decided_at="yesterday"), "field decided_at: must be UTC"),
        (line(deed="drop"), "field deed: must be one of assign, undo"),
        (line()[:40] + "\n", ""),
        ("<<<<<<< HEAD\n", ""),
    ],
    ids=["concept", "target", "version", "turned", "decided_at", "deed", "torn", "merge-mark"],
)
def test_a_line_that_is_wrong_is_named_and_nothing_is_written(
    tmp_path: Path, text: str, fault: str
) -> None:
    path = tmp_path / ASSIGNMENTS
    path.write_text(line() + text, encoding="utf-8")
    before = path.read_bytes()
    with pytest.raises(RecordError) as error:
        add_assignments(tmp_path, build_assignments(["x"], CALL))
    assert str(error.value).startswith(f"{path}:2: ")
    assert fault in str(error.value)
    assert path.read_bytes() == before


def test_lines_follow_the_published_schema() -> None:
    validator = Draft202012Validator(load_schema("assignment"))
    made = build_assignments(["the thing"], CALL, turned=True)
    none = build_assignments(["it 🎉"], NONE)
    for one in (*made, *none, *build_undo(made)):
        validator.validate(to_json(one))
    odd = Assignment(Deed.UNDO, "x", CALL, "2026-01-01T00:00:00Z")
    assert not validator.is_valid(to_json(odd))
    assert not validator.is_valid(to_json(replace(odd, deed=Deed.ASSIGN, concept="levy")))


def test_the_order_of_merged_lines_does_not_matter(tmp_path: Path) -> None:
    for target in ("one", "two", "three"):
        add_assignments(tmp_path, build_assignments([target], CALL))
    path = tmp_path / ASSIGNMENTS
    lines = path.read_text().splitlines(keepends=True)
    inorder = [replace(one, place="") for one in read_assignments(tmp_path)]
    path.write_text("".join(reversed(lines)) + lines[0])
    assert [replace(one, place="") for one in read_assignments(tmp_path)] == inorder
