"""Where sentences end within a block, found in its text by rules."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.language.graphemes import picture_end
from pipeline.lexicon.segmentation import SegmentationLists

_STOP = re.compile(
    r"(?P<mark>\.(?:[ \xa0]?\.){2,4}|(?<![.!?…])[.!?…]++)"
    r"(?P<close>[\"'”’»)\]]*)"
    r"(?:\[\d{1,3}\])*"
    r"(?:(?P<gap>\s+)|(?=[“\"]?[A-Z]))"
)
_BULLETS = "•▪◦‣●■"
_STRAY_QUOTE = re.compile(r"[\"“”'’]+(?:\s+|$)")
_OPENING = re.compile(r"[\"'“‘«(\[`]*")
_WORD_BEFORE = re.compile(r"[^\s()\[\]“”\"‘—–/]*$")
_WORD_AFTER = re.compile(r"[\w’']+")
_DOTTED = re.compile(r"(?:[^\W\d_]\.&?)+[^\W\d_]{1,2}")
_LABEL = re.compile(r"\(?(?:\d{1,3}|[a-zA-Z]|[ivxIVX]{1,5})\)?")
_NUMBER = re.compile(
    r"[ \xa0\n]*(?:[(\[]?\d|[(\[]\w{1,6}[)\]]|[IVXLC]{2,}\b|[ivxlc]{2,}\b(?!['’])"
    r"|[A-Z]{1,6}[/-][A-Z\d]"
    r"|[IVX]\b(?=[.,;)]| of\b)|[a-hj-z]\b(?=[,;)]| of\b)|[A-H]\b(?= of\b))"
)
_GLUED_START = re.compile(r"[“\"]?(?:[A-Z][a-z’']|[AI] )")
_SIGNS = "$£€¥#@¿¡"
_AFTER_VERB = (
    "about|after|as|at|before|during|earlier|from|in|last|later|of|on|to|when|with|[A-Z][a-z]+day"
)
_LOOK_BACK = 24
_GAP = re.compile(r"[ \xa0]*(?:\t|[ \xa0]\|[ \xa0])[ \xa0\t]*")


def is_numbered(text: str, at: int) -> bool:
    """Whether a number, a letter or a document's symbol follows, as after "No." and "art.".

    >>> is_numbered("art. 5", 4), is_numbered("doc. A/75/L.3", 4), is_numbered("no. It left", 3)
    (True, True, False)
    """
    return _NUMBER.match(text, at) is not None


def cells(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    r"""The parts of a row between tabs, or between bars that stand free; most blocks are one.

    >>> list(cells("Togo\tSupports the ban.", 0, 22))
    [(0, 4), (5, 22)]
    """
    begin = start
    for gap in _GAP.finditer(text, start, end):
        if gap.start() > begin and gap.end() < end:
            yield begin, gap.start()
            begin = gap.end()
    yield begin, end


class SentenceSplitter:
    """Finds the starts of sentences in a block of text, by the lists it was made with."""

    def __init__(self, lists: SegmentationLists) -> None:
        self._titles = lists.forms("titles") | lists.forms("never-final")
        self._before_numbers = lists.forms("before-numbers")
        self._sometimes = lists.forms("sometimes-final")
        self._starters = lists.forms("starters")
        self._marked = tuple(sorted(lists.forms("names-with-marks")))
        self._small = tuple(sorted(lists.forms("small-starts")))
        verbs = "|".join(sorted(map(re.escape, lists.forms("reporting-verbs")))) or r"(?!)"
        self._reporting = re.compile(
            rf"(?:[A-Z][\w.’'-]*\s+){{1,4}}(?:{verbs})(?=\s*(?:[.,;:]|$)|\s+(?:{_AFTER_VERB})\b)"
        )

    def starts(self, text: str, start: int, end: int) -> Iterator[int]:
        """The offsets, in order, at which a new sentence begins after ``start``.

        ``start`` and ``end`` bound a block and are offsets of its first character and past its
        last one that is not white space; ``start`` itself is not among the results.
        """
        last = start
        for stop in _STOP.finditer(text, start, end):
            found = self._start_after(text, stop, last, end)
            if found is not None and found > last:
                last = found
                yield found

    def _start_after(self, text: str, stop: re.Match[str], last: int, end: int) -> int | None:
        begin, mark, close = stop.start(), stop["mark"], stop["close"]
        if begin > last and text[begin - 1] in "([":
            return None
        at = stop.end()
        if stop["gap"] is None:
            return at if self._glued(text, stop, last) else None
        stray = _STRAY_QUOTE.match(text, at, end)
        if stray:
            at = stray.end()
        if at >= end:
            return None
        first_at = picture_end(text, at)
        opening = _OPENING.match(text, first_at, end)
        first_at = opening.end() if opening else first_at
        if first_at >= end:
            return None
        if not self._can_start(text, at, first_at):
            return None
        return at if self._ends(text, begin, mark, close, last, first_at) else None

    def _can_start(self, text: str, at: int, first_at: int) -> bool:
        first = text[first_at] if first_at < len(text) else " "
        if first.islower():
            return text.startswith(self._small, first_at)
        if first.isalnum() or first in _SIGNS or first in _BULLETS:
            return True
        return text.startswith(("[...]", "[…]", "(...)", "(…)"), at)

    def _ends(self, text: str, begin: int, mark: str, close: str, last: int, first_at: int) -> bool:
        if mark == ".":
            return self._full_stop_ends(text, begin, last, first_at)
        if ("." in mark and len(mark) > 1) or "…" in mark:
            dots = mark.count(".")
            plain = not close and dots <= 3 and not set("!?") & set(mark)
            return not plain or self._starts_plainly(text, first_at)
        if text.endswith(self._marked, 0, begin + len(mark)) if self._marked else False:
            return self._starts_plainly(text, first_at)
        return not (close and self._reporting.match(text, first_at))

    def _full_stop_ends(self, text: str, begin: int, last: int, first_at: int) -> bool:
        found = _WORD_BEFORE.search(text, max(last, begin - _LOOK_BACK), begin)
        word = found.group() if found else ""
        if found and found.start() == last and _LABEL.fullmatch(word):
            return False
        if word in self._titles:
            return False
        if word in self._before_numbers and is_numbered(
            text, first_at - (text[first_at - 1] in "([")
        ):
            return False
        short = len(word) == 1 and word.isupper()
        if short or word in self._sometimes or _DOTTED.fullmatch(word):
            return self._starts_plainly(text, first_at)
        return True

    def _starts_plainly(self, text: str, at: int) -> bool:
        word = _WORD_AFTER.match(text, at)
        if word is None or word.group() not in self._starters:
            return False
        return text[word.end() : word.end() + 1] not in (".", "-")

    def _glued(self, text: str, stop: re.Match[str], last: int) -> bool:
        if len(stop["mark"]) != 1 or not _GLUED_START.match(text, stop.end()):
            return False
        found = _WORD_BEFORE.search(text, max(last, stop.start() - _LOOK_BACK), stop.start())
        word = found.group() if found else ""
        if stop["close"]:
            return True
        plain = len(word) > 1 and "." not in word and "@" not in word and word[-1].islower()
        return plain and word not in self._titles
