"""A project that an earlier version's screen began is gone on with, and loses nothing."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from pipeline.dataset.ledger import read_decisions
from pipeline.review import work
from pipeline.review.client import Server
from pipeline.review.studio import Running
from tests.dataset.build import chile, claim_of, peru
from tests.review.make import article_of, make_workspace
from tests.review.screen import Browser
from tests.review.test_screen import project_of

EARLIER = Path(__file__).with_name("earlier-labelling.xml").read_text(encoding="utf-8")


def test_what_was_sent_and_decided_on_the_earlier_screen_stands_on_the_new_one(
    studio: Running, server: Server, browser: Browser, tmp_path: Path
) -> None:
    others = tuple(replace(one, id=f"{one.id}-left") for one in (chile(), peru()))
    make_workspace(tmp_path, replace(article_of("left"), claims=others), "Earlier")
    workspace = make_workspace(tmp_path, article_of("begun"), "Earlier")
    own = workspace.annotations / "labelling.xml"
    own.write_text(EARLIER, encoding="utf-8")
    work.push(workspace, server)
    project = project_of(server, workspace.title)
    tasks = {task["data"]["article"]: task for task in server.find_tasks(project)}
    assert all("lines" not in task["data"] for task in tasks.values())
    annotate(server, tasks["begun"])
    assert dict(work.pull(workspace, server).decisions) == {"rejected": 1, "accepted": 1}

    own.unlink()
    report = work.push(workspace, server)
    assert (report.posted, report.replaced, report.withdrawn) == (0, 1, 0)
    screen = browser.sign_in(studio.url, studio.account)
    screen.open_task(project, tasks["begun"]["id"])
    assert screen.regions() == 6  # the passage as it was, without a list
    assert screen.lines() == []
    screen.page.locator(".passage .htx-highlight", has_text="backed").click()
    screen.press("e")
    screen.submit()
    screen.open_stream(project)
    assert len(screen.lines()) == 2
    screen.press("2")
    screen.submit()

    pulled = work.pull(workspace, server)
    assert (pulled.faults, dict(pulled.decisions)) == (
        (), {"edited": 1, "accepted": 1, "rejected": 1},
    )  # fmt: skip
    last = {(item.article, item.claim): item for item in read_decisions(workspace.ledger)}
    assert last["begun", chile().id].verdict == "rejected"
    turned = last["begun", peru().id].decided
    assert turned is not None
    assert turned.stance == "oppose"
    assert [last["left", one.id].verdict.value for one in others] == ["accepted", "rejected"]
    assert work.push(workspace, server).posted == 0


def annotate(server: Server, task: dict[str, Any]) -> None:
    """Submit the task with its first cue marked as no claim, as the earlier screen stored it."""
    (prediction,) = task["predictions"]
    result = prediction["result"]
    cue = next(item for item in result if item["value"].get("text") == "rejected")
    cue["value"]["labels"] = ["Not a claim"]
    body = {"result": result, "parent_prediction": prediction["id"], "lead_time": 8.0}
    server.post(f"/api/tasks/{task['id']}/annotations/", body)


def test_the_list_of_passages_shows_what_a_reviewer_reads_and_progress_is_brought_on(
    server: Server, tmp_path: Path
) -> None:
    workspace = make_workspace(tmp_path, article_of("one"), "Columns")
    make_workspace(tmp_path, article_of("two"), "Columns")
    work.push(workspace, server)
    project = project_of(server, workspace.title)
    (view,) = server.get_list("/api/dm/views/", project=project)
    hidden = set(view["data"]["hiddenColumns"]["explore"])
    columns = {column["id"] for column in server.get_object(
        "/api/dm/columns", project=project)["columns"]}  # fmt: skip
    shown = {"article", "text", "number_of_claims", "lowest_score", "total_annotations"}
    assert {name.split(":")[1].removeprefix("data.") for name in hidden} == columns - shown
    asked = {"filter": "filter:tasks:data.article", "operator": "equal", "type": "String",
             "value": "two"}  # fmt: skip
    (task,) = server.find_tasks(project, [asked])
    assert (task["data"]["number_of_claims"], task["data"]["lowest_score"]) == (2, 0.5)

    own = {**view["data"], "hiddenColumns": {"explore": [], "labeling": []}}
    server.patch(f"/api/dm/views/{view['id']}/", {"project": project, "data": own})
    again = work.push(workspace, server)
    assert (again.posted, again.replaced, again.brought_on) == (0, 0, 0)
    (view,) = server.get_list("/api/dm/views/", project=project)
    assert view["data"]["hiddenColumns"]["explore"] == []  # somebody's own choice stays


def test_progress_is_brought_on_by_a_push_and_nothing_else_is_touched(
    server: Server, tmp_path: Path
) -> None:
    mexico = claim_of("Mexico", "met", "oppose", "nobody", "country:MX")
    three = replace(article_of("both"), claims=(chile(), peru(), mexico))
    workspace = make_workspace(tmp_path, three, "Progress")
    work.push(workspace, server)
    project = project_of(server, workspace.title)
    first, last = sorted(server.find_tasks(project), key=lambda task: task["data"]["start"])
    assert last["data"]["progress"].startswith(
        "passage 2 of 2 that were open at the last push, 73 %"
    )
    prediction = first["predictions"][0]
    body = {"result": prediction["result"], "parent_prediction": prediction["id"]}
    server.post(f"/api/tasks/{first['id']}/annotations/", body)
    work.pull(workspace, server)
    report = work.push(workspace, server)
    assert (report.brought_on, report.replaced, report.posted) == (1, 0, 0)
    (now,) = [task for task in server.find_tasks(project) if task["id"] == last["id"]]
    assert now["data"]["progress"] == (
        "passage 1 of 1 that were open at the last push, 73 % into the article; "
        "2 of its 3 claims were decided"
    )
    assert {**now["data"], "progress": ""} == {**last["data"], "progress": ""}
    assert now["predictions"][0]["id"] == last["predictions"][0]["id"]
    assert work.push(workspace, server).brought_on == 0
