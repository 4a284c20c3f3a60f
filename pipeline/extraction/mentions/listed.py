"""Names of one list are of one kind: people among people."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from pipeline.extraction.mentions.candidates import Typed
from pipeline.extraction.mentions.persons import PersonNames
from pipeline.language.words import COORDINATORS
from pipeline.records import Kind, Source

if TYPE_CHECKING:
    from spacy.tokens import Doc

_MOST_WORDS = 3
_LEAST_PEOPLE = 2


def with_listed(
    doc: Doc, found: Sequence[Typed], untyped: Sequence[tuple[int, int]], persons: PersonNames
) -> list[Typed]:
    """The typed names and those between people in a list, which are people too.

    As in "Ana Soto, Jane Roe and Nita Vaz", of whom the model takes the last for a body.
    """
    names = {(item.start, item.end): item for item in found}
    places = sorted({*names, *untyped})
    changed: dict[tuple[int, int], Typed] = {}
    for group in _lists(doc, places):
        people = sum(place in names and names[place].kind is Kind.PERSON for place in group)
        if people < _LEAST_PEOPLE or 2 * people < len(group):
            continue
        for place in group:
            if _may_join(doc, place, names.get(place), persons):
                changed[place] = Typed(*place, Kind.PERSON, Source.PATTERN)
    return sorted({**names, **changed}.values(), key=lambda item: item.start)


def _lists(doc: Doc, places: Sequence[tuple[int, int]]) -> Iterator[list[tuple[int, int]]]:
    """The names that only commas, "and" and "or" stand between, as lists of three and more."""
    group: list[tuple[int, int]] = []
    for place in places:
        if group and not _is_joined(doc, group[-1][1], place[0]):
            if len(group) > _LEAST_PEOPLE:
                yield group
            group = []
        group.append(place)
    if len(group) > _LEAST_PEOPLE:
        yield group


def _is_joined(doc: Doc, start: int, end: int) -> bool:
    between = [token.lower_ for token in doc[start:end]]
    return 1 <= len(between) <= 2 and all(word == "," or word in COORDINATORS for word in between)


def _may_join(doc: Doc, place: tuple[int, int], item: Typed | None, persons: PersonNames) -> bool:
    """Whether nothing but the model says that the name is no person's."""
    start, end = place
    if item is not None and (item.kind is not Kind.ORGANISATION or item.source is not Source.NER):
        return False
    words = all(token.text.istitle() for token in doc[start:end])
    return words and 2 <= end - start <= _MOST_WORDS and persons.may_be(doc, start, end, {})
