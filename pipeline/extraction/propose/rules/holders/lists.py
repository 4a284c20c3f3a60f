"""Lists of names that the parser has not joined: "A, B and C". Source: codebook §2.5."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from spacy.tokens import Doc

from pipeline.language.words import (
    COORDINATORS,
    LIST_JOINTS,
)

Range = tuple[int, int]
"""The half-open token range of a name."""
_LEAST = 3
_FARTHEST = 3


def find_lists(doc: Doc, names: Iterable[Range]) -> dict[int, list[Range]]:
    """Each token of a name in a list of three or more, with all names of the list."""
    return {
        place: run
        for run in _runs(doc, sorted(names))
        for start, end in run
        for place in range(start, end)
    }


def _runs(doc: Doc, names: list[Range]) -> Iterator[list[Range]]:
    """The runs of names that a conjunction before the last one closes, in text order."""
    run: list[Range] = []
    closed = False
    for name in names:
        joints = _joints(doc, run[-1], name) if run and not closed else frozenset()
        if joints:
            run.append(name)
            closed = bool(joints & COORDINATORS)
            continue
        if closed and len(run) >= _LEAST:
            yield run
        run, closed = [name], False
    if closed and len(run) >= _LEAST:
        yield run


def _joints(doc: Doc, before: Range, name: Range) -> frozenset[str]:
    """The words that join a name to the one before; empty where it is not the next of a list."""
    between = doc[before[1] : name[0]]
    if len(between) > _FARTHEST or doc[name[0]].is_sent_start:
        return frozenset()
    words = frozenset(token.lower_ for token in between)
    return words if words <= LIST_JOINTS else frozenset()
