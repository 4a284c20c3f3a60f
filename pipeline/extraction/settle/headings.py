"""A heading that names nobody holds no position. Source: codebook §2.3."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.extraction.settle.ruling import Drop, Ruling
from pipeline.extraction.settle.standing import Standing

_RULE = "refusal.heading"


def drop_unheld_headings(standing: Standing) -> Iterator[Ruling]:
    """What is read in a heading of somebody whom the text does not know: "Levy vote"."""
    doc = standing.scene.doc
    headings = [one for one in doc.spans.get("blocks", ()) if one.label_ == "heading"]
    if not headings:
        return
    inside = {place for one in headings for place in range(one.start, one.end)}
    for number in standing.numbers():
        position = standing[number]
        if position.head.i in inside and all(held.is_nobody for held in position.holders):
            yield Drop(number, _RULE)
