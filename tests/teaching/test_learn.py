"""``claims learn``: what people refused is proposed no more, and nothing else is touched."""

from __future__ import annotations

import pytest

from pipeline.dataset.records import Rule
from pipeline.jsonl import read_extractions
from pipeline.language.provenance import describe_language, provenance_from
from pipeline.lexicon.lesson import FILE, digest, read_lesson
from pipeline.review.work import open_workspace
from pipeline.teaching.workspace import learn_workspace
from tests.cli.running import run_claims
from tests.teaching.reviewing import REFUSED, decide_all, make_articles


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
    assert REFUSED in cues_in(workspace)

    learned = run_claims("learn", folder=workspace)
    assert "which claims stand" in told(learned)
    assert "F1: 0.667 as it ships, 1.000 as it was learned" in told(learned)

    extracted = run_claims("extract", folder=workspace)
    assert "16 extracted" in told(extracted)
    assert cues_in(workspace) == {"supports", "rejected"}
    assert "0 claims gained, 32 lost, 0 changed" in told(run_claims("diff", folder=workspace))

    one = next(read_extractions(workspace / "annotations" / "extracted" / "article-0.jsonl"))
    lesson = read_lesson((workspace / "models",))
    assert one.provenance.learned_sha256 == digest(lesson)
    made = describe_language(models=workspace / "models")
    assert provenance_from(made, one.text) == one.provenance
    status = told(run_claims("learn", "--status", folder=workspace))
    assert "decisions: 64" in status
    assert "0 lines of the ledger came since" in status

    run_claims("learn", "--reset", folder=workspace)
    assert not (workspace / "models" / FILE).exists()
    changed = describe_language(models=workspace / "models")
    assert provenance_from(changed, one.text).learned_sha256 is None
    assert ledger.read_bytes() == before


def test_equal_ledgers_give_equal_lessons_and_a_dry_run_writes_nothing(nlp, tmp_path):
    decide_all(tmp_path, make_articles(nlp, tmp_path, 16))
    workspace = open_workspace(tmp_path / "corpus", tmp_path / "annotations")
    found = [
        learn_workspace(workspace, workspace.articles(), profile="fast", rule=Rule.FIRST)
        for _ in range(2)
    ]
    assert digest(found[0].lesson) == digest(found[1].lesson)
    assert not (tmp_path / "models").exists()


def test_too_few_decisions_write_nothing(nlp, tmp_path):
    decide_all(tmp_path, make_articles(nlp, tmp_path, 3))
    result = run_claims("learn", "--profile", "fast", folder=tmp_path)
    assert result.returncode == 0
    assert "Too little to learn of: 12 decisions" in told(result)
    assert not (tmp_path / "models").exists()


def test_status_and_reset_say_where_nothing_was_learned(tmp_path, nlp):
    make_articles(nlp, tmp_path, 1)
    for option in ("--status", "--reset"):
        assert "Nothing was learned here" in told(run_claims("learn", option, folder=tmp_path))
    both = run_claims("learn", "--status", "--reset", folder=tmp_path)
    assert both.returncode == 2
