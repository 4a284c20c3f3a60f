"""What the real server shows next, has of the sample, and keeps of what was taken in bulk."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path
from typing import Any

from pipeline.dataset.ledger import read_decisions
from pipeline.dataset.records import Order, Rule
from pipeline.dataset.sample import SAMPLE_FILE, passage_id, read_readings, readers_of
from pipeline.records import Extraction
from pipeline.review import bulk, work
from pipeline.review.bulk import Wanted, find_choice
from pipeline.review.client import Server
from pipeline.review.enough import read_survey
from pipeline.review.project import find_project
from pipeline.review.studio import Running
from pipeline.review.work import Workspace
from tests.dataset.build import article, as_extracted, claim_of
from tests.review.make import make_workspace

TEXT = "Chile rejected the draft.\nPeru backed the vote.\nMexico met nobody."
SCORES = {"a": (0.9, 0.3), "b": (0.6, 0.5)}


def article_at(name: str) -> Extraction:
    """Three passages, of which two have a claim; the scores are those of the name."""
    one, other = SCORES[name]
    claims = (
        claim_of("Chile", "rejected", "oppose", "the draft", "country:CL", TEXT, one),
        claim_of("Peru", "backed", "support", "the vote", "country:PE", TEXT, other),
    )
    return as_extracted(replace(article(TEXT, claims), article=name))


def desk_of(folder: Path, **more: Any) -> Workspace:
    title = f"Queue {time.time_ns()}"
    for name in SCORES:
        found = make_workspace(folder, article_at(name), title)
    return replace(found, **more)


def shown_next(server: Server, project: int) -> tuple[str, str]:
    """The article and the first word of the passage that the label stream shows next."""
    task = server.post("/api/dm/actions", {}, id="next_task", project=project)
    return task["data"]["article"], task["data"]["text"].split()[0]


def number_of(server: Server, desk: Workspace) -> int:
    found = find_project(server, desk.title)
    assert found is not None
    return found


def submit(server: Server, task: Any, **more: object) -> Any:
    prediction = task["predictions"][0]
    body = {"result": prediction["result"], "parent_prediction": prediction["id"], **more}
    return server.post(f"/api/tasks/{task['id']}/annotations/", body)


def review_all(server: Server, project: int, count: int) -> list[tuple[str, str]]:
    """Submit what is shown next, so often; what was shown."""
    found = []
    for _ in range(count):
        found.append(shown_next(server, project))
        task = next(
            one
            for one in server.find_tasks(project)
            if (one["data"]["article"], one["data"]["text"].split()[0]) == found[-1]
        )
        submit(server, task)
    return found


def test_the_server_shows_the_passages_in_the_order_that_was_set_last(
    server: Server, workspace_folder: Path
) -> None:
    desk = desk_of(workspace_folder)
    assert work.push(desk, server).posted == 4
    project = number_of(server, desk)
    assert shown_next(server, project) == ("a", "Peru")
    before = [one["predictions"][0]["id"] for one in server.find_tasks(project)]

    by_article = replace(desk, order=Order.ARTICLE)
    report = work.push(by_article, server)
    assert (report.posted, report.present, report.replaced) == (0, 4, 0)
    assert 0 < report.moved <= 4
    assert work.push(by_article, server).moved == 0
    assert [one["predictions"][0]["id"] for one in server.find_tasks(project)] == before
    claims = {one.id: one for one in by_article.articles()["b"].claims}
    effects = {name: 2.0 for name, one in claims.items() if one.score == 0.6}
    by_effect = replace(desk, order=Order.EFFECT)
    work.push(by_effect, server, effects=lambda: effects)
    # Label Studio goes on with what a person has been shown and did not submit.
    assert shown_next(server, project) == ("a", "Peru")
    shown = review_all(server, project, 4)
    assert shown[1:] == [("b", "Chile"), ("b", "Peru"), ("a", "Chile")]


def test_a_read_passage_of_the_sample_is_kept_and_taken_back_with_its_annotation(
    studio: Running, server: Server, workspace_folder: Path
) -> None:
    desk = desk_of(workspace_folder, sample=1.0)
    assert work.push(desk, server).posted == 6
    project = number_of(server, desk)
    tasks = {
        (one["data"]["article"], one["data"]["text"][:5]): one for one in server.find_tasks(project)
    }
    empty, full = tasks["a", "Mexic"], tasks["b", "Chile"]
    begun = submit(server, empty)
    submit(server, full)
    submit(server, tasks["a", "Peru "], was_cancelled=True)
    report = work.pull(desk, server, dry_run=True)
    assert not (desk.annotations / SAMPLE_FILE).exists()
    report = work.pull(desk, server)
    assert (report.faults, dict(report.decisions)) == ((), {"accepted": 1})
    names = {passage_id("a", "Mexico met nobody."), passage_id("b", "Chile rejected the draft.")}
    me = frozenset({studio.account.email})
    assert readers_of(read_readings(desk.annotations)) == dict.fromkeys(names, me)
    file = (desk.annotations / SAMPLE_FILE).read_bytes()
    work.pull(desk, server, everything=True)
    assert (desk.annotations / SAMPLE_FILE).read_bytes() == file
    found, _ = read_survey(desk)
    assert sorted((one.claims, one.right, one.true) for one in found.read) == [(0, 0, 0), (1, 1, 1)]

    status, _ = work.read_status(desk, rule=Rule.MAJORITY)
    assert status.open_units == 4  # what was read and had nothing is not asked for again
    assert work.push(desk, server).withdrawn == 0
    server.delete(f"/api/annotations/{begun['id']}/")
    work.pull(desk, server)
    assert (desk.annotations / SAMPLE_FILE).read_bytes().startswith(file)
    assert readers_of(read_readings(desk.annotations)).keys() == {
        passage_id("b", "Chile rejected the draft.")
    }


def test_what_was_taken_in_bulk_is_withdrawn_unless_somebody_has_begun(
    server: Server, workspace_folder: Path
) -> None:
    desk = desk_of(workspace_folder)
    work.push(desk, server)
    project = number_of(server, desk)
    tasks = {
        (one["data"]["article"], one["data"]["text"][:5]): one for one in server.find_tasks(project)
    }
    begun = tasks["b", "Chile"]
    server.post(f"/api/tasks/{begun['id']}/drafts", {"result": begun["predictions"][0]["result"]})
    wanted = Wanted(0.6)
    made = bulk.accept(desk, wanted, find_choice(desk, wanted), reviewer="ana")
    assert len(made) == 2
    report = work.push(desk, server)
    assert report.withdrawn == 1
    left = {(one["data"]["article"], one["data"]["text"][:5]) for one in server.find_tasks(project)}
    assert left == {("a", "Peru "), ("b", "Chile"), ("b", "Peru ")}
    ledger = desk.ledger.read_bytes()
    assert work.pull(desk, server, everything=True).decisions == {}
    assert desk.ledger.read_bytes() == ledger

    submit(server, begun)  # who had begun goes on: a word beside that of the run
    assert dict(work.pull(desk, server).decisions) == {"accepted": 1}
    (claim,) = [
        one for one in work.read_status(desk, rule=Rule.MAJORITY)[1].verified if one.asked == 2
    ]
    assert len(claim.reviewers) == 2
    assert bulk.undo(desk, made[0].bulk or "") == 2
    assert work.push(desk, server).posted == 1  # only what nobody else decided is asked for again
    assert len(read_decisions(desk.ledger)) == 5
