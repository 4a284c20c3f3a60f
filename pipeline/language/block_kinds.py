"""What kind a block of an article is: body, heading, byline or note."""

from __future__ import annotations

import re

from pipeline.lexicon.segmentation import SegmentationLists
from pipeline.records import BlockKind

_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Jan\.?|Feb\.?|Mar\.?|Apr\.?|Jun\.?|Jul\.?|Aug\.?|Sept?\.?|Oct\.?|Nov\.?|Dec\.?)"
)
_DAY = r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,?\s+)?"
_DATE = (
    rf"{_DAY}(?:{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+\d{{4}}"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH},?\s+\d{{4}}|\d{{4}}-\d\d-\d\d)"
)
_PLACE = r"[A-Z][\w’'.-]*(?:[ ,]+(?:[A-Z][\w’'.-]*|de|of|la|el|and))*"
_DATE_LINE = re.compile(rf"(?:{_PLACE},\s+)?{_DATE}(?:[\s,|–—-]+\d{{1,2}}[:.]\d\d.{{0,20}})?\.?")
_DATE_START = re.compile(rf"{_DATE}(?=\s+[“\"‘A-Z0-9])")
_WIRE = r"(?:\([A-Z][\w&’'./ ]{1,30}\)|/[A-Z][A-Z-]{1,20}/\.?)"
_DAYS = rf"(?:{_MONTH}\s+\d{{1,2}}|\d{{1,2}}\s+{_MONTH})(?:,?\s+\d{{4}})?"
_PLACE_START = re.compile(
    rf"(?:(?:[A-Z][A-Z.’'-]+(?:[ /][A-Z][A-Z.’'-]*){{0,2}})(?:,\s+[A-Z][\w.]*(?:\s[A-Z][\w.]*)?)?"
    rf"(?:(?:,?\s+{_DAYS})?(?:,?\s+{_WIRE})?\s+(?:--|[-–—])|,?\s+{_DAYS},?\s+/[A-Z-]{{2,20}}/\.)"
    rf"(?=\s+[“\"‘'A-Z0-9])"
    rf"|{_PLACE}(?:,\s+{_DAYS}|(?:,\s+{_DAYS})?,?\s+{_WIRE})\s+(?:--|[-–—])(?=\s+[“\"‘'A-Z0-9]))"
)
_WIRE_LINE = re.compile(rf"(?:{_PLACE}(?:,\s+{_MONTH}\s+\d{{1,2}})?\s+)?{_WIRE}(?:\s*[-–—]+)?")
_NAME = r"(?:[A-Z][\w’'.-]+|[A-Z]\.|de|da|del|van|von|der|bin|al)"
_BY_LINE = re.compile(
    rf"[Bb][Yy]\s+(?:the\s+)?[A-Z][\w’'.-]*(?:\s+{_NAME}){{0,4}}(?:(?:,|\s+and|\s+&|,\s+and)\s+[A-Z][\w’'.-]*"
    rf"(?:\s+{_NAME}){{0,4}}){{0,5}}(?:,?\s+(?:in|for|at|of|on|\|)\s+.{{1,60}})?"
)
_ENDED = re.compile(r"[.!?…;:,][\"'”’»)\]]*$")
_ASKED = re.compile(r"[?!][\"'”’»)\]]*$")
_BULLET = re.compile(r"[•▪◦‣●■*·–—-]|\(?[a-z0-9]{1,3}\)\s")
_SENTENCE_INSIDE = re.compile(r"[a-z]{3,}[.!?…][\"'”’»)\]]*\s")
_REPORTED = re.compile(
    r"(?:[A-Z][\w’'.-]+(?:,|\s+and|\s)\s*){1,8}reported from [A-Z][\w’'.-]+"
    r"(?:[ ,]+[A-Z][\w’'.-]+)*[ ,]*\.?"
)
_ROW = re.compile(r"\t|\w[ \xa0]\|[ \xa0]\w")
_LONG_BYLINE = 300
_MARKS = 40
_HEADING_WORDS = 16
_HEADING_LENGTH = 120
_QUESTION_WORDS = 10
_TITLE_WORDS = 28
_TITLE_LENGTH = 200


class BlockClassifier:
    """Says of what kind blocks are, by the lists it was made with."""

    def __init__(self, lists: SegmentationLists) -> None:
        self._byline = _openings(lists.forms("byline-openings"))
        self._endings = tuple(sorted(lists.forms("byline-endings")))
        self._note = _openings(lists.forms("note-openings") - lists.whole("note-openings"))
        self._whole_note = lists.whole("note-openings")
        credits = "|".join(sorted(map(re.escape, lists.forms("credits")))) or r"(?!)"
        self._credit = re.compile(rf"(?:^|[.)\s])(?:{credits})(?:\s+(?:credit|by))?:\s.{{1,80}}$")

    def dateline_end(self, text: str, start: int, end: int) -> tuple[int, int] | None:
        """The end of a dateline that opens a block and the start of what follows, if any."""
        found = _DATE_START.match(text, start, end) or _PLACE_START.match(text, start, end)
        if found is None or found.end() - start > _HEADING_LENGTH:
            return None
        rest = found.end()
        while rest < end and text[rest].isspace():
            rest += 1
        return (found.end(), rest) if rest < end else None

    def opens_byline(self, text: str, at: int) -> bool:
        """Whether the line at ``at`` begins as a byline with a colon does ("Author: …")."""
        found = self._byline.match(text, at)
        return found is not None and found.group().endswith(":")

    def opens_block(self, text: str, at: int) -> bool:
        """Whether the line at ``at`` begins as a byline or a note with a colon does."""
        found = self._note.match(text, at)
        note = found is not None and text[found.end() - 1 : found.end() + 1].find(":") >= 0
        return note or self.opens_byline(text, at)

    def kind(
        self, block: str, *, before: str | None, after: str | None, lines: int, first: bool
    ) -> tuple[BlockKind, bool]:
        """The kind of a block and whether it is the article's title.

        ``before`` and ``after`` are the neighbouring blocks, None at the ends; ``first`` says
        that only bylines came before.
        """
        if self._note.match(block) or block.casefold().strip("-–—#* .") in self._whole_note:
            return BlockKind.NOTE, False
        if self._is_byline(block):
            return BlockKind.BYLINE, False
        if lines == 1 and after is not None and not _ROW.search(block):
            if first and _is_title(block, after):
                return BlockKind.HEADING, True
            if _is_heading(block, before, after):
                return BlockKind.HEADING, False
        return BlockKind.BODY, False

    def _is_byline(self, block: str) -> bool:
        if len(block) > _LONG_BYLINE:
            return False
        if self._byline.match(block) or self._credit.search(block):
            return True
        if block.casefold().rstrip(" .)]").endswith(self._endings):
            return True
        patterns = (_DATE_LINE, _WIRE_LINE, _BY_LINE, _REPORTED)
        return any(pattern.fullmatch(block) for pattern in patterns)


def _openings(forms: frozenset[str]) -> re.Pattern[str]:
    parts = []
    for form in sorted(forms, key=lambda each: (-len(each), each)):
        part = re.escape(form).replace("'", "['’]").replace("’", "['’]")
        parts.append(part + r"\b" if form[-1].isalnum() else part)
    return re.compile(rf"[\s\[(*_]{{0,{_MARKS}}}(?:{'|'.join(parts) or '(?!)'})", re.IGNORECASE)


def _is_title(block: str, after: str) -> bool:
    words = block.split()
    if len(words) > _TITLE_WORDS or len(block) > _TITLE_LENGTH or _BULLET.match(block):
        return False
    if _ENDED.search(block) and not _ASKED.search(block):
        long = [word for word in words if len(word) > 3 and word[0].isalpha()]
        capitals = sum(word[0].isupper() for word in long)
        return len(long) > 2 and capitals >= 0.8 * len(long)
    return not block[0].islower() and _begins(after)


def _begins(after: str) -> bool:
    return len(after) > 0 and not after[0].islower()


def _is_heading(block: str, before: str | None, after: str) -> bool:
    """Whether a one-line block heads the next.

    Source: codebook §2.3; looked at on the policy article and on government web pages.
    """
    words = len(block.split())
    if words > _HEADING_WORDS or not _looks_like_heading(block):
        return False
    if before is not None and before.endswith((":", ";")):
        return False
    if block.isupper() and words <= 8:
        return True
    if _ASKED.search(block):
        return words <= _QUESTION_WORDS and block[0] not in '"“' and len(after) > len(block)
    return not _ENDED.search(block) and _begins(after) and len(after) > 0.7 * len(block)


def _looks_like_heading(block: str) -> bool:
    """Whether it is short, has letters and a large first one, and is neither item nor sentences."""
    if len(block) > _HEADING_LENGTH or block[0].islower() or not any(map(str.isalpha, block)):
        return False
    return not _BULLET.match(block) and not _SENTENCE_INSIDE.search(block)
