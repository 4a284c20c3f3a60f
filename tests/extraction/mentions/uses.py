"""Mentions of marked sentences, with those that are none."""

from __future__ import annotations

from marked import parse_marked
from spacy.language import Language

from pipeline.extraction.extract import extract_article
from pipeline.records import Article


def check_uses(nlp: Language, marked: str) -> None:
    """The marked mentions are found as they are labelled; those labelled "none" are none."""
    text, expected = parse_marked(marked)
    extraction = extract_article(nlp, Article("use", text))
    mentions = {(m.start, m.end): f"{m.kind} {m.entity}" for m in extraction.mentions}
    found = {(start, end): mentions.get((start, end)) for start, end, _ in expected}
    wanted = {(start, end): None if label == "none" else label for start, end, label in expected}
    assert found == wanted
