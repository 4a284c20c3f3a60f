"""TOML: a table of values that can be written again, or the reason with its line."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from pipeline.guarded.source import Source
from pipeline.guarded.texts import read_text
from pipeline.guarded.values import MAX_DEPTH, TOO_DEEP, TOO_LONG, find_flaw

MAX_BYTES = 16 * 1024 * 1024
"""The largest TOML file that is read."""

_PART = r"""(?:[A-Za-z0-9_-]+|"[^"\n]*"|'[^'\n]*')"""
_DOTTED = re.compile(rf"(?<![\w\"'-]){_PART}(?:[ \t]*\.[ \t]*{_PART}){{{MAX_DEPTH}}}")
_LINE = re.compile(r"\(at line (\d+), column \d+\)")


def read_toml(path: Path, source: Source) -> dict[str, object]:
    """The values of a TOML file.

    Raises:
        PipelineError: the source's error, beginning with ``file:line``; ``missing`` where there is
            no such file.
    """
    return parse_toml(read_text(path, source, limit=MAX_BYTES), source)


def parse_toml(text: str, source: Source) -> dict[str, object]:
    """The values of a TOML text.

    Raises:
        PipelineError: the source's error, with the line.
    """
    if dotted := _DOTTED.search(text):  # each part of a key costs as much as all before it
        line = 1 + text.count("\n", 0, dotted.start())
        raise source.malformed("TOML", f"a key {TOO_DEEP}", line=line)
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = _LINE.search(str(error))
        line = int(found.group(1)) if found else 1 + text.count("\n")
        fault = _LINE.sub("", str(error)).strip()
        raise source.malformed("TOML", fault, line=line) from error
    except RecursionError as error:
        raise source.malformed("TOML", f"it {TOO_DEEP}", line=_deepest(text)) from error
    except (ValueError, OverflowError) as error:
        if "digits" not in str(error):  # a date or a time that no calendar has
            raise source.malformed("TOML", str(error), line=1) from error
        line = _longest_number(text)
        raise source.malformed("TOML", f"it {TOO_LONG}", line=line) from error
    if flaw := find_flaw(values):
        line = line_of_key(text, flaw.keys[-1]) if flaw.keys else 1
        raise source.malformed("TOML", f"it {flaw.what}", line=line)
    return values


def line_of_key(text: str, key: str) -> int:
    r"""The line on which a key is given its value, or opens a table; 1 where none does.

    >>> line_of_key('a = 1\n[t]\nb = 2', "b"), line_of_key('a = 1\n[t]\nb = 2', "t")
    (3, 2)
    """
    name = rf"""["']?{re.escape(key)}["']?"""
    found = re.search(rf"^[ \t]*(?:\[+[^\]\n]*)?{name}[ \t]*[=.\]]", text, re.MULTILINE)
    found = found or re.search(rf"{name}[ \t]*=", text)
    return 1 + text.count("\n", 0, found.start()) if found else 1


def _deepest(text: str) -> int:
    lines = text.split("\n")
    return 1 + max(range(len(lines)), key=lambda n: lines[n].count("[") + lines[n].count("{"))


def _longest_number(text: str) -> int:
    found = re.search(r"[0-9_]{1000,}", text)
    return 1 + text.count("\n", 0, found.start()) if found else 1
