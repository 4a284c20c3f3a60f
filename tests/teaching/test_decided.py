"""What is known of a decided article: the passages that were judged, and nothing of the rest."""

from __future__ import annotations

from pipeline.records import Claim, Extraction, Form, Holder, Span, Stance
from pipeline.teaching.decided import decide

TEXT = "Chile rejected the draft.\n\nPeru backs the treaty.\n\nMali opposes the ban."


def claim_at(word: str) -> Claim:
    start = TEXT.index(word)
    cue = Span(start, start + len(word))
    return Claim(word, Holder(start - 6, start - 1), cue, Stance.SUPPORT, Form.STATEMENT)


def passage(first: str, last: str) -> Span:
    return Span(TEXT.index(first), TEXT.index(last) + len(last))


def test_claims_outside_what_was_judged_are_unknown():
    claims = [claim_at(word) for word in ("rejected", "backs", "opposes")]
    spans = [passage("Mali", "ban."), passage("Chile", "draft.")]
    found = decide(Extraction("a", TEXT), claims, spans, 2)
    assert [claim.id for claim in found.gold.claims] == ["rejected", "opposes"]
    assert found.decisions == 2


def test_a_passage_is_half_open_and_counted_once():
    span = passage("Chile", "draft.")
    found = decide(Extraction("a", TEXT), [], [span, span], 1)
    assert found.passages == (span,)
    assert [found.covers(place) for place in (span.start, span.end - 1, span.end)] == [
        True,
        True,
        False,
    ]
