"""``kill -9`` at random moments: nothing torn, nothing lost, and the next run completes."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest

from pipeline.dataset.ledger import LEDGER, append_decisions, read_decisions
from pipeline.dataset.records import Decision
from pipeline.dataset.verify import rebuild
from pipeline.jsonl import read_extractions
from pipeline.reading.corpus import Corpus
from pipeline.reading.ingest import Added, Unchanged, add_files
from pipeline.runs.corpus import Status, extract_changed, read_corpus
from pipeline.runs.previous import previous_folder
from tests.dataset.build import chile, decide, peru, workspace

if TYPE_CHECKING:
    from spacy.language import Language

KILLS = 70
pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="kills forked processes")


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder in memory where there is one: killing leaves the same there as on disk."""
    memory = Path("/dev/shm")
    inside = memory if os.access(memory, os.W_OK) else None
    with TemporaryDirectory(dir=inside) as name:
        yield Path(name)


def started(work: Callable[[], object]) -> int:
    """The id of a process that does ``work`` and nothing else."""
    process = os.fork()
    if process:
        return process
    code = 1
    try:
        work()
        code = 0
    finally:
        os._exit(code)


def time_of(work: Callable[[Path], object], folder: Path) -> float:
    """How many seconds the whole work takes a process when all that it needs is loaded."""
    work(folder / "loading")
    begun = time.perf_counter()
    _, status = os.waitpid(started(lambda: work(folder / "timed")), 0)
    assert status == 0
    return time.perf_counter() - begun


def killed(work: Callable[[], object], delay: float) -> bool:
    """Whether the process was still at work when it was killed after ``delay`` seconds."""
    process = started(work)
    time.sleep(delay)
    os.kill(process, signal.SIGKILL)
    _, status = os.waitpid(process, 0)
    return os.WIFSIGNALED(status)


def add_all(paths: list[Path], corpus: Corpus) -> None:
    list(add_files(paths, corpus))


def extract_all(nlp: Language, corpus: Corpus, folder: Path) -> None:
    list(extract_changed(nlp, read_corpus(corpus), folder))


def test_adding_can_be_killed(folder: Path) -> None:
    texts = {f"a{n}": f"Chile objected to plan {n}.\n" * 40 for n in range(8)}
    paths = []
    for name, text in texts.items():
        paths.append(folder / f"{name}.txt")
        paths[-1].write_text(text)
    seconds = time_of(lambda place: add_all(paths, Corpus(place)), folder)
    random, kills = Random(1), 0
    while kills < KILLS:
        corpus = Corpus(folder / f"corpus{random.random()}")
        kills += killed(partial(add_all, paths, corpus), random.uniform(0, seconds))
        for article in corpus.ids():
            assert corpus.read(article).text == texts[article]
            assert "source" in corpus.read(article).metadata
            assert corpus.original_path(f"{article}.txt").read_text() == texts[article]
        outcomes = list(add_files(paths, corpus))
        assert all(isinstance(outcome, (Added, Unchanged)) for outcome in outcomes)
        assert {article.id: article.text for article in corpus.articles()} == texts


def test_extracting_can_be_killed(nlp: Language, folder: Path) -> None:
    corpus = Corpus(folder / "corpus")
    corpus.folder.mkdir()
    for number in range(6):
        corpus.text_path(f"a{number}").write_text(f"Chile rejected draft {number}.\n")
    seconds = time_of(lambda place: extract_all(nlp, corpus, place), folder)
    whole = {path.name: path.read_bytes() for path in (folder / "timed").iterdir()}
    old = {
        name: data.replace(b'"lexicon_sha256": "', b'"lexicon_sha256": "0')
        for name, data in whole.items()
    }
    random, kills = Random(2), 0
    while kills < KILLS:
        extracted = folder / f"w{kills}-{random.random()}" / "extracted"
        extracted.mkdir(parents=True)
        for name, data in old.items():
            (extracted / name).write_bytes(data)
        kills += killed(
            partial(extract_all, nlp, corpus, extracted),
            random.uniform(0, seconds),
        )
        for name in whole:
            assert (extracted / name).read_bytes() in (whole[name], old[name])
            kept = previous_folder(extracted) / name
            assert not kept.exists() or kept.read_bytes() in (whole[name], old[name])
        outcomes = list(extract_changed(nlp, read_corpus(corpus), extracted))
        assert {outcome.status for outcome in outcomes} <= {Status.EXTRACTED, Status.UNCHANGED}
        assert {name: (extracted / name).read_bytes() for name in whole} == whole
        assert all(len(list(read_extractions(extracted / name))) == 1 for name in whole)


def many_decisions() -> list[Decision]:
    return [
        decide(claim, reviewer=f"reviewer{number}@example.com", comment="plain " * number)
        for number in range(4)
        for claim in (chile(), peru())
    ]


def test_deciding_and_folding_can_be_killed(folder: Path) -> None:
    decisions = many_decisions()
    corpus, annotations = workspace(folder)
    ledger, verified = annotations / LEDGER, annotations / "verified.jsonl"

    def work(told: int | None = None) -> None:
        for start in range(0, len(decisions), 2):
            append_decisions(ledger, decisions[start : start + 2])
            if told is not None:
                os.write(told, b"xx")  # what the caller was told is in the ledger
            rebuild(corpus, annotations)

    def begin_anew(_: Path) -> None:
        ledger.unlink(missing_ok=True)
        work()

    seconds = time_of(begin_anew, folder)
    whole_ledger, whole = sorted(ledger.read_bytes().splitlines()), verified.read_bytes()
    assert whole
    random, kills = Random(3), 0
    while kills < KILLS:
        ledger.unlink(missing_ok=True)
        verified.unlink(missing_ok=True)
        read_end, write_end = os.pipe()
        kills += killed(partial(work, write_end), random.uniform(0, seconds))
        os.close(write_end)
        with os.fdopen(read_end, "rb") as stream:
            told = len(stream.read())
        found = {decision.id for decision in read_decisions(ledger)}
        assert {decision.id for decision in decisions[:told]} <= found
        if verified.exists():
            assert verified.read_bytes().endswith(b"\n")
        work()
        assert sorted(ledger.read_bytes().splitlines()) == whole_ledger
        assert verified.read_bytes() == whole
