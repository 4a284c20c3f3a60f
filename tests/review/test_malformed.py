"""Whatever an annotation or an answer is: the rest is taken, and nothing is decided by it."""

from __future__ import annotations

import copy
import json
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from pipeline.dataset.ledger import append_decisions, read_decisions
from pipeline.dataset.records import Decision, Position, Verdict
from pipeline.errors import PipelineError
from pipeline.review import work
from pipeline.review.client import Server
from pipeline.review.pull import Pulled, pull_decisions
from pipeline.review.results import read_result
from pipeline.review.tasks import Task, build_tasks
from pipeline.review.work import Workspace
from tests.dataset.build import TEXT, article, chile, peru
from tests.review.answering import Studio, annotation_of, serving
from tests.review.make import article_of, make_workspace

ODD: list[Any] = [
    None, True, False, -1, 7, 1.5, 10**30, 1e308, float("nan"), float("inf"), "", "x", "Backs",
    "\ud800", "2026-01-01", [], {}, ["x"], [None], [[]], {"x": 1}, {"text": 5},
]  # fmt: skip


def client(url: str) -> Server:
    return Server(url, "t" * 40, tries=1, patience=10)


def task_of(name: str = "note") -> Task:
    (task,) = build_tasks([replace(article(), article=name)])
    return task


def drawn() -> list[dict[str, Any]]:
    """A claim that was drawn: a region each, a form, an entity that was typed, a comment."""

    def piece(region: str, label: str, start: int, words: str) -> dict[str, Any]:
        value = {"start": start, "end": start + len(words), "text": words, "labels": [label]}
        return {"id": region, "from_name": "label", "to_name": "text", "type": "labels",
                "value": value, "origin": "manual"}  # fmt: skip

    typed = {"id": "n1", "from_name": "other_entity", "to_name": "text", "type": "textarea",
             "value": {"start": 0, "end": 5, "text": ["org:X"]}}  # fmt: skip
    return [
        piece("n1", "Holder", 0, "Chile"), piece("n2", "Neutral", 15, "the"), typed,
        {"id": "k", "from_name": "comment", "type": "textarea", "value": {"text": ["unsure"]}},
        {"type": "relation", "from_id": "n1", "to_id": "n2", "direction": "right", "labels": []},
    ]  # fmt: skip


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The path of everything in a JSON value."""
    if path:
        yield path
    pairs = value.items() if isinstance(value, dict) else enumerate(value)
    for key, item in pairs if isinstance(value, (dict, list)) else ():
        yield from places(item, (*path, key)) if isinstance(item, (dict, list)) else [(*path, key)]


def mutate(value: Any, path: tuple[Any, ...], odd: Any, *, drop: bool) -> None:
    """Put something else in the place of what stands at the path, or take it away."""
    for key in path[:-1]:
        value = value[key]
    if drop:
        del value[path[-1]]
    else:
        value[path[-1]] = copy.deepcopy(odd)


class Line:
    """One server for all tests of this page, and a client of it."""

    def __init__(self, studio: Studio, server: Server) -> None:
        self.studio, self.server = studio, server

    def pull(self, *tasks: tuple[str, list[Any]], ledger: tuple[Decision, ...] = ()) -> Pulled:
        """What a pull of these tasks, by article and with these annotations, brings."""
        self.studio.tasks.clear()
        for name, found in tasks:
            self.studio.add(task_of(name), *found)
        return self.pull_again(ledger)

    def pull_again(self, ledger: tuple[Decision, ...] = ()) -> Pulled:
        """What a pull of what is on the server brings."""
        names = ("note", "more")
        articles = {name: replace(article(), article=name) for name in names}
        return pull_decisions(self.server, 1, since="", ledger=ledger, articles=articles)


@pytest.fixture(scope="module")
def line() -> Iterator[Line]:
    studio = Studio()
    with serving(studio) as url, client(url) as server:
        yield Line(studio, server)


def said(decisions: tuple[Decision, ...], name: str) -> dict[str, tuple[Verdict, Position | None]]:
    return {one.claim: (one.verdict, one.decided) for one in decisions if one.article == name}


@pytest.fixture(scope="module")
def expected(line: Line) -> dict[str, Any]:
    """What is decided where nothing is malformed: two claims are accepted, and one is added."""
    more = with_drawn()
    found = line.pull(("note", [annotation_of(task_of("note"), 1)]), ("more", [more]))
    assert found.faults == ()
    assert sorted(one.verdict.value for one in found.decisions) == ["accepted"] * 4 + ["added"]
    return {name: said(found.decisions, name) for name in ("note", "more")}


def with_drawn() -> dict[str, Any]:
    more = annotation_of(task_of("more"), 2)
    more["result"] += drawn()
    return more


@settings(deadline=None, max_examples=400)
@given(data=st.data())
def test_one_odd_value_changes_no_decision_and_keeps_no_other_annotation_out(
    data: st.DataObject, expected: dict[str, Any], line: Line
) -> None:
    """Each value of an annotation replaced by one of another sort, or left out."""
    bad = with_drawn()
    ways = [path for path in places(bad) if "result" not in (path[-1], *path[-2:-1])]
    path = data.draw(st.sampled_from(ways))
    odd, drop = data.draw(st.sampled_from(ODD)), data.draw(st.booleans()) and path[-1:] != (0,)
    assume(not (odd in ("", []) and "text" in path[-2:]))  # an emptied field: nothing is typed
    mutate(bad, path, odd, drop=drop)
    check(bad, expected, line)


@settings(deadline=None, max_examples=300)
@given(data=st.data())
def test_many_odd_values_are_named_or_mean_nothing(
    data: st.DataObject, expected: dict[str, Any], line: Line
) -> None:
    bad = with_drawn()
    for _ in range(data.draw(st.integers(2, 5))):
        path = data.draw(st.sampled_from(list(places(bad))))
        mutate(bad, path, data.draw(st.sampled_from(ODD)), drop=data.draw(st.booleans()))
    check(bad, expected, line, same=False)


def check(bad: Any, expected: dict[str, Any], line: Line, *, same: bool = True) -> None:
    """The rest is taken whole; what is taken of the bad annotation is what was meant."""
    found = line.pull(("more", [bad]), ("note", [annotation_of(task_of("note"), 1)]))
    assert said(found.decisions, "note") == expected["note"]
    news = said(found.decisions, "more")
    if same:
        meant = expected["more"]
        assert news.items() <= meant.items(), found.faults
        skipped = isinstance(bad, dict) and bad.get("was_cancelled") is True
        assert news == meant or found.faults or skipped
    with tempfile.TemporaryDirectory() as folder:  # every decision can be written and read again
        append_decisions(Path(folder) / "d.jsonl", found.decisions)
        assert len(read_decisions(Path(folder) / "d.jsonl")) == len(found.decisions)
    assert all(fault.isprintable() for fault in found.faults)


@settings(deadline=None, max_examples=200)
@given(data=st.data())
def test_an_odd_task_keeps_no_other_out(
    data: st.DataObject, expected: dict[str, Any], line: Line
) -> None:
    line.studio.tasks.clear()
    bad = line.studio.add(task_of("more"), annotation_of(task_of("more"), 2))
    line.studio.add(task_of("note"), annotation_of(task_of("note"), 1))
    ways = [path for path in places(bad) if path[0] in ("data", "updated_at", "predictions")]
    path = data.draw(st.sampled_from(ways))
    bad |= copy.deepcopy({"data": bad["data"], "predictions": bad["predictions"]})
    mutate(bad, path, data.draw(st.sampled_from(ODD)), drop=data.draw(st.booleans()))
    found = line.pull_again()
    assert said(found.decisions, "note") == expected["note"]
    verdicts = {verdict for verdict, _ in said(found.decisions, "more").values()}
    assert verdicts <= {Verdict.ACCEPTED}
    assert verdicts or found.faults or bad["data"].get("article") != "more"


@given(st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(
        st.sampled_from(["id", "type", "from_name", "value", "start", "end", "labels", "choices",
                         "from_id", "to_id", "text"]), inner),
    max_leaves=30,
))  # fmt: skip
def test_any_json_is_a_result_that_can_be_read(value: Any) -> None:
    reading = read_result(value, TEXT, offset=0, shown=value)
    assert reading.claims == {}
    assert reading.faults or value == []


@pytest.mark.parametrize("label", ["Backs", "supports", "", "Supports "])
def test_a_cue_with_an_unknown_label_is_named_and_neither_kept_nor_rejected(
    label: str, line: Line
) -> None:
    bad = annotation_of(task_of("more"), 2)
    cue = next(item for item in bad["result"] if item["value"].get("labels") == ["Opposes"])
    cue["value"]["labels"] = [label]
    found = line.pull(("more", [bad]))
    (fault,) = found.faults
    assert "rejected" in fault  # the cue's own words
    assert "give it one of" in fault
    assert [(one.claim, one.verdict) for one in found.decisions] == [(peru().id, Verdict.ACCEPTED)]
    before = line.pull(("more", [annotation_of(task_of("more"), 2)])).decisions
    again = line.pull(("more", [bad]), ledger=before)
    assert (again.decisions, again.faults) == ((), found.faults)  # what it had said stands


@pytest.mark.parametrize("change", [
    {"from_name": "labels2"}, {"from_name": "label", "id": "other"}, {"value": {"start": 6}},
])  # fmt: skip
def test_a_cue_that_cannot_be_read_is_not_taken_for_one_that_was_taken_away(
    change: dict[str, Any], line: Line
) -> None:
    bad = annotation_of(task_of("more"), 2)
    next(i for i in bad["result"] if i["value"].get("labels") == ["Opposes"]).update(change)
    found = line.pull(("more", [bad]))
    assert found.faults
    assert chile().id not in {one.claim for one in found.decisions}


def test_a_control_of_the_users_own_is_named_and_the_claims_are_taken(line: Line) -> None:
    own = {"id": "z", "from_name": "difficulty", "type": "choices", "value": {"choices": ["hard"]}}
    more = annotation_of(task_of("more"), 2)
    more["result"].append(own)
    found = line.pull(("more", [more]))
    (fault,) = found.faults
    assert "difficulty" in fault
    assert [one.verdict for one in found.decisions] == [Verdict.ACCEPTED] * 2


@pytest.mark.parametrize("control", ["form", "flags"])
def test_a_choice_that_the_program_does_not_know_keeps_its_claim_alone_out(
    control: str, line: Line
) -> None:
    more = annotation_of(task_of("more"), 2)
    form = next(item for item in more["result"] if item["from_name"] == "form")
    if control == "flags":
        form = copy.deepcopy(form) | {"from_name": "flags"}
        more["result"].append(form)
    form["value"]["choices"] = ["question"]
    found = line.pull(("more", [more]))
    (fault,) = found.faults
    assert "question" in fault
    assert [one.verdict for one in found.decisions] == [Verdict.ACCEPTED]


@pytest.mark.parametrize("name", ["id", "created_at"])
def test_an_annotation_that_cannot_be_told_is_not_taken_for_a_deleted_one(
    name: str, line: Line
) -> None:
    good = annotation_of(task_of("more"), 2)
    before = line.pull(("more", [good])).decisions
    assert len(before) == 2
    again = line.pull(("more", [{**good, name: None}]), ledger=before)
    assert (again.decisions, len(again.faults)) == ((), 1)
    gone = line.pull(("more", []), ledger=before)
    assert [one.verdict for one in gone.decisions] == [Verdict.RETRACTED] * 2


def test_what_is_not_taken_is_asked_for_again(line: Line) -> None:
    odd = {**annotation_of(task_of("more"), 2), "was_cancelled": "no"}
    found = line.pull(("more", [odd]), ("note", [annotation_of(task_of("note"), 1)]))
    assert "was_cancelled" in found.faults[0]
    assert found.until <= line.studio.tasks[0]["updated_at"]


READ = [
    "GET /api/version", "GET /api/current-user/whoami", "GET /api/users/", "GET /api/projects/",
    "GET /api/projects/1/", "GET /api/projects/1/export", "GET /api/tasks",
]  # fmt: skip
WRITTEN = ["GET /api/projects/1/", "GET /api/tasks", "GET /api/tasks/1/", "GET /api/predictions/",
           "POST /api/projects/1/import", "PATCH /api/projects/1/"]  # fmt: skip
BODIES = {
    "null": b"null", "list": b"[]", "object": b"{}", "number": b"3", "text": b'"yes"',
    "page": b"<html><body>Sign in</body></html>", "nothing": b"", "not-utf-8": b'"\xff\xfe"',
    "list of null": b"[null]", "list of lists": b"[[]]", "odd objects": b'[{"id": "x"}]',
    "odd page": b'{"tasks": [null], "total": 1, "results": [null], "next": 5}',
    "odd total": b'{"tasks": [], "total": null, "results": null}',
    "odd fields": b'{"id": null, "created_at": 5, "task_number": {}, "maximum_annotations": "x",'
                  b'"release": {"a": 1}, "email": 7, "label-studio-os-package": 3}',
    "nested": b"[" * 100_000, "long number": b"9" * 10_000, "half": b'{"tasks": [{"id": 1, "da',
}  # fmt: skip


@pytest.fixture
def desk(tmp_path: Path) -> Workspace:
    (tmp_path / "corpus").mkdir()
    return make_workspace(tmp_path, article_of("note"), "Claims")


@pytest.mark.parametrize("body", BODIES)
@pytest.mark.parametrize("asked", READ)
def test_no_answer_of_another_shape_ends_a_pull_otherwise_than_by_name(
    asked: str, body: str, desk: Workspace
) -> None:
    for cut in (0, 20):  # whole, and with the connection closed before its end
        studio = Studio(spoilt={asked: (BODIES[body], len(BODIES[body]) + cut)})
        studio.add(task_of("note"), annotation_of(task_of("note"), 1))
        with serving(studio) as url, client(url) as server, suppress(PipelineError):
            server.check()
            work.pull(desk, server)
        decisions = read_decisions(desk.ledger)
        assert {one.verdict for one in decisions} <= {Verdict.ACCEPTED}
        assert {one.reviewer for one in decisions} <= {"ana@example.com"}
        shutil.rmtree(desk.state.folder)


@pytest.mark.parametrize("body", BODIES)
@pytest.mark.parametrize("asked", WRITTEN)
def test_no_answer_of_another_shape_makes_a_push_take_anything_away(
    asked: str, body: str, desk: Workspace
) -> None:
    spoilt = {asked: (BODIES[body], len(BODIES[body]))}
    studio = Studio(spoilt=spoilt)
    (task,) = work.plan_tasks(desk)
    older = replace(task, data={**task.data, "shown": "another"})
    studio.add(older, annotation_of(task, 1))
    with serving(studio) as url, client(url) as server, suppress(PipelineError):
        work.push(desk, server)
    assert not [one for one in studio.asked if one.startswith("DELETE")]


def test_a_server_that_gives_one_page_for_ever_is_named_and_not_waited_for() -> None:
    task = json.dumps({"id": 1, "data": {}})
    page = f'{{"tasks": [{task}], "total": 1000000000}}'.encode()
    projects = b'{"results": [{"id": 1, "title": "x"}], "next": "again"}'
    studio = Studio(spoilt={"GET /api/tasks": (page, len(page)),
                            "GET /api/projects/": (projects, len(projects))})  # fmt: skip
    with serving(studio) as url, client(url) as server:
        with pytest.raises(PipelineError, match="again"):
            list(server.find_tasks(1))
        from pipeline.review.project import find_project

        with pytest.raises(PipelineError, match="again"):
            find_project(server, "y")


def test_an_export_of_odd_things_names_each_and_takes_the_rest(line: Line) -> None:
    line.studio.tasks.clear()
    good = line.studio.add(task_of("note"), annotation_of(task_of("note"), 1))
    items = [None, 5, [], "x", {"id": None}, {**good, "id": 2, "updated_at": 5}, good]
    body = json.dumps(items).encode()
    line.studio.spoilt["GET /api/projects/1/export"] = (body, len(body))
    found = line.pull_again()
    line.studio.spoilt.clear()
    assert {one.claim for one in found.decisions} == {chile().id, peru().id}
    assert len(found.faults) == 6
    assert found.until == ""


def test_a_mark_of_the_last_pull_that_is_no_time_asks_for_all(line: Line) -> None:
    line.pull(("note", [annotation_of(task_of("note"), 1)]))
    for since in ("yesterday", "0001-01-01T00:00:00Z", "[]"):
        articles = {"note": article()}
        found = pull_decisions(line.server, 1, since=since, ledger=(), articles=articles)
        assert len(found.decisions) == 2
