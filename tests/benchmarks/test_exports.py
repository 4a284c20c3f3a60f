"""The benchmark of exports writes claims that are what they say, in every format."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from benchmarks.exports import AN_ARTICLE, made_up, measure
from pipeline.export.formats import FORMATS
from tests.cli.running import ROOT, environment


def test_the_claims_are_as_many_as_asked_for_and_each_stands_in_its_article() -> None:
    gathered = made_up(AN_ARTICLE + 3)
    records = list(gathered.claims())
    assert len({record["id"] for record in records}) == gathered.count == AN_ARTICLE + 3
    assert list(gathered.claims()) == records
    for record in records:
        text = gathered.articles[record["article"]].text
        for name in ("sentence", "holder", "cue", "target"):
            piece = record[name]
            assert text[piece["start"] : piece["end"]] == piece["text"] != ""


@pytest.mark.parametrize("name", list(FORMATS))
def test_every_format_takes_them(name: str) -> None:
    found = measure(name, 60)
    assert (found["format"], found["claims"]) == (name, 60)
    assert found["written_megabytes"] > 0


def test_each_format_is_measured_in_a_process_of_its_own() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.exports", "--claims", "60", "--format", "csv"],
        cwd=ROOT,
        env=environment(),
        capture_output=True,
        text=True,
        check=True,
    )
    (found,) = map(json.loads, done.stdout.splitlines())
    assert found["format"] == "csv"
    assert 0 < found["megabytes"] < 1000
