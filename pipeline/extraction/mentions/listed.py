"""Names of one list are of one kind: people among people, and so bodies and places."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence, Set
from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.extraction.mentions.candidates import Typed
from pipeline.extraction.mentions.persons import PersonNames
from pipeline.language.labels import NOMINAL_SUBJECTS
from pipeline.language.words import COORDINATORS, ONLY_PLACE_PREPOSITIONS
from pipeline.lexicon.nouns import Nouns
from pipeline.records import Kind, Source

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_MOST_WORDS = 3
_LEAST_PEOPLE = 2
_PLACES = frozenset(["GPE", "LOC", "FAC"])


def with_listed(
    doc: Doc,
    found: Sequence[Typed],
    untyped: Sequence[tuple[int, int]],
    persons: PersonNames,
    is_given: Callable[[Token], bool],
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
            if _may_join(doc, place, names.get(place), persons, is_given):
                changed[place] = Typed(*place, Kind.PERSON, Source.PATTERN)
    return sorted({**names, **changed}.values(), key=lambda item: item.start)


def with_listed_bodies(
    doc: Doc,
    found: Sequence[Typed],
    untyped: Sequence[tuple[int, int]],
    bodies: Set[int],
    is_given: Callable[[Token], bool],
) -> list[Typed]:
    """The typed names and those between bodies in a list, which are bodies too.

    As in "the Labour Party, the Greens and Dveri", where the model takes the last for a person, or
    sees nothing. At ``bodies`` begin those of the lexicon.
    """
    names = {(item.start, item.end): item for item in found}
    for group in _lists(doc, sorted({*names, *untyped}), articles=True):
        sure = sum(place[0] in bodies or _is_sure_body(names.get(place)) for place in group)
        if sure < _LEAST_PEOPLE or 2 * sure < len(group):
            continue
        for place in group:
            if place[0] not in bodies and _may_be_body(doc, place, names.get(place), is_given):
                names[place] = Typed(*place, Kind.ORGANISATION, Source.PATTERN)
    return sorted(names.values(), key=lambda item: item.start)


def with_told_bodies(
    doc: Doc,
    found: Sequence[Typed],
    untyped: Sequence[tuple[int, int]],
    known: Set[int],
    nouns: Nouns,
    is_given: Callable[[Token], bool],
) -> list[Typed]:
    """The typed names and those that a noun before them calls bodies.

    As in "parties such as Zveri and Modra", where the model sees a person, or nothing. At
    ``known`` begin names of the lexicon, which stay what they are.
    """
    names = {(item.start, item.end): item for item in found}
    for group in _lists(doc, sorted({*names, *untyped}), articles=True, least=1):
        if not _is_told(doc, group, nouns):
            continue
        for place in group:
            item = names.get(place)
            guessed = item is None or (item.source is Source.NER and item.kind is not None)
            if guessed and place[0] not in known and not _is_full(doc, place, is_given):
                names[place] = Typed(*place, Kind.ORGANISATION, Source.PATTERN)
    return sorted(names.values(), key=lambda item: item.start)


def _is_told(doc: Doc, group: Sequence[tuple[int, int]], nouns: Nouns) -> bool:
    """Whether a plural noun for bodies, and "such as" or the like, stand before the names.

    With nothing between, the noun goes with the first name, or is what it explains.
    """
    start = group[0][0]
    place = start - 1 if start and doc[start - 1].lower_ == "the" else start
    for length in (2, 1):
        words = doc[max(0, place - length) : place].text.lower()
        if words in nouns.telling_words and place > length:
            return doc[place - length - 1].lower_ in nouns.told_bodies
    if place == 0 or doc[place - 1].lower_ not in nouns.told_bodies:
        return False
    root = doc[start : group[0][1]].root
    return doc[place - 1].head.i == root.i or (root.dep_ == "appos" and root.head.i == place - 1)


def _is_sure_body(item: Typed | None) -> bool:
    return item is not None and item.kind is Kind.ORGANISATION and item.source is Source.PATTERN


def _may_be_body(
    doc: Doc, place: tuple[int, int], item: Typed | None, is_given: Callable[[Token], bool]
) -> bool:
    """Whether only the model, or nothing, says that the name is no body's."""
    start, end = place
    if item is not None and (item.kind is None or item.source is not Source.NER):
        return False
    if _is_full(doc, place, is_given):
        return False
    return {token.ent_type_ for token in doc[start:end]}.isdisjoint(_PLACES)


def _is_full(doc: Doc, place: tuple[int, int], is_given: Callable[[Token], bool]) -> bool:
    """Whether the name begins with a given name or has an initial, as a person's full one does."""
    start, end = place
    return end - start > 1 and (is_given(doc[start]) or doc[start + 1].text.endswith("."))


def without_listed_places(
    doc: Doc, found: Sequence[Typed], untyped: Sequence[tuple[int, int]], states: Set[int]
) -> list[Typed]:
    """The typed names, of which those between places in a list are places too, which do not act.

    As in "flights to Lima, Quito and Paita", where the model takes the last for a person. At
    ``states`` begin names of states, which act in lists as well.
    """
    names = {(item.start, item.end): item for item in found}
    for group in _lists(doc, sorted({*names, *untyped})):
        seen = sum(place not in names and _is_place(doc, place, states) for place in group)
        many = seen >= _LEAST_PEOPLE and 2 * seen >= len(group)
        if _acts(doc, group[0]) or not (many or (seen and _is_located(doc, group[0][0]))):
            continue
        for place in group:
            item = names.get(place)
            if item is not None and item.source is Source.NER:
                names[place] = replace(item, kind=None)
    return sorted(names.values(), key=lambda item: item.start)


def _is_place(doc: Doc, place: tuple[int, int], states: Set[int]) -> bool:
    """Whether the model takes the name for a place, and the lexicon for no state."""
    start, end = place
    labels = {token.ent_type_ for token in doc[start:end]}
    return start not in states and bool(labels) and labels <= _PLACES


def _is_located(doc: Doc, start: int) -> bool:
    """As in "in Lima, Quito and Paita": where a list of places begins."""
    return start > 0 and doc[start - 1].lower_ in ONLY_PLACE_PREPOSITIONS


def _acts(doc: Doc, place: tuple[int, int]) -> bool:
    """Whether the list is a subject, as places seldom are."""
    return doc[place[0] : place[1]].root.dep_ in NOMINAL_SUBJECTS


def _lists(
    doc: Doc,
    places: Sequence[tuple[int, int]],
    *,
    articles: bool = False,
    least: int = _LEAST_PEOPLE + 1,
) -> Iterator[list[tuple[int, int]]]:
    """The names that only commas, "and" and "or" stand between, as lists of ``least`` and more.

    With ``articles``, "the" may stand there too.
    """
    group: list[tuple[int, int]] = []
    for place in places:
        if group and not _is_joined(doc, group[-1][1], place[0], articles=articles):
            if len(group) >= least:
                yield group
            group = []
        group.append(place)
    if len(group) >= least:
        yield group


def _is_joined(doc: Doc, start: int, end: int, *, articles: bool) -> bool:
    between = [token.lower_ for token in doc[start:end]]
    if articles and between[-1:] == ["the"]:
        between.pop()
    return 1 <= len(between) <= 2 and all(word == "," or word in COORDINATORS for word in between)


def _may_join(
    doc: Doc,
    place: tuple[int, int],
    item: Typed | None,
    persons: PersonNames,
    is_given: Callable[[Token], bool],
) -> bool:
    """Whether nothing but the model says that the name is no person's.

    What it takes for a place is one where the first word is a given name: "Julia Roe".
    """
    start, end = place
    guessed = item is None or item.source is Source.NER
    if not guessed or (item is not None and item.kind is Kind.PERSON):
        return False
    if item is not None and item.kind is not Kind.ORGANISATION and not is_given(doc[start]):
        return False
    words = all(token.text.istitle() for token in doc[start:end])
    return words and 2 <= end - start <= _MOST_WORDS and persons.may_be(doc, start, end, {})
