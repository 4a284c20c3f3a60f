"""The rule ledger: matches, outcomes, precision with its interval, trend, suspects, order."""

from __future__ import annotations

import pytest

from pipeline.errors import SettingError
from pipeline.evaluation.by_cue import Judgement
from pipeline.evaluation.proportions import find_change_interval, find_share_interval
from pipeline.evaluation.scores import Share
from pipeline.lessons.choosing import Wanted, ordered, refuse_unknown_ids
from pipeline.lessons.kinds import Kind, Order
from pipeline.lessons.outcomes import Judged, Outcome
from pipeline.lessons.tally import Tally, find_suspects, find_trend, take_ledger
from tests.lessons.made import claim, extraction

TEXT = "Chile rejected the draft. Peru rejected the fee. Cuba left."
REJECT, LEAVE = "cue.reject.reject", "cue.withdraw.leave"
VOTE = extraction(
    "vote",
    TEXT,
    claim(TEXT, "Chile", "rejected"),
    claim(TEXT, "Peru", "rejected", rules=("rule.holder.subject", "rule.target.object")),
    claim(TEXT, "Cuba", "left", by=None, rules=("rule.reader",), proposers=("reader",)),
)


def said(source: str, right: bool, number: int = 0, outcome: Outcome | None = None) -> Judged:
    outcome = outcome or (Outcome.ACCEPTED if right else Outcome.REJECTED)
    when = f"2026-01-01T10:{number // 60:02}:{number % 60:02}Z"
    return Judged(source, ("rule.holder.subject",), when, outcome, right)


def rows(*judged: Judged, gold=()) -> dict[str, Tally]:
    return {row.id: row for row in take_ledger([VOTE], judged, gold).rows}


def test_cues_proposers_and_rules_are_counted():
    found = rows()
    assert {name: row.matches for name, row in found.items()} == {
        REJECT: 2,
        "reader": 1,
        "rule.holder.subject": 2,
        "rule.target.object": 1,
        "rule.reader": 1,
    }
    assert [row.kind for row in found.values()] == [
        Kind.CUE, Kind.PROPOSER, Kind.RULE, Kind.RULE, Kind.RULE,
    ]  # fmt: skip


def test_outcomes_are_counted_of_the_cue_and_of_each_rule():
    found = rows(
        said(REJECT, True),
        said(REJECT, True, outcome=Outcome.OTHER),
        said(REJECT, False, outcome=Outcome.STANCE),
        said(REJECT, False),
        Judged(REJECT, ("rule.holder.subject",), "2026", None, None),
    )
    for row in (found[REJECT], found["rule.holder.subject"]):
        assert (row.shown, row.disputed, row.corrected) == (5, 1, 2)
        assert row.outcomes == {
            Outcome.ACCEPTED: 1, Outcome.OTHER: 1, Outcome.STANCE: 1, Outcome.REJECTED: 1,
        }  # fmt: skip
        assert row.judged == Share(2, 4)


def test_a_cue_of_an_older_lexicon_keeps_its_row():
    row = rows(said("cue.gone.word", False))["cue.gone.word"]
    assert (row.matches, row.shown, row.judged) == (0, 1, Share(0, 1))


def test_the_corpus_counts_each_claim_once():
    ledger = take_ledger([VOTE], [said(REJECT, True), said(LEAVE, False)])
    assert (ledger.corpus.matches, ledger.corpus.shown) == (3, 2)
    assert ledger.corpus.judged == Share(1, 2)


def test_gold_is_added_to_the_precision_alone():
    row = rows(said(REJECT, True), gold=[Judgement(REJECT, False)])[REJECT]
    assert (row.judged, row.shown) == (Share(1, 2), 1)


@pytest.mark.parametrize(
    ("right", "total", "low", "high"),
    [  # the intervals of Newcombe 1998, "Two-sided confidence intervals for the single proportion"
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_wilson_intervals_are_the_published_ones(right, total, low, high):
    found = find_share_interval(Share(right, total))
    assert (round(found.low, 4), round(found.high, 4)) == (low, high)


def test_of_nothing_all_is_possible():
    assert (find_share_interval(Share()).low, find_share_interval(Share()).high) == (0.0, 1.0)
    assert find_change_interval(Share(), Share(1, 1)).low == -1.0


def test_there_is_no_trend_of_a_few():
    assert find_trend([("2026", True)] * 14) is None
    assert find_trend([("2026", True)] * 15) is not None


def test_the_last_third_is_held_against_those_before_by_time():
    old = [(f"2026-01-{day:02}", True) for day in range(1, 21)]
    new = [(f"2026-02-{day:02}", False) for day in range(1, 11)]
    trend = find_trend([*new, *old])
    assert trend is not None
    assert (trend.before, trend.late, trend.says) == (Share(20, 20), Share(0, 10), "falls")
    turned = find_trend([(when, not right) for when, right in (*new, *old)])
    assert turned is not None
    assert turned.says == "rises"


def test_claims_of_one_moment_keep_their_order():
    """Whole passages are decided at once: wrong ones before right ones would be a trend of none."""
    trend = find_trend([("2026-01-01", number % 3 > 0) for number in range(30)])
    assert trend is not None
    assert (trend.before, trend.late) == (Share(13, 20), Share(7, 10))


def test_what_chance_can_do_is_steady():
    mixed = [(f"2026-01-{day:02}", day % 2 == 0) for day in range(1, 31)]
    trend = find_trend(mixed)
    assert trend is not None
    assert trend.says == "steady"


def test_suspects_are_below_the_bound_with_all_of_their_interval():
    few = Tally("cue.a.few", judged=Share(0, 2))
    many = Tally("cue.a.many", judged=Share(4, 40))
    good = Tally("cue.a.good", judged=Share(39, 40))
    assert find_suspects([few, many, good, Tally("cue.a.none")], 0.6) == (many,)
    assert find_suspects([few, many, good], 0.7) == (few, many)


SOME = (
    Tally("cue.b.b", 5, 3, {Outcome.REJECTED: 2}, judged=Share(1, 3)),
    Tally("cue.a.a", 9),
    Tally("cue.b.c", 1, 4, {Outcome.ACCEPTED: 4}, judged=Share(4, 4)),
)


@pytest.mark.parametrize(
    ("order", "names"),
    [
        (Order.CLAIMS, "a b c"),
        (Order.SHOWN, "c b a"),
        (Order.REJECTED, "b a c"),
        (Order.ACCEPTED, "c b a"),
        (Order.PRECISION, "b c a"),
        (Order.HIGH, "b c a"),
        (Order.ID, "a b c"),
    ],
)
def test_rows_are_ordered(order, names):
    assert [row.id[-1] for row in ordered(SOME, order)] == names.split()


def test_backwards_those_without_a_figure_stay_last():
    assert [row.id[-1] for row in ordered(SOME, Order.PRECISION, backwards=True)] == ["c", "b", "a"]


def test_rows_are_chosen_by_id_family_number_and_kind():
    def taken(**wanted):
        return [row.id[-1] for row in SOME if Wanted(**wanted).takes(row)]

    assert taken(ids=("cue.b",)) == ["b", "c"]
    assert taken(ids=("cue.b.c", "cue.a.*")) == ["a", "c"]
    assert taken(family="b", fewest=4) == ["c"]
    assert taken(kinds=frozenset((Kind.RULE,))) == []


def test_an_id_that_is_none_is_refused_with_the_nearest():
    refuse_unknown_ids(["cue.reject"], [REJECT])
    with pytest.raises(
        SettingError, match=r"'cue.reject.rejekt'; the nearest are: cue.reject.reject"
    ):
        refuse_unknown_ids(["cue.reject.rejekt"], [REJECT])
