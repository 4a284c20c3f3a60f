"""The form in which a text is read, and where each of its characters stands in the text itself.

One name has many spellings that look alike: "é" as one code point or two, a soft hyphen inside, a
no-break hyphen, a ligature, wide letters. They are read as one. A footnote's mark ("the levy.1",
"the draft[2]") is not read at all. The text stays as it is, and whatever is found is given at the
text's own offsets. Source: Unicode Standard Annex 15.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections.abc import Container, Sequence
from dataclasses import dataclass

from pipeline.records import Span

_UNSEEN = "\u00ad\u200b\u2060-\u2064\ufeff\u034f\u180e\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_JOINERS = "\u200c\u200d"
_MARKS = "\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff"
_COMPATIBLE = "\ufb00-\ufb06\uff01-\uff5e\U0001d400-\U0001d7ff\u0132\u0133\u013f\u0140\u017f"
_BLANKS = "\u00a0\u2000-\u200a\u202f\u205f\u3000"
_HYPHENS = "\u2010\u2011\ufe63\u2212"
_APOSTROPHES = "\u02bc\u02bb\u02b9\u2018\u201b\u2032\u00b4`\uff07\ua78c"
_LETTER = r"[^\W\d_]"
_ANY = re.compile(
    f"[{_UNSEEN}{_JOINERS}{_MARKS}{_COMPATIBLE}{_BLANKS}{_HYPHENS}\u2012\u2015{_APOSTROPHES}]"
)
_RAISED = "\u00b9\u00b2\u00b3\u2070\u2074-\u2079"
_SEVERAL = r"\d{0,2}(?:[,–-]\d{1,3})*"
_ENDS = r"(?=\s+[\"“‘(]?[A-Z]|\s*(?:\n|$))"
_REFERENCE = (
    # The first character stands before what is asked of those before it, which is quicker.
    r"\[(?<=[^\s\[(]\[)(?:note )?\d{1,3}\](?:\[(?:note )?\d{1,3}\])*"
    rf"|\d(?:(?<={_LETTER}[.!?]\d)|(?<={_LETTER}[.!?][\"”’)]\d)|(?<={_LETTER}[\"”’)][.!?]\d))"
    rf"{_SEVERAL}{_ENDS}"
    rf"|\d(?<={_LETTER}{_LETTER},\d)\d?(?=\s+[a-z])"
    rf"|[{_RAISED}](?:(?<={_LETTER}{_LETTER}{_LETTER}.)|(?<=[.,;:!?\"”’)].))[{_RAISED},⁻–]*"
)
_MARKED = re.compile(_REFERENCE)
_WORD_BEFORE = re.compile(r"[\w.]*[^\W\d_](?=\.[\"”’)]?$)")
_LONGEST_WORD = 24
_PIECE = re.compile(
    rf"(?P<reference>{_REFERENCE})"
    rf"|(?P<gone>\u00ad[ ]?\n(?={_LETTER})|[{_UNSEEN}]+(?=[^\s{_UNSEEN}])"
    rf"|(?<=[^\s{_UNSEEN}])[{_UNSEEN}]+|(?<=[a-zA-Z\u00c0-\u024f])[{_JOINERS}]+(?=[a-zA-Z]))"
    rf"|(?P<composed>{_LETTER}[{_MARKS}]+)"
    rf"|(?P<compatible>[{_COMPATIBLE}])"
    rf"|(?P<blank>[{_BLANKS}])"
    rf"|(?P<hyphen>[{_HYPHENS}](?={_LETTER}|\d))"
    rf"|(?P<figure>\u2012)|(?P<bar>\u2015)"
    rf"|(?P<apostrophe>(?<={_LETTER})[{_APOSTROPHES}](?={_LETTER}))"
)
_READ = {
    "reference": "",
    "gone": "",
    "blank": " ",
    "hyphen": "-",
    "figure": "–",
    "bar": "—",
    "apostrophe": "’",
}


@dataclass(frozen=True, slots=True)
class ReadingForm:
    """A text as it is read, with the place in the text itself where each character came from."""

    text: str
    starts: Sequence[int]
    ends: Sequence[int]
    whole: int

    def span(self, start: int, end: int) -> Span:
        """Where a piece of the reading form stands in the text."""
        if start >= end:
            at = self.starts[start] if start < len(self.starts) else self.whole
            return Span(at, at)
        return Span(self.starts[start], self.ends[end - 1])

    def wide_span(self, start: int, end: int) -> Span:
        """The same with the unseen marks around it, of which each belongs to one piece only."""
        found = self.span(start, end)
        opens = start == 0 or self.text[start - 1].isspace()
        low = (self.ends[start - 1] if start else 0) if opens else found.start
        high = self.starts[end] if end < len(self.starts) else self.whole
        return Span(low, high)


def reading_form(text: str, before_numbers: Container[str] = frozenset()) -> ReadingForm | None:
    r"""The text as it is read; None where that is the text itself, as for nearly every one.

    ``before_numbers`` are short forms after whose stop a number is no footnote's mark: "art.5".

    >>> form = reading_form("Me\u0301xi\u00adco")
    >>> form.text, form.span(0, 6)
    ('México', Span(start=0, end=8))
    >>> reading_form("Mexico")
    >>> reading_form("Peru backed it.3,4 Chile did not. It left[5].").text
    'Peru backed it. Chile did not. It left.'
    """
    plain = (text.isascii() and "`" not in text) or _ANY.search(text) is None
    if plain and _MARKED.search(text) is None:
        return None
    pieces: list[str] = []
    starts, ends = array("q"), array("q")
    last = 0
    for found in _PIECE.finditer(text):
        at, end = found.span()
        if found["reference"] and _follows(text, at, before_numbers):
            continue
        _keep(text, last, at, pieces, starts, ends)
        read = _read(found)
        pieces.append(read)
        starts.extend([at] * len(read))
        ends.extend([end] * len(read))
        last = end
    if not pieces:
        return None
    _keep(text, last, len(text), pieces, starts, ends)
    return ReadingForm("".join(pieces), starts, ends, len(text))


def _follows(text: str, at: int, words: Container[str]) -> bool:
    """Whether one of the words and its stop stand before a place."""
    before = _WORD_BEFORE.search(text[max(0, at - _LONGEST_WORD) : at])
    return before is not None and before.group() in words


def _keep(
    text: str, start: int, end: int, pieces: list[str], starts: array[int], ends: array[int]
) -> None:
    """Add a piece that is read as it stands."""
    pieces.append(text[start:end])
    starts.extend(range(start, end))
    ends.extend(range(start + 1, end + 1))


def _read(found: re.Match[str]) -> str:
    """What a piece is read as; a letter with its marks, and a ligature, in their plain form."""
    kind = found.lastgroup or ""
    if kind == "composed":
        return unicodedata.normalize("NFC", found.group())
    if kind == "compatible":
        return unicodedata.normalize("NFKC", found.group())
    return _READ[kind]
