"""The ledger is only added to, and forgives what git and crashes do to it."""

from __future__ import annotations

import json
import math
import random
from multiprocessing import get_context
from pathlib import Path

import pytest

from pipeline.dataset.identity import content_id
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


def spoilt(changes: dict[str, object]) -> bytes:
    """The line of a decision with other values, by dotted paths, under the id that they give."""
    record = to_json(decide(chile()))
    for path, value in changes.items():
        *folders, key = path.split(".")
        place = record
        for folder in folders:
            place = place[folder]
        place[key] = value
    record["id"] = content_id({k: v for k, v in record.items() if k != "id"}, prefix="d-")
    return json.dumps(record).encode()


LAST_LINES = {
    "a later version": (spoilt({"version": 7}), "version: 7 is of a later stance-claims"),
    "a merge mark": (b"<<<<<<< HEAD", "conflict mark of git"),
    "the end of a merge": (b">>>>>>> 1f2e3d (Decide)", "conflict mark of git"),
    "a note": (b"# reviewed by Ana", "not a JSON object"),
    "a list": (b"[1, 2]", "not a JSON object but list"),
    "a string": (b'"done"', "not a JSON object but str"),
    "another object": (b'{"holder": "Chile"}', "version must be|field version"),
    "two glued lines": (line_for(decide(chile())).encode() * 2, "not a JSON object"),
    "a whole object that is no JSON": (b'{"id": nope}', "not a JSON object"),
    "other bytes": (b'{"id": "d-\xff"}', "not UTF-8"),
    "a huge number": (b'{"version": ' + b"9" * 5000 + b"}", "100 digits"),
    "deep nesting": (b'{"a": ' + b"[" * 100_000 + b"]" * 100_000 + b"}", "not a JSON object"),
}


@pytest.mark.parametrize("kind", LAST_LINES)
@pytest.mark.parametrize("newline", [b"", b"\n"], ids=["cut off", "whole"])
def test_a_line_that_is_not_understood_is_refused_by_its_number_and_kept(
    tmp_path: Path, kind: str, newline: bytes
) -> None:
    line, message = LAST_LINES[kind]
    path = tmp_path / "decisions.jsonl"
    append_decisions(path, [decide(chile())])
    path.write_bytes(before := path.read_bytes() + line + newline)
    with pytest.raises(RecordError, match=rf"decisions\.jsonl:2.*({message})"):
        read_decisions(path)
    with pytest.raises(RecordError, match=r"decisions\.jsonl:2"):
        append_decisions(path, [decide(peru())])
    assert path.read_bytes() == before


def test_every_beginning_of_a_line_is_cut_and_the_whole_one_kept(tmp_path: Path) -> None:
    first, second, third = decide(chile()), decide(peru(), comment='“no” \\ {"[ 😀'), decide(peru())
    path = tmp_path / "decisions.jsonl"
    append_decisions(path, [first])
    whole, line = path.read_bytes(), line_for(second).encode()
    for cut in range(0, len(line), 7):
        path.write_bytes(whole + line[:cut])
        assert len(read_decisions(path)) == 1
        append_decisions(path, [third])
        assert read_decisions(path) == read_decisions(path)
        assert path.read_bytes() == whole + f"{line_for(third)}\n".encode()
    path.write_bytes(whole + line)
    append_decisions(path, [third])
    assert path.read_bytes() == whole + line + f"\n{line_for(third)}\n".encode()


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("lead_time", math.nan),
        ("lead_time", math.inf),
        ("lead_time", "4"),
        ("lead_time", True),
        ("machine.score", math.nan),
        ("machine.score", "high"),
        ("machine.rules", "subject"),
        ("machine.rules", [1]),
        ("machine.inferences", {}),
        ("machine.provenance", []),
        ("machine.provenance", {"spacy": 3}),
        ("machine", [1]),
        ("article", ["note"]),
        ("article", ""),
        ("claim", 7),
        ("reviewer", None),
        ("reviewer", ["ana@example.com"]),
        ("editor", 3),
        ("comment", None),
        ("comment", ["why"]),
        ("adjudicates", "no"),
        ("adjudicates", 0),
        ("unit_claims", 1.5),
        ("unit_claims", -1),
        ("unit_claims", True),
        ("decided_at", 20260101),
        ("decided_at", "yesterday"),
        ("verdict", "maybe"),
        ("verdict", ["accepted"]),
        ("retracts", "d-0000000000000000"),
        ("decided", None),
        ("decided", "rejected"),
        ("decided.stance", "for"),
        ("decided.form", None),
        ("decided.negated", "false"),
        ("decided.holder", None),
        ("decided.holder.entity", ["country:CL"]),
        ("decided.cue.start", "6"),
        ("decided.cue.start", 6.0),
        ("decided.cue.end", -3),
        ("decided.cue.text", ["rejected"]),
        ("decided.cue.text", "\ud83d rejec"),
        ("decided.target", "the draft"),
        ("decided.attribution", {"start": 0, "end": 5, "text": "Chile", "entity": 1}),
        ("context", 7),
        ("context.end", 4),
        ("origin", "server"),
        ("origin.project", "1"),
        ("origin.task", 7.0),
        ("origin.annotation", 12),
        ("origin.unit", None),
        ("origin.prediction", "3"),
        ("text_sha256", 12),
        ("version", "1"),
        ("version", True),
        ("carries", "d-0000000000000000"),
    ],
)
def test_a_value_of_a_wrong_type_is_refused_by_line_and_name(
    tmp_path: Path, path: str, value: object
) -> None:
    ledger = tmp_path / "decisions.jsonl"
    append_decisions(ledger, [decide(chile())])
    record = to_json(decide(chile()))
    try:
        line = spoilt({path: value})
    except UnicodeEncodeError:  # half a character has no hash
        record["decided"]["cue"]["text"] = value
        line = json.dumps(record).encode()
    ledger.write_bytes(ledger.read_bytes() + line + b"\n")
    name = "version" if path == "carries" else path.split(".")[-1]
    if path == "context.end":
        name = "end"
    told = rf"field [a-z_.]*{name}"
    if isinstance(value, float) and not math.isfinite(value):
        told = "not a JSON object .*not finite"
    with pytest.raises(RecordError, match=rf"decisions\.jsonl:2: {told}"):
        read_decisions(ledger)
