from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from pipeline import __version__
from pipeline.cli.main import app

from .running import ROOT, environment, run_claims


def verb_paths(command: object, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    for name, verb in getattr(command, "commands", {}).items():
        if getattr(verb, "commands", None):
            yield from verb_paths(verb, (*path, name))
        else:
            yield (*path, name)


VERBS = tuple(verb_paths(typer.main.get_command(app)))


def help_of(*path: str) -> str:
    result = CliRunner().invoke(app, [*path, "--help"])
    assert result.exit_code == 0, result.output
    return result.output


@pytest.mark.parametrize("path", VERBS, ids=" ".join)
def test_every_verb_has_help_with_an_example_that_calls_it(path: tuple[str, ...]) -> None:
    assert f"Example: claims {' '.join(path)}" in help_of(*path)


@pytest.mark.parametrize("path", VERBS, ids=" ".join)
def test_every_option_of_every_verb_has_help(path: tuple[str, ...]) -> None:
    command = typer.main.get_command(app)
    for name in path:
        command = command.commands[name]  # type: ignore[attr-defined]
    assert [p.name for p in command.params if not getattr(p, "help", None)] == []


def test_help_names_every_verb() -> None:
    text = help_of()
    assert all(path[0] in text for path in VERBS)


def test_the_reference_page_is_what_the_help_says() -> None:
    checked = subprocess.run(
        [sys.executable, ROOT / "docs" / "generate.py", "--check"],
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert checked.returncode == 0, checked.stderr


def test_importing_the_command_loads_nothing_heavy() -> None:
    code = (
        "import sys, pipeline.cli.main; heavy = {'spacy', 'pandas', 'numpy', 'thinc', 'yaml'}; "
        "print(*sorted(heavy & {*sys.modules}))"
    )
    loaded = subprocess.run(
        [sys.executable, "-c", code], env=environment(), capture_output=True, text=True, check=True
    )
    assert loaded.stdout.strip() == ""


def test_version(tmp_path: Path) -> None:
    result = run_claims("--version", folder=tmp_path)
    assert (result.returncode, result.stdout) == (0, f"claims {__version__}\n".encode())


def test_an_unknown_verb_names_the_known_ones_and_exits_with_2(tmp_path: Path) -> None:
    result = run_claims("extrakt", folder=tmp_path)
    assert result.returncode == 2
    assert b"'extrakt'" in result.stderr
    assert b"extract" in result.stderr
    assert b"Traceback" not in result.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ("extract",),  # no corpus here
        ("extract", "missing.jsonl"),
        ("extract", "-o", "out.jsonl"),
        ("extract", "--no-such-option"),
        ("show",),
    ],
    ids=" ".join,
)
def test_a_wrong_call_exits_with_2_and_starts_nothing(
    tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    result = run_claims(*arguments, folder=tmp_path)
    assert result.returncode == 2
    assert result.stdout == b""
    assert result.stderr
    assert b"Traceback" not in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_an_error_shows_no_control_character_of_a_name(tmp_path: Path) -> None:
    (tmp_path / "corpus").mkdir()
    result = run_claims("show", "a\x1b[31mb", folder=tmp_path)
    assert result.returncode == 2
    assert b"\x1b" not in result.stderr
