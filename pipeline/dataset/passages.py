"""Passages of a text, found again in another version of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from pipeline.dataset.sides import closing_marks_end, stands_alone
from pipeline.records import Span

_BREAK = re.compile(r"(?:[.!?][\"')\]]*|(?=\n))(\s+)")
_WINDOW = 1000

_FOLDED = str.maketrans(
    {
        **dict.fromkeys("“”„‟«»″", '"'),
        **dict.fromkeys("‘’‚‛′`´", "'"),
        **dict.fromkeys("‐‑‒–—―−", "-"),
        **dict.fromkeys("\t\u00a0\u2002\u2003\u2007\u2009\u200a\u202f\u3000", " "),
    }
)


@lru_cache(maxsize=256)
def fold(text: str) -> str:
    """The text with all quotes, dashes and spaces alike; as long as before, so offsets hold.

    >>> fold("“No,” said Peru – twice.")
    '"No," said Peru - twice.'
    """
    return text.translate(_FOLDED)


@lru_cache(maxsize=256)
def unwrap(text: str) -> str:
    r"""The folded text with its line breaks as spaces: how lines are wrapped changes no word.

    >>> unwrap("“No,” said\nPeru.")
    '"No," said Peru.'
    """
    return fold(text).replace("\n", " ")


def find_passages(passage: str, text: str) -> tuple[Span, ...]:
    """Where ``passage`` stands in ``text`` by itself, typography and line ends aside; in order.

    One inside a longer sentence, a quotation or brackets, or beside words that dispute it, is not
    found: what is around it could turn its meaning over (``pipeline.dataset.sides``).

    >>> find_passages("Peru agreed.", "Some say Peru agreed. Peru agreed.")
    (Span(start=22, end=34),)
    """
    wanted = unwrap(passage)
    spans = (Span(start, start + len(wanted)) for start in _occurrences(wanted, unwrap(text)))
    return tuple(span for span in spans if all(stands_alone(span, fold(text), text)))


def widen_to_stand_alone(span: Span, text: str, *, most: int) -> Span:
    """The passage, grown by whole sentences until it stands by itself in ``text``.

    As it is where it would have to grow by more than ``most`` code points.

    >>> widen_to_stand_alone(Span(12, 24), "He said yes: Peru agreed.", most=100)
    Span(start=0, end=25)
    """
    start, end = span.start, closing_marks_end(fold(text), span.end)
    while end - start <= span.end - span.start + most:
        left, right = stands_alone(Span(start, end), fold(text), text)
        if left and right:
            return Span(start, end)
        before = start, end
        if not left:
            start = sentence_before(text, start)
        if not right:
            end = sentence_after(text, end)
        if (start, end) == before:
            break
    return span


def is_repeated(passage: str, text: str) -> bool:
    """Whether the words of ``passage`` stand in ``text`` more than once.

    >>> is_repeated("Peru", "Peru left. Peru won."), is_repeated("left", "Peru left.")
    (True, False)
    """
    found = _occurrences(unwrap(passage), unwrap(text))
    return next(found, None) is not None and next(found, None) is not None


def sentence_before(text: str, start: int) -> int:
    """Where the sentence that ends before ``start`` begins, as far as marks can tell.

    >>> sentence_before("Yes. Peru agreed. So what?", 18)
    5
    """
    folded, begin = fold(text), start
    while begin > 0:
        begin = max(0, start - 2 * (start - begin) - _WINDOW)
        found = [match.end() for match in _BREAK.finditer(folded, begin, start)]
        if (last := max((at for at in found if at < start), default=-1)) > 0:
            return last
    return 0


def sentence_after(text: str, end: int) -> int:
    """Where the sentence that begins after ``end`` ends, as far as marks can tell.

    >>> sentence_after("Yes. Peru agreed. So what?", 4)
    17
    """
    folded = fold(text)
    begin = end
    while begin < len(text) and text[begin].isspace():
        begin += 1
    match = _BREAK.search(folded, begin)
    return len(text) if match is None else match.start(1)


def _occurrences(wanted: str, text: str) -> Iterator[int]:
    at = text.find(wanted) if wanted else -1
    while at >= 0:
        yield at
        at = text.find(wanted, at + 1)
