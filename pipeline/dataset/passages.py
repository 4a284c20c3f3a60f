"""Passages of a text, found again in another version of it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from pipeline.dataset.sides import closing_marks_end, stands_alone
from pipeline.records import Span

_BREAK = re.compile(r"(?:[.!?][\"')\]]*|(?=\n))(\s+)")
_RUN = 3
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


@dataclass(frozen=True, slots=True)
class Near:
    """The stretch of a text that is most like a passage; ``likeness`` lies in ``[0, 1]``."""

    span: Span
    likeness: float


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


def count_passages(passage: str, text: str) -> int:
    """How often the words of ``passage`` stand in ``text``, whole sentences or not."""
    return sum(1 for _ in _occurrences(unwrap(passage), unwrap(text)))


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
    begin = end + len(text[end:]) - len(text[end:].lstrip())
    match = _BREAK.search(folded, begin)
    return len(text) if match is None else match.start(1)


def most_likeness(span: Span, text: str) -> float:
    """A likeness that no stretch of ``text`` outside ``span`` can pass; quick to know.

    >>> most_likeness(Span(0, 12), "Peru agreed. Snow fell in the hills.") < 0.3
    True
    """
    words = fold(text)[span.start : span.end]
    runs = Counter(_runs(words))
    there = _run_counts(text)
    shared = sum(count for run, count in runs.items() if there[run] > count)
    return shared / runs.total() if runs else 1.0


@lru_cache(maxsize=64)
def _run_counts(text: str) -> Counter[str]:
    return Counter(_runs(fold(text)))


def find_nearest(passage: str, text: str, *, without: Span | None = None) -> Near | None:
    """The stretch of ``text`` that is most like ``passage``; None where nothing is like it at all.

    ``without`` is a stretch that is left out. Likeness is the share of the passage's runs of three
    characters that stand in a stretch of the passage's length, each as often as there; the stretch
    is given in whole words.

    >>> find_nearest("Peru backed the vote.", "Snow. Peru backs the vote.").span
    Span(start=6, end=26)
    """
    wanted = Counter(_runs(passage))
    if not wanted:
        return None
    best: Near | None = None
    for stretch in _stretches(text, without):
        start, shared = _best_window(_runs(stretch.text_in(text)), wanted)
        likeness = shared / wanted.total()
        if shared and (best is None or likeness > best.likeness):
            begin = stretch.start + start
            end = min(begin + len(passage), stretch.end)
            best = Near(_in_whole_words(Span(begin, end), text), likeness)
    return best


def _best_window(runs: list[str], wanted: Counter[str]) -> tuple[int, int]:
    """Where the window of as many runs as are wanted begins that shares most, and how many."""
    missing, shared, size = dict(wanted), 0, wanted.total()
    best, where = 0, 0
    for index, run in enumerate(runs):
        if run in missing:
            shared += missing[run] > 0
            missing[run] -= 1
        if index >= size and (gone := runs[index - size]) in missing:
            missing[gone] += 1
            shared -= missing[gone] > 0
        if shared > best:
            best, where = shared, max(index - size + 1, 0)
    return where, best


def _runs(text: str) -> list[str]:
    plain = fold(text).lower()
    plain = plain.replace("\n", " ") if len(plain) == len(text) else fold(text).replace("\n", " ")
    return [plain[index : index + _RUN] for index in range(len(plain) - _RUN + 1)]


def _in_whole_words(span: Span, text: str) -> Span:
    start, end = span.start, span.end
    while start < end and text[start].isspace():
        start += 1
    while start > 0 and not text[start - 1].isspace():
        start -= 1
    while end < len(text) and not text[end].isspace():
        end += 1
    return Span(start, len(text[:end].rstrip()))


def _stretches(text: str, without: Span | None) -> tuple[Span, ...]:
    if without is None:
        return (Span(0, len(text)),)
    return (Span(0, without.start), Span(without.end, len(text)))


def _occurrences(wanted: str, text: str) -> Iterator[int]:
    at = text.find(wanted) if wanted else -1
    while at >= 0:
        yield at
        at = text.find(wanted, at + 1)
