from __future__ import annotations

import io
import json

from rich.console import Console, RenderableType

from pipeline.evaluation.evaluate import Evaluation, evaluate_extractions
from pipeline.evaluation.mistakes import MistakeKind, find_mistakes
from pipeline.evaluation.report import build_mistakes, build_report, to_report
from pipeline.records import Kind, Sentence

from .marked import claim, extraction, mention

TEXT = "Chile [red]\x1b[31m rejected the draft. Peru praised the plan."
SPLIT = TEXT.index("Peru")
SENTENCES = (Sentence(0, SPLIT - 1), Sentence(SPLIT, len(TEXT)))


def _evaluation() -> Evaluation:
    gold = extraction(
        TEXT,
        sentences=SENTENCES,
        mentions=(mention(TEXT, "Chile"), mention(TEXT, "Peru", entity="country:PE")),
        claims=(
            claim(TEXT, "Chile", "rejected", "oppose", "the draft"),
            claim(TEXT, "Peru", "praised", "support", "the plan"),
        ),
    )
    predicted = extraction(
        TEXT,
        sentences=SENTENCES,
        mentions=(mention(TEXT, "Peru"), mention(TEXT, "plan", Kind.ORGANISATION)),
        claims=(claim(TEXT, "Chile", "rejected", "support", "the draft"),),
    )
    return evaluate_extractions((gold,), (predicted,))


def _plain(renderable: RenderableType) -> str:
    stream = io.StringIO()
    Console(file=stream, width=200).print(renderable)
    return stream.getvalue()


def test_mistakes_stand_in_the_order_of_the_text_with_their_kinds() -> None:
    (result,) = _evaluation().articles
    found = [
        (mistake.kind, mistake.span.text_in(TEXT)) for mistake in find_mistakes(result.alignment)
    ]
    assert found == [
        (MistakeKind.MISSED_MENTION, "Chile"),
        (MistakeKind.STANCE_REVERSED, "rejected"),
        (MistakeKind.WRONG_ENTITY, "Peru"),
        (MistakeKind.MISSED_CLAIM, "praised"),
        (MistakeKind.EXTRA_MENTION, "plan"),
    ]


def test_each_sentence_is_printed_once_before_its_mistakes() -> None:
    printed = _plain(build_mistakes(_evaluation()))
    assert printed.count("Peru praised the plan.") == 1
    first, second = printed.split("Peru praised the plan.")
    assert "stance reversed" in first
    assert "missed claim: Peru | praised | support | the plan" in second


def test_text_is_neither_markup_nor_obeyed() -> None:
    printed = _plain(build_mistakes(_evaluation()))
    assert "[red]" in printed
    assert "\x1b" not in printed


def test_a_perfect_score_has_no_mistakes() -> None:
    gold = extraction(TEXT, mentions=(mention(TEXT, "Chile"),))
    assert "No mistakes" in _plain(build_mistakes(evaluate_extractions((gold,), (gold,))))


def test_tables_hold_the_figures() -> None:
    printed = _plain(build_report(_evaluation()))
    # Claims: 1 matched of 2 + 1, F1 = 2 / 3; none with stance.
    assert "0.667" in printed
    assert "claims + stance F1 0.000" in printed
    assert "1 stances" in printed


def test_json_holds_counts_figures_and_errors() -> None:
    report = json.loads(json.dumps(to_report(_evaluation(), errors=True)))
    assert report["total"]["claims"] == {
        "matched": 1,
        "gold": 2,
        "predicted": 1,
        "precision": 1.0,
        "recall": 0.5,
        "f1": 2 / 3,
    }
    assert report["total"]["linking"] == {"right": 0, "total": 1, "accuracy": 0.0}
    assert report["total"]["reversals"] == {"polarity": 1, "role": 0}
    assert report["articles"][0]["article"] == "a"
    assert len(report["errors"]) == 5
    assert "errors" not in to_report(_evaluation())
