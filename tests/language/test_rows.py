"""Rows of tables: their cells are sentences, and none of them is a heading."""

from __future__ import annotations

import pytest
from spacy.language import Language

from pipeline.language.boundaries import cells


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("Togo\tSupports it.", ["Togo", "Supports it."]),
        ("Togo \t 4 May\tSupports it.", ["Togo", "4 May", "Supports it."]),
        ("Togo\tsupports it.", ["Togo", "supports it."]),
        ("Togo | Supports it | 👍 Today", ["Togo", "Supports it", "👍 Today"]),
        ("a|b or c", ["a|b or c"]),
        ("Togo supports it.", ["Togo supports it."]),
    ],
)
def test_cells(row: str, expected: list[str]) -> None:
    assert [row[start:end] for start, end in cells(row, 0, len(row))] == expected


def test_no_span_runs_over_a_tab(nlp: Language) -> None:
    text = "Mali\tOpposes the levy\nNiger\tsupports the levy\nPeru\tRejects\tThe levy on rice\n"
    doc = nlp(text)
    spans = [
        span for claim in doc._.claims for span in (claim.holder.span, claim.cue, claim.target)
    ]
    assert len(doc._.claims) == 3
    assert not any("\t" in span.text_in(text) for span in spans)
    assert not any("\t" in text[mention.start : mention.end] for mention in doc._.mentions)


def test_a_capital_verb_under_a_label_is_a_verb(nlp: Language) -> None:
    doc = nlp("Togo\tSupports the toll.\n\nThe minister spoke.")
    word = next(token for token in doc if token.text == "Supports")
    assert (word.pos_, word.lemma_, word.dep_) == ("VERB", "support", "ROOT")
    assert doc.text.startswith("Togo\tSupports the toll.")


def test_what_is_no_label_holds_nothing(nlp: Language) -> None:
    doc = nlp("Summary of the talks:\n- supports the toll\n\nTrade in rice\tOpposes the toll.\n")
    assert doc._.claims == ()
