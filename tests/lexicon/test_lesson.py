"""What was learned is a file of data: read as it was written, refused where it was changed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.errors import LexiconError
from pipeline.lexicon.lesson import FILE, Lesson, Odds, digest, read_lesson
from pipeline.teaching.workspace import write_lesson

LESSON = Lesson(
    profile="full",
    score=Odds(0.1, 0.9, {"cue:cue.say.say": -0.25, "hedged": 0.5}),
    stands=Odds(0.0, 1.0, {}),
    keep=0.3,
    corrections=dict.fromkeys(("support", "oppose", "neutral"), (0.5, -0.0125, 0.0)),
    reader_sha256="ab" * 32,
    made={"decisions": 12},
    figures={"f1_before": 0.5},
)


def test_a_lesson_is_read_as_it_was_written(tmp_path):
    write_lesson(tmp_path / "models", LESSON)
    assert read_lesson((tmp_path / "models",)) == LESSON


def test_without_a_file_nothing_was_learned(tmp_path):
    assert read_lesson((tmp_path,)) is None


@pytest.mark.parametrize(
    ("was", "becomes", "message"),
    [
        ("keep: 0.3", "keep: 0.6", "its numbers are not those that were written"),
        ("hedged: 0.5", "hedged: 5.0", "its numbers are not those that were written"),
        ("bias: 0.1", "bias: much", "it is no lesson"),
        ("profile: full", "profiles: full", "unknown key 'profiles'"),
        ("format: 1", "format: 2", "its numbers are not those that were written"),
    ],
)
def test_a_changed_file_is_refused_with_what_to_do(tmp_path, was, becomes, message):
    path = write_lesson(tmp_path, LESSON)
    text = path.read_text(encoding="utf-8")
    assert was in text
    path.write_text(text.replace(was, becomes, 1), encoding="utf-8")
    with pytest.raises(LexiconError, match=message) as raised:
        read_lesson((tmp_path,))
    assert f"{tmp_path / FILE}:" in str(raised.value)


def test_it_speaks_of_its_profile_and_its_reader_alone():
    assert LESSON.is_for("full", "ab" * 32)
    assert not LESSON.is_for("fast", "ab" * 32)
    assert not LESSON.is_for("full", "cd" * 32)
    assert replace(LESSON, corrections={}).is_for("full", "cd" * 32)


def test_the_hash_changes_with_every_number():
    other = replace(LESSON, score=replace(LESSON.score, slope=0.91))
    assert digest(LESSON) != digest(other)


def test_the_file_holds_no_object_of_python(tmp_path):
    text = write_lesson(tmp_path, LESSON).read_text(encoding="utf-8")
    assert "!!" not in text
    assert Path(tmp_path / FILE).suffix == ".yaml"
