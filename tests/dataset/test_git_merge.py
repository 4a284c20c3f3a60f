"""Two people's ledgers, merged by git itself under the attributes that the repository sets."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from pipeline.dataset.ledger import LEDGER, append_decisions, line_for, read_decisions
from pipeline.dataset.records import Decision
from pipeline.dataset.verified import VERIFIED
from pipeline.dataset.verify import rebuild
from pipeline.errors import RecordError
from tests.dataset.build import chile, decide, peru, position_of, retract, workspace

ATTRIBUTES = Path(__file__).parents[2] / ".gitattributes"
LEDGER_PATH, VERIFIED_PATH = f"annotations/{LEDGER}", f"annotations/{VERIFIED}"
pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="there is no git")

FIRST = decide(chile())
SHARED = decide(peru(), reviewer="both@example.com")
ANA = decide(peru(), comment="“sí” 😀", at="2026-01-02T10:00:00.000000Z")
BO = decide(peru(), "edited", reviewer="bo@example.com", decided=position_of(chile()))


def git(folder: Path, *words: str, check: bool = True) -> str:
    """What git says, with nobody's own settings."""
    environment = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    names = ["-c", "user.name=A", "-c", "user.email=a@example.com", "-c", "init.defaultBranch=main"]
    done = subprocess.run(
        ["git", *names, *words], cwd=folder, env=environment, capture_output=True, text=True
    )
    assert done.returncode == 0 or not check, done.stdout + done.stderr
    return done.stdout


@pytest.fixture
def base(tmp_path: Path) -> Path:
    """A repository in which one decision was made and verified."""
    folder = tmp_path / "base"
    folder.mkdir()
    workspace(folder, FIRST)
    shutil.copy(ATTRIBUTES, folder)
    git(folder, "init", "-q")
    commit(folder)
    return folder


def commit(folder: Path, *decisions: Decision) -> None:
    """Decisions that somebody makes, verifies and commits."""
    append_decisions(folder / LEDGER_PATH, decisions)
    rebuild(folder / "corpus", folder / "annotations")
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "Decide")


def clone(base: Path, name: str) -> Path:
    git(base.parent, "clone", "-q", str(base), name)
    return base.parent / name


def merge(into: Path, other: Path) -> list[str]:
    """The paths that git leaves to a person."""
    git(into, "pull", "-q", "--no-rebase", "--no-edit", str(other), "main", check=False)
    return git(into, "diff", "--name-only", "--diff-filter=U").split()


def test_ledgers_merge_in_git_and_either_order_gives_the_same_dataset(base: Path) -> None:
    ana, bo = clone(base, "ana"), clone(base, "bo")
    commit(ana, SHARED, ANA)
    commit(bo, BO, retract(FIRST), SHARED)
    copies = [clone(ana, "ana-bo"), clone(bo, "bo-ana")]
    results = []
    for copy, other in zip(copies, (bo, ana), strict=True):
        assert merge(copy, other) == [VERIFIED_PATH]
        assert b"<<<<<<<" not in (copy / LEDGER_PATH).read_bytes()
        assert ids(copy) == {item.id for item in (FIRST, SHARED, ANA, BO, retract(FIRST))}
        result = rebuild(copy / "corpus", copy / "annotations")
        assert result.faults == ()
        git(copy, "add", "-A")
        git(copy, "commit", "-q", "--no-edit")
        assert not rebuild(copy / "corpus", copy / "annotations").changed
        results.append((copy / VERIFIED_PATH).read_bytes())
    assert results[0] == results[1]
    assert results[0].count(b"\n") == 1  # what was taken back is gone, two of three kept Peru's


def test_the_dataset_of_one_side_alone_is_made_whole_by_the_next_verify(base: Path) -> None:
    ana, bo = clone(base, "ana"), clone(base, "bo")
    commit(ana, ANA)
    append_decisions(bo / LEDGER_PATH, [BO, retract(FIRST)])
    git(bo, "commit", "-q", "-am", "Decide, and do not verify")
    assert merge(bo, ana) == []
    assert rebuild(bo / "corpus", bo / "annotations").changed


def test_every_line_that_is_written_ends_with_a_newline(base: Path) -> None:
    ledger = base / LEDGER_PATH
    for decision in (ANA, BO, SHARED):
        append_decisions(ledger, [decision])
        assert ledger.read_bytes().endswith(b"}\n")


def test_git_glues_no_two_lines_where_an_editor_took_the_last_newline(base: Path) -> None:
    ana, bo = clone(base, "ana"), clone(base, "bo")
    commit(ana, ANA)
    ledger = ana / LEDGER_PATH
    ledger.write_bytes(ledger.read_bytes().removesuffix(b"\n"))
    git(ana, "commit", "-q", "-am", "Save it with an editor")
    commit(bo, BO)
    for copy, other in ((clone(ana, "ana-bo"), bo), (clone(bo, "bo-ana"), ana)):
        merge(copy, other)
        assert ids(copy) == {FIRST.id, ANA.id, BO.id}


def test_half_a_line_that_was_committed_is_named_and_harms_no_other(base: Path) -> None:
    ana, bo = clone(base, "ana"), clone(base, "bo")
    ledger = ana / LEDGER_PATH
    half = line_for(ANA).encode("utf-8")[:-40]
    ledger.write_bytes(ledger.read_bytes() + half)
    git(ana, "commit", "-q", "-am", "Commit what a crash left")
    commit(bo, BO)
    merge(ana, bo)
    lines = ledger.read_bytes().splitlines(keepends=True)
    assert lines[1] == half + b"\n"
    with pytest.raises(RecordError, match=r"decisions\.jsonl:2: not a JSON object"):
        read_decisions(ledger)
    ledger.write_bytes(lines[0] + lines[2])
    assert ids(ana) == {FIRST.id, BO.id}


def ids(folder: Path) -> set[str]:
    return {decision.id for decision in read_decisions(folder / LEDGER_PATH)}
