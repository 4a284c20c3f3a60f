"""Fetching what reviewers did since the last pull, into the ledger."""

from __future__ import annotations

import gc
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from types import MappingProxyType
from typing import Any

from pipeline.dataset.records import Decision, Verdict
from pipeline.errors import RecordError
from pipeline.records import Extraction
from pipeline.review.client import Server
from pipeline.review.meaning import annotation_name, decide, retract

Json = dict[str, Any]
NONE: Mapping[str, str] = MappingProxyType({})
OVERLAP = timedelta(seconds=30)
_STAMP = "%Y-%m-%dT%H:%M:%S.%fZ"
_ASK = 200
_PART = 400
"""How many tasks are exported at once: their numbers are an address of less than 8 KiB."""
_SPARSE = 5
"""How many numbers may be asked for in vain for each task that is there."""


@dataclass(frozen=True, slots=True)
class Pulled:
    """New decisions, what could not be read (a sentence each), and where the next pull begins."""

    decisions: tuple[Decision, ...]
    faults: tuple[str, ...]
    tasks: int
    until: str


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
    begun = str(server.get(f"/api/projects/{project}/")["created_at"])
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
        for task in _find_changed(server, project, since, known):
            count += 1
            latest = max(latest, task["updated_at"])
            article = str(task["data"].get("article"))
            told = standing.get(task["id"], {})
            if article in unread:
                wrong = [f"{unread[article]} (task {task['id']})"]
            else:
                news, wrong = _read_task(task, articles.get(article), server.url, users, told)
                decisions += news
            faults += wrong
            if wrong:  # it is asked for, and named, again until somebody has mended it
                held = min(held, task["updated_at"])
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


def _read_task(
    task: Json,
    article: Extraction | None,
    server: str,
    users: Mapping[int, str],
    standing: Mapping[str, list[Decision]],
) -> tuple[list[Decision], list[str]]:
    decisions: list[Decision] = []
    faults: list[str] = []
    present = set()
    for annotation in task["annotations"]:
        present.add(name := annotation_name(annotation))
        try:
            meaning = decide(
                task,
                annotation,
                article,
                server=server,
                users=users,
                standing=standing.get(name, ()),
            )
        except RecordError as error:
            faults.append(str(error))
            continue
        decisions += meaning.decisions
        faults += [f"{fault} (task {task['id']})" for fault in meaning.faults]
    gone = [items for name, items in standing.items() if name not in present]
    decisions += [retract(item, task["updated_at"]) for items in gone for item in items]
    return decisions, faults


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


def _find_changed(server: Server, project: int, since: str, known: set[int]) -> Iterator[Json]:
    """Every task with an annotation, or known to have had one, that changed since.

    They come by the server's export, which is the fastest way to read annotations.
    """
    changed = [_filter("updated_at", "greater", "Datetime", _before(since))] if since else []
    seen = set()
    bare = []  # those whose annotations do not carry the prediction that they began as
    for task in _export_changed(server, project, changed):
        seen.add(task["id"])
        if all(annotation.get("prediction") for annotation in task["annotations"]):
            yield task
        else:
            bare.append(task)
    yield from _with_predictions(server, project, bare)
    rest = sorted(known - seen)
    for start in range(0, len(rest), _ASK):
        asked = [_filter("id", "in_list", "List", rest[start : start + _ASK]), *changed]
        for task in server.find_tasks(project, asked, fields="task_only"):
            if not task["total_annotations"] and not task["cancelled_annotations"]:
                yield {**task, "annotations": []}


def _export_changed(server: Server, project: int, changed: Sequence[Json]) -> Iterator[Json]:
    """The annotated tasks, each part asked for while the one before it is read."""
    numbers = _find_annotated(server, project, changed) if changed else _find_all(server, project)

    def export(start: int) -> list[Json]:
        part = list(numbers[start : start + _PART])
        path = f"/api/projects/{project}/export"
        return list(server.get(path, exportType="JSON", **{"ids[]": part}))

    with ThreadPoolExecutor(max_workers=1) as pool:
        ahead: Future[list[Json]] | None = None
        for start in range(0, len(numbers), _PART):
            before, ahead = ahead, pool.submit(export, start)
            if before is not None:
                yield from before.result()
        if ahead is not None:
            yield from ahead.result()


def _find_annotated(server: Server, project: int, changed: Sequence[Json]) -> Sequence[int]:
    ids = {
        int(task["id"])
        for column in ("total_annotations", "cancelled_annotations")
        for task in server.find_tasks(
            project, [_filter(column, "greater", "Number", 0), *changed], fields="task_only"
        )
    }
    return sorted(ids)


def _find_all(server: Server, project: int) -> Sequence[int]:
    """The numbers of all tasks, and of some that are not there where that is quicker to say."""
    first, count = server.find_end(project, "tasks:id")
    last, _ = server.find_end(project, "-tasks:id")
    if last - first < _SPARSE * count:
        return range(first, last + 1) if count else ()
    return [int(task["id"]) for task in server.find_tasks(project, fields="task_only")]


def _with_predictions(server: Server, project: int, tasks: Sequence[Json]) -> Iterator[Json]:
    """The tasks with their whole predictions."""
    for start in range(0, len(tasks), _ASK):
        part = {task["id"]: task for task in tasks[start : start + _ASK]}
        asked = [_filter("id", "in_list", "List", sorted(part))]
        found = {task["id"]: task for task in server.find_tasks(project, asked)}
        for number, task in part.items():
            whole = found.get(number, {"predictions": []})
            yield {**task, "predictions": whole["predictions"]}


def _before(since: str) -> str:
    """A little earlier, as the server wants it: microseconds and Z, or it answers 500."""
    moment = datetime.fromisoformat(since.replace("Z", "+00:00")).astimezone(UTC)
    return (moment - OVERLAP).strftime(_STAMP)


def _filter(column: str, operator: str, kind: str, value: object) -> Json:
    return {"filter": f"filter:tasks:{column}", "operator": operator, "type": kind, "value": value}
