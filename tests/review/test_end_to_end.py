"""From the first article to verified claims, by a real server and a real browser."""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.dataset.records import Rule
from pipeline.dataset.verify import rebuild
from pipeline.export.formats import write_export
from pipeline.export.gather import gather_verified
from pipeline.extraction.extract import extract_article
from pipeline.reading.corpus import Corpus
from pipeline.records import Span
from pipeline.review import work
from pipeline.review.client import Server
from pipeline.review.project import find_project
from pipeline.review.studio import Running
from tests.review.make import make_workspace
from tests.review.screen import Browser, Screen

if TYPE_CHECKING:
    from spacy.language import Language

FIRST = "latin-america-cyber-diplomacy"
CORPUS = Path(__file__).parents[2] / "corpus"
Line = dict[str, Any]


def task_of(server: Server, number: int) -> Any:
    """A task as the server has it."""
    return server.get(f"/api/tasks/{number}/")


def cues_of(data: Line, result: list[Line]) -> list[Span]:
    """Where the cues of a result stand in the article, in the order of the screen."""
    labels = ("Supports", "Opposes", "Neutral")
    return [
        Span(data["start"] + item["value"]["start"], data["start"] + item["value"]["end"])
        for item in result
        if item.get("from_name") == "label" and item["value"]["labels"][0] in labels
    ]


def test_each_thing_done_in_the_browser_lands_in_the_dataset(
    nlp: Language, studio: Running, server: Server, browser: Browser, tmp_path: Path
) -> None:
    extraction = extract_article(nlp, Corpus(CORPUS).read(FIRST))
    workspace = make_workspace(tmp_path, extraction, "First article")
    for path in CORPUS.glob(f"{FIRST}.toml"):
        shutil.copy(path, workspace.corpus)
    report = work.push(workspace, server)
    assert report.posted == len(work.plan_tasks(workspace)) > 5
    project = find_project(server, workspace.title)
    assert project is not None
    screen = browser.sign_in(studio.url, studio.account)
    screen.open_stream(project)
    done = [act(screen, server) for act in (accept, correct, stretch, reject, add)]

    pulled = work.pull(workspace, server)
    assert pulled.faults == ()
    ledger = workspace.ledger.read_bytes()
    assert work.pull(workspace, server).decisions == {}
    assert workspace.ledger.read_bytes() == ledger

    result = rebuild(workspace.corpus, workspace.annotations)
    assert result.faults == ()
    verified = workspace.annotations / "verified.jsonl"
    claims = [json.loads(line) for line in verified.open(encoding="utf-8")]
    for check in done:
        check(claims)
    assert {claim["metadata"]["title"] for claim in claims} == {
        Corpus(CORPUS).read(FIRST).metadata["title"]
    }
    before = verified.read_bytes()
    verified.unlink()
    rebuild(workspace.corpus, workspace.annotations)
    assert verified.read_bytes() == before
    gathered = gather_verified(workspace.corpus, workspace.annotations, Rule.FIRST)
    paths = write_export(tmp_path / "out.csv", "csv", gathered).paths
    with paths[0].open(encoding="utf-8-sig", newline="") as stream:
        assert [row["id"] for row in csv.DictReader(stream)] == [claim["id"] for claim in claims]
    assert screen.outside == []


def at(claims: list[Line], cue: Span) -> list[Line]:
    """The verified claims whose cue is just there."""
    return [c for c in claims if (c["cue"]["start"], c["cue"]["end"]) == (cue.start, cue.end)]


def accept(screen: Screen, server: Server) -> Any:
    """Accept the riskiest passage with one key."""
    task = task_of(server, screen.task())
    assert screen.regions() >= 3, "the pre-annotation is not to be seen"
    screen.submit()
    ids = [entry["id"] for entry in task["data"]["claims"]]

    def check(claims: list[Line]) -> None:
        found = {claim["id"]: claim["verdict"] for claim in claims}
        assert [found.get(name) for name in ids] == ["accepted"] * len(ids)

    return check


def correct(screen: Screen, server: Server) -> Any:
    """Turn the last line's stance with a click and a key."""
    task = task_of(server, screen.task())
    entry = task["data"]["claims"][-1]
    new = "support" if entry["line"].endswith("-opposes") else "oppose"
    screen.choose_line(len(task["data"]["claims"]))
    screen.press("s" if new == "support" else "o")
    screen.submit()

    def check(claims: list[Line]) -> None:
        (found,) = [claim for claim in claims if claim["id"] == entry["id"]]
        assert (found["stance"], found["verdict"]) == (new, "edited")

    return check


def stretch(screen: Screen, server: Server) -> Any:
    """Move the end of the first cue one word on."""
    task = task_of(server, screen.task())
    data = task["data"]
    cues = cues_of(data, task["predictions"][0]["result"])
    cue, end = cues[0], cues[0].end
    while Span(cue.start, end) in cues:
        rest = data["text"][end - data["start"] :]
        word = rest.split()[0].rstrip(".,;:’”)")
        end += rest.index(word) + len(word)
    screen.page.locator(".passage [data-label$=pposes], .passage [data-label$=upports], "
                        ".passage [data-label$=eutral]").first.click()  # fmt: skip
    screen.stretch_to(end - data["start"])
    screen.submit()

    def check(claims: list[Line]) -> None:
        found = at(claims, Span(cue.start, end))
        assert found
        assert {claim["verdict"] for claim in found} == {"edited"}
        assert not at(claims, cue)

    return check


def reject(screen: Screen, server: Server) -> Any:
    """Reject the first claim with one key; the others are accepted."""
    first, *others = [one["id"] for one in task_of(server, screen.task())["data"]["claims"]]
    screen.press("1")
    screen.submit()

    def check(claims: list[Line]) -> None:
        found = {claim["id"]: claim["verdict"] for claim in claims}
        assert first not in found
        assert [found[name] for name in others] == ["accepted"] * len(others)

    return check


def add(screen: Screen, server: Server) -> Any:
    """Reject all that is there, then draw a holder, a cue and a target."""
    data = task_of(server, screen.task())["data"]
    words = data["text"].split(" ")[:3]
    offsets = [0, len(words[0]) + 1, len(words[0]) + len(words[1]) + 2]
    spans = [
        Span(start, start + len(word.rstrip(".,;:")))
        for start, word in zip(offsets, words, strict=True)
    ]
    screen.press(*(str(number) for number in range(1, len(data["claims"]) + 1)))
    for key, span in zip(("q", "w", "t"), spans, strict=True):
        screen.mark(key, span.start, span.end)
    screen.submit()

    def check(claims: list[Line]) -> None:
        start = data["start"]
        (claim,) = at(claims, Span(start + spans[1].start, start + spans[1].end))
        assert claim["verdict"] == "added"
        assert claim["holder"]["text"] == words[0].rstrip(".,;:")
        assert claim["target"]["text"] == words[2].rstrip(".,;:")
        assert claim["stance"] == "support"
        assert claim["shown"] is None

    return check
