"""Who has the floor in a record whose turns begin with a speaker's name: "Mr. Roe (France): We …".

Source: codebook §2.8; verbatim records of the United Nations, interviews and transcripts.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.extraction.coreference.context import Context, Named, Resolution
from pipeline.language.words import ARTICLES
from pipeline.lexicon.spellings import slug_of
from pipeline.records import Kind

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

_LONGEST = 30
_OPENING = frozenset("([")
_CLOSING = frozenset(")]")
_LONGEST_NAME = 6
_LEAST_LINES = 2


@dataclass(frozen=True, slots=True)
class Turn:
    """A speaker's turn from the token ``start`` on; ``one`` says "I", ``many`` says "we".

    Both are None where the line names nobody, as "The President:" does.
    """

    start: int
    one: Resolution | None
    many: Resolution | None


@dataclass(frozen=True, slots=True)
class _Line:
    """What opens a turn; ``sure`` where a title or a bracket tells that it is a speaker's name."""

    turn: Turn
    words: str
    sure: bool


def find_turns(context: Context) -> list[Turn]:
    """The turns of the text, in order; empty where it is no record.

    A bare "Name:" opens a turn only where there are others of its kind.
    """
    lines = [line for block in context.doc.spans["blocks"] if (line := _line(block, context))]
    bare = {line.words for line in lines if not line.sure}
    sure = any(line.sure for line in lines)
    if not sure and len(bare) < _LEAST_LINES:
        return []
    return [line.turn for line in lines]


def turn_at(turns: list[Turn], token: Token) -> Turn | None:
    """The turn that the token stands in."""
    number = bisect_right(turns, token.i, key=_start)
    return turns[number - 1] if number else None


def _line(block: Span, context: Context) -> _Line | None:
    """The speaker's line that the block begins with."""
    doc = block.doc
    stop = min(block.end, block.start + _LONGEST)
    colon = next((place for place in range(block.start, stop) if _is_colon(doc[place])), None)
    if colon is None or colon == block.start:
        return None
    end = _end_of_name(block, colon)
    if end is None:
        return None
    start = _past_titles(doc[block.start : end], context)
    if start >= end:
        return _Line(Turn(colon, None, None), doc[block.start : end].text, sure=False)
    return _spoken(doc[start:end], colon, context, titled=start > block.start)


def _spoken(name: Span, colon: int, context: Context, *, titled: bool) -> _Line | None:
    """The line of whom the name means; a list, as in "Chad, Mali and Togo:", is no name."""
    one = _speaker(name, context, titled=titled)
    if one is None or (not titled and name.doc[name.end].text == ","):
        return None
    aside = _named(context, name.end, colon)
    rest = [item for item in aside if item.kind is not Kind.PERSON]
    many = _resolution(rest[-1]) if rest else one
    sure = titled or (name.end < colon and one.kind is Kind.PERSON)
    return _Line(Turn(colon, one, many), name.text, sure=sure)


def _end_of_name(block: Span, colon: int) -> int | None:
    """Where the name ends: at the colon, a bracket, or a comma before for whom it is said."""
    doc = block.doc
    for place in range(block.start, colon):
        token = doc[place]
        if token.text in _OPENING or token.text == ",":
            end = place
            break
        if token.is_punct and token.text not in ".-–'’":
            return None
    else:
        end = colon
    if not 0 < end - block.start <= _LONGEST_NAME:
        return None
    return end if end == colon or _is_aside(doc[end : colon + 1]) else None


def _is_aside(words: Span) -> bool:
    """Whether only brackets, and for whom is spoken, stand between the name and the colon."""
    depth = 0
    for token in words:
        depth += (token.text in _OPENING) - (token.text[0] in _CLOSING)
    return depth == 0


def _is_colon(token: Token) -> bool:
    """Whether it is a colon, also one that the tokenizer has joined to a bracket."""
    return token.text == ":" or (token.text[0] in _CLOSING and token.text[1:] == ":")


def _past_titles(name: Span, context: Context) -> int:
    """The token after the article and the titles; the end of the name where it is all titles."""
    titles = context.reference.speaker_titles
    place = name.start
    while place < name.end:
        word = name.doc[place].lower_.rstrip(".")
        if word and word not in titles | ARTICLES:
            return place
        place += 1
    return place


def _speaker(name: Span, context: Context, *, titled: bool) -> Resolution | None:
    """Whom the name means: a mention of the text, else a person called so."""
    found = list(_named(context, name.start, name.end))
    for item in found:
        whole = item.span.start == name.start and item.span.end == name.end
        if whole and not (titled and item.kind is not Kind.PERSON):
            return _resolution(item)
    words = [token for token in name if token.is_alpha]
    if not words or not all(word.text[0].isupper() for word in words):
        return None
    if not titled and len(words) < 2:
        return None
    entity = f"person:{slug_of(name.text)}"
    return Resolution(entity, Kind.PERSON, 0.7, name, "turn", (entity,))


def _named(context: Context, start: int, end: int) -> Iterator[Named]:
    """The mentions that begin between the tokens, in order."""
    seen: Named | None = None
    for place in range(start, end):
        item = context.at.get(place)
        if item is not None and item is not seen:
            yield item
        seen = item


def _resolution(item: Named) -> Resolution:
    return Resolution(item.entity, item.kind, 0.9, item.span, "turn", (item.entity,))


def _start(turn: Turn) -> int:
    return turn.start
