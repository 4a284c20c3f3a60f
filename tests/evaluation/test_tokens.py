from __future__ import annotations

from pipeline.evaluation.tokens import TokenIndex
from pipeline.records import Span

from .marked import span_of


def test_trailing_comma_and_quotes_move_nothing() -> None:
    text = "said “the draft,” again"
    index = TokenIndex(text)
    assert index.tokens_in(span_of(text, "“the draft,”")) == index.tokens_in(
        span_of(text, "the draft")
    )


def test_possessive_ending_is_no_word_of_its_own() -> None:
    text = "China’s trade"
    index = TokenIndex(text)
    assert index.overlap_ratio(span_of(text, "China"), span_of(text, "China’s")) == 1.0


def test_apostrophe_inside_a_word_keeps_it_whole() -> None:
    text = "O'Brien didn’t"
    assert len(TokenIndex(text).tokens_in(Span(0, len(text)))) == 2


def test_hyphen_parts_words() -> None:
    text = "US-led coalition"
    index = TokenIndex(text)
    assert index.count_shared(span_of(text, "US"), Span(0, len(text))) == 1
    assert index.count_shared(span_of(text, "US"), span_of(text, "led")) == 0


def test_punctuation_counts_where_there_is_nothing_else() -> None:
    text = "yes ?! no"
    index = TokenIndex(text)
    assert len(index.tokens_in(span_of(text, "?!"))) == 2
    assert index.overlap_ratio(span_of(text, "?!"), span_of(text, "?")) == 0.5


def test_sharing_only_punctuation_is_no_overlap() -> None:
    text = "one, two"
    assert TokenIndex(text).count_shared(span_of(text, "one,"), span_of(text, ", two")) == 0


def test_ratio_is_intersection_over_union() -> None:
    # {the, use, of, force} and {use, of, force, abroad}: 3 shared of 5.
    text = "the use of force abroad"
    index = TokenIndex(text)
    ratio = index.overlap_ratio(
        span_of(text, "the use of force"), span_of(text, "use of force abroad")
    )
    assert ratio == 3 / 5


def test_empty_or_white_span_overlaps_nothing() -> None:
    index = TokenIndex("a b")
    assert index.tokens_in(Span(1, 2)) == frozenset()
    assert index.overlap_ratio(Span(1, 2), Span(1, 2)) == 0.0
    assert index.overlap_ratio(None, Span(0, 1)) == 0.0


def test_letters_beyond_ascii_are_letters() -> None:
    text = "Perú objetó"
    assert len(TokenIndex(text).tokens_in(Span(0, len(text)))) == 2
