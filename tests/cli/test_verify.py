"""``claims verify``: says what was proved, names what is broken, and exits accordingly."""

from __future__ import annotations

from pathlib import Path

from tests.cli.running import run_claims
from tests.dataset.build import chile, decide, workspace


def test_a_sound_workspace_is_proved_and_counted(tmp_path: Path) -> None:
    workspace(tmp_path, decide(chile()))
    done = run_claims("verify", folder=tmp_path)
    talk = done.stderr.decode()
    assert (done.returncode, done.stdout) == (0, b""), talk
    assert "Proved 1 extraction: 2 mentions, 2 claims, 11 spans" in talk
    assert "1 claim verified (written)" in talk
    assert " 0 faults." in talk


def test_a_breach_is_named_once_and_exits_with_one(tmp_path: Path) -> None:
    workspace(tmp_path, decide(chile()))
    path = tmp_path / "annotations" / "extracted" / "note.jsonl"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('"cue.reject.reject"', '""', 1), encoding="utf-8")
    done = run_claims("verify", "--dry-run", folder=tmp_path)
    talk = done.stderr.decode()
    assert done.returncode == 1
    assert talk.count("broken: annotations/extracted/note.jsonl:1: claim ") == 1
    assert " 1 fault." in talk
    assert "would change" in talk


def test_nothing_is_rebuilt_where_an_article_cannot_be_read(tmp_path: Path) -> None:
    workspace(tmp_path, decide(chile()))
    (tmp_path / "annotations" / "extracted" / "note.jsonl").write_text("{\n")
    done = run_claims("verify", folder=tmp_path)
    talk = done.stderr.decode()
    assert done.returncode == 1
    assert "broken: annotations/extracted/note.jsonl:1: not a JSON object" in talk
    assert "not rebuilt: 1 article cannot be read, 1 fault" in talk
    assert not (tmp_path / "annotations" / "verified.jsonl").exists()
