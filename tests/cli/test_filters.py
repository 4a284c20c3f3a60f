"""The filters are the same options for every verb that lists claims."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import typer

from pipeline.cli.filters import with_filters
from pipeline.cli.main import app
from pipeline.export.filters import Filter
from tests.cli.running import run_claims
from tests.dataset.build import article, as_extracted, chile, decide, peru, workspace

OPTIONS = {
    "--article", "--since", "--until", "--holder", "--kind", "--country", "--stance", "--concept",
    "--form", "--reviewer", "--min-score", "--max-score", "--search",
}  # fmt: skip
VERBS = ("export", "show", "networks", "report")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A workspace whose first claim was accepted by ana and whose second by bo."""
    shown = as_extracted(article())
    ids = {claim.holder.entity: claim.id for claim in shown.claims}
    from dataclasses import replace

    first = replace(chile(), id=ids["country:CL"])
    second = replace(peru(), id=ids["country:PE"])
    workspace(tmp_path, decide(first), decide(second, reviewer="bo"))
    return tmp_path


def exported(folder: Path, *options: str) -> list[str]:
    ended = run_claims("export", *options, folder=folder)
    assert ended.returncode == 0, ended.stderr
    return [json.loads(line)["holder"]["text"] for line in ended.stdout.splitlines()]


def shown(folder: Path, *options: str) -> str:
    ended = run_claims("show", *options, folder=folder)
    assert ended.returncode == 0, ended.stderr
    return ended.stdout.decode("utf-8")


@pytest.mark.parametrize("verb", VERBS)
def test_the_verbs_have_the_same_filters(verb: str) -> None:
    command = typer.main.get_command(app).commands[verb]  # type: ignore[attr-defined]
    found = {name for option in command.params for name in option.opts}
    assert found >= OPTIONS


def test_help_lists_the_filters_by_themselves(tmp_path: Path) -> None:
    words = run_claims("export", "--help", folder=tmp_path).stdout.decode("utf-8")
    options, _, filters = words.partition("\nFilters:\n")
    assert all(name in filters and f"  {name}" not in options for name in OPTIONS)


@pytest.mark.parametrize(
    ("options", "holders"),
    [
        ((), ["Chile", "Peru"]),
        (("--holder", "chile"), ["Chile"]),
        (("--holder", "country:CL", "--holder", "Peru"), ["Chile", "Peru"]),
        (("--reviewer", "bo"), ["Peru"]),
        (("--country", "PE", "--form", "action"), ["Peru"]),
        (("--stance", "oppose"), ["Chile"]),
        (("--search", "vote"), ["Peru"]),
        (("--min-score", "0.6"), []),
        (("--article", "note", "--kind", "state"), ["Chile", "Peru"]),
    ],
)
def test_export_takes_what_is_asked_for(
    folder: Path, options: tuple[str, ...], holders: list[str]
) -> None:
    assert exported(folder, *options) == holders


@pytest.mark.parametrize("verb", VERBS)
def test_a_filter_that_matches_nothing_says_so(folder: Path, verb: str) -> None:
    ended = run_claims(verb, "--country", "FR", folder=folder)
    assert ended.returncode == 0
    assert b"no claim of 2 matches: country FR" in ended.stderr
    assert ended.stdout == b""


@pytest.mark.parametrize("verb", VERBS)
def test_what_there_is_not_ends_with_2_and_what_there_is(folder: Path, verb: str) -> None:
    ended = run_claims(verb, "--stance", "opose", folder=folder)
    assert (ended.returncode, ended.stdout) == (2, b"")
    assert b"no stance 'opose'; there are: support, oppose, neutral" in ended.stderr


def test_show_lists_the_wanted_claims_by_their_numbers(folder: Path) -> None:
    text = shown(folder, "--stance", "support")
    rows = [line.split()[:2] for line in text.splitlines() if line.strip()[:1].isdigit()]
    assert rows == [["2", "Peru"]]


def test_show_marks_the_wanted_claims_of_an_article(folder: Path) -> None:
    text = shown(folder, "note", "--reviewer", "bo")
    assert "[Peru]{ACTOR country:PE, holder 2}" in text
    assert "[Chile]{ACTOR country:CL}" in text
    assert "cue:oppose" not in text
    none = shown(folder, "note", "--country", "FR")
    assert "No claim matches." in none


def test_show_without_filters_is_as_before(folder: Path) -> None:
    assert shown(folder).splitlines()[0].split() == [
        "article",
        "state",
        "mentions",
        "claims",
        "title",
    ]


def test_a_verb_is_given_the_filter_and_its_own_options() -> None:
    given: list[object] = []

    def verb(name: str, wanted: Filter, folder: Path = Path("corpus")) -> None:
        given.extend([name, wanted, folder])

    small = typer.Typer()
    small.command()(with_filters(verb))
    typer.main.get_command(small)(
        ["claims", "--holder", "a", "--holder", "b", "--since", "2024"], standalone_mode=False
    )
    assert given == ["claims", Filter(holders=("a", "b"), since="2024"), Path("corpus")]
