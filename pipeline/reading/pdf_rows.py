"""The rows of a page of a PDF file: its words at one height."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pipeline.reading.pdf_words import Word

_SAME_ROW = 0.3
_INITIAL = 1.7
_MOST_INITIALS = 50

Row = list[Word]
"""Words at one height of the page, from left to right."""


def find_rows(words: Iterable[Word]) -> list[Row]:
    """The rows from the top of the page down."""
    rows: list[Row] = []
    for word in sorted(_with_initials(list(words)), key=lambda w: (-w.y, w.x0)):
        first = rows[-1][0] if rows else None
        if first is not None and first.y - word.y <= _SAME_ROW * min(first.size, word.size):
            rows[-1].append(word)
        else:
            rows.append([word])
    for row in rows:
        row.sort(key=lambda w: w.x0)
    return rows


def _with_initials(words: list[Word]) -> Iterator[Word]:
    """The words, a first letter that is several lines high put before the word that it begins."""
    size, tried = typical_size(words), 0
    for word in words:
        large = len(word.text) == 1 and word.text.isalpha() and word.size > _INITIAL * size
        if large and tried < _MOST_INITIALS:
            tried += 1
            beside = [
                w
                for w in words
                if w.size < word.size / _INITIAL
                and -size / 2 < w.x0 - word.x1 < 1.5 * size
                and word.y - size / 2 < w.y < word.y + word.size
            ]
            if len({round(w.y) for w in beside}) > 1:
                first = max(beside, key=lambda w: w.y)
                first.text = word.text + first.text
                continue
        yield word


def typical_size(words: Iterable[Word]) -> float:
    """The size in which most of the characters are set."""
    sizes: dict[float, int] = {}
    for word in words:
        size = round(word.size, 1)
        sizes[size] = sizes.get(size, 0) + len(word.text)
    return max(sizes, key=lambda size: sizes[size], default=10.0) or 10.0
