"""The proposer of docs/proposers.md works as the page shows it, and the page says what there is."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
from dataclasses import fields
from pathlib import Path

import pytest

from pipeline.extraction.propose.llm import read_prompt
from pipeline.extraction.propose.stated import Stated
from pipeline.lexicon.endpoint import Endpoint
from pipeline.lexicon.folder import packaged_models
from pipeline.lexicon.settings import read_settings
from pipeline.records import Form, Stance
from pipeline.schemas import load_schema
from tests.cli.running import COMMAND, ROOT, environment

PAGE = (ROOT / "docs" / "proposers.md").read_text(encoding="utf-8")


def blocks_of(heading: str) -> dict[str, str]:
    """The first block of each language below a heading."""
    part = PAGE.partition(f"## {heading}\n")[2].partition("\n## ")[0]
    found: dict[str, str] = {}
    for language, text in re.findall(r"^```(\w+)\n(.*?)^```$", part, re.MULTILINE | re.DOTALL):
        found.setdefault(language, text)
    return found


def run(command: str, folder: Path) -> str:
    """What a line of the page prints; ``claims`` is the command of this checkout."""
    words = shlex.split(command)
    given = dict(word.split("=", 1) for word in words if re.match(r"[A-Z]+=", word))
    assert words[len(given)] == "claims", command
    paths = os.pathsep.join([str(ROOT), *filter(None, [given.get("PYTHONPATH")])])
    result = subprocess.run(
        [*COMMAND, *words[len(given) + 1 :]],
        cwd=folder,
        env={**environment(), "PYTHONPATH": paths},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert result.returncode == 0, result.stderr
    return result.stdout


def test_the_proposer_of_the_page_works_as_it_says(tmp_path):
    blocks = blocks_of("A proposer in thirty lines")
    assert 20 <= blocks["python"].count("\n") <= 40
    (tmp_path / "moods.py").write_text(blocks["python"], encoding="utf-8")
    (tmp_path / "models").mkdir()
    (tmp_path / "models" / "settings.toml").write_text(blocks["toml"], encoding="utf-8")
    first, *commands = blocks["sh"].splitlines()
    words, _, name = first.removeprefix("printf ").partition(" > ")
    (tmp_path / name).write_text(shlex.split(words)[0].replace("\\n", "\n"), encoding="utf-8")
    printed = "".join(run(command, tmp_path) for command in commands).splitlines()
    assert [one for one in blocks["text"].splitlines() if one not in printed] == [], printed


def test_own_words_for_the_proposer_are_read(tmp_path):
    from pipeline.lexicon.rules import read_rules

    (tmp_path / "rules.yaml").write_text(blocks_of("A proposer in thirty lines")["yaml"], "utf-8")
    words = read_rules((packaged_models(), tmp_path)).words_for("proposer.moods")
    assert words == "The list of moods, which our group keeps."


def test_the_settings_of_the_page_are_read_and_all_are_named(tmp_path):
    (tmp_path / "settings.toml").write_text(blocks_of("A language model")["toml"], "utf-8")
    found = read_settings((packaged_models(), tmp_path))
    assert found.proposers == ("pipeline.extraction.propose.llm:make",)
    assert found.llm == Endpoint("http://127.0.0.1:11434/v1", "qwen3:8b")
    named = (*fields(Endpoint), *fields(Stated))
    assert [field.name for field in named if f"`{field.name}`" not in PAGE] == []
    packaged = (packaged_models() / "settings.toml").read_text(encoding="utf-8")
    assert [one.name for one in fields(Endpoint) if f"# {one.name} = " not in packaged] == []


def test_the_schema_has_the_words_of_the_records():
    claim = load_schema("answer")["properties"]["claims"]["items"]  # type: ignore[index]
    assert claim["properties"]["stance"]["enum"] == list(Stance)
    assert claim["properties"]["form"]["enum"] == list(Form)
    assert sorted(claim["required"]) == sorted(claim["properties"])
    told = read_prompt((packaged_models(),)).instructions
    assert [name for name in claim["properties"] if name not in told] == []


@pytest.mark.parametrize("page", ["README.md", "docs/architecture.md", "docs/lexicons.md"])
def test_other_pages_lead_here(page):
    assert "proposers.md" in (ROOT / page).read_text(encoding="utf-8")
