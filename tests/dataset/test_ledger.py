"""The ledger is only added to, and forgives what git and crashes do to it."""

from __future__ import annotations

import random
from multiprocessing import get_context
from pathlib import Path

import pytest

from pipeline.dataset.ledger import append_decisions, line_for, read_decisions, standing_decisions
from pipeline.dataset.lines import from_json, to_json
from pipeline.dataset.records import Verdict
from pipeline.errors import RecordError
from tests.dataset.build import chile, decide, peru, position_of, retract


def test_what_is_appended_is_read_back_equal(tmp_path: Path) -> None:
    decisions = [decide(chile()), decide(peru(), "rejected", comment="“no” 😀")]
    assert append_decisions(tmp_path / "d.jsonl", decisions) == 2
    assert read_decisions(tmp_path / "d.jsonl") == tuple(sorted(decisions, key=lambda d: d.id))


def test_appending_again_changes_no_byte(tmp_path: Path) -> None:
    path = tmp_path / "d.jsonl"
    append_decisions(path, [decide(chile())])
    before = path.read_bytes()
    assert append_decisions(path, [decide(chile())]) == 0
    assert path.read_bytes() == before


def test_order_and_duplicates_of_lines_are_harmless(tmp_path: Path) -> None:
    decisions = [decide(c, reviewer=r) for c in (chile(), peru()) for r in ("a@x", "b@x")]
    lines = [line_for(decision) for decision in decisions] * 2
    random.Random(3).shuffle(lines)
    (tmp_path / "d.jsonl").write_text("".join(f"{line}\n" for line in lines))
    append_decisions(tmp_path / "e.jsonl", decisions)
    assert read_decisions(tmp_path / "d.jsonl") == read_decisions(tmp_path / "e.jsonl")


def test_half_a_line_of_a_crash_is_cut_off_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "d.jsonl"
    append_decisions(path, [decide(chile())])
    whole = path.read_bytes()
    path.write_bytes(whole + whole[: len(whole) // 2])
    assert len(read_decisions(path)) == 1
    append_decisions(path, [decide(peru())])
    assert path.read_bytes().startswith(whole)
    assert len(read_decisions(path)) == 2


def test_a_last_line_without_its_newline_counts(tmp_path: Path) -> None:
    path = tmp_path / "d.jsonl"
    append_decisions(path, [decide(chile())])
    path.write_bytes(path.read_bytes().rstrip(b"\n"))
    append_decisions(path, [decide(peru())])
    assert len(read_decisions(path)) == 2


def test_a_changed_line_is_refused_by_its_number(tmp_path: Path) -> None:
    path = tmp_path / "d.jsonl"
    append_decisions(path, [decide(chile()), decide(peru())])
    path.write_text(path.read_text().replace('"stance": "support"', '"stance": "oppose"'))
    with pytest.raises(RecordError, match=r"d\.jsonl:2.*changed after it was written"):
        read_decisions(path)


def test_conflict_marks_are_named(tmp_path: Path) -> None:
    path = tmp_path / "d.jsonl"
    path.write_text("<<<<<<< HEAD\n")
    with pytest.raises(RecordError, match="conflict mark"):
        read_decisions(path)


def test_the_id_is_the_content() -> None:
    one, other = decide(chile()), decide(chile(), comment="why")
    assert one.id != other.id
    assert from_json(to_json(one)) == one


def _append(job: tuple[Path, int]) -> None:
    path, number = job
    append_decisions(path, [decide(chile(), reviewer=f"r{number}@x")])


def test_two_processes_lose_nothing(tmp_path: Path) -> None:
    path = tmp_path / "d.jsonl"
    with get_context("spawn").Pool(4) as pool:
        pool.map(_append, [(path, number) for number in range(24)])
    assert len(read_decisions(path)) == 24


def test_the_last_word_of_a_reviewer_stands() -> None:
    early, late = decide(chile()), decide(chile(), "rejected", at="2026-01-02T10:00:00.000000Z")
    assert standing_decisions([late, early]) == (late,)


def test_a_retraction_lets_the_word_before_it_stand_again() -> None:
    early = decide(chile())
    late = decide(chile(), "edited", decided=position_of(peru()), at="2026-01-02T10:00:00.000000Z")
    assert standing_decisions([retract(late), late, early]) == (early,)
    assert standing_decisions([early, retract(early)]) == ()
    assert retract(early).verdict is Verdict.RETRACTED
