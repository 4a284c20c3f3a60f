"""The front matter of a Markdown file: YAML between ``---`` lines or TOML between ``+++`` lines."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping

import yaml

from pipeline.errors import ArticleError

MAX_CHARACTERS = 100_000
"""The longest front matter read, in code points."""

_OPEN = re.compile(r"(---|\+\+\+)[ \t]*\n")
_CLOSE = {
    "---": re.compile(r"^(---|\.\.\.)[ \t]*$", re.MULTILINE),
    "+++": re.compile(r"^\+\+\+[ \t]*$", re.MULTILINE),
}


class _PlainLoader(yaml.SafeLoader):
    """YAML without anchors and aliases, by which a short text can stand for an endless one."""

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        """The next node; an alias is an error."""
        if self.check_event(yaml.AliasEvent):
            mark = self.get_mark()
            raise yaml.MarkedYAMLError(problem="aliases are not taken", problem_mark=mark)
        return super().compose_node(parent, index)


def split_front_matter(text: str, *, name: str) -> tuple[dict[str, object], str]:
    r"""The values of the front matter and the text after it; no values where there is none.

    Newlines must be LF. ``name`` is for errors.

    Raises:
        ArticleError: ``front-matter``, beginning with ``name:line``, where it is malformed.

    >>> split_front_matter("---\ntitle: A pact\n---\nChile signed.", name="a.md")
    ({'title': 'A pact'}, 'Chile signed.')
    """
    opening = _OPEN.match(text)
    if opening is None:
        return {}, text
    fence = opening.group(1)
    closing = _CLOSE[fence].search(text, opening.end())
    if closing is None:
        raise _malformed(name, 1, f"is not closed; close it with a line {fence}, or take it out")
    if closing.start() > MAX_CHARACTERS:
        raise _malformed(name, 1, f"is longer than {MAX_CHARACTERS:,} characters; shorten it")
    block = text[opening.end() : closing.start()]
    values = (_read_yaml if fence == "---" else _read_toml)(block, name=name)
    return values, text[closing.end() :].removeprefix("\n")


def _read_yaml(block: str, *, name: str) -> dict[str, object]:
    try:
        values = yaml.load(block, Loader=_PlainLoader)
    except yaml.MarkedYAMLError as error:
        line = 1 if error.problem_mark is None else error.problem_mark.line + 2
        raise _malformed(name, line, f"is not YAML: {error.problem}; correct it") from error
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise _malformed(name, 2, f"is not YAML: {error}; correct it") from error
    if values is None:
        return {}
    if not isinstance(values, Mapping):
        raise _malformed(name, 2, "is no list of fields; write each as `title: …`")
    return _checked({str(key): value for key, value in values.items()}, name=name)


def _read_toml(block: str, *, name: str) -> dict[str, object]:
    try:
        return tomllib.loads(block)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        found = re.search(r"line (\d+)", str(error))
        line = int(found.group(1)) + 1 if found else 2
        raise _malformed(name, line, f"is not TOML: {error}; correct it") from error


def _checked(values: dict[str, object], *, name: str) -> dict[str, object]:
    """The values, all of whose strings UTF-8 can hold."""
    try:
        repr_of_all = str(values)
        for match in re.finditer(r"\\ud[89a-f][0-9a-f]{2}", repr_of_all):
            raise _malformed(name, 2, f"has half of a surrogate pair ({match.group()}); correct it")
    except RecursionError as error:
        raise _malformed(name, 2, "is nested too deep; make it flat") from error
    return values


def _malformed(name: str, line: int, fault: str) -> ArticleError:
    return ArticleError(f"{name}:{line}: front matter {fault}", cause="front-matter")
