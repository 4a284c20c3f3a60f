"""The verb ``claims report`` and the card of ``claims export``, as a person calls them."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.running import environment, run_claims
from tests.dataset.build import chile, decide, peru, workspace


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    found = tmp_path_factory.mktemp("workspace")
    workspace(found, decide(chile()), decide(peru()))
    return found


def test_the_page_is_of_the_verified_claims_and_the_pictures_beside_it(folder: Path) -> None:
    ended = run_claims("report", "-o", "page.html", "--png", "figures", folder=folder)
    assert (ended.returncode, ended.stdout) == (0, b""), ended.stderr
    assert b"2 verified claims shown in page.html" in ended.stderr
    page = (folder / "page.html").read_text(encoding="utf-8")
    assert "2 verified claims" in page
    assert "<bdi>A note</bdi>" in page
    assert "2 of 2 claims that the machine found are decided (100 %)." in page
    assert sorted(path.name for path in (folder / "figures").iterdir()) == [
        "activity.png", "matrix.png",
    ]  # fmt: skip


def test_the_machines_claims_come_on_request_to_a_stream_too(folder: Path) -> None:
    ended = run_claims("report", "--extracted", "--title", "A <b>", "-o", "-", folder=folder)
    assert ended.returncode == 0
    page = ended.stdout.decode("utf-8")
    assert "<strong>Unreviewed.</strong>" in page
    assert "<title>A &lt;b&gt;</title>" in page
    assert b"2 unreviewed claims shown" in ended.stderr


def test_without_claims_the_page_is_written_and_the_next_step_said(tmp_path: Path) -> None:
    workspace(tmp_path)
    ended = run_claims("report", folder=tmp_path)
    assert ended.returncode == 0
    assert b"0 verified claims shown in report.html; review some first" in ended.stderr
    assert "claims review start" in (tmp_path / "report.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("place", ["-o", "--png"])
def test_no_folder_is_made_far_from_home(folder: Path, place: str) -> None:
    ended = run_claims("report", place, "not/there/it", folder=folder)
    assert ended.returncode == 2
    assert b"there is no folder 'not/there'" in ended.stderr
    assert not (folder / "not").exists()


def test_a_dry_run_writes_nothing(folder: Path) -> None:
    before = sorted(folder.iterdir())
    ended = run_claims("report", "-o", "dry.html", "--png", "dry", "--dry-run", folder=folder)
    assert b"2 verified claims would be shown" in ended.stderr
    ended = run_claims("export", "--card", "-o", "dry.md", "--dry-run", folder=folder)
    assert b"a card of 2 claims would be written" in ended.stderr
    assert sorted(folder.iterdir()) == before


def test_an_article_that_cannot_be_read_is_named_and_the_page_is_of_the_others(
    tmp_path: Path,
) -> None:
    corpus, _ = workspace(tmp_path, decide(chile()))
    (corpus / "bad.txt").write_bytes(b"\x00\xff\x00 binary")
    ended = run_claims("report", "-o", "page.html", folder=tmp_path)
    assert ended.returncode == 1
    assert b"left out: article bad cannot be read" in ended.stderr
    assert "article bad cannot be read" in (tmp_path / "page.html").read_text(encoding="utf-8")


def test_a_card_of_one_claim_says_so(folder: Path) -> None:
    ended = run_claims("export", "--card", "--country", "CL", "-o", "ONE.md", folder=folder)
    assert b"the card of 1 claim is in ONE.md" in ended.stderr


def test_without_matplotlib_no_folder_is_left(folder: Path) -> None:
    code = (
        "import sys; sys.modules['matplotlib'] = None\nfrom pipeline.cli.main import main; main()"
    )
    ended = subprocess.run(
        [sys.executable, "-c", code, "report", "-o", "none.html", "--png", "none"],
        cwd=folder, env=environment(), capture_output=True, check=False,
    )  # fmt: skip
    assert ended.returncode == 2
    assert b"claims report needs matplotlib" in ended.stderr
    assert not [path.name for path in folder.iterdir() if path.name.startswith("none")]


def test_the_card_goes_to_a_stream_or_a_file(folder: Path) -> None:
    card = run_claims("export", "--card", folder=folder)
    assert card.returncode == 0, card.stderr
    assert card.stdout.startswith(b"# Dataset card: 2 verified claims\n")
    assert run_claims("export", "--card", "-o", "CARD.md", folder=folder).returncode == 0
    assert (folder / "CARD.md").read_bytes() == card.stdout
    unreviewed = run_claims("export", "--card", "--extracted", folder=folder).stdout
    assert re.search(rb"^\*\*Nobody has reviewed these claims", unreviewed, re.MULTILINE)
