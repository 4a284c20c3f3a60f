"""Near-duplicates as a person meets them: added, shown, chosen, reviewed, exported."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.running import run_claims
from tests.dataset.build import chile, decide, peru, workspace
from tests.reading.test_copies import CLEAN, GARBLED


def said(*arguments: str, folder: Path, code: int = 0) -> str:
    ended = run_claims(*arguments, folder=folder)
    text = ended.stderr.decode("utf-8")
    assert ended.returncode == code, text
    return text


def exported(folder: Path, *options: str) -> set[tuple[str, str]]:
    ended = run_claims("export", *options, folder=folder)
    rows = [json.loads(line) for line in ended.stdout.splitlines()]
    return {(row["article"], row["holder"]["text"]) for row in rows}


def test_the_choice_is_shown_and_can_be_changed(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(GARBLED, encoding="utf-8")
    (tmp_path / "c.txt").write_text(CLEAN, encoding="utf-8")
    told = said("add", "a.txt", "c.txt", "--language", "en", folder=tmp_path)
    assert "counts from now on in place of a" in told
    said("extract", folder=tmp_path)
    shown = said("show", "a", folder=tmp_path)
    assert "a is a near-duplicate of c, whose claims count: 0 of 1,000 words spoilt" in shown
    assert "claims edit a --counts" in shown
    assert "a is a near-duplicate of c" in said("show", "c", folder=tmp_path)
    before = {path: path.read_bytes() for path in (tmp_path / "corpus").glob("*.toml")}
    assert "a: would count" in said("edit", "a", "--counts", "--dry-run", folder=tmp_path)
    assert {path: path.read_bytes() for path in before} == before
    assert "a: counts, and as its near-duplicates: c" in said(
        "edit", "a", "--counts", folder=tmp_path
    )
    assert "unchanged" in said("edit", "a", "--counts", folder=tmp_path)
    assert "c is a near-duplicate of a, whose claims count: it was chosen" in said(
        "show", "c", folder=tmp_path
    )
    assert "c: counts by itself" in said("edit", "c", "--own", folder=tmp_path)
    assert "near-duplicate" not in said("show", "c", folder=tmp_path)
    said("edit", "a", "--counts", "--own", folder=tmp_path, code=2)


def test_decisions_on_a_copy_are_never_lost(tmp_path: Path) -> None:
    corpus, annotations = workspace(tmp_path, decide(chile()), decide(peru()))
    before = exported(tmp_path)
    assert before == {("note", "Chile"), ("note", "Peru")}
    ledger = (annotations / "decisions.jsonl").read_bytes()
    text = (corpus / "note.txt").read_text(encoding="utf-8")
    (tmp_path / "a.txt").write_text(f"{text} More follows.", encoding="utf-8")
    told = said("add", "a.txt", "--language", "en", folder=tmp_path)
    assert "counted as a duplicate of note (it has decisions)" in told
    assert exported(tmp_path) == before
    told = said("edit", "a", "--counts", folder=tmp_path)
    assert "note: its 2 decisions stand, and are exported where nobody decided" in told
    assert exported(tmp_path) == before
    assert (annotations / "decisions.jsonl").read_bytes() == ledger
