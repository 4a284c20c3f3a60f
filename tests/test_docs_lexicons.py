"""The files shown in docs/lexicons.md are well formed, and their examples hold."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

import pytest

from pipeline.extraction.build import build_language
from pipeline.lexicon.check import find_clashes, find_cue_clashes, read_faults
from pipeline.lexicon.examples import check_cue_examples, check_entity_examples
from pipeline.lexicon.grammar import Grammar
from pipeline.lexicon.yaml_lines import LINE, read_yaml

PAGE = Path(__file__).parents[1] / "docs" / "lexicons.md"
SNIPPET = re.compile(r"^```yaml\n# models/(\S+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("models")
    for name, text in SNIPPET.findall(PAGE.read_text(encoding="utf-8")):
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def test_the_files_that_the_page_shows_pass_the_check(models: Path) -> None:
    faults, entries, cues = read_faults((models,))
    assert (len(entries), len(cues)) == (2, 2)
    nlp = build_language(models=models, profile="fast")
    found = [
        *faults,
        *find_clashes(entries),
        *find_cue_clashes(cues),
        *check_entity_examples(nlp, entries),
        *check_cue_examples(nlp, cues),
    ]
    assert list(map(str, found)) == []


def test_the_page_names_every_list_of_words() -> None:
    page = PAGE.read_text(encoding="utf-8")
    evaluative = read_yaml(PAGE.parents[1] / "models" / "evaluative.yaml").keys() - {LINE}
    names = {field.name for field in fields(Grammar)} | evaluative
    assert {name for name in names if f"`{name}`" not in page} == set()
