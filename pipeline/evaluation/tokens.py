"""Tokens for comparing spans: what "share a token" and "overlap by half" mean.

A token is a run of word characters, with the apostrophes inside it (``don’t``, ``O'Brien``); a
hyphen or a slash parts two tokens. A possessive ``'s`` and every punctuation mark are tokens that
count only in a span that holds nothing else, so that a trailing comma, a quotation mark or a
possessive ending moves no score. A token belongs to a span when the two share a character.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right

from pipeline.records import Span

_TOKEN = re.compile(r"(?P<minor>['’]s\b|[^\w\s])|\w+(?:['’](?!s\b)\w+)*")


class TokenIndex:
    """The tokens of one text, and which of them a span holds.

    >>> index = TokenIndex("China’s trade, it said")
    >>> sorted(index.tokens_in(Span(0, 7)))
    [0]
    """

    def __init__(self, text: str) -> None:
        matches = list(_TOKEN.finditer(text))
        self._starts = [match.start() for match in matches]
        self._ends = [match.end() for match in matches]
        self._is_word = [match.lastgroup is None for match in matches]

    def tokens_in(self, span: Span) -> frozenset[int]:
        """The numbers of the span's words, or of its punctuation where it has no word.

        An empty result means that the span is empty or white space.
        """
        if span.end <= span.start:
            return frozenset()
        first = bisect_right(self._ends, span.start)
        last = bisect_left(self._starts, span.end)
        words = frozenset(number for number in range(first, last) if self._is_word[number])
        return words or frozenset(range(first, last))

    def count_shared(self, one: Span, other: Span) -> int:
        """How many tokens both spans hold; 0 where they do not overlap."""
        if not one.overlaps(other):
            return 0
        return len(self.tokens_in(one) & self.tokens_in(other))

    def overlap_ratio(self, one: Span | None, other: Span | None) -> float:
        """Intersection over union of the spans' tokens, in ``[0, 1]``; 0 where either is None.

        >>> TokenIndex("the new draft text").overlap_ratio(Span(0, 13), Span(4, 18))
        0.5
        """
        if one is None or other is None or not one.overlaps(other):
            return 0.0
        first, second = self.tokens_in(one), self.tokens_in(other)
        union = first | second
        return len(first & second) / len(union) if union else 0.0
