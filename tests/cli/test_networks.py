"""``claims networks``: what it writes where, what it refuses, and what it says at the end."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from pipeline.cli.networks import _tell, _write, networks
from pipeline.errors import SettingError
from pipeline.export.network_files import Wanted
from pipeline.networks.dates import Length
from pipeline.networks.kinds import NetworkType, Normalise
from tests.cli.running import run_claims
from tests.dataset.build import chile, decide, workspace
from tests.networks.build import TEN, discourse_of

ONE = Wanted(kinds=(NetworkType("actor-congruence"),))


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    workspace(tmp_path, decide(chile()))
    (tmp_path / "mine").write_text("mine")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"output": "far/away"}, "there is no folder 'far' to write away to"),
        ({"output": "net.gml"}, "'net.gml' is no folder and ends in none of: .csv, .dl"),
        ({"output": "mine"}, "'mine' is a file; name a folder"),
        ({"kinds": ["actor-conflict", "actor-congruence"]}, "several networks need a folder"),
        ({"normalise": "jaccard"}, "actor-concept cannot be normalised by jaccard; it can by"),
        ({"window": "3q", "output": "nets"}, "write days, weeks, months or years as 10d"),
        ({"step": "1m", "output": "nets"}, "name one with --window 3m"),
        ({"window": "3m"}, "name a folder with: -o networks/"),
        ({"corpus": "elsewhere"}, "no corpus folder 'elsewhere'"),
    ],
)
def test_what_cannot_be_done_is_refused_before_any_work(
    here: Path, settings: dict[str, Any], message: str
) -> None:
    before = sorted(here.rglob("*"))
    for name, type_ in (("output", Path), ("corpus", Path), ("normalise", Normalise)):
        if name in settings:
            settings = {**settings, name: type_(settings[name])}
    settings = {**settings, "kinds": [*map(NetworkType, settings.get("kinds", []))]}
    with pytest.raises(SettingError, match=re.escape(message)):
        networks(**settings)
    assert sorted(here.rglob("*")) == before


def test_a_wrong_call_ends_with_2(here: Path) -> None:
    ended = run_claims("networks", "-o", "far/away/", folder=here)
    assert (ended.returncode, ended.stdout) == (2, b"")
    assert b"Make it with: mkdir -p far" in ended.stderr


def test_claims_without_concepts_are_counted_and_nothing_is_written(tmp_path: Path) -> None:
    workspace(tmp_path, decide(chile()))
    ended = run_claims("networks", "-o", "nets", folder=tmp_path)
    assert ended.returncode == 0
    assert ended.stderr.decode().splitlines() == [
        "left out: 1 statement without a concept; see: claims concepts",
        "no statement for or against a concept: nothing is written. Next: claims concepts",
    ]
    assert not (tmp_path / "nets").exists()


@pytest.mark.parametrize(
    ("options", "following"),
    [
        ((), " Next: claims review start"),
        (("--extracted",), " Next: claims extract"),
        (("--search", "nowhere"), ""),
    ],
)
def test_where_there_are_no_claims_the_first_step_is_named(
    tmp_path: Path, options: tuple[str, ...], following: str
) -> None:
    workspace(tmp_path, *([decide(chile())] if "--search" in options else []))
    if "--extracted" in options:
        shutil.rmtree(tmp_path / "annotations")
    ended = run_claims("networks", *options, folder=tmp_path)
    last = ended.stderr.decode().splitlines()[-1]
    assert last == f"no statement for or against a concept: nothing is written.{following}"


def test_an_article_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    corpus, _ = workspace(tmp_path, decide(chile()))
    (corpus / "bad.txt").write_bytes(b"\x00\xff\x00 binary")
    ended = run_claims("networks", folder=tmp_path)
    assert ended.returncode == 1
    assert b"left out: article bad cannot be read" in ended.stderr


def test_what_was_written_is_counted_with_what_comes_next(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = discourse_of()
    _write(tmp_path / "n", found, Wanted(), folder=True, dry_run=False)
    said = capsys.readouterr().err
    assert said.startswith("6 networks of 10 statements written to ")
    assert f": 26 files. Next: look at {tmp_path / 'n' / 'actor-concept.svg'}" in said
    _write(tmp_path / "c.csv", found, ONE, folder=False, dry_run=False)
    assert "1 network of 10 statements written to" in capsys.readouterr().err
    assert (tmp_path / "c.csv").read_text().startswith(",A,B,C,D\n")
    _write(Path("-"), found, ONE, folder=False, dry_run=False)
    assert capsys.readouterr().out == (tmp_path / "c.csv").read_text()


def test_a_dry_run_writes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _write(tmp_path / "n", discourse_of(), Wanted(), folder=True, dry_run=True)
    assert f"6 networks of 10 statements would be written to {tmp_path / 'n'}" in (
        capsys.readouterr().err
    )
    assert list(tmp_path.iterdir()) == []


def test_what_no_network_shows_is_said() -> None:
    found = discourse_of([*TEN, "A ban 0 six 2024", "A - + six"])
    wanted = Wanted(
        kinds=(NetworkType("actor-concept"), NetworkType("actor-conflict")),
        normalise=Normalise.JACCARD,
        windows=(Length(1, "w"), Length(1, "w")),
        most=2,
    )
    assert list(_tell(found, wanted)) == [
        "left out: 1 statement without a concept; see: claims concepts",
        "not counted: 1 neutral statement; networks have two sides",
        "not normalised: actor-concept, which jaccard is not for",
        "left out of matrices: 2 actors, the least active; see --most",
        "left out of matrices: 1 concept, the least active; see --most",
        "in no window: 1 statement without a date so exact",
        "windows are drawn where they are 24 or fewer; these are more",
    ]
