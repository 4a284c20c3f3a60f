"""The verbs that change an article of the corpus, as a person calls them."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.running import run_claims
from tests.dataset.build import chile, decide, peru, workspace


def said(*arguments: str, folder: Path, code: int = 0) -> str:
    ended = run_claims(*arguments, folder=folder)
    text = ended.stderr.decode("utf-8")
    assert ended.returncode == code, text
    assert "Traceback" not in text
    return text


def contents(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and ".stance-claims" not in path.parts
    }


def rows(folder: Path, *options: str) -> list[dict]:
    ended = run_claims("export", *options, folder=folder)
    assert ended.returncode == 0, ended.stderr
    return [json.loads(line) for line in ended.stdout.splitlines()]


def test_rename_says_what_becomes_of_decisions_and_verify_passes(tmp_path):
    workspace(tmp_path, decide(chile()), decide(peru()))
    said("verify", folder=tmp_path)
    before = contents(tmp_path)
    dry = said("rename", "note", "oas-vote", "--dry-run", folder=tmp_path)
    assert "note would be renamed to oas-vote; 2 decisions would be carried" in dry
    assert contents(tmp_path) == before
    done = said("rename", "note", "oas-vote", folder=tmp_path)
    assert "note is renamed to oas-vote; 2 decisions carried by new lines of the ledger" in done
    assert "0 faults" in said("verify", folder=tmp_path)
    after = contents(tmp_path)
    assert "note is oas-vote already; no decision" in said(
        "rename", "note", "oas-vote", folder=tmp_path
    )
    assert contents(tmp_path) == after
    assert {row["article"] for row in rows(tmp_path)} == {"oas-vote"}
    assert len(rows(tmp_path)) == len(rows(tmp_path, "--orphans")) == 2
    assert "there is no" not in said("show", "oas-vote", folder=tmp_path)


def test_an_extraction_that_was_renamed_is_not_made_again(tmp_path):
    (tmp_path / "vote.txt").write_text("Chile rejected the draft. Peru welcomed it.\n")
    said("add", "vote.txt", folder=tmp_path)
    said("extract", folder=tmp_path)
    said("rename", "vote", "day", folder=tmp_path)
    assert "1 read: 0 extracted, 1 unchanged" in said("extract", folder=tmp_path)
    assert "already in the corpus as day" in said("add", "vote.txt", folder=tmp_path)
    renamed = contents(tmp_path)["annotations/extracted/day.jsonl"]
    said("extract", "--force", folder=tmp_path)
    assert contents(tmp_path)["annotations/extracted/day.jsonl"] == renamed
    assert "0 faults" in said("verify", folder=tmp_path)


def test_remove_says_what_becomes_of_decisions_and_verify_passes(tmp_path):
    workspace(tmp_path, decide(chile()), decide(peru(), "rejected"))
    before = contents(tmp_path)
    dry = said("remove", "note", "--dry-run", folder=tmp_path)
    assert "note.txt: would be removed" in dry
    assert "2 decisions on it stay in annotations/decisions.jsonl" in dry
    assert contents(tmp_path) == before
    assert "note.jsonl: removed" in said("remove", "note", folder=tmp_path)
    verified = said("verify", folder=tmp_path)
    assert "the article is not in the corpus; the decision stays in the ledger" in verified
    assert "0 faults" in verified
    assert rows(tmp_path) == []
    assert [row["anchored"] for row in rows(tmp_path, "--orphans")] == ["orphan"]
    ledger = contents(tmp_path)["annotations/decisions.jsonl"]
    assert ledger == before["annotations/decisions.jsonl"]
    assert "no article 'note'" in said("remove", "note", folder=tmp_path, code=1)


def test_edit_changes_the_named_fields_and_nothing_else(tmp_path):
    corpus, _ = workspace(tmp_path, decide(chile()))
    (corpus / "note.toml").write_text('# ours\ntitle = "A note" # draft\npublisher = "The Paper"\n')
    said("verify", folder=tmp_path)
    before = contents(tmp_path)
    fields = ("--title", "The vote", "--date", "2024-05")
    assert "would be 'The vote', was 'A note'" in said(
        "edit", "note", *fields, "--dry-run", folder=tmp_path
    )
    assert contents(tmp_path) == before
    done = said("edit", "note", *fields, folder=tmp_path)
    assert "2 fields changed; decisions on it stand as they are" in done
    assert (corpus / "note.toml").read_text() == (
        '# ours\ntitle = "The vote"\npublisher = "The Paper"\ndate = "2024-05"\n'
    )
    assert [row["metadata"]["date"] for row in rows(tmp_path)] == ["2024-05"]
    after = contents(tmp_path)
    assert json.loads(after["annotations/verified.jsonl"])["metadata"]["title"] == "The vote"
    changed = {name for name in after if after[name] != before[name]}
    assert changed == {"corpus/note.toml", "annotations/verified.jsonl"}
    assert "unchanged" in said("edit", "note", *fields, folder=tmp_path)
    assert contents(tmp_path) == after


def test_wrong_calls_are_refused_with_what_to_do(tmp_path):
    workspace(tmp_path)
    before = contents(tmp_path)
    assert "claims edit note --title TITLE" in said("edit", "note", folder=tmp_path, code=2)
    assert "write it as 2024-05-31" in said(
        "edit", "note", "--date", "May 2024", folder=tmp_path, code=2
    )
    assert "there are: note" in said("edit", "vote", "--title", "x", folder=tmp_path, code=1)
    assert "use a–z" in said("rename", "note", "A B", folder=tmp_path, code=2)
    assert "there are: note" in said("rename", "vote", "day", folder=tmp_path, code=1)
    (tmp_path / "corpus" / "day.txt").write_text("Peru left.\n")
    assert "there is an article 'day' already" in said(
        "rename", "note", "day", folder=tmp_path, code=2
    )
    (tmp_path / "corpus" / "day.txt").unlink()
    assert contents(tmp_path) == before


def test_the_machines_claims_of_an_article_that_is_gone_are_not_exported(tmp_path):
    corpus, _ = workspace(tmp_path)
    (corpus / "other.txt").write_text("Peru left.\n")
    assert len(rows(tmp_path, "--extracted")) == 2
    (corpus / "note.txt").unlink()
    ended = run_claims("export", "--extracted", folder=tmp_path)
    assert (ended.returncode, ended.stdout) == (0, b"")
    assert b"left out: note, which is not in corpus any more" in ended.stderr
