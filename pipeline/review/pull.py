"""Fetching what reviewers did since the last pull, into the ledger."""

from __future__ import annotations

import gc
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from types import MappingProxyType
from typing import Any

from pipeline.dataset.records import Decision, Verdict
from pipeline.dataset.sample import Reading
from pipeline.errors import RecordError
from pipeline.records import Extraction
from pipeline.review.answers import shape_errors
from pipeline.review.changed import find_changed
from pipeline.review.client import Server
from pipeline.review.meaning import decide, retract
from pipeline.review.shapes import (
    is_time,
    list_of,
    number_of,
    object_in,
    object_of,
    text_in,
    time_of,
)
from pipeline.review.shown import annotation_name

Json = dict[str, Any]
NONE: Mapping[str, str] = MappingProxyType({})
OVERLAP = timedelta(seconds=30)
_STAMP = "%Y-%m-%dT%H:%M:%S.%fZ"


@dataclass(frozen=True, slots=True)
class Pulled:
    """New decisions, what could not be read (a sentence each), and where the next pull begins.

    ``readings`` are the passages of the random sample that were newly read.
    """

    decisions: tuple[Decision, ...]
    faults: tuple[str, ...]
    tasks: int
    until: str
    readings: tuple[Reading, ...] = ()


def pull_decisions(
    server: Server,
    project: int,
    *,
    since: str,
    ledger: Sequence[Decision],
    articles: Mapping[str, Extraction],
    unread: Mapping[str, str] = NONE,
    on_progress: Callable[[int], None] = lambda _: None,
) -> Pulled:
    """What the reviewers decided since ``since`` (UTC, or empty for all) that is not in the ledger.

    The server is only read. A task that was changed on the server, words that do not stand where
    they should, or an article that is ``unread`` (by its id, why) give a fault and no decision.

    Raises:
        ServerError: where the server refuses or stays away.
    """
    began = server.clock().strftime(_STAMP)
    users = server.find_users()
    path = f"/api/projects/{project}/"
    found = server.get_object(path)
    with shape_errors(server.url, path):
        begun = time_of(found, "created_at", "the project")
    own = [
        item
        for item in ledger
        if item.carries is None and _is_of(item, server.url, project, users, begun)
    ]
    standing = _standing_by_task(own)
    known = set(standing)
    decisions: list[Decision] = []
    faults: list[str] = []
    latest, held, count = since, began, 0
    with _without_collection():
        for task in find_changed(server, project, _before(since), known):
            count += 1
            try:
                changed, article, annotations = _read_head(task)
            except RecordError as error:  # it has no time that says from when to ask for it again
                held = min(held, since)
                faults.append(str(error))
                continue
            latest = max(latest, changed)
            told = standing.get(task["id"], {})
            if article in unread:
                wrong = [f"{unread[article]} (task {task['id']})"]
            else:
                reader = _Reader(server.url, users, articles.get(article))
                news, wrong = reader.read(task, annotations, told)
                decisions += news
            faults += wrong
            if wrong:  # it is asked for, and named, again until somebody has mended it
                held = min(held, changed)
            on_progress(count)
    # What changed meanwhile in a task that was read already is for the next pull.
    return Pulled(tuple(decisions), tuple(faults), count, min(latest, held))


@contextmanager
def _without_collection() -> Iterator[None]:
    """A block that makes many objects and no cycles: looking for these would cost a third more."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _read_head(task: object) -> tuple[str, str, list[Any]]:
    """When a task was changed, the article that it is of, and its annotations."""
    found = object_in(task, "a task")
    where = f"task {number_of(found, 'id', 'a task')}"
    data = object_of(found, "data", where)
    article = text_in(data.get("article") or "", f"{where}: “article”")
    return time_of(found, "updated_at", where), article, list_of(found, "annotations", where)


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads the annotations of a task; what is wrong with one keeps no other from being taken."""

    server: str
    users: Mapping[int, str]
    article: Extraction | None

    def read(
        self, task: Json, annotations: Sequence[Any], standing: Mapping[str, list[Decision]]
    ) -> tuple[list[Decision], list[str]]:
        """What the task's annotations newly say, and what is not taken, a sentence each."""
        decisions: list[Decision] = []
        faults: list[str] = []
        present, nameless = set(), False
        for annotation in annotations:
            try:
                present.add(name := annotation_name(annotation))
            except RecordError as error:
                nameless = True
                faults.append(f"{error} (task {task['id']})")
                continue
            news, wrong = self._read_one(task, annotation, standing.get(name, ()))
            decisions += news
            faults += wrong
        if not nameless:  # else one that stands may be the one that cannot be told
            gone = [items for name, items in standing.items() if name not in present]
            decisions += [retract(item, task["updated_at"]) for items in gone for item in items]
        return decisions, faults

    def _read_one(
        self, task: Json, annotation: Json, standing: Sequence[Decision]
    ) -> tuple[tuple[Decision, ...], list[str]]:
        try:
            meaning = decide(
                task,
                annotation,
                self.article,
                server=self.server,
                users=self.users,
                standing=standing,
            )
        except RecordError as error:
            about = str(error)
            return (), [about if about.startswith("task ") else f"{about} (task {task['id']})"]
        return meaning.decisions, [f"{fault} (task {task['id']})" for fault in meaning.faults]


def _is_of(
    decision: Decision, server: str, project: int, users: Mapping[int, str], begun: str
) -> bool:
    """Whether the decision was made in this very project, and not in one of the same number.

    Embedded servers have the same address, and a server that was made anew the same numbers: what
    was decided there is no annotation that was deleted here.
    """
    origin = decision.origin
    return (
        origin.server == server
        and origin.project == project
        and decision.reviewer in users.values()
        and origin.annotation.partition("@")[2] >= begun
    )


def _standing_by_task(ledger: Iterable[Decision]) -> dict[int, dict[str, list[Decision]]]:
    """What each annotation of a task says by the ledger: its last word on each claim."""
    last: dict[tuple[int, str], dict[str, Decision]] = defaultdict(dict)
    for item in sorted(ledger, key=lambda one: (one.decided_at, one.verdict != "retracted")):
        words = last[item.origin.task, item.origin.annotation]
        if item.verdict is not Verdict.RETRACTED:
            words[item.claim] = item
        elif item.claim in words and words[item.claim].id == item.retracts:
            del words[item.claim]
    found: dict[int, dict[str, list[Decision]]] = defaultdict(dict)
    for (task, annotation), words in last.items():
        if words:
            found[task][annotation] = list(words.values())
    return found


def _before(since: str) -> str:
    """A little earlier, as the server wants it: microseconds and Z, or it answers 500.

    Empty, for all there is, where ``since`` is no moment: the mark was damaged.
    """
    if not is_time(since):
        return ""
    moment = datetime.fromisoformat(since.replace("Z", "+00:00")).astimezone(UTC)
    return (moment - OVERLAP).strftime(_STAMP)
