"""Which annotated tasks of a project changed since a pull, asked for in few calls."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

from pipeline.review.client import Server
from pipeline.review.shapes import is_number

Json = dict[str, Any]
_ASK = 200
_PART = 400
"""How many tasks are exported at once: their numbers are an address of less than 8 KiB."""
_MOST = 10_000_000
"""How many numbers of tasks are asked for at all without knowing that they are there."""
_SPARSE = 5
"""How many numbers may be asked for in vain for each task that is there."""


def find_changed(server: Server, project: int, since: str, known: set[int]) -> Iterator[Any]:
    """Every task with an annotation, or known to have had one, that changed since.

    They come by the server's export, which is the fastest way to read annotations, and as it
    sends them: the caller looks at their shape. ``since`` is a time as the server wants it, or
    empty for all.
    """
    changed = [_filter("updated_at", "greater", "Datetime", since)] if since else []
    seen = set()
    bare = []  # those whose annotations do not carry the prediction that they began as
    for task in _export_changed(server, project, changed):
        if not _is_sound(task):
            yield task  # to be named
            continue
        if task["id"] in seen:
            continue
        seen.add(task["id"])
        if all(not isinstance(one, dict) or one.get("prediction") for one in task["annotations"]):
            yield task
        else:
            bare.append(task)
    yield from _with_predictions(server, project, bare)
    rest = sorted(known - seen)
    for start in range(0, len(rest), _ASK):
        asked = [_filter("id", "in_list", "List", rest[start : start + _ASK]), *changed]
        for task in server.find_tasks(project, asked, fields="task_only"):
            if _has_none(task):
                yield {**task, "annotations": []}


def _is_sound(task: object) -> bool:
    """Whether an exported task has a number and a list of annotations."""
    if not isinstance(task, dict):
        return False
    return is_number(task.get("id")) and isinstance(task.get("annotations"), list)


def _has_none(task: Json) -> bool:
    """Whether a task has no annotation any more; False where the server does not say."""
    return all(
        is_number(task.get(name)) and task[name] == 0
        for name in ("total_annotations", "cancelled_annotations")
    )


def _export_changed(server: Server, project: int, changed: Sequence[Json]) -> Iterator[Any]:
    """The annotated tasks, each part asked for while the one before it is read."""
    numbers = _find_annotated(server, project, changed) if changed else _find_all(server, project)

    def export(start: int) -> list[Any]:
        part = list(numbers[start : start + _PART])
        path = f"/api/projects/{project}/export"
        return server.get_list(path, exportType="JSON", **{"ids[]": part})

    with ThreadPoolExecutor(max_workers=1) as pool:
        ahead: Future[list[Any]] | None = None
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
    if last - first < _SPARSE * count and last - first < _MOST:
        return range(first, last + 1) if count else ()
    return [int(task["id"]) for task in server.find_tasks(project, fields="task_only")]


def _with_predictions(server: Server, project: int, tasks: Sequence[Json]) -> Iterator[Json]:
    """The tasks with their whole predictions."""
    for start in range(0, len(tasks), _ASK):
        part = {task["id"]: task for task in tasks[start : start + _ASK]}
        asked = [_filter("id", "in_list", "List", sorted(part))]
        found = {task["id"]: task for task in server.find_tasks(project, asked)}
        for number, task in part.items():
            yield {**task, "predictions": found.get(number, {}).get("predictions") or []}


def _filter(column: str, operator: str, kind: str, value: object) -> Json:
    return {"filter": f"filter:tasks:{column}", "operator": operator, "type": kind, "value": value}
