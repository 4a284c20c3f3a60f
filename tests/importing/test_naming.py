"""Whom the holder of an imported claim names."""

from __future__ import annotations

import pytest

from pipeline.dataset.records import quote
from pipeline.importing.naming import entity_of
from pipeline.records import Extraction, Kind, Mention
from tests.dataset.build import span_of

TEXT = "President Ana Roa of Chile met Bo Roa. Roa, she, CHILE and Peru’s envoy Ana Roa agreed."
MENTIONS = (("Ana Roa", "person:ana-roa"), ("Chile", "country:CL"), ("Bo Roa", "person:bo-roa"),
            ("she", "person:ana-roa"), ("Peru", "country:PE"))  # fmt: skip
ARTICLE = Extraction(
    "note",
    TEXT,
    mentions=tuple(
        Mention(span_of(words, TEXT).start, span_of(words, TEXT).end, Kind.PERSON, entity)
        for words, entity in MENTIONS
    ),
)


@pytest.mark.parametrize(
    ("words", "entity"),
    [
        ("Ana Roa", "person:ana-roa"),
        ("President Ana Roa", "person:ana-roa"),
        ("she", "person:ana-roa"),
        ("Bo", "person:bo-roa"),
        ("CHILE", "country:CL"),
        ("envoy", None),
        ("President Ana Roa of Chile", None),
        ("agreed", None),
    ],
)
def test_a_name_is_whom_the_mentions_have(words: str, entity: str | None) -> None:
    assert entity_of(quote(TEXT, span_of(words, TEXT)), ARTICLE) == entity
