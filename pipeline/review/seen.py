"""A task of ours as a list of the server has it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pipeline.review.shapes import number_of, object_of

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
    """The task that an item of the server's list is; None where it is none of ours."""
    where = f"task {item['id']}"
    data = object_of(item, "data", where)
    if "uid" not in data:
        return None
    return Seen(
        id=item["id"],
        uid=str(data["uid"]),
        article=str(data.get("article", "")),
        shown=str(data.get("shown", "")),
        progress=str(data.get("progress", "")),
        annotations=sum(
            number_of(item, name, where) for name in ("total_annotations", "cancelled_annotations")
        ),
        predictions=number_of(item, "total_predictions", where),
    )
