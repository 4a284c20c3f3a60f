"""YAML as plain data: no aliases, no tags of objects, no key twice, nothing without a bound."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from pathlib import Path
from typing import Any, NoReturn

import yaml

from pipeline.guarded.source import Source
from pipeline.guarded.texts import read_text
from pipeline.guarded.values import MAX_DEPTH, MAX_DIGITS, TOO_DEEP, TOO_LONG, flaw_of

LINE = "__line__"
"""The key under which a mapping has the line that it begins on, where lines are asked for."""

MAX_BYTES = 64 * 1024 * 1024
"""The largest YAML file that is read."""

_Base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_TAG = "tag:yaml.org,2002:"
_NUMBERS = (f"{_TAG}int", f"{_TAG}float")
_TAKEN = {f"{_TAG}{kind}" for kind in ("map", "seq", "str", "bool", "null", "timestamp")}
_MERGE = f"{_TAG}merge"


class _PlainLoader(_Base):  # type: ignore[misc]
    """A safe loader of scalars, lists and mappings; whatever it cannot make has its mark."""

    def construct_object(self, node: yaml.Node, deep: bool = False) -> Any:
        """The value of a node."""
        if node.tag in _NUMBERS and len(node.value) > MAX_DIGITS:
            _refuse(node, TOO_LONG)
        if node.tag not in _TAKEN and node.tag not in _NUMBERS:
            _refuse(node, f"has the tag {node.tag!r:.60}; take it out")
        try:
            value = super().construct_object(node, deep=deep)
        except yaml.MarkedYAMLError:
            raise
        except Exception as error:  # whatever a scalar makes a constructor do, it is that scalar
            _refuse(node, f"has {str(node.value)[:40]!r}, which is no {_word(node)} ({error})")
        if flaw := flaw_of(value):
            _refuse(node, flaw)
        return value

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        """The mapping of a node, in which no key may stand twice."""
        for key, _ in node.value:
            if key.tag == _MERGE:
                _refuse(key, "merge keys (<<) are not taken; write the keys out")
            if not isinstance(key, yaml.ScalarNode):
                _refuse(key, "a key must be a word, not a list or a mapping")
        mapping: dict[Hashable, Any] = super().construct_mapping(node, deep=deep)
        if len(mapping) != len(node.value):
            _refuse_twice(self, node)
        return mapping


class _LineLoader(_PlainLoader):
    """The same, with the line of each mapping under ``LINE``."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        """The mapping of a node, and where it begins."""
        mapping: dict[Hashable, Any] = super().construct_mapping(node, deep=deep)
        mapping[LINE] = node.start_mark.line + 1
        return mapping


def read_yaml_value(path: Path, source: Source, *, lines: bool = False) -> Any:
    """What a YAML file holds; None for an empty one.

    Raises:
        PipelineError: the source's error, beginning with ``file:line``.
    """
    return parse_yaml(read_text(path, source, limit=MAX_BYTES), source, lines=lines)


def parse_yaml(text: str, source: Source, *, lines: bool = False) -> Any:
    """What a YAML text holds; None for an empty one.

    With ``lines`` every mapping has the line that it begins on, within the text, under ``LINE``.

    Raises:
        PipelineError: the source's error, with the line.
    """
    return _make(text, source, lambda: yaml.load(text, _LineLoader if lines else _PlainLoader))


def compose_yaml(text: str, source: Source) -> yaml.Node | None:
    """The node at the top of a YAML text, with the line of each; None for an empty text.

    Raises:
        PipelineError: the source's error, with the line.
    """
    found: yaml.Node | None = _make(text, source, lambda: yaml.compose(text, Loader=_Base))
    return found


def _make(text: str, source: Source, make: Callable[[], Any]) -> Any:
    try:
        _check_events(text)
        return make()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = 1 if mark is None else min(mark.line, text.count("\n")) + 1
        raise source.malformed("YAML", str(error.problem or error.context), line=line) from error
    except yaml.reader.ReaderError as error:
        line = 1 + text.count("\n", 0, error.position) if isinstance(error.position, int) else 1
        what = f"it has the character U+{_code(error):04X}"
        raise source.malformed("YAML", what, line=line) from error
    except RecursionError as error:
        raise source.malformed("YAML", f"it {TOO_DEEP}", line=1) from error
    except (yaml.YAMLError, ValueError) as error:
        raise source.malformed("YAML", str(error), line=1) from error


def _check_events(text: str) -> None:
    """Refuse a text with an alias, or nested too deep to be made a value of."""
    depth = 0
    for event in yaml.parse(text, Loader=_Base):
        if isinstance(event, yaml.AliasEvent):
            _refuse(event, "aliases are not taken; write the value out")
        elif isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > MAX_DEPTH:
                _refuse(event, TOO_DEEP)
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1


def _refuse(node: Any, what: str) -> NoReturn:
    raise yaml.MarkedYAMLError(problem=what, problem_mark=node.start_mark)


def _refuse_twice(loader: _PlainLoader, node: yaml.MappingNode) -> NoReturn:
    seen = set()
    for key, _ in node.value:
        name = loader.construct_object(key)
        if name in seen:
            _refuse(key, f"the key {key.value!r:.60} stands twice; remove one")
        seen.add(name)
    raise AssertionError("two keys are one and none stands twice")


def _word(node: yaml.Node) -> str:
    return str(node.tag).removeprefix(_TAG)


def _code(error: yaml.reader.ReaderError) -> int:
    found = error.character
    return found if isinstance(found, int) else ord(str(found)[:1] or "\0")
