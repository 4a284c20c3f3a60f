"""Who has read which passage of the random sample, as a server has it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from pipeline.dataset.sample import Reading
from pipeline.errors import RecordError
from pipeline.review.client import Server
from pipeline.review.pull import OVERLAP
from pipeline.review.seen import where
from pipeline.review.shapes import (
    flag_of,
    is_time,
    list_of,
    number_of,
    object_in,
    object_of,
    text_of,
    time_of,
)

_STAMP = "%Y-%m-%dT%H:%M:%S.%fZ"


def find_readings(
    server: Server, project: int, *, since: str, known: Sequence[Reading]
) -> tuple[Reading, ...]:
    """What was submitted of the sample since ``since``, or taken back, and is not ``known``.

    A task that is damaged gives nothing; the pull names it.

    Raises:
        ServerError: where the server refuses or stays away.
    """
    filters = [where("data.sample", "contains", "String", "p-")]
    if is_time(since):
        stamp = (datetime.fromisoformat(since.replace("Z", "+00:00")) - OVERLAP).strftime(_STAMP)
        filters.append(where("updated_at", "greater", "Datetime", stamp))
    standing = _standing(known)
    users: Mapping[int, str] = {}
    found: list[Reading] = []
    for task in server.find_tasks(project, filters):
        users = users or server.find_users()
        place = f"{server.url} {project} {task['id']}"
        try:
            found += _news(task, place, users, standing.get(place, {}))
        except RecordError:
            continue
    return tuple(found)


def _standing(known: Sequence[Reading]) -> dict[str, dict[str, Reading]]:
    """By place and reviewer, what is known and was not taken back."""
    found: dict[str, dict[str, Reading]] = {}
    for one in known:
        if one.read:
            found.setdefault(one.place, {})[one.reviewer] = one
        else:
            found.get(one.place, {}).pop(one.reviewer, None)
    return found


def _news(
    task: dict[str, Any], place: str, users: Mapping[int, str], known: Mapping[str, Reading]
) -> Iterator[Reading]:
    name = f"task {task['id']}"
    data = object_of(task, "data", name)
    passage, article = text_of(data, "sample", name), text_of(data, "article", name)
    now = {}
    for item in list_of(task, "annotations", name):
        annotation = object_in(item, f"{name}: an annotation")
        if not flag_of(annotation, "was_cancelled", name):
            who = number_of(annotation, "completed_by", name)
            now[users.get(who, str(who))] = time_of(annotation, "updated_at", name)
    for reviewer, at in now.items():
        if reviewer not in known:
            yield Reading(passage, article, reviewer, at, place)
    for reviewer in known.keys() - now.keys():
        at = time_of(task, "updated_at", name)
        yield Reading(passage, article, reviewer, at, place, read=False)
