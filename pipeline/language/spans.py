"""Token ranges as spans without loose punctuation."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.attrs import SENT_START
from spacy.tokens import Doc, Span, Token


def sentence_bounds(doc: Doc) -> Iterator[tuple[int, int]]:
    """The half-open token range of each sentence, in order.

    Faster than ``doc.sents``, which makes a span of each and looks at every token for it.
    """
    begins: list[int] = list(doc.to_array(SENT_START))
    starts = [place for place, begun in enumerate(begins) if begun == 1]
    if not begins:
        return
    if starts[:1] != [0]:
        starts.insert(0, 0)
    yield from zip(starts, [*starts[1:], len(doc)], strict=True)


def edges(token: Token) -> tuple[int, int]:
    """The half-open token range of the whole subtree."""
    return token.left_edge.i, token.right_edge.i + 1


_TRIM = frozenset(",;:.!?-–—\"“”„'‘’‚`«»‹›()[] |")


_PAIRS = {
    "“": "”", "‘": "’", '"': '"', "'": "'", "„": "“", "‹": "›", "(": ")", "[": "]", "«": "»"
}  # fmt: skip


def trim(doc: Doc, start: int, end: int) -> tuple[int, int]:
    """The token range without white space and loose punctuation at either end.

    A quotation mark or bracket stays where its partner lies inside the range.
    """
    changed = True
    while changed and start < end:
        changed = False
        first, last = doc[start], doc[end - 1]
        if first.is_space or (_loose(first.text) and not _opens_inside(doc, start, end)):
            start, changed = start + 1, True
        elif last.is_space or (
            last.dep_ == "cc" or (_loose(last.text) and not _closes_inside(doc, start, end))
        ):
            end, changed = end - 1, True
    return start, end


def _loose(text: str) -> bool:
    return all(char in _TRIM for char in text)


def _opens_inside(doc: Doc, start: int, end: int) -> bool:
    partner = _PAIRS.get(doc[start].text)
    return partner is not None and any(doc[i].text == partner for i in range(start + 1, end))


def _closes_inside(doc: Doc, start: int, end: int) -> bool:
    text = doc[end - 1].text
    return any(
        closing == text and any(doc[i].text == opening for i in range(start, end - 1))
        for opening, closing in _PAIRS.items()
    )


def span_of(doc: Doc, start: int, end: int) -> Span | None:
    """The trimmed range as a span, or None where nothing but punctuation is left."""
    start, end = trim(doc, start, end)
    return doc[start:end] if start < end else None
