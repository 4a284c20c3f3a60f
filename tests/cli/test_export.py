"""What an export leaves out, and brings on request."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pipeline.schemas import load_schema
from tests.cli.running import run_claims
from tests.dataset.build import chile, decide, peru, workspace
from tests.reading.files import pdf

EDITED = "Chile rejected the draft.\nMexico met nobody."


def exported(folder: Path, *options: str) -> list[dict]:
    ended = run_claims("export", *options, folder=folder)
    assert ended.returncode == 0, ended.stderr
    return [json.loads(line) for line in ended.stdout.splitlines()]


def test_orphans_come_on_request_and_follow_the_schema(tmp_path):
    from jsonschema import Draft202012Validator

    corpus, _ = workspace(tmp_path, decide(chile()), decide(peru()))
    (corpus / "note.txt").write_text(EDITED, encoding="utf-8")
    assert run_claims("extract", folder=tmp_path).returncode == 0
    usual, all_ = exported(tmp_path), exported(tmp_path, "--orphans")
    assert [row["holder"]["text"] for row in usual] == ["Chile"]
    assert {row["holder"]["text"]: row["anchored"] for row in all_} == {
        "Chile": "exact",
        "Peru": "orphan",
    }
    for row in all_:
        Draft202012Validator(load_schema("claim")).validate(row)


def test_the_claims_of_a_pdf_name_their_pages(tmp_path):
    words = ("Chile rejected the draft of the treaty.", "Peru backed the vote in the assembly.")
    (tmp_path / "note.pdf").write_bytes(pdf([[(72, 700, line)] for line in words]))
    for verb in (("add", "note.pdf", "--language", "en"), ("extract",)):
        ended = run_claims(*verb, folder=tmp_path)
        assert ended.returncode == 0, ended.stderr
    rows = exported(tmp_path, "--extracted")
    assert [(row["holder"]["text"], row["cue"]["page"]) for row in rows] == [
        ("Chile", 1),
        ("Peru", 2),
    ]
    shown = run_claims("show", "note", "--table", folder=tmp_path).stdout.decode("utf-8")
    assert "page" in shown


@pytest.mark.parametrize(
    ("options", "partly"),
    [
        (("--stance", "oppose"), True),
        (("--search", "draft"), True),
        (("--min-score", "0.1"), True),
        (("--article", "note", "--holder", "Chile"), True),
        (("--article", "note"), False),
        (("--until", "2030"), False),
        ((), False),
    ],
)
def test_gold_says_that_filters_leave_claims_out(tmp_path, options, partly):
    workspace(tmp_path, decide(chile()))
    ended = run_claims("export", "-f", "gold", *options, folder=tmp_path)
    assert ended.returncode == 0, ended.stderr
    assert (b"the filters leave some out" in ended.stderr) is partly


def test_where_nothing_is_extracted_that_comes_first(tmp_path):
    (tmp_path / "corpus").mkdir()
    said = run_claims("export", "--extracted", folder=tmp_path).stderr
    assert b"0 unchecked claims written; extract some first: claims extract" in said


def test_a_near_duplicate_is_counted_once(tmp_path):
    corpus, _ = workspace(tmp_path, decide(chile()))
    with (corpus / "note.toml").open("a", encoding="utf-8") as metadata:
        metadata.write('duplicate_of = "other"\n')
    assert run_claims("extract", folder=tmp_path).returncode == 0
    assert exported(tmp_path) == []
    assert len(exported(tmp_path, "--duplicates")) == 1
    assert exported(tmp_path, "--extracted") == []
    assert exported(tmp_path, "--extracted", "--duplicates") != []


def test_an_article_that_cannot_be_read_is_named_and_the_others_are_written(tmp_path):
    corpus, _ = workspace(tmp_path, decide(chile()))
    (corpus / "bad.txt").write_bytes(b"\x00\xff\x00 binary")
    ended = run_claims("export", folder=tmp_path)
    assert ended.returncode == 1
    assert b"left out: article bad cannot be read" in ended.stderr
    assert len(ended.stdout.splitlines()) == 1


def test_the_rule_of_the_workspace_is_the_rule(tmp_path):
    _, annotations = workspace(tmp_path, decide(chile()))
    (annotations / "review.toml").write_text('rule = "adjudicated"\n')
    assert exported(tmp_path) == []
    assert len(exported(tmp_path, "--rule", "first")) == 1
    assert b" 0 claims verified" in run_claims("verify", folder=tmp_path).stderr
