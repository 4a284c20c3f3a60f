"""Tasks that were sent before their article was renamed or removed."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.dataset.ledger import read_decisions, standing_decisions
from pipeline.reading.corpus import Corpus
from pipeline.reprocess.files_of import Workplace
from pipeline.reprocess.remove import remove_article
from pipeline.reprocess.rename import rename_article
from pipeline.review import work
from pipeline.review.client import Server
from pipeline.review.removed import remember_removed
from tests.review.test_pull import Desk, relabelled


@pytest.fixture
def desk(server: Server, tmp_path: Path) -> Desk:
    return Desk(server, tmp_path)


def place_of(desk: Desk) -> Workplace:
    return Workplace(Corpus(desk.workspace.corpus), desk.workspace.annotations)


def standing(desk: Desk) -> set[tuple[str, str]]:
    found = standing_decisions(read_decisions(desk.workspace.ledger))
    return {(item.article, item.verdict.value) for item in found}


def test_what_is_decided_on_a_task_with_the_former_id_is_carried_by_the_pull(desk: Desk) -> None:
    result = desk.prediction()["result"]
    annotation = desk.submit()
    assert desk.pull() == {"accepted": 2}
    rename_article(place_of(desk), "note", "vote")
    before = desk.workspace.ledger.read_bytes()
    assert desk.pull() == {}
    assert desk.workspace.ledger.read_bytes() == before
    assert standing(desk) == {("vote", "accepted")}
    desk.change(annotation, relabelled(result, 0, "Supports"))
    assert desk.pull() == {"edited": 1}
    assert standing(desk) == {("vote", "accepted"), ("vote", "edited")}
    assert len(desk.verified()) == 2
    assert work.plan_tasks(desk.workspace) == ()
    assert desk.workspace.ledger.read_bytes().startswith(before)


def test_what_is_taken_back_there_is_taken_back_under_the_new_id(desk: Desk) -> None:
    annotation = desk.submit()
    desk.pull()
    rename_article(place_of(desk), "note", "vote")
    desk.server.delete(f"/api/annotations/{annotation['id']}/")
    assert desk.pull() == {"retracted": 2}
    assert standing(desk) == set()
    assert desk.verified() == []
    assert desk.pull() == {}


def test_open_tasks_of_the_former_id_are_withdrawn_and_those_of_the_new_one_sent(
    desk: Desk,
) -> None:
    rename_article(place_of(desk), "note", "vote")
    report = work.push(desk.workspace, desk.server)
    assert (report.posted, report.withdrawn) == (1, 1)
    assert desk.task()["data"]["article"] == "vote"
    assert str(work.push(desk.workspace, desk.server)) == "1 present"


def test_open_tasks_of_a_removed_article_are_withdrawn(desk: Desk) -> None:
    remove_article(place_of(desk), "note")
    remember_removed(desk.workspace.annotations, "note")
    assert work.push(desk.workspace, desk.server).withdrawn == 1
    assert not list(desk.server.find_tasks(desk.project))
