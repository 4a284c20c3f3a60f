from __future__ import annotations

import pytest

from pipeline.errors import SettingError
from pipeline.evaluation.evaluate import evaluate_extractions
from pipeline.records import Sentence

from .marked import claim, extraction

TEXT = "Chile rejected the draft."
RIGHT = extraction(TEXT, claims=(claim(TEXT, "Chile", "rejected", "oppose", "the draft"),))


def test_articles_are_joined_by_id_whatever_their_order() -> None:
    gold = (
        extraction(TEXT, article="a", claims=RIGHT.claims),
        extraction(TEXT, article="b"),
    )
    evaluation = evaluate_extractions(gold, gold[::-1])
    assert [result.article for result in evaluation.articles] == ["a", "b"]
    assert evaluation.total.claims_stance.f1 == 1.0


def test_a_missing_prediction_is_all_missed_and_named() -> None:
    evaluation = evaluate_extractions((RIGHT,), ())
    assert evaluation.missing == ("a",)
    assert evaluation.total.claims.recall == 0.0
    assert evaluation.total.claims.gold == 1


def test_a_prediction_that_gold_does_not_hold_is_named_and_left_out() -> None:
    evaluation = evaluate_extractions((RIGHT,), (RIGHT, extraction(TEXT, article="z")))
    assert evaluation.unknown == ("z",)
    assert evaluation.total.claims.f1 == 1.0


def test_another_text_is_refused_by_name_and_place() -> None:
    other = extraction("Chile accepted the draft.")
    with pytest.raises(SettingError, match=r"'a'.*code point 6"):
        evaluate_extractions((RIGHT,), (other,))


def test_twice_the_same_article_is_refused() -> None:
    with pytest.raises(SettingError, match="twice in gold"):
        evaluate_extractions((RIGHT, RIGHT), ())
    with pytest.raises(SettingError, match="twice in the predictions"):
        evaluate_extractions((RIGHT,), (RIGHT, RIGHT))


def test_empty_gold_is_refused() -> None:
    with pytest.raises(SettingError, match="no article"):
        evaluate_extractions((), (RIGHT,))


def test_sentences_are_the_predictions_then_golds_then_segmented() -> None:
    asked = []

    def segment(text: str) -> tuple[Sentence, ...]:
        asked.append(text)
        return (Sentence(0, len(text)),)

    bare = extraction(TEXT, sentences=())
    evaluate_extractions((bare,), (RIGHT,), segment=segment)
    evaluate_extractions((RIGHT,), (bare,), segment=segment)
    assert asked == []
    evaluate_extractions((bare,), (bare,), segment=segment)
    assert asked == [TEXT]


def test_the_pipelines_own_segmentation_stands_in() -> None:
    text = "Chile objected. It fears the deal."
    gold = extraction(
        text, sentences=(), claims=(claim(text, "Chile", "objected", "oppose", "the deal", "x"),)
    )
    guess = extraction(
        text, sentences=(), claims=(claim(text, "It", "fears", "oppose", "the deal", "x"),)
    )
    assert evaluate_extractions((gold,), (guess,)).total.claims.matched == 0
