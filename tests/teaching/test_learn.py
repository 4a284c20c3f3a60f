"""``claims learn``: what people refused is proposed no more, and nothing else is touched."""

from __future__ import annotations

import pytest

from pipeline.jsonl import read_extractions
from pipeline.lexicon.lesson import FILE, read_lesson
from tests.cli.running import run_claims
from tests.teaching.reviewing import REFUSED, decide_all, make_articles

FAST = ("--profile", "fast")


@pytest.fixture(scope="module")
def workspace(nlp, tmp_path_factory):
    folder = tmp_path_factory.mktemp("learned")
    decide_all(folder, make_articles(nlp, folder, 16))
    (folder / "models").mkdir()
    (folder / "models" / "settings.toml").write_text('profile = "fast"\n', encoding="utf-8")
    return folder


def told(result) -> str:
    return result.stdout.decode() + result.stderr.decode()


def cues_in(folder) -> set[str]:
    paths = sorted((folder / "annotations" / "extracted").glob("*.jsonl"))
    found = [one for path in paths for one in read_extractions(path)]
    return {claim.cue.text_in(one.text) for one in found for claim in one.claims}


def test_it_learns_is_seen_in_the_diff_and_is_undone(workspace):
    ledger = workspace / "annotations" / "decisions.jsonl"
    before = ledger.read_bytes()
    run_claims("extract", folder=workspace)
    assert REFUSED in cues_in(workspace)

    tried = run_claims("learn", "--dry-run", folder=workspace)
    assert tried.returncode == 0, told(tried)
    assert not (workspace / "models" / FILE).exists()

    learned = run_claims("learn", folder=workspace)
    assert "which claims stand" in told(learned)
    assert "F1: 0.667 as it ships, 1.000 as it was learned" in told(learned)
    first = (workspace / "models" / FILE).read_bytes()
    run_claims("learn", folder=workspace)
    assert (workspace / "models" / FILE).read_bytes() == first

    extracted = run_claims("extract", folder=workspace)
    assert "16 extracted" in told(extracted)
    assert cues_in(workspace) == {"supports", "rejected"}
    diff = told(run_claims("diff", folder=workspace))
    assert "0 claims gained, 32 lost, 0 changed" in diff

    lesson = read_lesson((workspace / "models",))
    one = next(read_extractions(workspace / "annotations" / "extracted" / "article-0.jsonl"))
    assert one.provenance.learned_sha256 is not None
    status = told(run_claims("learn", "--status", folder=workspace))
    assert f"decisions: {lesson.made['decisions']}" in status
    assert "0 lines of the ledger came since" in status

    run_claims("learn", "--reset", folder=workspace)
    assert not (workspace / "models" / FILE).exists()
    run_claims("extract", folder=workspace)
    assert REFUSED in cues_in(workspace)
    assert ledger.read_bytes() == before


def test_too_few_decisions_write_nothing(nlp, tmp_path):
    decide_all(tmp_path, make_articles(nlp, tmp_path, 3))
    result = run_claims("learn", *FAST, folder=tmp_path)
    assert result.returncode == 0
    assert "Too little to learn of: 12 decisions" in told(result)
    assert not (tmp_path / "models").exists()


def test_status_and_reset_say_where_nothing_was_learned(tmp_path, nlp):
    make_articles(nlp, tmp_path, 1)
    for option in ("--status", "--reset"):
        assert "Nothing was learned here" in told(run_claims("learn", option, folder=tmp_path))
    both = run_claims("learn", "--status", "--reset", folder=tmp_path)
    assert both.returncode == 2
