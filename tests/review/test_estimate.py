"""How good the unreviewed rest is: estimates that hold, and none where there is too little."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.dataset.ledger import append_decisions
from pipeline.dataset.records import Verdict
from pipeline.dataset.sample import Reading, add_readings, passage_id
from pipeline.evaluation.proportions import find_rate_interval
from pipeline.review.enough import read_survey
from pipeline.review.estimate import MIN_CLAIMS, estimate_quality, find_takeable
from pipeline.review.survey import Passage, Survey
from pipeline.review.work import Workspace
from tests.cli.running import run_claims
from tests.dataset.build import TEXT, article, chile, decide, peru, position_of
from tests.review.make import make_workspace


def corpus_of(seed: int, size: int = 1500) -> list[Passage]:
    """Passages whose claims are the likelier right the higher they score, with missed positions."""
    draw = random.Random(seed)
    found = []
    for _ in range(size):
        scores = [draw.uniform(0.2, 1.0) for _ in range(draw.choice((0, 0, 1, 1, 2, 4)))]
        mood = draw.uniform(-0.2, 0.2)  # claims of a passage fare alike
        right = sum(draw.random() < min(1, max(0, score + mood)) for score in scores)
        missed = draw.choice((0, 0, 0, 1)) if scores else draw.choice((0,) * 9 + (1,))
        found.append(Passage(min(scores, default=None), len(scores), right, right + missed))
    return found


def reviewed(seed: int, share: float = 0.1, done: float = 0.3) -> tuple[Survey, float, float]:
    """A queue that was followed for a while, riskiest first, with its random sample mixed in.

    Then what is estimated, and the true precision and recall of the rest.
    """
    every = corpus_of(seed)
    draw = random.Random(seed + 10_000)
    sampled = {number for number in range(len(every)) if draw.random() < share}
    others = [number for number in range(len(every)) if number not in sampled]
    others.sort(key=lambda number: every[number].risk or 1.0)
    others = [number for number in others if every[number].risk is not None]
    read = [number for number in sorted(sampled) if draw.random() < 0.7]
    gone = {*others[: int(done * len(others))], *read}
    rest = [one for number, one in enumerate(every) if number not in gone]
    totals = [
        sum(values) for values in zip(*((r.claims, r.right, r.true) for r in rest), strict=True)
    ]
    bare = tuple(replace(one, right=0, true=0) for one in rest)  # which nobody knows
    found = Survey(tuple(every[number] for number in read), bare)
    return found, totals[1] / totals[0], totals[1] / totals[2]


def test_the_intervals_hold_the_truth_of_the_rest_as_often_as_they_say() -> None:
    rounds, inside, off = 200, [0, 0], [0.0, 0.0]
    for seed in range(rounds):
        found, *truths = reviewed(seed)
        quality = estimate_quality(found)
        for number, (figure, truth) in enumerate(
            zip((quality.precision, quality.recall), truths, strict=True)
        ):
            assert figure is not None
            inside[number] += figure.interval.low <= truth <= figure.interval.high
            off[number] += (figure.value - truth) / rounds
    assert all(0.9 <= count / rounds <= 1 for count in inside), inside
    assert all(abs(bias) < 0.01 for bias in off), off


def test_the_rest_is_told_from_the_whole() -> None:
    found, precision, _ = reviewed(7, done=0.7)
    whole = sum(one.right for one in found.read) / sum(one.claims for one in found.read)
    quality = estimate_quality(found)
    assert quality.precision is not None
    assert precision > whole + 0.1  # the riskiest were taken out of the rest
    assert abs(quality.precision.value - precision) < abs(whole - precision)


def test_of_too_few_no_figure_is_given() -> None:
    few = Survey((Passage(0.5, MIN_CLAIMS - 1, 20, 25),), (Passage(0.5, 3),))
    quality = estimate_quality(few)
    assert (quality.precision, quality.recall) == (None, None)
    assert f"{MIN_CLAIMS - 1} claims" in quality.missing[0]
    enough = replace(few, read=(Passage(0.5, MIN_CLAIMS, 20, 40), *few.read))
    assert estimate_quality(enough).precision is not None
    unseen = replace(enough, rest=(*few.rest, Passage(None, 0)))
    quality = estimate_quality(unseen)
    assert quality.precision is not None
    assert quality.recall is None
    assert "without a claim" in quality.missing[0]


def test_where_all_were_right_the_interval_is_not_a_point() -> None:
    sure = Survey(tuple(Passage(0.9, 2, 2, 2) for _ in range(20)), (Passage(0.9, 1),))
    figure = estimate_quality(sure).precision
    assert figure is not None
    assert (figure.value, figure.interval.high) == (1.0, 1.0)
    assert figure.interval.low == pytest.approx(
        find_rate_interval(1.0, 20).low
    )  # 20 passages, not 40 claims


def test_nothing_that_is_unreviewed_gives_no_figure_and_no_fault() -> None:
    done = Survey(tuple(Passage(0.9, 2, 2, 2) for _ in range(20)), ())
    quality = estimate_quality(done)
    assert (quality.precision, quality.recall) == (None, None)


def judged(*runs: tuple[float, int, int]) -> tuple[tuple[float, bool], ...]:
    return tuple((score, number < right) for score, right, of in runs for number in range(of))


def test_what_can_be_taken_is_what_decisions_prove() -> None:
    scores = (0.99, 0.97, 0.96, 0.9, 0.85, 0.5)
    good = Survey(judged=judged((0.97, 150, 150), (0.88, 90, 100)), open_scores=scores)
    found = find_takeable(good, 0.95)
    assert found is not None
    assert (found.above, found.count, found.of) == (0.89, 4, 6)
    assert (found.right, found.judged) == (150, 150)
    assert found.interval.low >= 0.95
    lower = find_takeable(good, 0.9)
    assert lower is not None
    assert (lower.above, lower.count, lower.right, lower.judged) == (0.0, 6, 240, 250)
    assert find_takeable(Survey(judged=judged((0.97, 70, 70)), open_scores=scores), 0.95) is None
    assert find_takeable(Survey(judged=judged((0.97, 140, 150)), open_scores=scores), 0.95) is None
    assert find_takeable(Survey(), 0.9) is None


def test_a_bad_band_is_not_made_good_by_those_below_it() -> None:
    mixed = Survey(judged=judged((0.97, 60, 80), (0.5, 900, 900)), open_scores=(0.9, 0.4))
    assert find_takeable(mixed, 0.9) is None


@pytest.fixture
def desk(workspace_folder: Path) -> Workspace:
    found = make_workspace(workspace_folder, article(), "Estimate")
    return replace(found, sample=1.0)


FIRST, SECOND = "Chile rejected the draft. Peru backed the vote.", "Mexico met nobody."


def read(desk: Workspace, words: str) -> None:
    name = passage_id("note", words)
    add_readings(
        desk.annotations, [Reading(name, "note", "ana", "2026-01-01T10:00:00Z", f"s 1 {name}")]
    )


def test_a_read_passage_is_counted_by_what_people_left_in_it(desk: Workspace) -> None:
    found, drawn = read_survey(desk)
    assert drawn == 2
    assert found == Survey((), (Passage(0.5, 2), Passage(None, 0)), (), (0.5, 0.9))
    turned = replace(position_of(peru()), stance=chile().stance)
    drawn_anew = replace(
        decide(chile(), "added", decided=replace(position_of(chile()), target=None)), claim="v-1"
    )
    append_decisions(
        desk.ledger,
        [decide(chile()), decide(peru(), "edited", decided=turned), replace(drawn_anew, id="")],
    )
    assert read_survey(desk)[0].read == ()  # decided, but not a passage of the sample that was read
    read(desk, FIRST)
    read(desk, SECOND)
    found, _ = read_survey(desk)
    assert found.read == (Passage(0.5, 2, 1, 3), Passage(None, 0, 0, 0))
    assert found.rest == ()
    assert found.judged == ((0.5, True), (0.9, False))


def test_what_was_taken_in_bulk_is_no_reading(desk: Workspace) -> None:
    line = replace(decide(chile()), bulk="b-1", id="")
    append_decisions(desk.ledger, [line])
    found, _ = read_survey(desk)
    assert found.judged == ()
    assert found.rest == (Passage(0.9, 1), Passage(None, 0))


def test_an_edit_elsewhere_keeps_the_reading(desk: Workspace) -> None:
    append_decisions(desk.ledger, [decide(chile()), decide(peru(), Verdict.REJECTED.value)])
    read(desk, FIRST)
    longer = f"The vote was held again.\n{TEXT}"
    make_workspace(desk.corpus.parent, article(longer), "Estimate")
    found, _ = read_survey(desk)
    assert len(found.read) == 1
    assert found.read[0].true == 1


def test_status_says_it_in_words(desk: Workspace) -> None:
    folder = desk.corpus.parent
    (desk.annotations / "review.toml").write_text("sample = 1\n")
    done = run_claims("review", "status", "--precision", "0.95", folder=folder)
    assert done.returncode == 0, done.stderr
    out = done.stdout.decode()
    assert "random sample: 0 of 2 passages read" in out
    assert "unreviewed rest: 2 passages, 2 claims" in out
    assert "not estimated: 0 claims in read passages" in out
    assert "without review at precision 0.95: none" in out
