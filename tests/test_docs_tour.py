"""The tour in docs/reprocessing.md prints what it says, on the first article."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from pipeline.dataset.articles import read_articles
from pipeline.dataset.ledger import append_decisions
from pipeline.dataset.records import Decision
from pipeline.records import Extraction
from pipeline.review.meaning import decide
from pipeline.review.tasks import build_tasks
from tests.cli.running import ROOT, run_claims

PAGE = ROOT / "docs" / "reprocessing.md"
ARTICLE = "latin-america-cyber-diplomacy"
DELETED = "Latin states also proposed an implementation mechanism"


def told_on_the_page() -> list[list[str]]:
    """The lines of each block of output in the tour."""
    tour = PAGE.read_text(encoding="utf-8").partition("## A tour")[2].partition("\n## ")[0]
    blocks = re.findall(r"^```(\w*)\n(.*?)^```$", tour, re.MULTILINE | re.DOTALL)
    return [text.splitlines() for language, text in blocks if not language]


def accept_all(articles: dict[str, Extraction]) -> list[Decision]:
    """What the ledger gets where every passage is submitted as it was shown."""
    found: list[Decision] = []
    for number, task in enumerate(build_tasks(articles.values()), start=1):
        annotation = {
            "id": number,
            "created_at": "2026-01-01T00:00:00Z",
            "updated_at": "2026-01-01T00:00:00Z",
            "was_cancelled": False,
            "completed_by": 1,
            "lead_time": 6.0,
            "parent_prediction": number,
            "prediction": task.prediction(),
            "result": list(task.result),
        }
        shown = {"id": number, "project": 1, "data": task.data}
        article = articles[task.article]
        meaning = decide(shown, annotation, article, server="http://x", users={}, standing=())
        assert meaning.faults == ()
        found += meaning.decisions
    return found


def edit(text: str) -> str:
    """A corrected version: a heading, a paragraph three places down, words and a sentence gone."""
    text = text.replace("It was endorsed and supported by", "It was endorsed by")
    start = text.index(DELETED)
    text = text[:start] + text[text.index(". ", start) + 2 :]
    paragraphs = text.split("\n\n")
    paragraphs.insert(5, paragraphs.pop(2))
    return "\n\n".join(["Cyber diplomacy in Latin America", *paragraphs])


def test_the_tour_of_reprocessing_prints_what_it_says(tmp_path: Path) -> None:
    decided, again, differs = told_on_the_page()
    shutil.copytree(ROOT / "corpus", tmp_path / "corpus")
    assert run_claims("run", folder=tmp_path).returncode == 0
    annotations = tmp_path / "annotations"
    ledger = annotations / "decisions.jsonl"
    append_decisions(ledger, accept_all(read_articles(tmp_path / "corpus", annotations)))
    before = ledger.read_bytes()
    assert says(run_claims("run", folder=tmp_path).stderr, decided)

    path = tmp_path / "corpus" / f"{ARTICLE}.txt"
    path.write_text(edit(path.read_text(encoding="utf-8")), encoding="utf-8", newline="")
    assert says(run_claims("run", folder=tmp_path).stderr, again)
    assert says(run_claims("diff", folder=tmp_path).stdout, differs[:-1])
    assert says(run_claims("diff", folder=tmp_path).stderr, differs[-1:])
    assert ledger.read_bytes() == before


def says(output: bytes, lines: list[str]) -> bool:
    """Whether each of the lines begins one that was printed."""
    printed = output.decode("utf-8").splitlines()
    missing = [line for line in lines if not any(one.startswith(line) for one in printed)]
    assert missing == [], "\n".join(printed)
    return True
