from __future__ import annotations

from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from pipeline.evaluation.assignment import find_assignment

_WEIGHTS = st.dictionaries(
    st.tuples(st.integers(0, 4), st.integers(0, 4)), st.integers(1, 9), max_size=14
)


def _best_sum(weights: dict[tuple[int, int], int]) -> int:
    orders = permutations(range(5))
    return max(sum(weights.get((left, order[left]), 0) for left in range(5)) for order in orders)


def test_nothing_to_assign() -> None:
    assert find_assignment({}) == ()


def test_two_that_are_good_beat_one_that_is_best() -> None:
    # Greedy would take (0, 0) = 5 and be left with nothing; 4 + 4 = 8 is more.
    assert find_assignment({(0, 0): 5, (0, 1): 4, (1, 0): 4}) == ((0, 1), (1, 0))


def test_more_right_than_left_and_the_reverse() -> None:
    assert find_assignment({(0, 0): 1, (0, 7): 3, (0, 2): 2}) == ((0, 7),)
    assert find_assignment({(0, 0): 1, (7, 0): 3, (2, 0): 2}) == ((7, 0),)


@given(_WEIGHTS)
def test_no_other_assignment_weighs_more(weights: dict[tuple[int, int], int]) -> None:
    chosen = find_assignment(weights)
    assert len({left for left, _ in chosen}) == len({right for _, right in chosen}) == len(chosen)
    assert sum(weights[edge] for edge in chosen) == _best_sum(weights)
