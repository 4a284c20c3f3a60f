"""What every format may hold and what none may: bounds on depth, numbers and characters."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import isfinite

MAX_DEPTH = 64
"""The deepest nesting of lists and tables that is read."""

MAX_DIGITS = 100
"""The longest number that is read, in characters; a longer one is text, and wants quotes."""

TOO_DEEP = f"is nested deeper than {MAX_DEPTH} levels; make it flat"
TOO_LONG = f"has a number of more than {MAX_DIGITS} digits; put it in quotes, as text"
NOT_FINITE = "has a number that is not finite (NaN, infinity); leave it out, or put it in quotes"
HALF = "has half of a character (a lone surrogate); write the whole character"

_BITS = int(MAX_DIGITS * 3.3219280948873623)
_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Flaw:
    """What is wrong with a value, and the keys on the way to it."""

    what: str
    keys: tuple[str, ...] = ()


def find_flaw(value: object) -> Flaw | None:
    """The first thing in a value that could not be written again or read elsewhere, if any.

    Works however deep the value is nested.

    >>> find_flaw({"a": [1.0, float("nan")]}).keys
    ('a',)
    """
    level: list[tuple[tuple[str, ...], object]] = [((), value)]
    for _ in range(MAX_DEPTH + 1):
        following: list[tuple[tuple[str, ...], object]] = []
        for keys, one in level:
            if flaw := flaw_of(one):
                return Flaw(flaw, keys)
            following += _inner(one, keys)
        if not following:
            return None
        level = following
    return Flaw(TOO_DEEP, level[0][0][:1])


def is_too_deep(value: object, text: str) -> bool:
    """Whether the value of a JSON text has lists and tables nested too deep; most have too few."""
    if text.count("{") + text.count("[") <= MAX_DEPTH:
        return False
    level = [value] if isinstance(value, (dict, list)) else []
    for _ in range(MAX_DEPTH):
        if not level:
            return False
        level = [
            inner
            for one in level
            for inner in (one.values() if isinstance(one, dict) else one)
            if isinstance(inner, (dict, list))
        ]
    return bool(level)


def flaw_of(value: object) -> str:
    """What is wrong with a value by itself, whatever it holds; empty where nothing is."""
    if isinstance(value, str):
        return HALF if not value.isascii() and _SURROGATE.search(value) else ""
    if isinstance(value, int):
        return TOO_LONG if value.bit_length() > _BITS else ""
    if isinstance(value, float):
        return "" if isfinite(value) else NOT_FINITE
    if isinstance(value, Mapping):
        return next((flaw for key in value if (flaw := flaw_of(key))), "")
    return ""


def _inner(value: object, keys: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], object]]:
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield (*keys, str(key)[:80]) if len(keys) < 4 else keys, inner
    elif isinstance(value, (list, tuple, set)):
        for inner in value:
            yield keys, inner
