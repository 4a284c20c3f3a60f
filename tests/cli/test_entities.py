"""The verb ``claims entities``: listing and merging."""

from __future__ import annotations

import pytest
from typer.testing import CliRunner

from pipeline.cli.entities import app
from pipeline.errors import SettingError
from pipeline.jsonl import write_extractions
from pipeline.records import Extraction, Kind, Mention


def run(*arguments):
    return CliRunner().invoke(app, list(arguments))


def extract_two(folder):
    """Two entities that the lexicon does not know, in an extraction."""
    mentions = (
        Mention(0, 3, Kind.ORGANISATION, "org:oea"),
        Mention(8, 11, Kind.PERSON, "person:b"),
    )
    (folder / "extracted").mkdir(exist_ok=True)
    article = Extraction(article="a", text="OEA met Bob.", mentions=mentions)
    write_extractions(folder / "extracted" / "a.jsonl", [article])
    return "--annotations", str(folder)


def test_entities_are_counted_with_their_forms(tmp_path):
    text = "Chile met Foo Bar. Chile left."
    mentions = (
        Mention(0, 5, Kind.STATE, "country:CL"),
        Mention(10, 17, Kind.PERSON, "person:foo-bar"),
        Mention(19, 24, Kind.STATE, "country:CL"),
    )
    (tmp_path / "extracted").mkdir()
    article = Extraction(article="a", text=text, mentions=mentions)
    write_extractions(tmp_path / "extracted" / "a.jsonl", [article])
    rows = run("--annotations", str(tmp_path)).output.splitlines()
    assert rows[1].split() == ["2", "country:CL", "Chile", "Chile", "2"]
    assert "(not in the lexicon)" in rows[2]
    only = run("--annotations", str(tmp_path), "--unknown").output
    assert "person:foo-bar" in only
    assert "country:CL" not in only


def test_merge_is_recorded_and_undone(tmp_path):
    path = tmp_path / "entities" / "merged.yaml"
    found = extract_two(tmp_path)
    merged = run("merge", "org:oea", "org:OAS", *found, "--models", str(tmp_path))
    assert merged.exit_code == 0
    assert path.read_text(encoding="utf-8").splitlines()[1:] == ["org:oea: org:OAS"]
    assert run("merge", "org:oea", "org:OAS", "--undo", "--models", str(tmp_path)).exit_code == 0
    assert path.read_text(encoding="utf-8").splitlines()[1:] == []


def test_dry_run_writes_nothing(tmp_path):
    found = extract_two(tmp_path)
    run("merge", "org:oea", "org:OAS", "--dry-run", *found, "--models", str(tmp_path))
    assert not (tmp_path / "entities").exists()


@pytest.mark.parametrize(
    "arguments",
    [
        ("oea", "org:OAS"),
        ("org:oea", "org:oea"),
        ("org:oea", "person:b", "--undo"),
        ("org:oae", "org:OAS"),
        ("org:oea", "org:OSA"),
        ("country:ZZ", "country:FR"),
    ],
)
def test_wrong_merge_is_refused(tmp_path, arguments):
    found = extract_two(tmp_path)
    result = run("merge", *arguments, *found, "--models", str(tmp_path))
    assert isinstance(result.exception, SettingError)
    assert not (tmp_path / "entities").exists()


def test_an_unknown_entity_is_answered_with_the_nearest(tmp_path):
    found = extract_two(tmp_path)
    result = run("merge", "org:oae", "org:OAS", *found, "--models", str(tmp_path))
    assert "'org:oae'" in str(result.exception)
    assert "org:oea" in str(result.exception)
