"""Claims as rows of typed cells and back, and what of a claim such a row does not hold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from itertools import zip_longest
from typing import Any

from pipeline.errors import RecordError
from pipeline.export.columns import COLUMNS, Column, Holds
from pipeline.reading.dates import is_date

Json = dict[str, Any]
Record = Mapping[str, Any]
Cell = str | int | float | bool | None
PLACES = 4
"""To how many decimal places scores are given."""

_PLAIN = (str, int, bool)
_PLACES = tuple(
    (name, *(*column.path, "")[:2], column.joint) for name, column in COLUMNS.items()
)  # fmt: skip
_STAMP = "%Y-%m-%dT%H:%M:%S.%fZ"
_WHOLE_DAY = len("2024-05-31")
_AS_TEXT = (Holds.TEXT, Holds.DAY, Holds.MOMENT)
_WHOLE = ("machine.provenance", "metadata.")  # what is compared as a whole
_SPANS = ("sentence", "target", "antecedent", "attribution")


def to_cells(record: Record) -> dict[str, Cell]:
    """The cells of a claim by column, each of its column's type; None where there is nothing."""
    cells: dict[str, Cell] = {}
    for name, first, second, joint in _PLACES:
        value = record.get(first)
        if second:
            value = _within(value, second) if value else None
        plain = type(value) in _PLAIN and value != ""
        cells[name] = value if plain else _cell(value, joint)
    return cells


def _within(value: Any, key: str) -> Any:
    """What stands under the key in an object, or in each object of a list."""
    if isinstance(value, dict):
        return value.get(key)
    return [item.get(key) for item in value] if isinstance(value, list) else None


def _cell(value: Any, joint: str) -> Cell:
    if value is None or value in ("", []):
        return None
    if joint:
        return joint.join(map(to_text, value)) if isinstance(value, list) else str(value)
    return round(value, PLACES) if isinstance(value, float) else str(value)


def to_text(cell: object) -> str:
    """The cell as text: booleans as true and false, nothing as nothing.

    >>> [to_text(cell) for cell in (True, 0.5, None, "the vote")]
    ['true', '0.5', '', 'the vote']
    """
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    return str(cell)


def from_text(name: str, text: str) -> Cell:
    """The cell of a column whose text this is; the reverse of ``to_text``.

    Raises:
        RecordError: naming the column whose type the text is not of.
    """
    column = COLUMNS[name]
    if text == "":
        return None
    try:
        if column.joint or column.holds in _AS_TEXT:
            return text
        if column.holds is Holds.FLAG:
            return {"true": True, "false": False}[text.lower()]
        return int(text) if column.holds is Holds.INTEGER else float(text)
    except (ValueError, KeyError) as error:
        raise RecordError(
            f"column {name}: {text!r:.60} is no {column.holds.value}; export the claims again"
        ) from error


def from_cells(cells: Mapping[str, Cell]) -> Json:
    """The record of a claim that a row was made of, with what the row holds of it."""
    record: Json = {"version": 1, "metadata": {}, "holder": {"entity": None, "kind": ""}}
    for name, column in COLUMNS.items():
        cell = cells.get(name)
        if cell is None:
            continue
        if column.joint:
            _put_items(record, column, str(cell).split(column.joint))
        else:
            _put(record, column.path, cell)
    for name in _SPANS:
        record.setdefault(name, None)
    if record["attribution"]:
        record["attribution"].setdefault("entity", None)
    for name, empty in (("target_reads", ""), ("concepts", [])):
        record.setdefault(name, empty)
    # A label with the mark that parts labels has left pieces behind that belong to no concept.
    record["concepts"] = [one for one in record["concepts"] if "stance" in one]
    if record.get("source") == "human":
        record["reviewers"] = record.get("reviewers", [])
        record["comments"] = record.get("comments", [])
    return record


def _put(record: Json, path: tuple[str, ...], value: object) -> None:
    *folders, last = path
    for key in folders:
        record = record.setdefault(key, {})
    record[last] = value


def _put_items(record: Json, column: Column, items: list[str]) -> None:
    """Put the items of a joined cell: a list of them, or one into each object of a list."""
    first, *rest = column.path
    if not rest:
        record[first] = items
        return
    objects = record.setdefault(first, [])
    for number, item in enumerate(items):
        if number == len(objects):
            objects.append({})
        objects[number][rest[0]] = item == "true" if column.holds is Holds.FLAG else item


def day_of(value: object) -> tuple[date, str] | None:
    """The first day of a date and how exact it is: to the day, the month or the year.

    None for what is no date in ISO 8601.

    >>> day_of("2024-05"), day_of("soon")
    ((datetime.date(2024, 5, 1), 'month'), None)
    """
    text = str(value or "")
    text = text[:_WHOLE_DAY] if text[_WHOLE_DAY : _WHOLE_DAY + 1] in ("T", " ") else text
    if not is_date(text):
        return None
    exact = {4: "year", 7: "month"}.get(len(text), "day")
    return date.fromisoformat(f"{text}-01-01"[:_WHOLE_DAY]), exact


def moment_of(value: object) -> datetime | None:
    """The moment that is written in ISO 8601, in UTC; None for what is none.

    >>> print(moment_of("2026-01-01T10:00:00.000000Z"))
    2026-01-01 10:00:00+00:00
    """
    try:
        return datetime.fromisoformat(str(value or "")).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def stamp_of(moment: datetime) -> str:
    """The moment, in UTC, as decisions have it.

    >>> stamp_of(datetime(2026, 1, 1, 10))
    '2026-01-01T10:00:00.000000Z'
    """
    return moment.strftime(_STAMP)


def rounded(record: Record) -> Record:
    """The record with its score to four places: the same one where it has no more."""
    machine = record.get("machine") or {}
    score = machine.get("score")
    if not isinstance(score, float) or score == round(score, PLACES):
        return record
    return {**record, "machine": {**machine, "score": round(score, PLACES)}}


def lost(record: Record, read: Record) -> set[str]:
    """Where ``record`` says something that ``read``, the same claim read back, does not.

    What is empty says nothing.

    >>> sorted(lost({"id": "a", "decisions": ["d", "e"], "shown": None}, {"id": "a"}))
    ['decisions']
    """
    return set(_lost(rounded(record), read, ""))


def _lost(value: object, read: object, place: str) -> Iterator[str]:
    if value is None or value == read or value in ("", [], {}):
        return
    if isinstance(value, (dict, list)) and not place.startswith(_WHOLE):
        for item, other, where in _parts(value, read, place):
            if item is not None and item != other:  # of most there is nothing to ask
                yield from _lost(item, other, where)
    else:
        yield place


def _parts(
    value: dict[str, Any] | list[Any], read: object, place: str
) -> Iterator[tuple[object, object, str]]:
    """What an object or list consists of, with what was read in its place, and where it stands."""
    if isinstance(value, dict):
        others = read if isinstance(read, dict) else {}
        for key, item in value.items():
            yield item, others.get(key), f"{place}.{key}" if place else key
    else:
        items = read if isinstance(read, list) else []
        for item, other in zip_longest(value, items[: len(value)]):
            yield item, other, place


def lines_of_lost(name: str, counts: Mapping[str, int], why: Mapping[str, str]) -> Iterator[str]:
    """A line for what the format of that name has no column for, and one for each that differs.

    ``counts`` are the claims by what they lost; ``why`` has the reasons where there is a column.
    """
    held = {".".join(column.path) for column in COLUMNS.values()}
    if none := sorted(place for place in counts if place not in held):
        yield f"{name} does not hold {', '.join(none)}; jsonl and parquet do"
    for place in sorted(held & {*counts}):
        count = f"{counts[place]:,} claim{'' if counts[place] == 1 else 's'}"
        yield f"{name} changes {place} of {count}: {why.get(place, 'the cells cannot hold it')}"
