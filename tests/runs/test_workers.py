"""The real model in many processes: the same bytes as in one, whatever becomes of them."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

import pytest

from pipeline.reading.corpus import Corpus
from pipeline.records import Article
from pipeline.runs.cores import usable_cores
from pipeline.runs.corpus import How, Outcome, Status, extract_as, read_corpus
from pipeline.runs.extractor import DIED, Extractor, Found, Making, extract_lines, in_groups_of
from pipeline.runs.guard import Failure
from pipeline.runs.pool import start_methods

from .test_pool import children_of

if TYPE_CHECKING:
    from spacy.language import Language

FAST = Making(profile="fast")
HOLDERS = ("Chile", "Peru", "The foreign minister of Brazil", "Ms Okafor", "Greenpeace")
VERBS = ("rejected", "did not support", "warned against", "praised", "refused to sign")
TARGETS = ("the draft treaty", "a ban on arms exports", "new sanctions", "the Quarrel Accord")


def make_articles(count: int) -> Iterator[Article]:
    """Articles of one to six sentences, no two alike, with names that no lexicon has."""
    random = Random(count)
    for number in range(count):
        said = [
            f"{random.choice(HOLDERS)} {random.choice(VERBS)} {random.choice(TARGETS)}, "
            f"said Delegate Vr{random.randrange(10**6)}ek on day {number}."
            for _ in range(random.randint(1, 6))
        ]
        yield Article(f"a{number}", " ".join(said), {"date": date(2026, 1, 1 + number % 28)})


@pytest.fixture(scope="module")
def alone(nlp: Language) -> list[Found | Failure]:
    """What one process makes of sixty articles."""
    found = list(extract_lines(Extractor(FAST, nlp), make_articles(60)))
    assert all(isinstance(item, Found) and '"stance"' in item.line for item in found)
    return found


def test_groups_are_small_enough_to_share_and_hold_everything_once() -> None:
    items: list[Article | str] = [*make_articles(20), "aside", Article("long", "word " * 50_000)]
    groups = list(in_groups_of([*items, *make_articles(3), "end"], 8))
    assert [one for passed, _ in groups for one in passed] == [*items, *make_articles(3), "end"]
    assert [len(articles) for _, articles in groups] == [8, 8, 5, 3]


@pytest.mark.parametrize("method", start_methods())
def test_many_workers_give_the_bytes_of_one(
    nlp: Language, alone: list[Found | Failure], method: str
) -> None:
    extractor = Extractor(FAST, nlp)
    found = list(extract_lines(extractor, make_articles(60), workers=2, method=method))
    assert found == alone


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="finds processes in /proc")
def test_killed_workers_lose_and_double_no_article(
    nlp: Language, alone: list[Found | Failure]
) -> None:
    """One is killed after every 20 results: more than are in hand, so that none is hit thrice."""
    random, found, kills = Random(3), [], 0
    articles, extractor = (one for _ in range(2) for one in make_articles(60)), Extractor(FAST, nlp)
    for item in extract_lines(extractor, articles, workers=2, method="fork", size=2):
        found.append(item)
        if len(found) % 20 == 1:
            os.kill(random.choice(children_of(os.getpid())), signal.SIGKILL)
            kills += 1
    assert kills == 6
    assert found == alone * 2


class Deadly(Extractor):
    """Ends its process at an article that says so, as one does that runs out of memory."""

    def __call__(self, articles: list[Article]) -> list[Found | Failure]:  # type: ignore[override]
        if any("MURDER" in article.text for article in articles):
            os.kill(os.getpid(), signal.SIGKILL)
        return super().__call__(articles)


def test_an_article_that_ends_its_process_twice_is_named_and_the_others_are_done(
    nlp: Language, alone: list[Found | Failure]
) -> None:
    articles = list(make_articles(60))
    articles[21] = Article("bad", "Chile rejected MURDER.")
    found = list(extract_lines(Deadly(FAST, nlp), articles, workers=2, method="fork"))
    fault = found[21]
    assert isinstance(fault, Failure)
    assert (fault.article, fault.cause) == ("bad", DIED)
    assert "was killed (SIGKILL)" in fault.message
    assert "--workers 1" in fault.message
    assert [*found[:21], *found[22:]] == [*alone[:21], *alone[22:]]


def test_a_corpus_is_written_by_many_workers_as_by_one(tmp_path: Path) -> None:
    corpus = Corpus(tmp_path / "corpus")
    corpus.folder.mkdir()
    for article in make_articles(20):
        corpus.text_path(article.id).write_text(article.text, encoding="utf-8")
    (tmp_path / "corpus" / "a5.txt").write_bytes(b"\x00\xff")
    written = []
    for workers in (1, 2):
        folder = tmp_path / f"by{workers}" / "extracted"
        how = How(folder, workers=workers)
        outcomes = list(
            extract_as(Making(profile="fast", by_language=False), read_corpus(corpus), how)
        )
        assert [outcome.status for outcome in outcomes].count(Status.FAILED) == 1
        written.append((outcomes, {path.name: path.read_bytes() for path in folder.iterdir()}))
    assert written[0] == written[1]
    assert len(written[0][1]) == 19
    again = list(extract_as(Making(profile="fast", by_language=False), read_corpus(corpus), how))
    assert {one.status for one in again} == {Status.UNCHANGED, Status.FAILED}
    assert all(isinstance(one, Outcome) for one in again)


def test_no_more_cores_are_used_than_the_process_may(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    quota = tmp_path / "cpu.max"
    monkeypatch.setattr("pipeline.runs.cores._QUOTA", quota)
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: set(range(7)), raising=False)
    assert usable_cores() == 7
    quota.write_text("max 100000\n")
    assert usable_cores() == 7
    quota.write_text("250000 100000\n")
    assert usable_cores() == 3
    quota.write_text("1000 100000\n")
    assert usable_cores() == 1
