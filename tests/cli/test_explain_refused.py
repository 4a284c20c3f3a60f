"""``claims explain --refused``: what was considered and makes no claim."""

from __future__ import annotations

import pytest

from .running import add_article, run_claims


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("refused")
    add_article(folder, text="Does Chile reject the plan? Peru opposed the vote.\n")
    assert run_claims("extract", folder=folder).returncode == 0
    return folder


def test_an_articles_refusals_are_listed_by_sentence(folder):
    result = run_claims("explain", "vote", "--refused", folder=folder)
    told = result.stdout.decode()
    assert result.returncode == 0, result.stderr
    assert told.startswith("vote:1 Does Chile reject the plan? (0 claims)\n")
    assert "  reject [11–17] (cue.reject.reject), refusal.question: It is only asked" in told
    assert result.stderr.rstrip().endswith(b"Next: correct a cue under models/, then claims check")


def test_a_sentence_is_asked_about_by_its_number(folder):
    result = run_claims("explain", "vote:2", "--refused", folder=folder)
    assert result.returncode == 0
    assert result.stdout.decode().startswith("vote:2 Peru opposed the vote. (1 claim)\n")


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("vote:9", b"vote has no sentence 9; it has 2"),
        ("voter", b"there is no article 'voter' among 1; the nearest are: vote"),
    ],
)
def test_a_wrong_name_is_answered(folder, name, message):
    result = run_claims("explain", name, "--refused", folder=folder)
    assert (result.returncode, result.stdout) == (2, b"")
    assert message in result.stderr
