"""Who is decided, who is scored, and who teaches readers share no article and no run of words."""

from __future__ import annotations

from pipeline.learning.split import Half, half_of
from training.simulated import SIDES, WHOLE, parts, sides_of

TEXTS = {f"a{number}": f"text {number}" for number in range(300)}


def test_the_parts_share_nothing_and_keep_to_their_halves():
    found = parts(TEXTS)
    assert sum(len(names) for names in found.values()) == len(TEXTS)
    assert frozenset().union(*found.values()) == TEXTS.keys()
    assert {half_of(name) for name in found["decided"]} == {Half.EVEN}
    assert {half_of(name) for name in found["scored"]} == {Half.ODD}
    assert {half_of(name) for name in found["own"]} == {Half.EVEN, Half.ODD}


def test_what_shares_a_run_of_words_with_a_scored_article_is_left_out():
    before = parts(TEXTS)
    run = " ".join(f"word{number}" for number in range(13))
    twins = [min(before["scored"]), min(before["decided"]), min(before["own"])]
    found = parts({**TEXTS, **dict.fromkeys(twins, run)})
    assert twins[0] in found["scored"]
    assert twins[1] not in found["decided"]
    assert twins[2] not in found["own"]


def test_each_side_reads_what_the_other_learned_from():
    own = parts(TEXTS)["own"]
    found = sides_of(own)
    assert found[WHOLE] == own
    assert found[SIDES[0]] | found[SIDES[1]] == own
    assert not found[SIDES[0]] & found[SIDES[1]]
    assert all(found[side] for side in SIDES)
