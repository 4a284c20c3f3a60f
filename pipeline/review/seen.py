"""A project's tasks as the server has them, and where they stand in its queue."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pipeline.review.answers import shape_errors
from pipeline.review.client import Server
from pipeline.review.shapes import number_of, object_in, object_of

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Seen:
    """A task as the server has it."""

    id: int
    uid: str
    article: str
    shown: str
    progress: str
    annotations: int
    predictions: int


def read_seen(item: Json) -> Seen | None:
    """The task, None where it is none of ours."""
    place = f"task {item['id']}"
    data = object_of(item, "data", place)
    if "uid" not in data:
        return None
    return Seen(
        id=item["id"],
        uid=str(data["uid"]),
        article=str(data.get("article", "")),
        shown=str(data.get("shown", "")),
        progress=str(data.get("progress", "")),
        annotations=sum(
            number_of(item, name, place) for name in ("total_annotations", "cancelled_annotations")
        ),
        predictions=number_of(item, "total_predictions", place),
    )


def where(column: str, operator: str, kind: str, value: object) -> Json:
    """A filter of tasks as the server wants it."""
    return {"filter": f"filter:tasks:{column}", "operator": operator, "type": kind, "value": value}


def read_scores(server: Server, project: int) -> dict[int, float]:
    """The score of each task's prediction by the task's number, of those that have one."""
    found = {}
    tasks = server.find_tasks(project, include="id,predictions_score")
    for task in tasks:
        score = task.get("predictions_score")
        if isinstance(score, int | float):
            found[int(task["id"])] = float(score)
    return found


def move_to(server: Server, task: int, score: float) -> None:
    """Give the task's prediction another score; what it shows stays."""
    path = "/api/predictions/"
    found = server.get_list(path, task=task)
    with shape_errors(server.url, path):
        numbers = [number_of(object_in(one, "a prediction"), "id", "a prediction") for one in found]
    for number in numbers:
        server.patch(f"{path}{number}/", {"score": score})
