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


def same_result(one: Sequence[Json], other: Sequence[Json]) -> bool:
    """Whether two results say the same, whoever drew their regions.

    >>> piece = {"id": "a", "type": "labels", "from_name": "label", "value": {"start": 0}}
    >>> same_result([piece], [{**piece, "origin": "prediction"}])
    True
    """
    return len(one) == len(other) and all(map(_same_piece, one, other))


def _same_piece(one: Json, other: Json) -> bool:
    return (
        one.get("value") == other.get("value")
        and one.get("id") == other.get("id")
        and one.get("from_name") == other.get("from_name")
        and one.get("from_id") == other.get("from_id")
        and one.get("to_id") == other.get("to_id")
        and one.get("labels") == other.get("labels")
        and one.get("type") == other.get("type")
    )
