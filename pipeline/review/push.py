"""Sending tasks so that each is on the server once, with its prediction, whatever happens.

The server's import is all or nothing, but its answer can be lost, and under a write lock it
stores tasks without their predictions and still answers 201. So nothing is believed: what is
there is asked first, each batch is posted once and its counts are compared, and what is missing,
doubled, outdated or without its prediction is mended until a look finds nothing to do. Task text
is never changed, and no task with an annotation or a draft is touched.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Any

from pipeline.dataset.records import Order
from pipeline.network.failures import ServerError
from pipeline.review.answers import shape_errors
from pipeline.review.client import Server
from pipeline.review.order import keep_places
from pipeline.review.reports import PushReport as PushReport
from pipeline.review.seen import Seen, move_to, read_scores, read_seen, where
from pipeline.review.shapes import list_of, number_of, object_in
from pipeline.review.tasks import Task

Json = dict[str, Any]
BATCH = 500
ATTEMPTS = 10
SAME_PLACE = 1e-9


@dataclass(slots=True)
class _Work:
    """What is to be done for one batch so that the server has what it should."""

    missing: list[Task] = field(default_factory=list)
    doubled: list[Seen] = field(default_factory=list)
    bare: list[tuple[Task, Seen]] = field(default_factory=list)
    surplus: list[Seen] = field(default_factory=list)
    outdated: list[tuple[Task, Seen]] = field(default_factory=list)
    behind: list[tuple[Task, Seen]] = field(default_factory=list)

    def __bool__(self) -> bool:
        return any(getattr(self, item.name) for item in fields(self))


def push_tasks(
    server: Server,
    project: int,
    tasks: Sequence[Task],
    *,
    articles: frozenset[str] = frozenset(),
    order: Order | None = None,
    batch: int = BATCH,
    patience: float = 120,
    on_progress: Callable[[int], None] = lambda _: None,
) -> PushReport:
    """What was done so that the project has every task once, with its newest prediction.

    Undecided tasks of ``articles`` that are not among ``tasks`` any more are withdrawn. With
    ``order`` those that stand elsewhere in the queue than in ``tasks`` are moved.
    ``patience`` is the seconds to wait for a server that went away. ``on_progress`` is told how
    many tasks are dealt with.

    Raises:
        ServerError: where the server refuses, or stays away too long; a later push goes on.
    """
    pusher = _Pusher(server, project, patience=patience)
    present = pusher.look(None)
    if articles:
        pusher.withdraw(present, {task.uid for task in tasks}, articles)
    scores = pusher.find_scores(present) if order else {}
    tasks = keep_places(tasks, scores, order) if order else tasks
    for start in range(0, len(tasks), batch):
        part = tasks[start : start + batch]
        pusher.settle(part, {task.uid: present.get(task.uid, []) for task in part})
        on_progress(start + len(part))
    pusher.prove(tasks, batch)
    pusher.move(tasks, present, scores)
    return pusher.report


class _Pusher:
    def __init__(self, server: Server, project: int, *, patience: float) -> None:
        self._server, self._project, self._patience = server, project, patience
        self._kept: set[int] = set()
        self._expected = 0
        self.report = PushReport()

    def look(self, uids: Sequence[str] | None) -> dict[str, list[Seen]]:
        """What the server has, by uid: of the given uids, or of the whole project."""
        filters: list[Json] = []
        if uids is not None:
            filters = [where("data.uid", "in_list", "List", list(uids))]
        found: dict[str, list[Seen]] = defaultdict(list)
        for item in self._server.find_tasks(self._project, filters, fields="task_only"):
            with shape_errors(self._server.url, "/api/tasks"):
                seen = read_seen(item)
            if seen:
                found[seen.uid].append(seen)
        if uids is None:
            self._expected = sum(len(items) for items in found.values())
        return found

    def withdraw(
        self, present: dict[str, list[Seen]], wanted: set[str], articles: frozenset[str]
    ) -> None:
        """Delete undecided tasks of the articles that nobody wants any more."""
        for uid in sorted(present.keys() - wanted):
            for seen in present[uid]:
                if seen.article in articles and not self._is_begun(seen):
                    self._server.delete(f"/api/tasks/{seen.id}/")
                    self.report.withdrawn += 1
                    self._expected -= 1

    def settle(self, part: Sequence[Task], found: Mapping[str, Sequence[Seen]]) -> None:
        """See to it that every task of the part is there once, with its prediction."""
        self.report.present += sum(bool(found.get(task.uid)) for task in part)
        believed: Mapping[str, Sequence[Seen]] | None = found
        for _ in range(ATTEMPTS):
            try:
                if believed is None:
                    believed = self.look([task.uid for task in part])
                work = self._plan(part, believed)
                if not work or self._do(work):
                    return
            except ServerError as error:
                if not error.passing:
                    raise
                self.report.retries += 1
                self._wait(error)
            believed = None
        raise ServerError(
            f"{self._server.url}: {len(part)} tasks could not be settled in {ATTEMPTS} tries; "
            "is another program writing to it all the time? Run `claims review push` again",
            cause="busy",
        )

    def prove(self, tasks: Sequence[Task], batch: int) -> None:
        """Look at all again where the project's own counts do not add up."""
        counts = self._server.get_object(f"/api/projects/{self._project}/")
        if counts.get("task_number") == self._expected:
            return
        found = self.look(None)
        for start in range(0, len(tasks), batch):
            part = tasks[start : start + batch]
            present = self.report.present
            self.settle(part, {task.uid: found.get(task.uid, []) for task in part})
            self.report.present = present

    def find_scores(self, present: Mapping[str, Sequence[Seen]]) -> dict[str, float]:
        """The score by which each task stands in the queue, by uid."""
        scores = read_scores(self._server, self._project) if present else {}
        return {
            uid: scores[seen.id] for uid, items in present.items() for seen in items[:1]
            if seen.id in scores
        }  # fmt: skip

    def move(
        self,
        tasks: Sequence[Task],
        present: Mapping[str, Sequence[Seen]],
        scores: Mapping[str, float],
    ) -> None:
        """Give each task that nobody has annotated the score of its place."""
        for task in tasks:
            if abs(scores.get(task.uid, task.score) - task.score) > SAME_PLACE:
                seen = present[task.uid][0]
                if not seen.annotations:
                    move_to(self._server, seen.id, task.score)
                    self.report.moved += 1

    def _plan(self, part: Sequence[Task], found: Mapping[str, Sequence[Seen]]) -> _Work:
        work = _Work()
        for task in part:
            seen = sorted(found.get(task.uid, ()), key=lambda item: (-item.annotations, item.id))
            if not seen:
                work.missing.append(task)
                continue
            work.doubled += [
                item for item in seen[1:] if not (item.annotations or item.id in self._kept)
            ]
            self._plan_prediction(work, task, seen[0])
        return work

    def _plan_prediction(self, work: _Work, task: Task, seen: Seen) -> None:
        if seen.annotations or seen.id in self._kept:
            return
        if seen.shown != task.shown:
            work.outdated.append((task, seen))
        elif seen.predictions == 0:
            work.bare.append((task, seen))
        elif seen.predictions > 1:
            work.surplus.append(seen)
        elif seen.progress != task.data.get("progress", ""):
            work.behind.append((task, seen))

    def _do(self, work: _Work) -> bool:
        """Whether what was done is known to have worked, so that no second look is needed."""
        for seen in work.doubled:
            if self._is_begun(seen):  # since the look that this was planned on
                self._kept.add(seen.id)
                continue
            self._server.delete(f"/api/tasks/{seen.id}/")
            self.report.duplicates += 1
        for seen in work.surplus:
            self._drop_predictions(seen, keep=1)
        for task, seen in work.outdated:
            self._replace(task, seen)
        if work.bare:
            self._repair(work.bare)
        for task, seen in work.behind:  # all else of it is as it was
            self._server.patch(f"/api/tasks/{seen.id}/", {"data": task.data})
            self.report.brought_on += 1
        sure = not (work.doubled or work.surplus or work.outdated or work.bare)
        return (self._post(work.missing) if work.missing else True) and sure

    def _post(self, missing: Sequence[Task]) -> bool:
        """Whether the answer says that every task and every prediction was stored."""
        answer = self._server.post(
            f"/api/projects/{self._project}/import", [task.to_json() for task in missing]
        )
        self.report.posted += len(missing)
        self._expected += len(missing)
        said = answer if isinstance(answer, dict) else {}
        counts = said.get("task_count"), said.get("prediction_count")
        return counts == (len(missing), len(missing))

    def _repair(self, bare: Sequence[tuple[Task, Seen]]) -> None:
        predictions = [{"task": seen.id, **task.prediction()} for task, seen in bare]
        self._server.post(f"/api/projects/{self._project}/import/predictions", predictions)
        self.report.repaired += len(bare)

    def _replace(self, task: Task, seen: Seen) -> None:
        """Give the task the new prediction, unless somebody has begun with it."""
        if self._is_begun(seen):
            self._kept.add(seen.id)
            self.report.kept += 1
            return
        self._drop_predictions(seen, keep=0)
        self._server.patch(f"/api/tasks/{seen.id}/", {"data": task.data})
        self._repair([(task, seen)])
        self.report.repaired -= 1
        self.report.replaced += 1

    def _drop_predictions(self, seen: Seen, *, keep: int) -> None:
        path = "/api/predictions/"
        found = self._server.get_list(path, task=seen.id)
        with shape_errors(self._server.url, path):
            numbers = [
                number_of(object_in(item, "a prediction"), "id", "a prediction") for item in found
            ]
        for number in sorted(numbers)[: len(numbers) - keep]:
            self._server.delete(f"{path}{number}/")

    def _is_begun(self, seen: Seen) -> bool:
        """Whether somebody has annotated the task or has a draft of it."""
        if seen.annotations:
            return True
        path = f"/api/tasks/{seen.id}/"
        task = self._server.get_object(path)
        with shape_errors(self._server.url, path):  # in doubt nothing is taken from it
            found = list_of(task, "annotations", "the task")
            drafts = list_of(task, "drafts", "the task") if task.get("drafts") else []
        return bool(found or drafts)

    def _wait(self, error: ServerError) -> None:
        """Wait until the server answers again.

        Raises:
            ServerError: the one that was waited for, when patience is at its end.
        """
        until = time.monotonic() + self._patience
        while True:
            try:
                self._server.get("/api/version")
                return
            except ServerError as again:
                if time.monotonic() >= until:
                    raise error from again
            time.sleep(0.5)
