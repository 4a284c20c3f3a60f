"""For whom else a holder speaks: "KENYA, for the AFRICAN GROUP, rejected".

Source: codebook §2.5.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from spacy.tokens import Doc

from pipeline.extraction.propose.held import Held
from pipeline.extraction.propose.rules.holders.names import Names
from pipeline.records import Kind

_COLLECTIVES = (Kind.GROUP, Kind.ORGANISATION)

Openings = tuple[tuple[str, ...], ...]
"""The words, phrase by phrase, before the one who is spoken for; the longest phrase first."""


def read_openings(phrases: Iterable[str]) -> Openings:
    """The phrases word by word.

    >>> read_openings({"for", "on behalf of"})
    (('on', 'behalf', 'of'), ('for',))
    """
    return tuple(sorted((tuple(phrase.split()) for phrase in phrases), key=len, reverse=True))


def represented(held: Held, names: Names, openings: Openings) -> Iterator[Held]:
    """Whom a named holder speaks for, as told right after its name or at the sentence's opening."""
    if held.rule != "named":
        return
    doc = held.span.doc
    for start in (held.span.end, held.span.sent.start):
        place = _past_opening(doc, start, openings)
        other = names.named_at(doc[place]) if place is not None else None
        if other is not None and _is_spoken_for(other, held):
            yield replace(other, rule="represented")


def _past_opening(doc: Doc, start: int, openings: Openings) -> int | None:
    """The place after a comma, one of the phrases and an article; None where there is no phrase."""
    start += start < len(doc) and doc[start].text == ","
    longest = max(map(len, openings), default=0)
    words = tuple(token.lower_ for token in doc[start : start + longest])
    for opening in openings:
        if words[: len(opening)] == opening:
            place = start + len(opening)
            place += place < len(doc) and doc[place].lower_ == "the"
            return place if place < len(doc) else None
    return None


def _is_spoken_for(other: Held, held: Held) -> bool:
    doc, end = other.span.doc, other.span.end
    closed = end < len(doc) and doc[end].text == ","
    return closed and other.kind in _COLLECTIVES and other.key != held.key
