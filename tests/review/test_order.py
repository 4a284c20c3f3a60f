"""The queue: what comes first, where the random sample is, and what stays where it is."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest

from pipeline.dataset.records import Order
from pipeline.dataset.sample import passage_id, place_in_queue
from pipeline.records import Extraction
from pipeline.review.order import NEAR, arrange, keep_places
from pipeline.review.tasks import Task, build_tasks
from tests.dataset.build import article


def task(name: str, start: int, score: float, sample: str = "") -> Task:
    data = {"article": name, "start": start, "claims": [{"id": f"{name}-{start}"}]}
    drawn = {"sample": sample} if sample else {}
    return Task(f"u-{name}-{start}", name, "shown", {**data, **drawn}, (), score)


TASKS = [task("b", 0, 0.9), task("a", 50, 0.2), task("a", 0, 0.7), task("b", 90, 0.4)]


def places(queue: tuple[Task, ...]) -> list[str]:
    return [one.uid.removeprefix("u-") for one in queue]


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        (Order.RISK, ["a-50", "b-90", "a-0", "b-0"]),
        (Order.ARTICLE, ["a-0", "a-50", "b-0", "b-90"]),
        (Order.EFFECT, ["b-0", "b-90", "a-50", "a-0"]),
    ],
)
def test_each_order_is_kept_by_the_scores_that_the_server_goes_by(
    order: Order, expected: list[str]
) -> None:
    queue = arrange(TASKS, order, effects={"b-0": 3.0, "b-90": 0.5, "unknown": 9.0})
    assert places(queue) == expected
    assert all(one.score < other.score for one, other in pairwise(queue))
    if order is Order.RISK:  # the score is the claims' own
        assert {one.uid: one.score for one in queue} == {one.uid: one.score for one in TASKS}


def samples(count: int) -> list[Task]:
    names = [passage_id("s", str(number)) for number in range(count)]
    return [task("s", number, 0.01, name) for number, name in enumerate(names)]


@pytest.mark.parametrize("order", list(Order))
def test_the_sample_is_mixed_in_evenly_and_not_by_its_risk(order: Order) -> None:
    rest = [task(f"r{number:02}", 0, 0.3 + number / 100) for number in range(40)]
    queue = arrange([*samples(4), *rest], order)
    at = [number for number, one in enumerate(queue) if "sample" in one.data]
    assert at == [5, 16, 27, 38]
    drawn = [place_in_queue(one.data["sample"]) for one in queue if "sample" in one.data]
    assert drawn == sorted(drawn)
    assert all(one.score <= other.score for one, other in pairwise(queue))
    assert places(arrange(samples(3), order)) == places(arrange(samples(3)[::-1], order))


def test_passages_that_are_there_stay_and_new_ones_come_between() -> None:
    queue = arrange([task("a", number, 0.5) for number in range(5)], Order.ARTICLE)
    present = {one.uid: one.score for one in queue}
    more = arrange([task("a", 2 * number, 0.5) for number in range(5)], Order.ARTICLE)
    kept = keep_places(more, present, Order.ARTICLE)
    assert all(one.score < other.score for one, other in pairwise(kept))
    assert {one.uid: one.score for one in kept if one.uid in present}.items() <= present.items()


def test_as_few_as_can_be_are_moved() -> None:
    queue = arrange([task("a", number, 0.5) for number in range(10)], Order.ARTICLE)
    present = {one.uid: one.score for one in queue}
    turned = (queue[9], *queue[:9])
    kept = keep_places(turned, present, Order.EFFECT)
    assert places(kept) == places(turned)
    assert all(one.score < other.score for one, other in pairwise(kept))
    assert [one.uid for one in kept if one.score != present[one.uid]] == [queue[9].uid]


def test_where_there_is_no_room_all_are_numbered_anew() -> None:
    queue = arrange([task("a", number, 0.5) for number in range(3)], Order.ARTICLE)
    present = {"u-a-0": 0.5, "u-a-2": 0.5 + 1e-12}
    kept = keep_places(queue, present, Order.ARTICLE)
    assert [one.score for one in kept] == [0.25, 0.5, 0.75]
    odd = {"u-a-0": 7.0, "u-a-1": -1.0, "u-a-2": 0.0}
    assert [one.score for one in keep_places(queue, odd, Order.ARTICLE)] == [0.25, 0.5, 0.75]


def test_by_risk_only_scores_that_changed_and_far_samples_move() -> None:
    drawn = samples(1)[0]
    plain = task("a", 0, 0.4)
    queue = arrange([plain, drawn], Order.RISK)
    here = next(one.score for one in queue if one.uid == drawn.uid)
    near = keep_places(queue, {plain.uid: 0.39, drawn.uid: here + NEAR / 2}, Order.RISK)
    assert {one.uid: one.score for one in near} == {plain.uid: 0.4, drawn.uid: here + NEAR / 2}
    far = keep_places(queue, {drawn.uid: here + 2 * NEAR}, Order.RISK)
    assert {one.uid: one.score for one in far} == {plain.uid: 0.4, drawn.uid: here}


def test_sampled_passages_without_a_claim_are_sent_and_others_are_not() -> None:
    text = article()
    empty = Extraction("empty", text.text, text.sentences, text.mentions, ())
    assert build_tasks([empty]) == ()
    every = build_tasks([empty, text], sample=1.0)
    assert [len(one.data["claims"]) for one in every] == [2, 0, 0, 0]
    assert all(one.data["sample"].startswith("p-") for one in every)
    assert all("sample" not in one.data for one in build_tasks([text]))
    plain, drawn = build_tasks([text])[0], every[0]
    assert plain.uid == drawn.uid
    assert replace(plain, data=drawn.data, shown=drawn.shown) == drawn
