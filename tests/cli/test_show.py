from __future__ import annotations

import os
import pty
import subprocess
from pathlib import Path

import pytest

from pipeline.reading.corpus import Corpus
from pipeline.runs.corpus import extract_changed, read_corpus

from .running import COMMAND, add_article, environment, run_claims

HOSTILE = "Chile rejected the draft. \x1b]0;owned\x07[bold red]No[/bold red] \u202egnp.exe\n"


@pytest.fixture
def project(tmp_path: Path, nlp: object) -> Path:
    add_article(tmp_path, "vote", title="The [b]vote[/b]\x1b[2J")
    _extract(tmp_path, nlp)
    return tmp_path


def _extract(folder: Path, nlp: object) -> None:
    articles = read_corpus(Corpus(folder / "corpus"))
    list(extract_changed(nlp, articles, folder / "annotations" / "extracted"))  # type: ignore[arg-type]


def test_in_a_pipe_the_marks_are_brackets_and_a_table_follows(project: Path) -> None:
    result = run_claims("show", "vote", folder=project)
    assert result.returncode == 0
    text = result.stdout.decode("utf-8")
    assert "[Chile]{ACTOR country:CL, holder 1} [rejected]{cue:oppose 1} " in text
    assert "\x1b" not in text
    header = next(one for one in text.splitlines() if "holder" in one and "stance" in one)
    assert header.split() == ["#", "holder", "stance", "cue", "target"]  # no claim has a note
    assert b"Next" in result.stderr


def test_the_article_may_be_named_by_its_file(project: Path) -> None:
    by_id = run_claims("show", "vote", folder=project)
    assert run_claims("show", "corpus/vote.txt", folder=project).stdout == by_id.stdout


def test_the_table_alone_covers_every_article(project: Path, nlp: object) -> None:
    add_article(project, "other", "Peru opposes the ban.\n")
    _extract(project, nlp)
    text = run_claims("show", "--table", folder=project).stdout.decode("utf-8")
    assert "Peru" in text
    assert "Chile" in text
    assert "{" not in text


def test_without_an_article_all_are_listed_with_their_state(project: Path) -> None:
    add_article(project, "later")
    (project / "corpus" / "vote.txt").write_text("Chile accepted the draft.\n", encoding="utf-8")
    result = run_claims("show", folder=project)
    rows = [one.split()[:2] for one in result.stdout.decode("utf-8").splitlines()]
    assert ["later", "new"] in rows
    assert ["vote", "changed"] in rows


def test_a_changed_article_is_shown_as_it_was_extracted_and_said_to_be(project: Path) -> None:
    (project / "corpus" / "vote.txt").write_text("Nothing.\n", encoding="utf-8")
    result = run_claims("show", "vote", folder=project)
    assert b"[Chile]" in result.stdout
    assert b"changed since it was extracted" in result.stderr


@pytest.mark.parametrize("name", ["votes", "../corpus/vote", "", "[b]"])
def test_an_unknown_article_exits_with_2_and_names_the_known(project: Path, name: str) -> None:
    result = run_claims("show", name, folder=project)
    assert (result.returncode, result.stdout) == (2, b"")
    assert b"vote" in result.stderr


def test_an_article_not_extracted_yet_says_how(project: Path) -> None:
    add_article(project, "later")
    result = run_claims("show", "later", folder=project)
    assert result.returncode == 2
    assert b"extract" in result.stderr


def test_on_a_terminal_the_marks_are_colours_and_the_text_commands_nothing(
    tmp_path: Path, nlp: object
) -> None:
    add_article(tmp_path, "hostile", HOSTILE)
    path = tmp_path / "annotations" / "extracted"
    from pipeline.records import Article

    list(extract_changed(nlp, [Article("hostile", HOSTILE)], path))  # type: ignore[arg-type]
    shown = _show_on_a_terminal("hostile", folder=tmp_path)
    assert "\x1b[" in shown
    assert "\x1b]0;" not in shown
    assert "\x07" not in shown
    assert "\u202e" not in shown
    assert "[bold red]No[/bold red]" in shown


def _show_on_a_terminal(article: str, *, folder: Path) -> str:
    ours, theirs = pty.openpty()
    environ = {**environment(), "TERM": "xterm-256color", "COLUMNS": "200"}
    with subprocess.Popen(
        [*COMMAND, "show", article],
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=theirs,
        stderr=subprocess.DEVNULL,
        env=environ,
    ) as process:
        os.close(theirs)
        pieces = []
        while True:
            try:
                piece = os.read(ours, 65536)
            except OSError:  # Linux says so when the other end has closed
                break
            if not piece:
                break
            pieces.append(piece)
        assert process.wait(60) == 0
    os.close(ours)
    return b"".join(pieces).decode("utf-8")
