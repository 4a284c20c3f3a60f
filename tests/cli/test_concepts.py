"""The verbs ``claims concepts``, ``assign`` and ``undo``: what they say, write and refuse."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from pipeline.cli.main import app
from pipeline.concepts.files import read_concepts
from pipeline.errors import PipelineError
from pipeline.jsonl import write_extractions
from pipeline.lexicon.yaml_lines import read_any_yaml
from pipeline.locking import locked
from tests.cli.running import run_claims
from tests.dataset.build import article, as_extracted, chile, claim_of, decide, workspace

LEDGER = Path("annotations") / "concepts.jsonl"
LEVY = "- {id: concept.own.draft, label: The draft, patterns: [draft], examples: [the draft]}\n"


@pytest.fixture(autouse=True)
def _workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A corpus of one article, extracted, one of its two claims verified."""
    workspace(tmp_path, decide(chile()))
    monkeypatch.chdir(tmp_path)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["concepts", *arguments])


def refusal(*arguments: str) -> str:
    result = run(*arguments)
    assert isinstance(result.exception, PipelineError)
    return str(result.exception)


def own_concepts(text: str) -> None:
    Path("models/concepts").mkdir(parents=True, exist_ok=True)
    Path("models/concepts/own.yaml").write_text(text, encoding="utf-8")


def test_concepts_are_counted_and_the_others_are_ready_to_paste() -> None:
    own_concepts(LEVY)
    done = run("--extracted", "--targets")
    assert done.exit_code == 0
    lines = [" ".join(line.split()) for line in done.stdout.splitlines()]
    assert "1 0 1 0 concept.own.draft The draft" in lines
    assert "1 × the draft" in lines
    assert "# 1. 1 claim (1 support) in 1 article" in lines
    assert "1 of 2 unchecked claims with a target have a concept; 1 group" in done.stderr
    verified = run()
    assert "1 of 1 verified claim with a target have a concept; 0 groups" in verified.stderr


def test_all_targets_of_a_concept_are_listed(tmp_path: Path) -> None:
    things = [f"the {word} draft" for word in ("first", "second", "third", "new", "old", "last")]
    text = " ".join(f"Chile rejected {thing}." for thing in things)
    claims = [
        claim_of("Chile", "rejected", "oppose", thing, "country:CL", text) for thing in things
    ]
    corpus = tmp_path / "corpus"
    (corpus / "note.txt").write_text(text, encoding="utf-8")
    extracted = replace(article(text, tuple(claims)), article="note")
    write_extractions(tmp_path / "annotations/extracted/note.jsonl", [as_extracted(extracted)])
    own_concepts(LEVY)
    said = run("--extracted", "--targets").stdout
    assert [thing for thing in things if f"1 × {thing}" not in said] == []


@pytest.mark.parametrize(
    ("arguments", "following"), [((), "--extracted"), (("--extracted",), "claims extract")]
)
def test_where_there_are_no_claims_the_first_step_is_named(
    tmp_path: Path, arguments: tuple[str, ...], following: str
) -> None:
    shutil.rmtree(tmp_path / "annotations")
    assert run(*arguments).stderr.rstrip().endswith(following)


def test_to_take_back_where_nothing_is_leaves_no_folder(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    ended = run_claims("concepts", "undo", folder=tmp_path / "empty")
    assert ended.returncode == 2
    assert b"nothing is assigned in annotations" in ended.stderr
    assert list((tmp_path / "empty").iterdir()) == []


def test_what_is_unmapped_is_a_file_of_concepts_as_it_stands(tmp_path: Path) -> None:
    own_concepts(run("--extracted", "--unmapped", "--area", "votes").stdout)
    found = read_concepts((tmp_path / "models",)).concepts
    assert list(found) == ["concept.votes.draft", "concept.votes.vote"]
    assert run("--extracted", "--unmapped").stdout == ""


def test_an_assignment_counts_until_it_is_undone() -> None:
    for words in (("the vote", "a draft", "concept.trade.china"), ("the vote", "none")):
        assert "written to" in run("assign", *words).stderr
    assert "all of that is said" in run("assign", "vote", "none").stderr
    assert len(LEDGER.read_text().splitlines()) == 3
    before = LEDGER.read_bytes()
    assert "1 target would be taken back" in run("undo", "--dry-run").stderr
    assert LEDGER.read_bytes() == before
    assert "taken back: “the vote” to none" in run("undo").stderr
    assert "concept.trade.china" in run("--extracted").stdout
    assert "2 targets taken back" in run("undo", "the vote", "draft").stderr
    assert "No claim has a concept." in run("--extracted").stdout
    assert "nothing is assigned" in refusal("undo")


def test_a_new_concept_needs_a_label_and_keeps_it() -> None:
    assert "--label LABEL" in refusal("assign", "the vote", "concept.own.vote")
    assert run("assign", "the vote", "concept.own.vote", "--label", "A  vote").exit_code == 0
    assert run("assign", "the draft", "concept.own.vote", "--turned").exit_code == 0
    lines = [json.loads(line) for line in LEDGER.read_text().splitlines()]
    assert [(one["label"], one["turned"]) for one in lines] == [("A vote", False), ("A vote", True)]
    said = refusal("assign", "the vote", "concept.own.vote", "--label", "B")
    assert "is called 'A vote'" in said
    exported = CliRunner().invoke(app, ["export", "--extracted"]).stdout
    concepts = [json.loads(line)["concepts"] for line in exported.splitlines()]
    assert [[one["stance"] for one in found] for found in concepts] == [["support"], ["support"]]


@pytest.mark.parametrize(
    ("arguments", "fault"),
    [
        (("assign", "the vote", "concept.trade.chyna"), "did you mean concept.trade.china?"),
        (("assign", "the vote", "China"), "the last word must be a concept, as concept.AREA.NAME"),
        (("assign", "the vots", "concept.trade.china"), "near are “the vote”"),
        (("assign", "the", "concept.trade.china"), "'the' is a pronoun"),
        (("assign", "It", "concept.trade.china"), "'It' is a pronoun"),
        (("assign", "concept.trade.china"), "name a target and a concept"),
        (("assign", "the vote", "the x", "concept.trade.china"), "no claim has the target 'the x'"),
        (("--area", "Own Area"), "must be small letters"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_written(
    arguments: tuple[str, ...], fault: str
) -> None:
    assert fault in refusal(*arguments)
    assert not LEDGER.exists()


def test_nothing_is_assigned_while_another_verb_writes(tmp_path: Path) -> None:
    with locked("extract", tmp_path / "annotations"):
        ended = run_claims("concepts", "assign", "the vote", "none", folder=tmp_path)
    assert ended.returncode == 1
    assert b"claims extract is at work in this workspace" in ended.stderr
    assert not LEDGER.exists()


def test_a_wrong_file_of_concepts_stops_an_export_before_it_begins(tmp_path: Path) -> None:
    own_concepts("- {id: concept.own.a, label: A, paterns: [a]}\n")
    ended = run_claims("export", "-o", "out.jsonl", folder=tmp_path)
    assert ended.returncode == 2
    assert b"models/concepts/own.yaml:1: unknown key 'paterns'" in ended.stderr
    assert not Path("out.jsonl").exists()


def test_a_lost_concept_is_named_and_the_claims_are_exported() -> None:
    own_concepts(LEVY)
    assert run("assign", "the vote", "concept.own.draft").exit_code == 0
    own_concepts("[]\n")
    done = CliRunner().invoke(app, ["export", "--extracted"])
    assert done.exit_code == 0
    assert "annotations/concepts.jsonl:1: no concept 'concept.own.draft'" in done.stderr
    assert len(done.stdout.splitlines()) == 2


def test_check_names_faults_of_concepts() -> None:
    own_concepts(LEVY.replace("[the draft]", "[the vote]") + "- {id: concept.own.b}\n")
    done = CliRunner().invoke(app, ["check", "--files-only"])
    assert done.exit_code == 2
    assert "models/concepts/own.yaml:2: the concept needs label" in done.stdout
    assert read_any_yaml(Path("models/concepts/own.yaml"))
