"""What the patterns of a concept say: words in a row, others in their place, entities, gaps."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.concepts.lemmas import tokens_of
from pipeline.lexicon.entity_files import PREFIXES

GAP = "..."
LONGEST_GAP = 8
"""How many words a gap may span, so that matching stays linear in the target."""

_ENTITY = re.compile(rf"(?:{'|'.join(PREFIXES.values())})\S+")
_PIECE = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Place:
    """One place of a pattern: the keys of words and the entities that may stand there.

    ``gap`` says that other words may stand before it.
    """

    keys: frozenset[str]
    entities: frozenset[str] = frozenset()
    gap: bool = False


@dataclass(frozen=True, slots=True)
class Pattern:
    """A pattern as it is written, and its places in a row."""

    text: str
    places: tuple[Place, ...]


def read_pattern(text: str) -> Pattern:
    """The pattern that a text says, such as ``repeal|abolition of levy`` or ``country:CN trade``.

    >>> [sorted(place.keys) for place in read_pattern("taxes|levy on ... sugar").places]
    [['levy', 'tax'], ['on'], ['sugar']]

    Raises:
        ValueError: there is nothing in it that could match, or a gap has nothing on a side.
    """
    places = tuple(_places_of(text))
    if not places:
        raise ValueError("has no word that could be found in a target")
    if places[0].gap or text.rstrip().endswith(GAP):
        raise ValueError(f"begins or ends with {GAP}; a gap stands between words")
    return Pattern(text, places)


def _places_of(text: str) -> Iterator[Place]:
    gap = False
    for piece in _PIECE.findall(text.replace("…", GAP)):
        if piece == GAP:
            gap = True
            continue
        for place in _places_of_piece(piece):
            yield Place(place.keys, place.entities, gap=gap)
            gap = False


def _places_of_piece(piece: str) -> Iterator[Place]:
    """The place of alternatives, or those of the words of one piece, as in "rule-based"."""
    options = piece.split("|")
    if len(options) == 1 and not _ENTITY.fullmatch(piece):
        yield from (Place(frozenset({token.key})) for token in tokens_of(piece))
        return
    entities = frozenset(option for option in options if _ENTITY.fullmatch(option))
    keys: set[str] = set()
    for option in options:
        if option not in entities:
            found = tokens_of(option)
            if len(found) != 1:
                raise ValueError(f"has {option!r} where one word of several must stand")
            keys.add(found[0].key)
    yield Place(frozenset(keys), entities)
