"""What stands on both sides of a passage: whether it stands by itself, or others' words count too.

A decision holds for a sentence as it was read. Words put before it ("It is false that …"), behind
it ("…, said nobody"), around it (a quotation mark) or beside it ("That is not so.") may turn it
over, on the same line or on the next. So a passage stands by itself only between marks that end a
sentence or a paragraph, outside quotations and brackets, and beside no sentence that disputes it.
"""

from __future__ import annotations

import re

from pipeline.dataset.marks import is_cut_by_marks
from pipeline.lexicon.disputes import Disputes, read_disputes
from pipeline.lexicon.folder import models_folders
from pipeline.records import Span

_SIDE = 400
"""How many code points of each side are read."""

_ENDED = re.compile(r"(?<!\.)[.!?][\"')\]]*\Z")
_BREAK = re.compile(r"[.!?][\"')\]]*\s+|(?<=[a-z][a-z])[.!?][\"')\]]*(?=[A-Z\"'])|\n[^\S\n]*\n\s*")
_BULLET = r"(?:[-*•·–▪]|\(?[0-9]{1,3}[.)])"
_AFTER_BULLET = re.compile(rf"(?:\A|\n)[^\S\n]*{_BULLET}\Z")
_ITEM = re.compile(rf"(?:\A|\n)[^\S\n]*{_BULLET}[^\S\n][^\n]*\Z")
_BEGINS_ITEM = re.compile(rf"{_BULLET}\s")
_RULE = re.compile(r"[*_=#~•\s-]+(?:\n|\Z)")
_CLOSING = re.compile(r"[\"')\]]+(?=\s|\Z)")


def stands_alone(span: Span, folded: str, text: str) -> tuple[bool, bool]:
    r"""Whether the passage stands by itself on its left side, and on its right side.

    ``folded`` is ``text`` with all quotes, dashes and spaces alike (``passages.fold``).

    >>> text = "It is false that\nPeru agreed. So what?"
    >>> stands_alone(Span(17, 29), text, text)
    (False, True)

    Source: codebook §2: negation, hedging and attribution of a claim may stand outside its words.
    """
    cut = is_cut_by_marks(span, text)
    words = read_disputes(models_folders())
    left = not cut[0] and _begins(folded, span.start, words)
    return left, not cut[1] and _ends(folded, span, words)


def closing_marks_end(folded: str, end: int) -> int:
    """Where the quotation marks and brackets end that close behind ``end``; else ``end``."""
    found = _CLOSING.match(folded, end)
    return end if found is None else found.end()


def _begins(text: str, start: int, words: Disputes) -> bool:
    head, listed = _without_bullet(text[max(0, start - _SIDE) : start])
    before = head.rstrip()
    gap = head[len(before) :]
    if not before:
        return True
    if not gap or words.disputes(_last_sentence(before)):
        return False
    if listed:
        before = _without_items(before)
    return not before or _is_ended(before) or _is_heading(before, gap, words)


def _without_bullet(head: str) -> tuple[str, bool]:
    """What stands before the passage without the bullet of its own line; whether it has one."""
    stripped = head.rstrip(" ")
    if stripped != head and (found := _AFTER_BULLET.search(stripped)):
        return stripped[: found.start()] + "\n", True
    return head, False


def _without_items(before: str) -> str:
    """What stands above the list whose last item ``before`` ends with; where that begins, empty."""
    while found := _ITEM.search(before):
        before = before[: found.start()].rstrip()
    return before


def _is_ended(before: str) -> bool:
    return _ENDED.search(before) is not None


def _is_heading(before: str, gap: str, words: Disputes) -> bool:
    """Whether what lacks a closing mark ends all the same: a heading before a blank line."""
    last = before[-1]
    if last in "\"'":
        last = before[-2:-1]
    whole = last.isalnum() or last in ")]%*?!"
    return gap.count("\n") > 1 and whole and not words.hangs(_last_line(before))


def _ends(text: str, span: Span, words: Disputes) -> bool:
    behind = text[span.end : span.end + _SIDE]
    tail = behind.lstrip()
    gap = behind[: len(behind) - len(tail)]
    if not tail:
        return True
    if not gap or words.disputes(_first_sentence(tail)):
        return False
    paragraph = gap.count("\n") > 1
    ended = _is_ended(text[max(0, span.end - _SIDE) : span.end])
    if "\n" in gap and _BEGINS_ITEM.match(tail):
        return (
            ended or paragraph or _without_bullet(text[max(0, span.start - _SIDE) : span.start])[1]
        )
    if not ended and not paragraph:
        return False
    if paragraph and _RULE.match(tail):
        return True
    first = tail.lstrip("\"'([")[:1]
    return first.isalnum() and not first.islower()


def _last_sentence(before: str) -> str:
    start = max((match.end() for match in _BREAK.finditer(before)), default=0)
    return before[start:]


def _last_line(before: str) -> str:
    return before[before.rfind("\n") + 1 :]


def _first_sentence(tail: str) -> str:
    found = _BREAK.search(tail)
    return tail if found is None else tail[: found.start()]
