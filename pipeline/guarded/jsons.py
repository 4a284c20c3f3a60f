"""JSON, of a file or of one line of it: an object, or the reason why there is none."""

from __future__ import annotations

import json
import re
from math import isfinite
from pathlib import Path
from typing import NoReturn

from pipeline.guarded.files import read_bytes
from pipeline.guarded.source import Source
from pipeline.guarded.texts import decode_text, read_text
from pipeline.guarded.values import (
    HALF,
    MAX_DIGITS,
    NOT_FINITE,
    TOO_DEEP,
    TOO_LONG,
    find_flaw,
    is_too_deep,
)

WRONG = "wrong-type"
"""The cause of a value that is JSON, and none that is taken."""

NOT_JSON = "not-json"

_ESCAPED_HALF = re.compile(r"\\u[dD][89a-fA-F]")
_STEP = 10
_LONG = re.compile(rf"\d{{{MAX_DIGITS // _STEP}}}")
"""What every so many characters of a text show where it has a number of too many digits."""


class _ValueFault(ValueError):
    """Something that JSON has no word for, or that stands twice."""


def read_json(path: Path, source: Source) -> dict[str, object]:
    """The object that a JSON file holds.

    Raises:
        PipelineError: the source's error, beginning with ``file:line``.
    """
    return parse_object(read_text(path, source), source)


def read_own_json(path: Path, source: Source) -> object:
    """The value of a file that this program wrote, quickly: for what a hash in it vouches for.

    Whether a key stands twice, and what the values are, is not looked at.

    Raises:
        PipelineError: the file cannot be read.
        ValueError: it is not JSON.
        RecursionError: it is nested too deep.
    """
    found: object = json.loads(read_bytes(path, source), parse_constant=_refuse)
    return found


def parse_object(
    data: str | bytes, source: Source, *, hint: str = "one object a line", bounded: bool = True
) -> dict[str, object]:
    """The object that a JSON text holds; ``hint`` ends what is said of one that holds none.

    Without ``bounded`` halves of characters are let through, for a caller that names the field.

    Raises:
        PipelineError: the source's error: ``undecodable``, ``not-json`` or ``wrong-type``.
    """
    found = parse_json(data, source, hint=hint, bounded=bounded)
    if not isinstance(found, dict):
        what = f"not a JSON object but {type(found).__name__}; {hint}"
        raise source.fault(what, cause=NOT_JSON)
    return found


def parse_json(data: str | bytes, source: Source, *, hint: str, bounded: bool = True) -> object:
    """The value that a JSON text holds.

    Raises:
        PipelineError: see ``parse_object``.
    """
    text = data if isinstance(data, str) else decode_text(data, source)
    large: list[str] = []
    try:
        found = _load(text, large)
    except _ValueFault as error:
        raise source.fault(f"not a JSON object ({error}); {hint}", cause=WRONG) from error
    except json.JSONDecodeError as error:
        what = f"not a JSON object ({error.msg} at column {error.colno}); {hint}"
        line = min(error.lineno, 1 + text.rstrip().count("\n"))
        raise source.fault(what, line=line, cause=NOT_JSON) from error
    except ValueError as error:  # more digits than Python makes a number of
        raise source.fault(TOO_LONG, cause=WRONG) from error
    except RecursionError as error:
        raise source.fault(f"not a JSON object: it {TOO_DEEP}", cause=NOT_JSON) from error
    if is_too_deep(found, text):
        raise source.fault(f"not a JSON object: it {TOO_DEEP}", cause=NOT_JSON)
    suspect = bounded and _is_suspect(text, large)
    if suspect and (flaw := find_flaw(found)):
        where = f"field {'.'.join(flaw.keys)} " if flaw.keys else ""
        cause = "undecodable" if flaw.what == HALF else WRONG
        raise source.fault(f"{where}{flaw.what}", cause=cause)
    return found


def _load(text: str, large: list[str]) -> object:
    """The value of a JSON text; to ``large`` are added the numbers that could be out of bounds.

    To be asked of each whole number takes as long as all the rest; most texts have no long one.
    """

    def whole(digits: str) -> int:
        if len(digits) > MAX_DIGITS:
            large.append(digits)
        return int(digits)

    def real(digits: str) -> float:
        number = float(digits)
        if not isfinite(number):
            large.append(digits)
        return number

    found: object = json.loads(
        text,
        object_pairs_hook=_unique,
        parse_constant=_refuse,
        parse_int=whole if _LONG.search(text[::_STEP]) else None,
        parse_float=real,
    )
    return found


def _is_suspect(text: str, large: list[str]) -> bool:
    """Whether a value could be out of bounds: a large number, or half of a character."""
    if large:
        return True
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:  # to search for one takes longer
        return True
    return _ESCAPED_HALF.search(text) is not None


def _unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise _ValueFault(f"the key {twice!r:.60} stands twice")
    return found


def _refuse(word: str) -> NoReturn:
    raise _ValueFault(f"{word}: {NOT_FINITE.removeprefix('has ')}")
