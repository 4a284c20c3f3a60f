from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from pipeline import __version__
from pipeline.cli.main import app
from pipeline.language.provenance import describe_language

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


def test_version_tells_everything_that_an_extraction_is_made_with(tmp_path: Path) -> None:
    result = run_claims("--version", folder=tmp_path)
    first, *others = result.stdout.decode().splitlines()
    assert (result.returncode, first) == (0, f"claims {__version__}")
    made = describe_language()
    assert made is not None
    for said in (
        f"spaCy {version('spacy')}",
        *made.model.split("=="),
        made.model_sha256[:12],
    ):
        assert said in "\n".join(others)
    assert made.lexicon_sha256[:12] in others[-1]


def test_version_follows_the_folder_own_lexicon(tmp_path: Path) -> None:
    (tmp_path / "models" / "cues").mkdir(parents=True)
    before = run_claims("--version", folder=tmp_path).stdout
    (tmp_path / "models" / "cues" / "own.yaml").write_text("family: own\ncues: []\n")
    after = run_claims("--version", folder=tmp_path).stdout
    assert before.splitlines()[:-1] == after.splitlines()[:-1]
    assert before != after


def test_verbs_stand_in_sections_and_each_has_its_whole_first_sentence() -> None:
    text = help_of()
    headings = [line[:-1] for line in text.splitlines() if line.endswith(":") and line[0] != " "]
    assert headings[-5:] == ["Articles", "Extraction", "Review", "Results", "Lexicons"]
    assert not any(line.endswith("...") for line in text.splitlines()[1:])


@pytest.mark.parametrize("path", VERBS, ids=" ".join)
def test_help_shows_no_type_of_python(path: tuple[str, ...]) -> None:
    text = help_of(*path)
    assert re.findall(r"<(?:str|int|path|list|bool|float|file|int range)\b[^>]*>", text) == []
    assert "None" not in text


@pytest.mark.parametrize(
    ("typed", "meant"),
    [(("shwo",), "show"), (("evalute",), "evaluate"), (("review", "psuh"), "push"),
     (("entities", "merg"), "merge")],
)  # fmt: skip
def test_a_mistyped_verb_is_answered_with_the_nearest(
    tmp_path: Path, typed: tuple[str, ...], meant: str
) -> None:
    result = run_claims(*typed, folder=tmp_path)
    assert result.returncode == 2
    assert f"did you mean '{meant}'?".encode() in result.stderr


@pytest.mark.parametrize(
    "arguments", [("show", "nobody"), ("extract", "--no-such-option"), ("extrakt",)], ids=" ".join
)
def test_every_error_begins_alike(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    lines = run_claims(*arguments, folder=tmp_path).stderr.decode().splitlines()
    assert any(line.startswith("Error: ") for line in lines)
    assert not any(line.startswith("error") for line in lines)


def test_the_shell_completes_verbs_and_articles(tmp_path: Path) -> None:
    (tmp_path / "corpus").mkdir()
    for name in ("vote-one", "vote-two", "other"):
        (tmp_path / "corpus" / f"{name}.txt").write_text("Chile objected.")
    assert completions(tmp_path, "claims ev", 1) == {"evaluate"}
    assert completions(tmp_path, "claims show vo", 2) == {"vote-one", "vote-two"}


def completions(folder: Path, typed: str, word: int) -> set[str]:
    asked = {
        **environment(),
        "_CLAIMS_COMPLETE": "complete_bash",
        "COMP_WORDS": typed,
        "COMP_CWORD": str(word),
    }
    done = subprocess.run(
        [sys.executable, "-c", "from pipeline.cli.main import app; app(prog_name='claims')"],
        env=asked, cwd=folder, capture_output=True, text=True, check=False,
    )  # fmt: skip
    return set(done.stdout.split())


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


READERS = (
    ("extract",), ("run",), ("diff",), ("show",), ("explain", "vote:1"), ("entities",), ("rules",),
    ("verify",), ("export",), ("review", "push", "--dry-run"),
)  # fmt: skip


@pytest.mark.parametrize("words", READERS, ids=" ".join)
def test_a_folder_without_a_project_is_refused_by_every_verb_alike(
    tmp_path: Path, words: tuple[str, ...]
) -> None:
    result = run_claims(*words, folder=tmp_path)
    assert (result.returncode, result.stdout) == (2, b"")
    told = result.stderr.decode()
    assert told.startswith("Error: ")
    assert "Go to the project's folder" in told
    assert "claims add FILE" in told or "claims extract" in told


@pytest.mark.parametrize("words", READERS, ids=" ".join)
def test_an_empty_project_is_no_error_where_nothing_was_named(
    tmp_path: Path, words: tuple[str, ...]
) -> None:
    (tmp_path / "corpus").mkdir()
    (tmp_path / "annotations" / "extracted").mkdir(parents=True)
    result = run_claims(*words, folder=tmp_path)
    assert result.returncode == (2 if words[0] == "explain" else 0), result.stderr
    assert b"Next: " in result.stderr or b"review start" in result.stderr


@pytest.mark.parametrize(
    "words",
    [("export", "-f", "csv", "-o", "far/away/claims.csv"), ("extract", "in.jsonl", "-o", "no/o")],
    ids=" ".join,
)
def test_a_result_for_a_folder_that_is_not_there_is_refused(
    tmp_path: Path, words: tuple[str, ...]
) -> None:
    (tmp_path / "corpus").mkdir()
    (tmp_path / "in.jsonl").write_text('{"article": "a", "text": "Chile objected."}\n')
    result = run_claims(*words, folder=tmp_path)
    assert result.returncode == 2
    assert b"mkdir -p" in result.stderr
    assert {path.name for path in tmp_path.iterdir()} <= {"corpus", "in.jsonl"}


def test_an_inbox_that_was_named_and_is_not_there_is_refused(tmp_path: Path) -> None:
    (tmp_path / "corpus").mkdir()
    result = run_claims("run", "--inbox", "inbxo", folder=tmp_path)
    assert result.returncode == 2
    assert b"inbxo" in result.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["corpus"]


def test_an_error_shows_no_control_character_of_a_name(tmp_path: Path) -> None:
    (tmp_path / "corpus").mkdir()
    result = run_claims("show", "a\x1b[31mb", folder=tmp_path)
    assert result.returncode == 2
    assert b"\x1b" not in result.stderr
