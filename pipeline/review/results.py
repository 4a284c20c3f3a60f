"""Comparing what the server stores: results of annotations and predictions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

Json = dict[str, Any]


def saw_another(result: Sequence[Json], prediction: Json) -> bool:
    """Whether a region that came from a prediction came from another one than this."""
    shown = {item.get("id") for item in prediction.get("result", [])}
    return any(
        str(item.get("origin", "")).startswith("prediction") and item.get("id") not in shown
        for item in result
        if item.get("type") != "relation"
    )


def in_plain(result: Sequence[Json]) -> list[list[object]]:
    """What counts in a result: not who drew a region."""
    names = ("type", "id", "from_name", "from_id", "to_id", "labels", "value")
    return [[item.get(name) for name in names] for item in result]
