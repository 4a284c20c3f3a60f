"""No pull takes back, forgets or passes over what it should not."""

from __future__ import annotations

import time
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from pipeline.dataset.ledger import append_decisions, read_decisions
from pipeline.dataset.lines import with_id
from pipeline.dataset.records import Decision, Rule, Verdict
from pipeline.network.failures import ServerError
from pipeline.review import work
from pipeline.review.client import Server
from pipeline.review.project import find_project
from pipeline.review.state import State
from pipeline.review.studio import read_account
from tests.review.make import article_of, make_workspace
from tests.review.test_pull import Desk, relabelled, without

NAMES = ("note", "second", "third")


@pytest.fixture
def desk(server: Server, tmp_path: Path) -> Desk:
    return Desk(server, tmp_path)


@pytest.fixture
def three(server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Three:
    monkeypatch.setattr("pipeline.review.pull.OVERLAP", timedelta(milliseconds=1))
    return Three(server, tmp_path)


class Three:
    """A workspace of three articles, each a task, whose annotations are seconds apart."""

    def __init__(self, server: Server, folder: Path) -> None:
        self.server = server
        title = f"Three {time.time_ns()}"
        for name in NAMES:
            self.workspace = make_workspace(folder, article_of(name), title)
        work.push(self.workspace, server)
        project = find_project(server, self.workspace.title)
        assert project is not None
        tasks = server.find_tasks(project)
        self.tasks = {str(task["data"]["article"]): task for task in tasks}

    def submit(self, name: str, *, empty: bool = False) -> None:
        prediction = self.tasks[name]["predictions"][0]
        body: dict[str, Any] = {"result": [], "parent_prediction": None}
        if not empty:
            body = {"result": prediction["result"], "parent_prediction": prediction["id"]}
        self.server.post(f"/api/tasks/{self.tasks[name]['id']}/annotations/", body)
        time.sleep(1.1)

    def articles(self) -> set[str]:
        return {item.article for item in read_decisions(self.workspace.ledger)}


def annotated_elsewhere(decisions: tuple[Decision, ...], **changes: Any) -> list[Decision]:
    """The same decisions as another server with this one's address and numbers would have them."""
    found = []
    for item in decisions:
        origin = replace(item.origin, annotation="9@2026-01-01T00:00:00.000000Z")
        found.append(with_id(replace(item, origin=origin, **changes)))
    return found


def test_a_colleagues_decisions_are_not_taken_for_annotations_that_were_deleted_here(
    desk: Desk,
) -> None:
    annotation = desk.submit()
    desk.pull()
    hers = annotated_elsewhere(read_decisions(desk.workspace.ledger), reviewer="ana@example.com")
    append_decisions(desk.workspace.ledger, hers)  # merged by git
    desk.change(annotation, relabelled(desk.prediction()["result"], 1, "Opposes"))
    assert desk.pull() == {"edited": 1}


def test_decisions_of_a_server_that_was_lost_are_not_taken_back_by_the_next_one(desk: Desk) -> None:
    annotation = desk.submit()
    desk.pull()
    earlier = annotated_elsewhere(read_decisions(desk.workspace.ledger))
    desk.server.delete(f"/api/annotations/{annotation['id']}/")
    desk.workspace.ledger.unlink()
    append_decisions(desk.workspace.ledger, earlier)
    (desk.workspace.state.folder / "pulled.json").unlink()
    assert desk.pull() == {}
    assert len(desk.verified()) == 2


def test_a_ledger_that_was_set_back_is_filled_again(three: Three) -> None:
    three.submit("note")
    work.pull(three.workspace, three.server)
    older = three.workspace.ledger.read_bytes()
    three.submit("second")
    three.submit("third")
    work.pull(three.workspace, three.server)
    assert three.articles() == set(NAMES)
    three.workspace.ledger.write_bytes(older)  # as by `git checkout`
    work.pull(three.workspace, three.server)
    assert three.articles() == set(NAMES)


def test_what_was_refused_is_named_until_it_is_mended(three: Three) -> None:
    three.submit("note", empty=True)
    three.submit("second")
    assert len(work.pull(three.workspace, three.server).faults) == 1
    again = work.pull(three.workspace, three.server)
    assert (len(again.faults), dict(again.decisions)) == (1, {})


def test_reviewers_of_two_embedded_servers_are_two(tmp_path: Path) -> None:
    names = {read_account(State.beside(tmp_path / name / "annotations")).email for name in "ab"}
    assert len(names) == 2


def test_a_holder_that_is_drawn_anew_has_the_entity_of_its_words(desk: Desk) -> None:
    shown = desk.prediction()["result"]
    holder = next(item["id"] for item in shown if item.get("from_name") == "entity")
    place = {"start": 26, "end": 30, "text": "Peru", "labels": ["Holder"]}
    drawn = {"id": "n", "from_name": "label", "to_name": "text", "type": "labels", "value": place}
    desk.submit([*without(shown, holder), drawn])
    assert desk.pull() == {"accepted": 1, "edited": 1}
    decisions = read_decisions(desk.workspace.ledger)
    edited = next(item.decided for item in decisions if item.verdict is Verdict.EDITED)
    assert edited is not None
    assert (edited.holder.text, edited.entity) == ("Peru", "country:PE")


def test_an_article_that_cannot_be_read_holds_up_no_other_and_is_asked_for_again(
    three: Three,
) -> None:
    three.submit("note")
    three.submit("second")
    path = three.workspace.corpus / "note.txt"
    text = path.read_bytes()
    path.write_bytes(b"\x00\xff\x00 binary")
    report = work.pull(three.workspace, three.server)
    assert three.articles() == {"second"}
    assert "article note cannot be read" in report.faults[0]
    told: list[str] = []
    work.push(three.workspace, three.server, on_fault=told.append)
    assert len(told) == 1
    assert three.server.get(f"/api/tasks/{three.tasks['note']['id']}/")["annotations"]
    path.write_bytes(text)
    assert work.pull(three.workspace, three.server).faults == ()
    assert three.articles() == {"note", "second"}


@pytest.mark.parametrize("spoil", ["no value", "unknown form", "no labels"])
def test_an_annotation_that_is_damaged_on_the_server_holds_up_no_other(
    spoil: str, three: Three
) -> None:
    result = [dict(item) for item in three.tasks["note"]["predictions"][0]["result"]]
    for item in result:
        if spoil == "no value" and item.get("from_name") == "label":
            item.pop("value")
        elif spoil == "no labels" and item.get("from_name") == "label":
            item["value"] = {**item["value"], "labels": None}
        elif spoil == "unknown form" and item.get("from_name") == "form":
            item["value"] = {**item["value"], "choices": ["question"]}
    with suppress(ServerError):  # it answers 500 and stores the annotation all the same
        three.server.post(
            f"/api/tasks/{three.tasks['note']['id']}/annotations/", {"result": result}
        )
    three.submit("second")
    report = work.pull(three.workspace, three.server)
    assert report.faults
    assert all(
        "note" in fault or str(three.tasks["note"]["id"]) in fault for fault in report.faults
    )
    assert three.articles() == {"second"}
    assert dict(report.decisions) == {"accepted": 2}


def test_how_many_must_see_a_passage_stays_as_it_was_said(desk: Desk) -> None:
    def wanted() -> int:
        return int(desk.server.get(f"/api/projects/{desk.project}/")["maximum_annotations"])

    work.push(replace(desk.workspace, reviewers=2), desk.server)
    assert wanted() == 2
    work.push(replace(desk.workspace, reviewers=None), desk.server)
    assert wanted() == 2
    work.push(replace(desk.workspace, reviewers=1), desk.server)
    assert wanted() == 1


def test_a_dispute_that_is_over_is_taken_from_the_server(desk: Desk) -> None:
    annotation = desk.submit()
    desk.pull()
    (first, *_) = read_decisions(desk.workspace.ledger)
    other = with_id(replace(first, verdict=Verdict.REJECTED, decided=None, reviewer="a@b.example"))
    append_decisions(desk.workspace.ledger, [other])
    count, report = work.adjudicate(desk.workspace, desk.server, rule=Rule.MAJORITY)
    assert (count, report.posted) == (1, 1)
    desk.change(annotation, without(desk.prediction()["result"], cues_of(desk, first.claim)))
    assert desk.pull() == {"rejected": 1}
    count, report = work.adjudicate(desk.workspace, desk.server, rule=Rule.MAJORITY)
    assert (count, report.withdrawn) == (0, 1)


def cues_of(desk: Desk, claim: str) -> str:
    """The region of the claim's cue."""
    (found,) = (item["cue"] for item in desk.task()["data"]["claims"] if item["id"] == claim)
    return str(found)
