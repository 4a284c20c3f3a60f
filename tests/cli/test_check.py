"""The verb ``claims check``: every file under models/, with file and line, and the exit code."""

from __future__ import annotations

import pytest
import typer
from typer.testing import CliRunner

from pipeline.cli.check import check
from pipeline.lexicon.folder import packaged_models

CUE = (
    "family: warn\nstance: oppose\nentries:\n  - id: cue.warn.own\n    cue: frobnicate\n"
    '    examples: ["[Chile]{{holder}} [frobnicates]{{cue:oppose}} [it]{{target}}."]\n{more}'
)


@pytest.fixture(autouse=True)
def _elsewhere(monkeypatch, tmp_path):
    """A folder without models/ of its own to work in."""
    monkeypatch.chdir(tmp_path)


def run(*arguments: str):
    app = typer.Typer()
    app.command()(check)
    return CliRunner().invoke(app, [*arguments])


def faults_in(tmp_path, name: str, text: str) -> list[str]:
    path = tmp_path / "models" / name
    path.parent.mkdir(parents=True)
    path.write_text(text, encoding="utf-8")
    result = run("--files-only", "--models", str(tmp_path / "models"))
    assert result.exit_code == 2
    own = str(tmp_path / "models")
    lines = [line for line in result.stdout.splitlines() if line.startswith(own)]
    return [line.removeprefix(f"{own}/") for line in lines]


@pytest.mark.parametrize(
    ("name", "text", "fault"),
    [
        ("settings.toml", "# mine\nbatch_sise = 8\n", "settings.toml:2: unknown key 'batch_sise'"),
        ("settings.toml", 'batch_size = "8"\n', "settings.toml:1: batch_size must be int"),
        ("settings.toml", "a = 1\nb = \n", "settings.toml:2: not valid TOML"),
        ("grammar.yaml", "light_verbs: [do]\nlihgt: [do]\n", "grammar.yaml:1: unknown key 'lihgt'"),
        ("grammar.yaml", "negators:\n  - not\n  - no\n", "grammar.yaml:3: 'no' of negators"),
        ("evaluative.yaml", "positiv: [good]\n", "evaluative.yaml:1: unknown key 'positiv'"),
        (
            "evaluative.yaml",
            "positive:\n  - a\n  - a\n",
            "evaluative.yaml:3: positive has 'a' twice",
        ),
        ("nouns.yaml", "person_noun: [a]\n", "nouns.yaml:1: unknown key 'person_noun'"),
        ("name_nouns.yaml", "place_nouns: bay\n", "name_nouns.yaml:1: place_nouns must be a list"),
        ("reference.yaml", "region_noun: [a]\n", "reference.yaml:1: unknown key 'region_noun'"),
        ("segmentation.yaml", "lists:\n  - id: x\n", "segmentation.yaml:2: unknown id 'x'"),
        ("rules.yaml", "rules:\n  - id: rule.x\n", "rules.yaml:2: rule.x needs says"),
        ("entities/offices.yaml", "titles: 3\n", "entities/offices.yaml:1: titles must be a list"),
        ("entities/merged.yaml", "org:a: b\n", "entities/merged.yaml:1: 'org:a' must name"),
        ("entities/own.yaml", "- id: org:a\n  kin: x\n", "entities/own.yaml:1: unknown key 'kin'"),
        ("cues/own.yaml", CUE.format(more="    negaton: keep\n"), "cues/own.yaml:4: unknown key"),
        ("cues/own.yaml", "a: [\n", "cues/own.yaml:2: not valid YAML"),
    ],
)
def test_each_fault_has_its_file_and_line(tmp_path, name, text, fault):
    found = faults_in(tmp_path, name, text)
    assert [line[: len(fault)] for line in found] == [fault]


def test_two_cues_of_one_id_clash(tmp_path):
    again = "  - id: cue.warn.own\n    cue: dither\n    examples: [It.]\n"
    (fault,) = faults_in(tmp_path, "cues/own.yaml", CUE.format(more=again))
    assert fault.startswith("cues/own.yaml:7: the id cue.warn.own stands already at")


def test_the_packaged_files_can_be_read():
    result = run("--files-only", "--models", str(packaged_models()))
    assert result.stdout == ""
    assert result.exit_code == 0


def test_a_missing_folder_is_refused():
    result = run("--models", "nowhere")
    assert result.exit_code == 1
    assert "no such models folder" in str(result.exception)
