"""Where capitals say nothing of what is a name: whole sentences, headlines, single words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import numpy
from spacy.attrs import LOWER

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

_SMALL_WORD = re.compile(r"(?<![\w'’.-])[a-z][a-z]{3,}")
_TWO_CAPITALS = re.compile(r"[A-Z\u00c0-\u00de]{2}")
_CLOSED = re.compile(r"[.!;:]\W*$")
_LETTERS = re.compile(r"[^\W\d_]")
_WORDS = 2
_LONG_WORD = 4
_TITLE_WORDS = 4
_SHARE = 0.9
_RUN = 4


def is_shouted(sent: Span, text: str) -> bool:
    """Whether a sentence is in capitals, but for a letter here and there ("McCAIN").

    ``text`` is the sentence's, which spaCy makes anew each time that it is asked for.
    """
    if not _TWO_CAPITALS.search(text):
        return False
    if not text.isupper():
        letters = _LETTERS.findall(text)
        if sum(map(str.isupper, letters)) < _SHARE * len(letters) or not letters:
            return False
    words = [token for token in sent if len(token) > 1 and token.is_alpha]
    return len(words) >= _WORDS and any(len(token) >= _LONG_WORD for token in words)


def is_headline(sent: Span, text: str, *, heading: bool) -> bool:
    """Whether nearly every word of a sentence has a capital, as in a headline."""
    if _SMALL_WORD.search(text) or (_CLOSED.search(text) and not heading):
        return False
    words = [token for token in sent if token.is_alpha and len(token) >= _LONG_WORD]
    return len(words) >= (_WORDS if heading else _TITLE_WORDS)


def runs_of_capitals(doc: Doc, sent: Span, text: str) -> Iterator[tuple[int, int]]:
    """The words in capitals of a sentence that is not, as many as stand beside each other."""
    start = None
    for token in sent if _TWO_CAPITALS.search(text) else ():
        if _is_capital(token) or (start is not None and _joins(doc, token, sent)):
            start = token.i if start is None else start
        elif start is not None:
            yield start, token.i
            start = None
    if start is not None:
        yield start, sent.end


def is_long_run(doc: Doc, start: int, end: int) -> bool:
    """Whether so many words in capitals stand together that a phrase is meant, and no name."""
    return sum(_is_capital(token) for token in doc[start:end]) >= _RUN


def own_use(doc: Doc, places: Iterable[tuple[int, int]], without: set[int]) -> dict[str, str]:
    """How the text writes the words of some places where capitals mean something.

    Given by their small letters; ``without`` are the first tokens of the sentences in which
    capitals do not.
    """
    lowers = doc.to_array([LOWER]).ravel()
    wanted = numpy.concatenate([lowers[start:end] for start, end in places])
    counts: dict[str, Counter[str]] = {}
    for place in numpy.flatnonzero(numpy.isin(lowers, wanted)).tolist():
        token = doc[place]
        if token.is_alpha and not token.is_sent_start and token.sent.start not in without:
            counts.setdefault(token.lower_, Counter())[token.text] += 1
    return {word: found.most_common(1)[0][0] for word, found in counts.items()}


def _is_capital(token: Token) -> bool:
    return token.is_upper and len(token) > 1 and token.text[0].isalpha()


def _joins(doc: Doc, token: Token, sent: Span) -> bool:
    """Whether a hyphen, an initial or an "&" stands between two words in capitals."""
    if token.i + 1 >= sent.end or not _is_capital(doc[token.i + 1]):
        return False
    return token.text in "-’'&" or (token.is_upper and token.text[0].isalpha())
