"""Quotations and the quotations in them."""

from __future__ import annotations

import pytest
import spacy
from spacy.language import Language

import pipeline.language.segment  # noqa: F401
from pipeline.language.infixes import part_words
from pipeline.language.quotations import find_quotations


@pytest.fixture(scope="module")
def blank() -> Language:
    nlp = spacy.blank("en")
    part_words(nlp)
    nlp.add_pipe("article_segmenter")
    nlp.add_pipe("sentencizer")
    return nlp


CASES = [
    ("Lee: \"He said, 'we left,' and ran.\"", ["He said, 'we left,' and ran.", "we left,"]),
    ("He said 'the states' plan is bad' and left.", ["the states' plan is bad"]),
    ("It's rock 'n' roll of the '90s, the workers' best.", []),
    ("'He told me \"we left\" today,' she said.", ['He told me "we left" today,', "we left"]),
    ("“A ‘fair’ plan”—so they say—“is near.”", ["A ‘fair’ plan", "fair", "is near."]),
    ("„Wir gehen“ und « oui ‹ non › » und »ja«.", ["Wir gehen", "oui ‹ non ›", "non", "ja"]),
    ("“A said “we left” and ran.”", ["A said “we left” and ran.", "we left"]),
    (
        '"He said, \'She said, "I left," and ran,\' and I agree."',
        [
            "He said, 'She said, \"I left,\" and ran,' and I agree.",
            'She said, "I left," and ran,',
            "I left,",
        ],
    ),
    ("“The first one. “The second” ended.", ["The first one. “The second"]),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_what_is_quoted(blank: Language, text: str, expected: list[str]) -> None:
    doc = blank(text)
    assert [doc[one.start : one.end].text for one in find_quotations(doc)] == expected


def test_many_marks_without_partners_are_read() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("article_segmenter")
    doc = nlp("'a “b «c " * 300)
    assert len(tuple(find_quotations(doc))) >= 1
