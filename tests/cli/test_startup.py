"""A command loads what it needs, and none of the rest."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
import typer

from benchmarks.workspace import make_workspace
from pipeline.cli.main import app
from pipeline.cli.program import LINES

from .running import environment

MODEL = {"spacy", "thinc", "onnxruntime", "tokenizers"}
HEAVY = {*MODEL, "pandas", "numpy", "yaml", "httpx", "rich"}
_RUN = """
import io, json, sys
from contextlib import redirect_stdout
from pipeline.cli.main import main
sys.argv = ["claims", *sys.argv[1:]]
with redirect_stdout(io.StringIO()):
    try:
        main()
    except SystemExit as ended:
        code = ended.code
print(json.dumps([code, sorted(name for name in sys.modules if "." not in name)]))
"""


def modules_of(*arguments: str, folder: Path) -> set[str]:
    """The modules that a command has loaded at its end, which is a good one."""
    run = subprocess.run(
        [sys.executable, "-c", _RUN, *arguments],
        env=environment(), cwd=folder, capture_output=True, text=True, check=True,
    )  # fmt: skip
    code, modules = json.loads(run.stdout.splitlines()[-1])
    assert code in (0, None), run.stderr
    return set(modules)


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("workspace")
    make_workspace(folder, 40)
    return folder


def test_help_loads_nothing_heavy_and_no_verb(tmp_path: Path) -> None:
    code = (
        "import sys; from pipeline.cli.main import app; import typer; "
        "from typer.testing import CliRunner; assert not CliRunner().invoke(app, ['-h']).exit_code;"
        "print(*(n for n in sys.modules if n.startswith(('pipeline.reading', 'pipeline.dataset'))))"
    )
    run = subprocess.run(
        [sys.executable, "-c", code], env=environment(), capture_output=True, text=True, check=True
    )
    assert run.stdout.strip() == ""
    assert not HEAVY & modules_of("--help", folder=tmp_path)


@pytest.mark.parametrize(
    "arguments", [("show", "made-up-00000"), ("verify",), ("export", "-f", "csv"),
                  ("export", "-f", "jsonl"), ("networks", "-o", "networks")], ids=" ".join,
)  # fmt: skip
def test_what_reads_extractions_never_loads_the_model(
    workspace: Path, arguments: tuple[str, ...]
) -> None:
    if arguments[0] == "show":
        found = sorted((workspace / "corpus").glob("*.txt"))[0].stem
        arguments = ("show", found)
    assert not MODEL & modules_of(*arguments, folder=workspace)


@pytest.mark.parametrize("line", LINES, ids=lambda line: line.name)
def test_the_overview_says_what_the_verb_s_own_help_says(line: object) -> None:
    program = typer.main.get_command(app)
    command = program.commands[line.name]  # type: ignore[attr-defined]
    assert command.get_short_help_str(400) == line.summary  # type: ignore[attr-defined]
    assert command.rich_help_panel == line.section  # type: ignore[attr-defined]
