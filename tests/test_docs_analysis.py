"""The analysis of docs/analysis.md runs: its pandas, and its R by what readr would read."""

from __future__ import annotations

import contextlib
import io
import os
import re
import shutil
from collections import Counter
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from pipeline.dataset.articles import read_articles
from pipeline.dataset.ledger import append_decisions
from pipeline.export.formats import write_export
from pipeline.export.tidy import COLUMNS
from tests.cli.running import ROOT, run_claims
from tests.export.records import claim, gathered_of
from tests.readr import guess, read_csv
from tests.test_docs_tour import accept_all

PAGE = (ROOT / "docs" / "analysis.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
PYTHON = [text for language, text in BLOCKS if language == "python"]
(R,) = (text for language, text in BLOCKS if language == "r")


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The first article, all of whose claims were accepted."""
    folder = tmp_path_factory.mktemp("analysis")
    shutil.copytree(ROOT / "corpus", folder / "corpus")
    assert run_claims("extract", folder=folder).returncode == 0
    annotations = folder / "annotations"
    articles = read_articles(folder / "corpus", annotations)
    append_decisions(annotations / "decisions.jsonl", accept_all(articles))
    return folder


@pytest.fixture(scope="module")
def table(project: Path) -> Path:
    """The table that the page's command writes."""
    (command,) = (text for language, text in BLOCKS if language == "sh")
    assert run_claims(*command.split()[1:], folder=project).returncode == 0
    return project / "claims.csv"


def test_the_pandas_of_the_page_runs_and_prints_what_it_says(project: Path) -> None:
    values: dict[str, Any] = {}
    printed = []
    with contextlib.chdir(project):
        for text in PYTHON:
            with contextlib.redirect_stdout(io.StringIO()) as said:
                exec(compile(text, "docs/analysis.md", "exec"), values)
            printed.append(said.getvalue())
    (told,) = (text for language, text in BLOCKS if language == "text")
    assert told.splitlines() == [line.rstrip() for line in printed[1].splitlines()[:-1]]
    assert values["positions"].stack().between(-1, 1).all()
    assert len(values["positions"]) > 20
    assert len(values["silent"]) > 0


def test_the_pandas_over_time_works_with_dates() -> None:
    (text,) = (text for text in PYTHON if "monthly" in text)
    from pipeline.export.frames import to_frames

    later = claim("a2", metadata={"date": "2024-07"}, stance="support", concepts=[])
    values: dict[str, Any] = {"claims": to_frames(gathered_of([claim(), later])).claims}
    exec(compile(text, "docs/analysis.md", "exec"), values)
    assert values["monthly"].loc["2024-05", "oppose"] == 2
    assert values["monthly"].loc["2024-07", "support"] == 1


def test_the_r_of_the_page_reads_columns_that_are_there() -> None:
    made = set(re.findall(r"(\w+) = (?:coalesce|as\.Date)", R))
    calls = re.findall(r"(?:count|distinct|coalesce|paste0)\(([\w, ]+)", R)
    named = {name.strip() for words in calls for name in words.split(",") if name.strip()}
    named |= set(re.findall(r"names_from = (\w+)", R))
    assert named - made - set(COLUMNS) == set()
    assert named >= {"stance", "holder", "claim", "kind", "concept", "target", "date"}


def test_readr_makes_the_table_of_the_page(table: Path) -> None:
    columns = read_csv(table, na=[""])
    assert list(columns) == list(COLUMNS)  # no mark stands before the first
    kinds = Counter(dict(zip(columns["claim"], columns["kind"], strict=True)).values())
    told = re.findall(r"^\| (\w+) \| (\d+) \|$", PAGE.partition("## In R")[2], re.MULTILINE)
    assert [(str(kind), str(n)) for kind, n in sorted(kinds.items())] == told
    for name, column in columns.items():
        assert guess(column) == "character" or not any(column), name


def test_readr_guesses_a_date_and_keeps_namibia(tmp_path: Path) -> None:
    path = write_export(tmp_path / "claims.csv", "tidy", gathered_of([claim()])).paths[0]
    columns = read_csv(path, na=[""])
    assert guess(columns["date"]) == "date"
    assert columns["country"] == ["NA", "NA"]
    assert read_csv(path)["country"] == [None, None]  # what the page warns of
    frame = pd.read_csv(path, keep_default_na=False, na_values=[""])
    assert frame["country"].tolist() == ["NA", "NA"]
    assert 'keep_default_na=False, na_values=[""]' in PAGE


def test_readr_and_pandas_read_any_words_alike(tmp_path: Path) -> None:
    odd = 'Me\u0301xico, "السعودية"\u00a0🇨🇮\nline; two'
    path = write_export(tmp_path / "c.csv", "tidy", gathered_of([claim(target_reads=odd)])).paths[0]
    assert read_csv(path, na=[""])["target"][0] == odd
    assert pd.read_csv(path)["target"][0] == odd
    assert os.path.getsize(path) > 0


def test_the_columns_that_the_page_names_are_those_of_the_frames(project: Path) -> None:
    import pipeline

    frames = dict(zip(("claims", "mentions", "articles"), pipeline.load(project), strict=True))
    for name, frame in frames.items():
        (row,) = re.findall(rf"^\| `{name}` \|.*$", PAGE, re.MULTILINE)
        named = set(re.findall(r"`(\w+)`", row)) - {name}
        assert named <= {*frame.columns}, name
    assert set(frames["mentions"].columns) == set(
        re.findall(r"`(\w+)`", re.findall(r"^\| `mentions` \|.*$", PAGE, re.MULTILINE)[0])
    ) - {"mentions"}
