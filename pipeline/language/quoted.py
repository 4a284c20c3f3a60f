"""Where words that somebody quotes stand in a text, as they are or with their marks made plain."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from unicodedata import category

from pipeline.records import Span

_MARKS = str.maketrans("“”„‟«»″‘’‚‛`´′‐‑–—−", "\"\"\"\"\"\"\"'''''''-----")
_LONG = {"…": "..."}


class QuotedWords:
    """The places of quotations in a stretch of a text; none begins or ends inside a word."""

    def __init__(self, text: str, start: int, end: int) -> None:
        self._text = text
        self._start, self._end = start, end

    def exact(self, words: str) -> tuple[Span, ...]:
        """Where the very words stand, in text order."""
        found = find_words(self._text, words, self._start, self._end)
        return tuple(Span(at, at + len(words)) for at in found)

    def alike(self, words: str) -> tuple[Span, ...]:
        """Where they stand but for the kind of quotation marks, dashes and white space.

        >>> text = "the “plan”  holds"
        >>> [place.text_in(text) for place in QuotedWords(text, 0, 17).alike('"plan" holds')]
        ['“plan”  holds']
        """
        flat, places = self._plain
        plain = plain_words(words)[0].strip()
        found = find_words(flat, plain, 0, len(flat))
        return tuple(Span(places[at], places[at + len(plain) - 1] + 1) for at in found)

    @cached_property
    def _plain(self) -> tuple[str, list[int]]:
        flat, places = plain_words(self._text[self._start : self._end])
        return flat, [self._start + place for place in places]


def find_words(text: str, words: str, start: int, end: int) -> Iterator[int]:
    """Where the words stand in the text without beginning or ending inside a word.

    >>> list(find_words("votes and vote", "vote", 0, 14))
    [10]
    """
    at = text.find(words, start, end) if words else -1
    while at >= 0:
        behind = at + len(words)
        cut = at > 0 and text[at - 1].isalnum() and words[0].isalnum()
        runs_on = behind < len(text) and text[behind].isalnum() and words[-1].isalnum()
        if not cut and not runs_on:
            yield at
        at = text.find(words, at + 1, end)


def plain_words(text: str) -> tuple[str, list[int]]:
    r"""The text with one kind of marks and single blanks, and where each character came from.

    What is not seen, as a soft hyphen, is left out.

    >>> plain_words("the “plan”\n  holds")[0]
    'the "plan" holds'
    """
    kept: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text.translate(_MARKS)):
        blank = character.isspace()
        if category(character) == "Cf" or (blank and (not kept or kept[-1] == " ")):
            continue
        for plain in _LONG.get(character, " " if blank else character):
            kept.append(plain)
            places.append(place)
    return "".join(kept), places
