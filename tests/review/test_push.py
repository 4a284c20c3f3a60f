"""Every task once, with its prediction: through locks, kills, restarts and other pushers."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from pipeline.review.client import Server
from pipeline.review.project import ensure_project
from pipeline.review.push import push_tasks
from pipeline.review.studio import Running, start_studio, stop_process
from pipeline.review.tasks import Task, build_tasks
from tests.dataset.build import article, chile
from tests.review.make import copy_of, data_folder
from tests.review.many import many_tasks

SCREEN = (Path(__file__).parents[2] / "annotations" / "labelling.xml").read_text()
ROOT = Path(__file__).parents[2]


def new_project(server: Server, title: str) -> int:
    return ensure_project(server, title=f"{title} {time.time_ns()}", screen=SCREEN)


def on_server(server: Server, project: int) -> list[Any]:
    return list(server.find_tasks(project, fields="task_only"))


def is_whole(server: Server, project: int, tasks: tuple[Task, ...]) -> bool:
    """Whether each task is there once and has one prediction."""
    there = on_server(server, project)
    uids = Counter(item["data"]["uid"] for item in there)
    once = uids == Counter(task.uid for task in tasks)
    return once and all(item["total_predictions"] == 1 for item in there)


@contextmanager
def write_locked(studio: Running, seconds: float) -> Iterator[None]:
    """Somebody else's write transaction on the server's database, for so long."""
    database = next(data_folder(studio).glob("*.sqlite3"))
    begun = threading.Event()

    def hold() -> None:
        connection = sqlite3.connect(database, timeout=30)
        connection.execute("BEGIN IMMEDIATE")
        begun.set()
        time.sleep(seconds)
        connection.rollback()
        connection.close()

    thread = threading.Thread(target=hold)
    thread.start()
    begun.wait()
    yield
    thread.join()


def test_a_repeated_push_changes_nothing(server: Server) -> None:
    tasks = many_tasks(30)
    project = new_project(server, "Repeat")
    assert push_tasks(server, project, tasks, batch=10).posted == 30
    before = [item["updated_at"] for item in on_server(server, project)]
    again = push_tasks(server, project, tasks, batch=10)
    assert (again.posted, again.present, again.replaced) == (0, 30, 0)
    assert [item["updated_at"] for item in on_server(server, project)] == before


def test_the_server_loses_predictions_under_a_lock_and_a_push_mends_it(
    studio: Running, server: Server
) -> None:
    tasks = many_tasks(40)
    bare = new_project(server, "Bare")
    with write_locked(studio, 3):
        server.post(f"/api/projects/{bare}/import", [task.to_json() for task in tasks])
    lost = sum(item["total_predictions"] == 0 for item in on_server(server, bare))
    assert lost == 40, "the server has mended its fault: the repair may no longer be needed"
    assert push_tasks(server, bare, tasks).repaired == 40
    assert is_whole(server, bare, tasks)

    project = new_project(server, "Locked")
    with write_locked(studio, 3):
        report = push_tasks(server, project, tasks)
    assert report.repaired == 40
    assert is_whole(server, project, tasks)


def test_two_pushers_at_once_leave_each_task_once(studio: Running, server: Server) -> None:
    tasks = many_tasks(120)
    project = new_project(server, "Two")

    def run() -> None:
        with Server(studio.url, studio.account.token) as other:
            push_tasks(other, project, tasks, batch=40)

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    push_tasks(server, project, tasks)
    assert is_whole(server, project, tasks)


def annotate(server: Server, item: Any) -> Any:
    prediction = server.get("/api/predictions/", task=item["id"])[0]
    return server.post(
        f"/api/tasks/{item['id']}/annotations/",
        {"result": prediction["result"], "parent_prediction": prediction["id"], "lead_time": 3.0},
    )


def test_newer_predictions_replace_undecided_ones_and_touch_no_annotation(server: Server) -> None:
    names = ("note", "other", "third")
    old = build_tasks(replace(article(), article=name) for name in names)
    project = new_project(server, "Newer")
    push_tasks(server, project, old)
    by_name = {item["data"]["article"]: item for item in on_server(server, project)}
    annotation = annotate(server, by_name["note"])
    server.post(
        f"/api/tasks/{by_name['other']['id']}/drafts?project={project}",
        {"result": [], "lead_time": 1},
    )
    newer = build_tasks(replace(article(), article=name, claims=(chile(),)) for name in names)
    report = push_tasks(server, project, newer)
    assert (report.replaced, report.kept, report.posted) == (1, 1, 0)
    shown = {item["data"]["article"]: item["data"]["shown"] for item in on_server(server, project)}
    fresh = {task.article: task.shown for task in newer}
    stale = {task.article: task.shown for task in old}
    assert shown == {"note": stale["note"], "other": stale["other"], "third": fresh["third"]}
    kept = server.get(f"/api/annotations/{annotation['id']}/")
    assert kept["updated_at"] == annotation["updated_at"]
    (third,) = server.get("/api/predictions/", task=by_name["third"]["id"])
    marked = [piece["value"]["text"] for piece in third["result"] if "value" in piece]
    assert "rejected" in marked
    assert {words for words in marked if words[0].isdigit()} == {
        "1  Chile — opposes — the draft · action"
    }


def test_undecided_tasks_that_nobody_wants_any_more_are_withdrawn(server: Server) -> None:
    tasks = many_tasks(3)
    project = new_project(server, "Withdraw")
    push_tasks(server, project, tasks)
    first = on_server(server, project)[0]
    annotate(server, first)
    gone = {task.article for task in tasks[:2]}
    report = push_tasks(server, project, tasks[2:], articles=frozenset(gone))
    left = {item["data"]["article"] for item in on_server(server, project)}
    assert report.withdrawn == 2 - (first["data"]["article"] in gone)
    assert left == {first["data"]["article"], tasks[2].article}


def test_a_push_while_a_reviewer_saves_loses_nothing(studio: Running, server: Server) -> None:
    tasks = many_tasks(400)
    project = new_project(server, "Saving")
    push_tasks(server, project, tasks[:10])
    first = on_server(server, project)[0]
    done = threading.Event()
    saved = []

    def save() -> None:
        with Server(studio.url, studio.account.token) as reviewer:
            while not done.is_set():
                saved.append(annotate(reviewer, first)["id"])
                done.wait(0.2)

    thread = threading.Thread(target=save)
    thread.start()
    push_tasks(server, project, tasks, batch=50)
    done.set()
    thread.join()
    assert saved
    assert is_whole(server, project, tasks)


def start_pusher(studio: Running, project: int, count: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.review.pusher", studio.url, studio.account.token]
    return subprocess.Popen(
        [*command, str(project), str(count)],
        cwd=ROOT, stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip


def test_five_thousand_tasks_through_three_kills_and_a_restart(
    studio: Running, tmp_path: Path
) -> None:
    state = copy_of(studio, tmp_path)
    studio = start_studio(state)
    count = 5000
    tasks = many_tasks(count)
    try:
        with Server(studio.url, studio.account.token) as server:
            project = new_project(server, "Kills")
            for after in (0, 1000, 2500):
                pusher = start_pusher(studio, project, count)
                assert pusher.stdout is not None
                for line in pusher.stdout:
                    if int(line) >= after:
                        break
                time.sleep(0.3)  # in the middle of the next batch
                pusher.send_signal(signal.SIGKILL)
                pusher.wait()
            pusher = start_pusher(studio, project, count)
            assert pusher.stdout is not None
            next(line for line in pusher.stdout if int(line) >= 3500)
            stop_process(studio.pid)
            studio = start_studio(state)
            pusher.communicate(timeout=120)
            push_tasks(server, project, tasks)
            assert is_whole(server, project, tasks)
            assert push_tasks(server, project, tasks).posted == 0
    finally:
        stop_process(studio.pid)
