"""JSON, of a file or of one line of it: an object, or the reason why there is none."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import NoReturn

from pipeline.guarded.source import Source
from pipeline.guarded.texts import decode_text, read_text
from pipeline.guarded.values import HALF, NOT_FINITE, TOO_DEEP, TOO_LONG, find_flaw, is_too_deep

WRONG = "wrong-type"
"""The cause of a value that is JSON, and none that is taken."""

NOT_JSON = "not-json"

_SUSPECT = re.compile(r"\\u[dD][89a-fA-F]|\d{100}|\d[eE]\+?\d{3}|[\ud800-\udfff]")
"""What a line must have for one of its values to be out of bounds."""


class _ValueFault(ValueError):
    """Something that JSON has no word for, or that stands twice."""


def read_json(path: Path, source: Source) -> dict[str, object]:
    """The object that a JSON file holds.

    Raises:
        PipelineError: the source's error, beginning with ``file:line``.
    """
    return parse_object(read_text(path, source), source)


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
    try:
        found: object = json.loads(text, object_pairs_hook=_unique, parse_constant=_refuse)
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
    if is_too_deep(found):
        raise source.fault(f"not a JSON object: it {TOO_DEEP}", cause=NOT_JSON)
    if bounded and _SUSPECT.search(text) and (flaw := find_flaw(found)):
        where = f"field {'.'.join(flaw.keys)} " if flaw.keys else ""
        cause = "undecodable" if flaw.what == HALF else WRONG
        raise source.fault(f"{where}{flaw.what}", cause=cause)
    return found


def _unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise _ValueFault(f"the key {twice!r:.60} stands twice")
    return found


def _refuse(word: str) -> NoReturn:
    raise _ValueFault(f"{word}: {NOT_FINITE.removeprefix('has ')}")
