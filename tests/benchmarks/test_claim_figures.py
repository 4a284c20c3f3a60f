"""The figures of claims against gold, on hand-made extractions."""

from __future__ import annotations

from dataclasses import replace

import pytest

from benchmarks.claim_figures import (
    CLAIMS,
    UNREAD,
    compare,
    named,
    part_by_genre,
    part_by_half,
    score_claims,
    score_mentions,
)
from benchmarks.figures import ALL, Figure, build_profiles
from benchmarks.yardstick import read_yardstick
from pipeline.evaluation.bootstrap import Interval
from pipeline.learning.split import Half, half_of
from pipeline.records import Extraction
from tests.evaluation.marked import claim, extraction, mention

YARDSTICK = read_yardstick()
TEXT = "Ghana noted that the tunnel leaks and Fiji praised the harbour."
NOTED = claim(TEXT, "Ghana", "noted", "oppose", "the tunnel leaks")
PRAISED = claim(TEXT, "Fiji", "praised", "support", "the harbour")


def score_of(name: str, figures: list[Figure], part: str = ALL) -> Figure:
    (found,) = (one for one in figures if (one.name, one.part) == (name, part))
    return found


def compared(ids: list[str], **changes: object) -> tuple[tuple[Extraction, ...], list[Figure]]:
    """Two articles a time, in which the first claim is changed in the prediction."""
    gold = tuple(extraction(TEXT, claims=(NOTED, PRAISED), article=name) for name in ids)
    found = replace(NOTED, score=0.2, **changes), replace(PRAISED, score=0.9)
    predicted = [replace(one, claims=found) for one in gold]
    results = compare(gold, predicted)
    parts = {**part_by_half(results), **part_by_genre(results, YARDSTICK)}
    return gold, list(score_claims(parts, YARDSTICK))


def test_a_stance_that_is_wrong_of_what_is_said_is_told_from_one_that_is_swapped() -> None:
    _, figures = compared(["wn-1", "wn-2"], stance=PRAISED.stance)
    assert score_of("claims F1", figures).value == 1.0
    assert score_of("claims + stance F1", figures).value == 0.5
    assert score_of("support and oppose swapped", figures).value == 0.5
    assert score_of("stance right of what is said", figures).value == 0.0
    assert score_of("stance right of what is said", figures).note == "0 of 2"
    assert score_of("AUC of the score", figures).value == 1.0
    assert score_of("calibration error of the score", figures).value == pytest.approx(0.15)


def test_a_cue_that_says_nothing_is_not_counted_among_those_of_what_is_said() -> None:
    gold = (extraction(TEXT, claims=(PRAISED,), article="wn-1"),)
    figures = list(score_claims({ALL: compare(gold, gold)}, YARDSTICK))
    said = score_of("stance right of what is said", figures)
    assert (said.value, said.interval) == (None, Interval(0.0, 1.0))
    assert score_of("support and oppose swapped", figures).value == 0.0


def test_each_part_has_its_own_articles() -> None:
    ids = [f"{kind}-{n}" for kind in ("wn", "ungd", "re3d") for n in range(6)]
    gold, figures = compared(ids, target=None)
    odd = [name for name in ids if half_of(name) is Half.ODD]
    assert 0 < len(odd) < len(ids)
    assert [one.part for one in figures if one.name == "claims F1"] == [
        ALL, UNREAD, "news", "speeches", "statements",
    ]  # fmt: skip
    assert {one.part: one.note for one in figures if one.name == "support and oppose swapped"} == {
        ALL: f"0 of {2 * len(gold)}", UNREAD: f"0 of {2 * len(odd)}",
        "news": "0 of 12", "speeches": "0 of 12", "statements": "0 of 12",
    }  # fmt: skip
    for name, value in zip(CLAIMS, (1.0, 1.0, 0.5), strict=True):
        assert score_of(name, figures, "speeches").value == value


def test_a_part_without_articles_has_no_figures() -> None:
    even = next(name for name in map("wn-{}".format, range(9)) if half_of(name) is Half.EVEN)
    _, figures = compared([even])
    assert {one.part for one in figures} == {ALL, "news"}


def test_every_figure_has_an_interval_that_holds_it_but_for_one_article() -> None:
    gold = [extraction(TEXT, claims=(NOTED, PRAISED), article=f"wn-{n}") for n in range(8)]
    predicted = [replace(one, claims=(NOTED, PRAISED)[: 1 + n % 2]) for n, one in enumerate(gold)]
    figures = list(score_claims({ALL: compare(gold, predicted)}, YARDSTICK, score=False))
    (claims,) = (one for one in figures if one.name == "claims F1")
    assert claims.interval is not None
    assert claims.interval.low < claims.value < claims.interval.high
    assert figures == list(score_claims({ALL: compare(gold, predicted)}, YARDSTICK, score=False))


def test_mentions_are_scored_where_gold_has_some() -> None:
    gold = extraction(TEXT, mentions=(mention(TEXT, "Ghana"), mention(TEXT, "Fiji")))
    found = replace(gold, mentions=gold.mentions[:1])
    figures = list(score_mentions(compare([gold], [found])))
    assert score_of("mentions exact F1", figures).value == pytest.approx(2 / 3)
    assert score_of("roles reversed", figures).value == 0.0


def test_an_aim_is_of_a_profile_and_part_and_may_be_the_most() -> None:
    swapped = Figure("", "support and oppose swapped", 0.03, part=UNREAD)
    whole = replace(swapped, part=ALL)
    own = list(YARDSTICK.with_aims(named([swapped, whole], "claims", "full")))
    assert [(one.aim, one.is_met) for one in own] == [(0.02, False), (None, None)]
    assert replace(own[0], value=0.02).is_met
    (other,) = YARDSTICK.with_aims(named([swapped], "gold", "full"))
    assert other.aim is None


def test_every_aim_of_annotated_articles_is_of_a_figure_that_there_is() -> None:
    gold, figures = compared(["wn-1", "wn-2"])
    names = {one.name for one in (*figures, *score_mentions(compare(gold, gold)))}
    aimed = {one.figure for one in YARDSTICK.aims if one.set in ("claims", "gold")}
    assert aimed <= names


def test_the_profiles_stand_side_by_side() -> None:
    one = Figure("claims", "claims F1", 0.5, 0.6, profile="fast", interval=Interval(0.4, 0.6))
    other = replace(one, value=None, profile="full")
    table = build_profiles([one, other], "claims", ("fast", "full"))
    cells = [list(column.cells) for column in table.columns]
    assert cells == [["claims F1"], ["all"], ["0.500 [0.400, 0.600]"], ["≥ 0.6 no"], ["–"], [""]]
