"""The words of ``models/intake.yaml``: every example of the file is a test."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.errors import ArticleError, LexiconError
from pipeline.lexicon.folder import models_folders, packaged_models
from pipeline.lexicon.intake import NAMES, PREFIX, read_intake, read_intake_lists
from pipeline.reading.columns import Columns, map_columns, stated_date
from pipeline.reading.heads import read_head

LISTS = read_intake_lists((packaged_models(),))
WORDS = read_intake((packaged_models(),))
CASES = [(name, text, True) for name, one in LISTS.items() for text in one.examples]
CASES += [(name, text, False) for name, one in LISTS.items() for text in one.counterexamples]


def holds(name: str, example: str) -> bool:
    kind, _, what = name.partition(".")
    if kind == "column":
        row = {"text": "Kenya signed."} if what != "text" else {}
        try:
            mapped = map_columns({**row, example: "x"}, Columns(), WORDS)
        except ArticleError:
            return False
        found = {"text": mapped.text, "id": mapped.id, **mapped.fields}
        return found.get(what) == example
    if kind == "unknown":
        return stated_date({"text": "Kenya signed.", "date": example}, Columns(), WORDS) is None
    fields = read_head(f"{example}\n\nKenya signed the accord on fishing.\n", WORDS).fields
    if kind == "label":
        return what in fields and fields[what] != example
    if kind == "no-name":
        return "author" not in fields
    if kind == "role":
        return "," not in fields["author"]
    return "author" in fields


def test_every_list_is_there() -> None:
    assert {PREFIX + name for name in LISTS} == {PREFIX + name for name in NAMES}


@pytest.mark.parametrize(("name", "example", "expected"), CASES)
def test_the_examples_hold(name: str, example: str, expected: bool) -> None:
    assert holds(name, example) is expected


def test_a_project_adds_its_own_words(tmp_path: Path) -> None:
    (tmp_path / "intake.yaml").write_text(
        "lists:\n- id: intake.column.title\n  forms: [titel]\n  examples: [Titel]\n",
        encoding="utf-8",
    )
    words = read_intake(models_folders(tmp_path))
    row = {"text": "Kenya signed.", "Titel": "An accord"}
    assert map_columns(row, Columns(), words).fields == {"title": "Titel"}
    assert map_columns(row, Columns(), WORDS).fields == {}


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("lists:\n- id: intake.colour\n", "intake.yaml:2: unknown id"),
        ("lists:\n- id: intake.byline\n  forms: [1]\n", "intake.yaml:2: forms must be"),
        ("lists:\n- id: intake.byline\n  forms: [by]\n", "has no examples"),
        ("words: []\n", "intake.yaml:1: unknown key"),
    ],
)
def test_a_wrong_file_is_refused_with_its_line(tmp_path: Path, text: str, hint: str) -> None:
    (tmp_path / "intake.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(LexiconError, match=hint):
        read_intake(models_folders(tmp_path))
