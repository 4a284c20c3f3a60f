"""The items of an annotation's result as records, each of its types checked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from pipeline.errors import RecordError
from pipeline.review.regions import ATTRIBUTION, HOLDER, REJECTED, STANCES, TARGET
from pipeline.review.shapes import (
    list_of,
    malformed,
    named,
    object_in,
    object_of,
    text_in,
    text_of,
    texts_in,
)

Json = dict[str, Any]
CONTROLS = ("label", "entity", "other_entity", "form", "flags", "comment")
"""The controls of the screen whose results are read: ``annotations/labelling.xml``."""
TYPED = ("other_entity", "comment")
"""Those of them into which text is typed."""
LABELS = (HOLDER, *STANCES, TARGET, ATTRIBUTION, REJECTED)


@dataclass(frozen=True, slots=True)
class Region:
    """A marked span: offsets in the task's text, the words that were sent with it, its labels."""

    id: str
    start: int
    end: int
    words: str | None
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """What was chosen or typed for a region; for the whole passage where ``region`` is empty."""

    region: str
    control: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Relation:
    """Two regions that are joined; which way it was drawn says nothing."""

    one: str
    other: str


@dataclass(frozen=True, slots=True)
class Unknown:
    """What a control has left that the program does not know.

    ``marks`` where it marks a span, ``placed`` where it belongs to one and not to the passage.
    """

    region: str
    control: str
    marks: bool
    placed: bool


Piece = Region | Choice | Relation | Unknown


def read_piece(item: object) -> Piece:
    """The record of one item.

    Raises:
        RecordError: where it has another shape than any that the screen makes.
    """
    found = object_in(item, "an item of the result")
    control = found.get("from_name")
    if control == "label":
        return _region(found)
    if control in CONTROLS:
        return _choice(found, str(control))
    if control is None and found.get("type") == "relation":
        one, other = (text_of(found, name, "a relation") for name in ("from_id", "to_id"))
        return Relation(one, other)
    name = text_in(control, "an item of the result: “from_name”")
    region = text_in(found["id"], "“id”") if found.get("id") else ""
    value = found.get("value")
    placed = isinstance(value, dict) and "start" in value
    return Unknown(region, name, str(found.get("type")).endswith("labels"), placed)


@dataclass(frozen=True, slots=True)
class Began:
    """What an annotation began with: labels of regions, what was chosen, what was joined."""

    labels: Mapping[str, str] = field(default_factory=dict)
    choices: Mapping[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)
    joined: frozenset[frozenset[str]] = frozenset()


def read_began(shown: object) -> Began:
    """What of a prediction's result can be read; the rest is refused where it is read itself."""
    pieces: list[Piece] = []
    for item in shown if isinstance(shown, (list, tuple)) else ():
        with suppress(RecordError):
            pieces.append(read_piece(item))
    return Began(
        {p.id: p.labels[-1] for p in pieces if isinstance(p, Region) and p.labels},
        {(p.region, p.control): p.words for p in pieces if isinstance(p, Choice)},
        frozenset(frozenset((p.one, p.other)) for p in pieces if isinstance(p, Relation)),
    )


def saw_another(result: Sequence[Json], prediction: Json) -> bool:
    """Whether a region that came from a prediction came from another one than this."""
    shown = {str(item.get("id")) for item in prediction.get("result", [])}
    return any(
        str(item.get("origin", "")).startswith("prediction") and str(item.get("id")) not in shown
        for item in result
        if item.get("type") != "relation"
    )


def same_result(one: Sequence[Json], other: Sequence[Json]) -> bool:
    """Whether two results say the same, whoever drew their regions.

    >>> piece = {"id": "a", "type": "labels", "from_name": "label", "value": {"start": 0}}
    >>> same_result([piece], [{**piece, "origin": "prediction"}])
    True
    """
    try:
        return len(one) == len(other) and all(map(_same_piece, one, other))
    except RecursionError:  # values that no screen makes
        return False


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


def _region(found: dict[str, Any]) -> Region:
    region = text_of(found, "id", "a region")
    where = f"region {named(region)}"
    value = object_of(found, "value", where)
    start, end = value.get("start"), value.get("end")
    if not (type(start) is int and type(end) is int):
        raise RecordError(f"{where} has no offsets", cause="malformed")
    words = value.get("text")
    if words is not None and not isinstance(words, str):
        raise malformed(f"{where}: “text”", "text", words)
    labels = texts_in(list_of(value, "labels", where), f"{where}: a label")
    return Region(region, start, end, words, tuple(dict.fromkeys(labels)))


def _choice(found: dict[str, Any], control: str) -> Choice:
    region = "" if control == "comment" else text_of(found, "id", f"an item of {control}")
    where = f"{control} of region {named(region)}" if region else f"the {control}"
    value = object_of(found, "value", where)
    words = value.get("text" if control in TYPED else "choices")
    if control in TYPED and isinstance(words, str):
        words = [words]
    said = tuple(word.strip() for word in texts_in(words, where))
    if control not in TYPED and not all(said or ("",)):  # the screen takes away what is empty
        raise RecordError(f"{where} is empty", cause="malformed")
    return Choice(region, control, said)
