"""Where sentences end within a block, found in its text by rules."""

from __future__ import annotations

import re
from collections.abc import Iterator

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
_ROMAN = re.compile(r"[IVXLC]{2,}\b|[IVX]\b(?=[.,;)]| of\b)")
_GLUED_START = re.compile(r"[“\"]?(?:[A-Z][a-z’']|[AI] )")
_SIGNS = "$£€¥#@¿¡"
_AFTER_VERB = (
    "about|after|as|at|before|during|earlier|from|in|last|later|of|on|to|when|with|[A-Z][a-z]+day"
)
_LOOK_BACK = 24


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
        opening = _OPENING.match(text, at, end)
        first_at = opening.end() if opening else at
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
        if word in self._before_numbers and (
            text[first_at].isdigit() or _ROMAN.match(text, first_at)
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
