"""What comes of scores, on scores made by hand."""

from __future__ import annotations

import numpy as np
import pytest

from pipeline.extraction.propose.reader.decode import (
    CueRows,
    Scores,
    find_cues,
    find_holders,
    find_one,
    find_position,
    find_target,
    softmax,
)


def tags(*rows: tuple[float, float]) -> np.ndarray:
    """Chances of outside, begin and inside from those of begin and inside."""
    return np.array([(1 - begin - inside, begin, inside) for begin, inside in rows])


def spans(cues: list[CueRows]) -> list[tuple[int, int]]:
    return [(cue.start, cue.end) for cue in cues]


def test_a_run_of_marked_words_is_one_cue() -> None:
    found = find_cues(tags((0, 0), (0.9, 0), (0.1, 0.8), (0, 0)))
    assert spans(found) == [(1, 3)]
    assert found[0].chance == pytest.approx(0.9)


def test_a_new_begin_is_a_new_cue() -> None:
    assert spans(find_cues(tags((0.9, 0), (0.8, 0.1), (0, 0)))) == [(0, 1), (1, 2)]


def test_the_last_row_ends_a_cue() -> None:
    assert spans(find_cues(tags((0, 0), (0.1, 0.6)))) == [(1, 2)]


def test_far_less_likely_words_at_the_ends_are_left_out() -> None:
    found = find_cues(tags((0.15, 0.0), (0.1, 0.85), (0.05, 0.15)))
    assert spans(found) == [(1, 2)]


def test_a_word_in_the_middle_stays() -> None:
    assert spans(find_cues(tags((0.9, 0), (0.0, 0.2), (0.1, 0.8)))) == [(0, 3)]


def test_no_marked_word_is_no_cue() -> None:
    assert find_cues(tags((0.02, 0.02), (0, 0.05))) == []
    assert find_cues(np.zeros((0, 3))) == []


def test_the_likeliest_person_holds() -> None:
    (holder,) = find_holders(np.array([[0.0, -3.0], [4.0, 3.0], [1.0, -2.0]]), none=0.0)
    assert holder.place == 1
    assert holder.chance == pytest.approx(softmax(np.array([0.0, 4.0, 1.0, 0.0]))[1])


def test_several_hold_where_each_is_as_good_and_does_by_itself() -> None:
    scores = np.array([[4.0, 2.0], [3.9, 2.0], [-5.0, -3.0]])
    found = find_holders(scores, none=-5.0)
    assert [one.place for one in found] == [0, 1]
    assert all(one.chance > 0.85 for one in found)


def test_a_rival_that_does_not_hold_by_itself_is_no_second_holder() -> None:
    found = find_holders(np.array([[4.0, 2.0], [3.9, -2.0]]), none=-5.0)
    assert [one.place for one in found] == [0]


def test_nobody_near_is_no_holder() -> None:
    assert find_holders(np.zeros((0, 2)), none=0.0) == ()


def test_none_is_a_choice() -> None:
    assert find_one(np.array([0.0, 1.0]), none=5.0).place is None
    assert find_one(np.array([0.0, 6.0]), none=5.0).place == 1
    assert find_one(np.zeros(0), none=0.0).place is None


def rows(size: int, begin: int, end: int) -> np.ndarray:
    scores = np.zeros((size, 2))
    scores[begin, 0] = scores[end - 1, 1] = 5.0
    return scores


def test_the_target_runs_from_the_likeliest_first_to_the_likeliest_last_word() -> None:
    target, chance = find_target(rows(8, 3, 7), np.array([0.0, 0.0]), (1, 2))
    assert target == (3, 7)
    assert chance > 0.9


def test_a_target_never_touches_its_cue() -> None:
    target, _ = find_target(rows(8, 2, 7), np.array([-9.0, -9.0]), (3, 4))
    assert target is not None
    assert target[1] <= 3 or target[0] >= 4


def test_a_phrase_is_preferred_where_the_scores_are_near() -> None:
    scores = rows(8, 3, 7)
    scores[5, 1] = 4.5
    assert find_target(scores, np.array([-9.0, -9.0]), (1, 2))[0] == (3, 7)
    assert find_target(scores, np.array([-9.0, -9.0]), (1, 2), [(3, 6)])[0] == (3, 6)
    scores[5, 1] = 3.0
    assert find_target(scores, np.array([-9.0, -9.0]), (1, 2), [(3, 6)])[0] == (3, 7)


def test_a_target_may_be_none() -> None:
    assert find_target(rows(8, 3, 7), np.array([9.0, 9.0]), (1, 2))[0] is None
    assert find_target(np.zeros((1, 2)), np.array([-9.0, -9.0]), (0, 1))[0] is None


def test_a_position_has_all_parts() -> None:
    scores = Scores(
        people=np.array([[3.0, 2.0, -4.0], [0.0, -2.0, 4.0]]),
        rows=rows(6, 3, 6),
        none=np.array([0.0, 0.0, 0.0, 0.0]),
        position=np.array([0.0, 3.0, 0.0, 0.0, 2.0, -4.0, 4.0]),
    )
    position = find_position(scores, (1, 2))
    assert position.holders[0].place == 0
    assert position.attribution.place == 1
    assert position.target == (3, 6)
    assert position.stances[1] == max(position.stances)
    assert sum(position.stances) == pytest.approx(1.0)
    assert position.action > 0.5
    assert position.negated < 0.5 < position.hedged
