"""Where a target must end: before its holder, at its quotation's mark, at the edge of its cell.

Source: codebook §2.9 and §2.12.
"""

from __future__ import annotations

from dataclasses import replace

from spacy.tokens import Doc, Token

from pipeline.extraction.propose.held import Held
from pipeline.extraction.propose.target import Target
from pipeline.language.quotations import Quotation, Quotations, is_clause
from pipeline.language.spans import span_of
from pipeline.language.words import SOURCE_PREPOSITIONS

_LONGEST = 12


def within_limits(target: Target, cue: Token, quotations: Quotations) -> Target:
    """The target without what lies past its quotation's closing mark or past its cell."""
    doc, start, end = target.span.doc, target.span.start, target.span.end
    for quotation in quotations.overlapping(start, end):
        start, end = _within_quotation(quotation, cue, doc, start, end)
    start, end = _within_cell(target.head, doc, start, end)
    if (start, end) == (target.span.start, target.span.end):
        return target
    span = span_of(doc, start, end)
    if span is None:
        return target
    head = target.head if start <= target.head.i < end else span.root
    return replace(target, span=span, head=head)


def without_holders(target: Target, holders: list[Held]) -> Target:
    """The target up to a "from Spain" at its end that names the holder."""
    for held in holders:
        start, end = target.span.start, target.span.end
        doc = target.span.doc
        if start + 1 < held.span.start < end and doc[held.span.start - 1].lower_ != "the":
            cut = held.span.start - 1
        elif start + 2 < held.span.start < end:
            cut = held.span.start - 2
        else:
            continue
        if doc[cut].lower_ in SOURCE_PREPOSITIONS:
            span = span_of(doc, start, cut)
            return replace(target, span=span) if span is not None else target
    return target


def _within_quotation(
    quotation: Quotation, cue: Token, doc: Doc, start: int, end: int
) -> tuple[int, int]:
    """The target's range with regard to a quotation that it overlaps."""
    if quotation.open:
        return start, end
    if quotation.start <= start < quotation.end < end:
        return _opening_inside(quotation, cue, doc, start, end)
    if start < quotation.start < end <= quotation.end:
        return start, _end_with_mark(quotation, doc, end)
    return start, end


def _opening_inside(
    quotation: Quotation, cue: Token, doc: Doc, start: int, end: int
) -> tuple[int, int]:
    """The quoted part alone where a clause is quoted, else the whole with the opening mark."""
    if cue in quotation or is_clause(doc, quotation):
        return start, quotation.end
    opens = start == quotation.start and start > cue.i + 1
    return (start - 1 if opens else start), end


def _end_with_mark(quotation: Quotation, doc: Doc, end: int) -> int:
    """The end past the closing mark where the target ends in a whole quotation."""
    length = quotation.end - quotation.start
    phrase = length <= _LONGEST and not is_clause(doc, quotation)
    return quotation.end + 1 if phrase or end == quotation.end else end


def _within_cell(head: Token, doc: Doc, start: int, end: int) -> tuple[int, int]:
    """The part between tabs that the head stands in."""
    for i in range(start, end):
        if "\t" in doc[i].text:
            if i < head.i:
                start = i + 1
            else:
                return start, i
    return start, end
