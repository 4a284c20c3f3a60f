"""The front matter of a Markdown file: YAML between ``---`` lines or TOML between ``+++`` lines."""

from __future__ import annotations

import re
from collections.abc import Mapping

from pipeline.errors import ArticleError
from pipeline.guarded.source import Source
from pipeline.guarded.tomls import parse_toml
from pipeline.guarded.yamls import parse_yaml

MAX_CHARACTERS = 100_000
"""The longest front matter read, in code points."""

_CAUSE = "front-matter"
_OPEN = re.compile(r"(---|\+\+\+)[ \t]*\n")
_CLOSE = {
    "---": re.compile(r"^(---|\.\.\.)[ \t]*$", re.MULTILINE),
    "+++": re.compile(r"^\+\+\+[ \t]*$", re.MULTILINE),
}


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
    source = Source(name, ArticleError, _CAUSE, first=2, lead="front matter is not")
    values = (_read_yaml if fence == "---" else parse_toml)(block, source)
    return values, text[closing.end() :].removeprefix("\n")


def _read_yaml(block: str, source: Source) -> dict[str, object]:
    values = parse_yaml(block, source)
    if values is None:
        return {}
    if not isinstance(values, Mapping):
        raise source.fault("front matter is no list of fields; write each as `title: …`")
    return {str(key): value for key, value in values.items()}


def _malformed(name: str, line: int, fault: str) -> ArticleError:
    return ArticleError(f"{name}:{line}: front matter {fault}", cause=_CAUSE)
