"""How holders are counted, on hand-made cases."""

from __future__ import annotations

import pytest

from benchmarks.holders import b_cubed, gold_holders
from pipeline.records import Span

CHILE, IT, PERU = Span(0, 5), Span(9, 11), Span(20, 24)


def meant(*entities: str) -> dict[Span, frozenset[str]]:
    spans = (CHILE, IT, PERU)
    return {
        span: frozenset({entity} if entity else ())
        for span, entity in zip(spans, entities, strict=True)
    }


@pytest.mark.parametrize(
    ("ours", "precision", "recall"),
    [
        (("a", "a", "b"), 3.0, 3.0),
        (("a", "a", "a"), 1 / 3 + 2 * 2 / 3, 3.0),
        (("a", "b", "c"), 3.0, 2.0),
        (("", "", ""), 3.0, 2.0),
    ],
)
def test_b_cubed_by_hand(ours: tuple[str, ...], precision: float, recall: float) -> None:
    found = b_cubed(meant("country:CL", "country:CL", "country:PE"), meant(*ours))
    assert found == (pytest.approx(precision), pytest.approx(recall))


def test_a_span_may_stand_for_several() -> None:
    holder = {"start": 0, "end": 5}
    claims = [{"holder": {**holder, "entity": name}} for name in ("country:CL", "country:PE")]
    assert gold_holders({"claims": claims}) == {CHILE: frozenset({"country:CL", "country:PE"})}
