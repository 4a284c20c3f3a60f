"""Judgements by cue, on hand-made extractions."""

from __future__ import annotations

from dataclasses import replace

from pipeline.evaluation.by_cue import Judgement, judge_by_gold
from pipeline.evaluation.evaluate import evaluate_extractions
from pipeline.records import Claim, Evidence, Extraction, Form, Holder, Sentence, Span, Stance

TEXT = "Chile rejected it. Peru praised it. Cuba left."
REJECT, PRAISE, LEAVE = "cue.reject.reject", "cue.welcome.praise", "cue.withdraw.leave"


def make_claim(cue: str, start: int, verb: tuple[int, int], stance: Stance) -> Claim:
    return Claim(
        f"{cue}{start}",
        Holder(start, start + 4),
        Span(*verb),
        stance,
        Form.STATEMENT,
        evidence=Evidence(cue),
    )


CLAIMS = (
    make_claim(REJECT, 0, (6, 14), Stance.OPPOSE),
    make_claim(PRAISE, 19, (24, 31), Stance.SUPPORT),
    make_claim(LEAVE, 36, (41, 45), Stance.OPPOSE),
)
FOUND = Extraction("a", TEXT, sentences=(Sentence(0, len(TEXT)),), claims=CLAIMS)


def test_gold_judges_claim_and_stance():
    wrong_stance = replace(CLAIMS[1], stance=Stance.OPPOSE)
    gold = replace(FOUND, claims=(CLAIMS[0], wrong_stance))
    evaluation = evaluate_extractions([gold], [FOUND], samples=1)
    assert list(judge_by_gold(evaluation.articles)) == [
        Judgement(REJECT, True),
        Judgement(PRAISE, False),
        Judgement(LEAVE, False),
    ]


def test_article_without_prediction_judges_nothing():
    assert list(judge_by_gold(evaluate_extractions([FOUND], [], samples=1).articles)) == []
