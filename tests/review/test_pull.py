"""What each thing that can happen on a server means for the ledger."""

from __future__ import annotations

import copy
import time
from pathlib import Path
from typing import Any

import pytest

from pipeline.dataset.ledger import read_decisions, standing_decisions
from pipeline.dataset.records import CODEBOOK, Rule
from pipeline.review import work
from pipeline.review.client import Server
from pipeline.review.project import find_project
from pipeline.review.regions import STANCES
from pipeline.review.work import Workspace
from tests.dataset.build import TEXT, chile, peru
from tests.review.make import article_of, make_workspace


class Desk:
    """One little workspace that was pushed, and its only task on the server."""

    def __init__(self, server: Server, folder: Path) -> None:
        self.server = server
        title = f"Desk {time.time_ns()}"
        self.workspace: Workspace = make_workspace(folder, article_of("note"), title)
        work.push(self.workspace, server)
        project = find_project(server, title)
        assert project is not None
        self.project = project

    def task(self) -> Any:
        (found,) = self.server.find_tasks(self.project)
        return found

    def prediction(self) -> Any:
        return copy.deepcopy(self.task()["predictions"][0])

    def submit(self, result: list[Any] | None = None, **more: object) -> Any:
        prediction = self.prediction()
        body = {
            "result": prediction["result"] if result is None else result,
            "parent_prediction": prediction["id"],
            "lead_time": 8.0,
            **more,
        }
        return self.server.post(f"/api/tasks/{self.task()['id']}/annotations/", body)

    def change(self, annotation: Any, result: list[Any], **more: object) -> None:
        self.server.patch(f"/api/annotations/{annotation['id']}/", {"result": result, **more})

    def pull(self) -> dict[str, int]:
        report = work.pull(self.workspace, self.server)
        assert report.faults == ()
        return dict(report.decisions)

    def verified(self) -> list[str]:
        _, fold = work.read_status(self.workspace, rule=Rule.MAJORITY)
        return [claim.id for claim in fold.verified]


@pytest.fixture
def desk(server: Server, tmp_path: Path) -> Desk:
    return Desk(server, tmp_path)


def cues(result: list[Any]) -> list[Any]:
    return [
        item
        for item in result
        if item.get("from_name") == "label" and item["value"]["labels"][0] in STANCES
    ]


def relabelled(result: list[Any], number: int, label: str) -> list[Any]:
    cues(result)[number]["value"]["labels"] = [label]
    return result


def without(result: list[Any], region: str) -> list[Any]:
    return [
        item
        for item in result
        if region not in (item.get("id"), item.get("from_id"), item.get("to_id"))
    ]


def test_never_looked_at_says_nothing(desk: Desk) -> None:
    assert desk.pull() == {}
    assert desk.verified() == []


def test_a_draft_says_nothing(desk: Desk) -> None:
    path = f"/api/tasks/{desk.task()['id']}/drafts?project={desk.project}"
    desk.server.post(path, {"result": [], "lead_time": 1})
    assert desk.pull() == {}


def test_submitted_as_it_was_is_accepted_and_a_second_pull_changes_no_byte(desk: Desk) -> None:
    desk.submit()
    assert desk.pull() == {"accepted": 2}
    before = desk.workspace.ledger.read_bytes()
    assert desk.pull() == {}
    work.pull(desk.workspace, desk.server, everything=True)
    assert desk.workspace.ledger.read_bytes() == before
    assert desk.verified() == [chile().id, peru().id]
    decision = read_decisions(desk.workspace.ledger)[0]
    assert (decision.lead_time, decision.unit_claims) == (8.0, 2)
    assert decision.origin.model == "unknown"
    assert decision.codebook == CODEBOOK


def test_marked_as_no_claim_or_taken_away_is_rejected(desk: Desk) -> None:
    result = relabelled(desk.prediction()["result"], 0, "Not a claim")
    desk.submit(without(result, cues(result)[0]["id"]))
    assert desk.pull() == {"rejected": 2}
    assert desk.verified() == []


def test_a_correction_after_the_pull_is_a_new_decision_of_that_claim_alone(desk: Desk) -> None:
    annotation = desk.submit()
    desk.pull()
    desk.change(annotation, relabelled(desk.prediction()["result"], 1, "Opposes"))
    assert desk.pull() == {"edited": 1}
    last = standing_decisions(read_decisions(desk.workspace.ledger))[-1]
    assert (last.claim, last.decided and last.decided.stance.value) == (peru().id, "oppose")


def test_a_deleted_annotation_takes_back_what_it_said(desk: Desk) -> None:
    annotation = desk.submit()
    desk.pull()
    desk.server.delete(f"/api/annotations/{annotation['id']}/")
    assert desk.pull() == {"retracted": 2}
    assert desk.pull() == {}
    assert desk.verified() == []


def test_a_skip_says_nothing_and_takes_back_what_was_said(desk: Desk) -> None:
    annotation = desk.submit()
    desk.pull()
    desk.change(annotation, desk.prediction()["result"], was_cancelled=True)
    assert desk.pull() == {"retracted": 2}
    assert desk.verified() == []


def test_an_added_claim_that_is_taken_away_later_is_taken_back(desk: Desk) -> None:
    start = TEXT.index("met")  # outside the passage: the first words of it are used instead
    assert start > 47
    value = {"start": 0, "end": 5, "text": "Chile", "labels": ["Neutral"]}
    drawn = {"id": "n1", "from_name": "label", "to_name": "text", "type": "labels", "value": value}
    holder = next(i["id"] for i in desk.prediction()["result"] if i.get("from_name") == "entity")
    joined = {
        "type": "relation",
        "from_id": holder,
        "to_id": "n1",
        "direction": "right",
        "labels": ["holds"],
    }
    annotation = desk.submit([*desk.prediction()["result"], drawn, joined])
    assert desk.pull() == {"accepted": 2, "added": 1}
    desk.change(annotation, desk.prediction()["result"])
    assert desk.pull() == {"retracted": 1}
    assert len(desk.verified()) == 2


def test_a_comment_comes_back(desk: Desk) -> None:
    comment = {"id": "k", "from_name": "comment", "to_name": "text", "type": "textarea",
               "value": {"text": ["unsure of the vote"]}}  # fmt: skip
    desk.submit([*desk.prediction()["result"], comment])
    desk.pull()
    assert {d.comment for d in read_decisions(desk.workspace.ledger)} == {"unsure of the vote"}


def test_a_text_that_was_changed_on_the_server_gives_no_decision(desk: Desk) -> None:
    desk.submit()
    task = desk.task()
    desk.server.patch(f"/api/tasks/{task['id']}/", {"data": {**task["data"], "text": "X" + TEXT}})
    report = work.pull(desk.workspace, desk.server)
    assert report.decisions == {}
    assert "changed on the server" in report.faults[0]


def test_a_region_beyond_the_text_gives_no_decision(desk: Desk) -> None:
    result = desk.prediction()["result"]
    cues(result)[0]["value"]["end"] = 900
    desk.submit(result)
    report = work.pull(desk.workspace, desk.server)
    assert report.decisions == {}
    assert "outside the text" in report.faults[0]


def test_an_empty_annotation_by_somebody_who_saw_nothing_is_sent_back(desk: Desk) -> None:
    desk.submit([], parent_prediction=None)
    report = work.pull(desk.workspace, desk.server)
    assert report.decisions == {}
    assert "saw no prediction" in report.faults[0]


def test_decisions_survive_the_deletion_of_task_and_project(desk: Desk) -> None:
    desk.submit()
    desk.pull()
    desk.server.delete(f"/api/tasks/{desk.task()['id']}/")
    assert desk.pull() == {}
    desk.server.delete(f"/api/projects/{desk.project}/")
    assert desk.pull() == {}
    assert len(desk.verified()) == 2
    report = work.push(desk.workspace, desk.server)
    assert report.posted == 0


def test_a_pull_asks_only_for_what_changed(desk: Desk) -> None:
    desk.submit()
    assert work.pull(desk.workspace, desk.server).tasks == 1
    marks = desk.workspace.state.read("pulled.json")
    later = dict.fromkeys(marks, "2999-01-01T00:00:00.000000Z")
    desk.workspace.state.write("pulled.json", later)
    assert work.pull(desk.workspace, desk.server).tasks == 0


def test_an_annotation_made_on_a_prediction_that_was_replaced_is_sent_back(desk: Desk) -> None:
    result = desk.prediction()["result"]
    old = cues(result)[0]["id"]
    for item in result:
        if item.get("id") == old:
            item |= {"id": "c-older", "origin": "prediction"}
    desk.submit(result, parent_prediction=None)
    report = work.pull(desk.workspace, desk.server)
    assert report.decisions == {}
    assert "older prediction" in report.faults[0]
