"""The words by which a sentence disputes its neighbour: every example of the file is a test."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.errors import LexiconError
from pipeline.lexicon.disputes import NAMES, PREFIX, read_disputes
from pipeline.lexicon.folder import models_folders, packaged_models

WORDS = read_disputes((packaged_models(),))
TRIED = [(each, say) for each in WORDS.lists.values() for say in each.examples]
PASSED = [(each, say) for each in WORDS.lists.values() for say in each.counterexamples]


def speaks(name: str, sentence: str) -> bool:
    return WORDS.hangs(sentence) if name == f"{PREFIX}hanging" else WORDS.disputes(sentence)


@pytest.mark.parametrize(("entry", "sentence"), TRIED, ids=lambda item: str(item)[:40])
def test_every_example_disputes(entry, sentence: str) -> None:
    assert speaks(entry.id, sentence)


@pytest.mark.parametrize(("entry", "sentence"), PASSED, ids=lambda item: str(item)[:40])
def test_no_counterexample_disputes(entry, sentence: str) -> None:
    assert not speaks(entry.id, sentence)


def test_every_list_is_there_and_has_examples_of_both_kinds() -> None:
    assert set(WORDS.lists) == set(NAMES)
    assert all(one.examples and one.counterexamples for one in WORDS.lists.values())


def test_a_project_adds_forms(tmp_path: Path) -> None:
    path = tmp_path / "disputes.yaml"
    path.write_text("lists:\n- id: disputes.alone\n  forms: [codswallop]\n", encoding="utf-8")
    assert read_disputes(models_folders(tmp_path)).disputes("The paper prints codswallop daily.")
    assert not WORDS.disputes("The paper prints codswallop daily.")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("lists:\n- id: disputes.nope\n  forms: [x]\n", "disputes.yaml:2: unknown id"),
        ("lists:\n- id: disputes.alone\n  forms: [no]\n", "put no, true and false in quotes"),
        ("lists:\n- id: disputes.alone\n", "has no forms"),
        ("list: []\n", "unknown key 'list'"),
    ],
)
def test_a_wrong_file_is_refused_by_line(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "disputes.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(LexiconError, match=message):
        read_disputes((tmp_path,))
