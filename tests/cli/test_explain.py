"""The verb ``claims explain``."""

from __future__ import annotations

from .running import add_article, run_claims


def test_a_claim_is_explained_and_a_wrong_one_answered(tmp_path):
    add_article(tmp_path)
    assert run_claims("extract", folder=tmp_path).returncode == 0
    result = run_claims("explain", "vote:1", folder=tmp_path)
    told = result.stdout.decode()
    assert result.returncode == 0
    assert "  Chile rejected the draft. [vote]\n" in told
    assert "rule.holder.subject: The holder is the subject" in told
    assert result.stderr.startswith(b"\n1 claim explained. Next:")
    identifier = told.splitlines()[0]
    assert run_claims("explain", identifier[:9], folder=tmp_path).stdout == result.stdout
    wrong = run_claims("explain", "zzz", folder=tmp_path)
    assert (wrong.returncode, wrong.stdout) == (2, b"")
    assert identifier.encode() in wrong.stderr


def test_without_extractions_the_next_step_is_named(tmp_path):
    result = run_claims("explain", "abc", folder=tmp_path)
    assert result.returncode == 2
    assert b"claims extract" in result.stderr


def test_a_broken_extraction_is_named_with_its_line(tmp_path):
    folder = tmp_path / "annotations" / "extracted"
    folder.mkdir(parents=True)
    (folder / "a.jsonl").write_text("{", encoding="utf-8")
    result = run_claims("explain", "abc", folder=tmp_path)
    assert result.returncode == 2
    assert b"a.jsonl:1" in result.stderr
    assert b"Mend it with: claims extract" in result.stderr
