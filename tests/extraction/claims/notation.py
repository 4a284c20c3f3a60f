"""Pairs of sentences with the expected claims written inside.

``[Chile]{holder} [rejected]{cue:oppose} [the draft]{target}.`` A label is a role, then the
numbers of the claims that it belongs to (1 where none stands), then for a cue the stance and its
flags: ``{cue:2:oppose,negated}``. Several labels of one span are parted by ``;``. Two holders with
one number are two claims that share the rest. ``?`` after a number marks a claim that may be made
and need not (``{holder:1?}``).

Flags: ``negated``, ``hedged``, and ``!negated``, ``!hedged`` for a claim that must not be. Square
brackets nest; ``\\[`` and ``\\]`` are brackets of the text; ``¶`` is a paragraph's end.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.records import Span, Stance

ROLES = ("holder", "cue", "target", "attribution")
FLAGS = ("negated", "hedged")
_NUMBERS = re.compile(r"\d+\??(?:,\d+\??)*")
_LABEL = re.compile(r"\{([^{}]*)\}")


class NotationError(ValueError):
    """A marked sentence that cannot be read."""


@dataclass(frozen=True, slots=True)
class Expected:
    """A claim that a sentence makes; ``None`` for a flag means that it is not looked at."""

    holder: Span
    cue: Span
    stance: Stance
    target: Span | None = None
    attribution: Span | None = None
    negated: bool | None = None
    hedged: bool | None = None
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Marked:
    """A sentence without its marks, and its claims in the order of their numbers."""

    text: str
    claims: tuple[Expected, ...]
    place: str = ""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two sentences that differ in one thing, and the phenomenon that it belongs to."""

    phenomenon: str
    members: tuple[Marked, Marked]


@dataclass(slots=True)
class _Roles:
    """What is marked with one claim number."""

    holders: list[tuple[Span, bool]] = field(default_factory=list)
    cue: tuple[Span, Stance, dict[str, bool], bool] | None = None
    target: Span | None = None
    attribution: Span | None = None


def parse(marked: str, place: str = "") -> Marked:
    """The sentence and its claims.

    Raises:
        NotationError: brackets do not match, a label is unknown, or a claim lacks a role.

    >>> claim = parse("[Chile]{holder} [left]{cue:oppose} [the pact]{target}.").claims[0]
    >>> claim.target
    Span(start=11, end=19)
    """
    text, spans = _unmark(marked)
    numbered: dict[int, _Roles] = {}
    for span, labels in spans:
        for label in labels.split(";"):
            _note(label.strip(), span, numbered, marked)
    claims = [
        claim for number in sorted(numbered) for claim in _claims_of(numbered[number], marked)
    ]
    return Marked(text, tuple(claims), place)


def _unmark(marked: str) -> tuple[str, list[tuple[Span, str]]]:
    text: list[str] = []
    length = 0
    opened: list[int] = []
    spans: list[tuple[Span, str]] = []
    position = 0
    while position < len(marked):
        char = marked[position]
        position += 1
        if char == "[":
            opened.append(length)
            continue
        if char == "]":
            label = _LABEL.match(marked, position)
            if label is None or not opened:
                raise NotationError(f"a bracket has no label or no partner: {marked}")
            spans.append((Span(opened.pop(), length), label[1]))
            position = label.end()
            continue
        if char == "\\":
            char, position = marked[position], position + 1
        elif char == "¶":
            char = "\n\n"
        text.append(char)
        length += len(char)
    if opened:
        raise NotationError(f"a bracket is not closed: {marked}")
    return "".join(text), spans


def _note(label: str, span: Span, numbered: dict[int, _Roles], marked: str) -> None:
    role, *parts = label.split(":")
    if role not in ROLES:
        raise NotationError(f"unknown role {role!r} (known: {', '.join(ROLES)}): {marked}")
    numbers = parts.pop(0) if parts and _NUMBERS.fullmatch(parts[0]) else "1"
    for number in numbers.split(","):
        optional = number.endswith("?")
        roles = numbered.setdefault(int(number.rstrip("?")), _Roles())
        if role == "holder":
            roles.holders.append((span, optional))
        elif role == "cue":
            if len(parts) != 1 or roles.cue is not None:
                raise NotationError(f"a claim needs one cue with one stance: {marked}")
            stance, flags = _stance_of(parts[0], marked)
            roles.cue = (span, stance, flags, optional)
        elif getattr(roles, role) is not None or parts:
            raise NotationError(f"a claim has one {role} at most: {marked}")
        else:
            setattr(roles, role, span)


def _stance_of(part: str, marked: str) -> tuple[Stance, dict[str, bool]]:
    stance, *flags = part.split(",")
    wrong = [flag for flag in flags if flag.lstrip("!") not in FLAGS]
    if wrong or stance not in {one.value for one in Stance}:
        raise NotationError(f"unknown stance or flag in {part!r}: {marked}")
    return Stance(stance), {flag.lstrip("!"): not flag.startswith("!") for flag in flags}


def _claims_of(roles: _Roles, marked: str) -> Iterator[Expected]:
    if roles.cue is None or not roles.holders:
        raise NotationError(f"a claim has no cue or no holder: {marked}")
    cue, stance, flags, optional = roles.cue
    for holder, holder_optional in roles.holders:
        yield Expected(
            holder=holder,
            cue=cue,
            stance=stance,
            target=roles.target,
            attribution=roles.attribution,
            negated=flags.get("negated"),
            hedged=flags.get("hedged"),
            optional=optional or holder_optional,
        )


def read_pairs(folder: Path) -> tuple[Pair, ...]:
    """The pairs of all files in the folder; a file's stem is the phenomenon.

    Two lines are a pair, an empty line parts pairs, a line that begins with ``#`` is a comment.

    Raises:
        NotationError: a block has not two lines, or one of them cannot be read; names file:line.

    """
    return tuple(pair for path in sorted(folder.glob("*.txt")) for pair in _read_file(path))


def _read_file(path: Path) -> Iterator[Pair]:
    block: list[Marked] = []
    lines = path.read_text(encoding="utf-8").splitlines()
    for number, line in enumerate([*lines, ""], start=1):
        if line.startswith("#"):
            continue
        if line.strip():
            place = f"{path.name}:{number}"
            try:
                block.append(parse(line.strip(), place))
            except NotationError as error:
                raise NotationError(f"{place}: {error}") from error
        elif block:
            if len(block) != 2:
                raise NotationError(f"{path.name}:{number}: a pair has two lines, not {len(block)}")
            yield Pair(path.stem, (block[0], block[1]))
            block = []
