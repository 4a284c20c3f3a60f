"""The commands and the code of docs/networks.md run, and print what the page says."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipeline.cli.main import app
from pipeline.networks.kinds import USUAL, NetworkType, Normalise
from tests.cli.running import ROOT
from tests.dataset.build import chile, decide, workspace

PAGE = (ROOT / "docs" / "networks.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
LINES = [line for language, text in BLOCKS if language == "sh" for line in text.splitlines()]


@pytest.mark.parametrize("line", LINES)
def test_every_command_runs(line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    workspace(tmp_path, decide(chile()))
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(app, shlex.split(line)[1:])
    assert result.exit_code == 0, result.output


def test_the_code_prints_what_the_page_says() -> None:
    code = [text for language, text in BLOCKS if language == "python"]
    result = subprocess.run(
        [sys.executable, "-c", code[-1]],
        capture_output=True, text=True, timeout=120, cwd=ROOT, check=False,
    )  # fmt: skip
    assert result.returncode == 0, result.stderr
    assert result.stdout == BLOCKS[-1][1]


def test_every_network_and_normalisation_is_explained() -> None:
    names = [*NetworkType, *(name for name in Normalise if name != "none")]
    assert [name for name in names if f"`{name}`" not in PAGE] == []
    assert len(USUAL) == 6
