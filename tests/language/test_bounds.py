"""What is bounded: words, sentences, and how much is parsed at a time. No text is lost by it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc

from pipeline.errors import PipelineError
from pipeline.extraction.extract import extract_articles, extraction_of
from pipeline.extraction.pieces import parse_in_pieces
from pipeline.lexicon.folder import packaged_models
from pipeline.lexicon.settings import read_settings
from pipeline.records import Article

SENTENCE = "Chile rejected the ban on fishing, and Peru welcomed it. "


def made(nlp: Language, text: str) -> Doc:
    doc = nlp.make_doc(text)
    doc._.article, doc._.metadata = "a", {}
    return doc


def test_an_article_parsed_in_pieces_has_the_claims_of_one_parsed_whole(nlp: Language) -> None:
    article = Article("a", SENTENCE * 60)
    whole = next(extract_articles(nlp, [article]))
    pieces = extraction_of(nlp, parse_in_pieces(nlp, made(nlp, article.text), 100), article)
    assert len(whole.claims) == 120
    assert (pieces.claims, pieces.mentions, pieces.sentences) == (
        whole.claims,
        whole.mentions,
        whole.sentences,
    )


def test_a_long_article_between_short_ones_keeps_its_place(nlp: Language) -> None:
    meta = nlp.meta["stance_claims"]
    before = meta["longest_parse"]
    articles = [Article(f"a{n}", SENTENCE * n) for n in (1, 40, 2, 90, 3)]
    try:
        meta["longest_parse"] = 200
        found = list(extract_articles(nlp, articles))
    finally:
        meta["longest_parse"] = before
    assert [one.article for one in found] == ["a1", "a40", "a2", "a90", "a3"]
    assert [len(one.claims) for one in found] == [2, 80, 4, 180, 6]


@given(st.text(st.sampled_from("ab(!.-é\u0301\u200d👩🇨🇱 \n"), min_size=400, max_size=1500))
@settings(max_examples=30, deadline=None)
def test_no_word_is_too_long_for_the_tokenizer_and_none_is_lost(nlp: Language, text: str) -> None:
    doc = nlp.make_doc(text.replace(" ", "x", 300))
    assert doc.text == text.replace(" ", "x", 300)
    assert max(len(token) for token in doc if not token.is_space) <= 500


def test_a_long_word_is_not_cut_between_a_letter_and_its_marks(nlp: Language) -> None:
    text = "a" * 499 + "e\u0301" * 300
    doc = nlp.make_doc(text)
    assert doc.text == text
    assert not any(token.text.startswith("\u0301") for token in doc)


def test_a_word_with_a_spelling_of_its_own_keeps_it_beside_a_long_one(nlp: Language) -> None:
    doc = nlp.make_doc("They co-operate with " + "x" * 1200)
    assert [token.norm_ for token in doc][1] == "cooperate"
    assert [len(token) for token in doc][3:] == [500, 500, 200]


def test_a_projects_own_bounds_hold(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_text("longest_sentence = 60\n")
    found = read_settings((packaged_models(), tmp_path))
    assert (found.longest_sentence, found.longest_word, found.longest_parse) == (60, 500, 25_000)


def test_a_bound_that_would_cut_everything_is_refused(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_text("longest_sentence = 5\n")
    with pytest.raises(PipelineError, match="longest_sentence must be 50 or more, not 5"):
        read_settings((packaged_models(), tmp_path))
