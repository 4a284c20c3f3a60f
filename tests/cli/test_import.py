"""``claims import`` as a person calls it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from pipeline.locking import locked

from .running import add_article, run_claims

LINE = {"article": "vote", "holder": "Mexico", "cue": "supports", "stance": "neutral",
        "target": "the treaty"}  # fmt: skip


@pytest.fixture(scope="module")
def extracted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("workspace")
    add_article(folder)
    assert run_claims("extract", folder=folder).returncode == 0
    (folder / "in.jsonl").write_text(json.dumps(LINE) + "\n", encoding="utf-8")
    return folder


def files_of(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and ".stance-claims" not in path.parts
    }


def test_imports_survive_all_that_is_done_afterwards(extracted: Path) -> None:
    before = files_of(extracted)
    dry = run_claims("import", "in.jsonl", "--source", "gpt", "--dry-run", folder=extracted)
    assert dry.returncode == 0, dry.stderr
    assert b"1 would be imported" in dry.stderr
    assert files_of(extracted) == before
    done = run_claims("import", "in.jsonl", "--source", "gpt", folder=extracted)
    assert done.returncode == 0, done.stderr
    assert b"1 imported (0 of them the machine's own too) into 1 article" in done.stderr
    after = files_of(extracted)
    assert after.keys() - before.keys() == {"annotations/imported/vote.jsonl"}
    again = run_claims("import", "in.jsonl", "--source", "gpt", folder=extracted)
    assert b"0 imported" in again.stderr
    assert b"1 imported before" in again.stderr
    assert files_of(extracted) == after
    assert run_claims("extract", "--force", folder=extracted).returncode == 0
    shown = run_claims("show", "vote", folder=extracted).stdout.decode()
    assert "from gpt" in shown
    assert "cue:neutral" in shown
    lines = run_claims("export", "--extracted", folder=extracted).stdout.splitlines()
    found = {r["machine"]["provenance"].get("imported") for r in map(json.loads, lines)}
    assert found == {None, "gpt"}
    status = run_claims("review", "status", folder=extracted)
    assert b"3" in status.stdout + status.stderr
    number = [json.loads(line)["stance"] for line in lines].index("neutral") + 1
    why = run_claims("explain", f"vote:{number}", folder=extracted).stdout.decode()
    assert "import:gpt: another extractor, by claims import" in why
    assert "it was given when the claim was imported" in why
    assert run_claims("verify", folder=extracted).returncode == 0


def test_refusals_are_named_and_the_code_is_1(extracted: Path) -> None:
    lines = json.dumps({**LINE, "cue": "backs"}) + "\n" + "nonsense\n"
    done = run_claims("import", "-", "--dry-run", folder=extracted, data=lines.encode())
    assert done.returncode == 1
    said = done.stderr.decode()
    assert "refused: -:1: article vote: its cue 'backs' is not in the text" in said
    assert "refused: -:2: not a JSON object" in said
    assert "2 claims read" in said
    assert "2 refused" in said


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["none.jsonl"], b"there is no file 'none.jsonl'"),
        (["in.jsonl", "none.jsonl"], b"there is no file 'none.jsonl'"),
        (["in.jsonl", "--source", ""], b"a source cannot be called ''"),
        (["in.jsonl", "--corpus", "nowhere"], b"no corpus folder"),
        (["in.jsonl", "--annotations", "nowhere"], b"nothing is extracted here"),
        (["coded.dna"], b"name who coded it, with: --reviewer NAME"),
    ],
)
def test_a_wrong_call_begins_nothing(extracted: Path, arguments: list[str], says: bytes) -> None:
    (extracted / "coded.dna").touch()
    before = files_of(extracted)
    done = run_claims("import", *arguments, folder=extracted)
    assert done.returncode == 2
    assert says in done.stderr
    assert files_of(extracted) == before


def test_one_verb_writes_at_a_time(extracted: Path) -> None:
    with locked("extract", extracted / "corpus", extracted / "annotations"):
        done = run_claims("import", "in.jsonl", folder=extracted)
    assert done.returncode == 1
    assert b"claims extract is at work in this workspace" in done.stderr


def test_nothing_is_written_through_a_link_that_leads_out(extracted: Path, tmp_path: Path) -> None:
    folder = tmp_path / "inside"
    shutil.copytree(extracted / "corpus", folder / "corpus")
    shutil.copytree(extracted / "annotations" / "extracted", folder / "annotations" / "extracted")
    (tmp_path / "outside").mkdir()
    (folder / "annotations" / "imported").symlink_to(tmp_path / "outside")
    (folder / "in.jsonl").write_text(json.dumps(LINE) + "\n", encoding="utf-8")
    done = run_claims("import", "in.jsonl", folder=folder)
    assert done.returncode == 1
    assert b"leads out of the workspace" in done.stderr
    assert list((tmp_path / "outside").iterdir()) == []
