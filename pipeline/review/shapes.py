"""The server's JSON with its types checked: what has another shape is refused by its name.

Nothing that a server sends is believed: whoever may write to it can store an annotation of any
shape. Every function gives the value that was asked for or a ``RecordError`` that says where it
should have stood; ``where`` names the thing in messages (``annotation 12 (task 7)``).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, TypeGuard

from pipeline.errors import RecordError

Json = dict[str, Any]
_LONGEST_NUMBER = 2**63
_LARGEST = 10**9
_TIME = re.compile(r"[12]\d{3}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?Z", re.ASCII)
_PLAIN = re.compile(r"[\w.-]{1,40}", re.ASCII)


def object_in(value: object, where: str) -> Json:
    """The value, which is a JSON object."""
    if not isinstance(value, dict):
        raise malformed(where, "an object", value)
    return value


def list_in(value: object, where: str) -> list[Any]:
    """The value, which is a list."""
    if not isinstance(value, list):
        raise malformed(where, "a list", value)
    return value


def text_in(value: object, where: str) -> str:
    """The value, which is text that can be written to a file.

    >>> text_in("Perú", "heading")
    'Perú'
    """
    if not isinstance(value, str) or not _is_whole(value):
        raise malformed(where, "text", value)
    return value


def object_of(record: Mapping[str, Any], name: str, where: str) -> Json:
    """The object of that name."""
    return object_in(record.get(name), f"{where}: “{name}”")


def list_of(record: Mapping[str, Any], name: str, where: str) -> list[Any]:
    """The list of that name."""
    return list_in(record.get(name), f"{where}: “{name}”")


def text_of(record: Mapping[str, Any], name: str, where: str) -> str:
    """The text of that name."""
    return text_in(record.get(name), f"{where}: “{name}”")


def texts_in(value: object, where: str) -> list[str]:
    """The texts of a list."""
    return [text_in(item, where) for item in list_in(value, where)]


def number_of(record: Mapping[str, Any], name: str, where: str) -> int:
    """The whole number of that name, which is not below zero.

    >>> number_of({"id": 7}, "id", "task")
    7
    """
    value = record.get(name)
    if not is_number(value):
        raise malformed(f"{where}: “{name}”", "a whole number", value)
    return value


def maybe_number_of(record: Mapping[str, Any], name: str, where: str) -> int | None:
    """The whole number of that name, None where there is none."""
    return None if record.get(name) is None else number_of(record, name, where)


def is_number(value: object) -> TypeGuard[int]:
    """Whether a value is a whole number that a server can mean: no truth value, no fraction."""
    return type(value) is int and 0 <= value < _LONGEST_NUMBER


def flag_of(record: Mapping[str, Any], name: str, where: str) -> bool:
    """The truth value of that name."""
    value = record.get(name)
    if not isinstance(value, bool):
        raise malformed(f"{where}: “{name}”", "true or false", value)
    return value


def maybe_measure_of(record: Mapping[str, Any], name: str, where: str) -> float | None:
    """The number of that name, which is finite and not below zero; None where there is none."""
    value = record.get(name)
    if value is None:
        return None
    if type(value) not in (int, float) or not 0 <= value < _LARGEST:
        raise malformed(f"{where}: “{name}”", "a number that can be", value)
    return value  # type: ignore[no-any-return]


def time_of(record: Mapping[str, Any], name: str, where: str) -> str:
    """The moment of that name, as it was sent: UTC in ISO 8601."""
    value = record.get(name)
    if not isinstance(value, str) or not is_time(value):
        raise malformed(f"{where}: “{name}”", "a time in UTC as ISO 8601", value)
    return value


def is_time(value: str) -> bool:
    """Whether text is a moment in UTC as the server writes it.

    >>> is_time("2026-01-31T10:00:00.25Z"), is_time("2026-01-32T10:00:00Z")
    (True, False)
    """
    if not _TIME.fullmatch(value):
        return False
    try:
        return datetime.fromisoformat(value).astimezone(UTC).year > 1900
    except (ValueError, OverflowError):
        return False


def named(value: object) -> str:
    """What the server calls a thing, short enough for a message and without a trap in it.

    >>> named("h-12"), named(7), named("a b"), named([1])
    ('h-12', '7', "'a b'", 'a list')
    """
    if isinstance(value, str):
        return value if _PLAIN.fullmatch(value) else ascii(value[:40])
    return str(value) if is_number(value) else kind_of(value)


def kind_of(value: object) -> str:
    """What sort of JSON a value is, in words; nothing of the value itself is repeated."""
    if value is None or isinstance(value, bool):
        return {None: "nothing", True: "true", False: "false"}[value]
    kinds = ((dict, "an object"), (list, "a list"), (str, "text"), ((int, float), "a number"))
    return next((words for kind, words in kinds if isinstance(value, kind)), "something else")


def malformed(where: str, wanted: str, value: object) -> RecordError:
    """The error that says what should have stood where."""
    found = kind_of(value)
    if found == "text" == wanted:
        found = "text that no file can hold"
    return RecordError(f"{where} is {found}, not {wanted}", cause="malformed")


def _is_whole(value: str) -> bool:
    """Whether text can be written: half a surrogate pair cannot."""
    if value.isascii():
        return True
    try:
        value.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True
