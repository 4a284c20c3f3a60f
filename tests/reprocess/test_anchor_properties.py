"""No decision is lost and none is found at a wrong place, whatever is done to the text."""

from __future__ import annotations

from collections import Counter
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.dataset.reanchor import Anchor, AnchorState, anchor_position
from pipeline.files import sha256_of_text
from tests.reprocess.editing import EDITS, Decided, Letter, edit, is_right, make_article, text_of

CASES = 2_500
counts: Counter[AnchorState] = Counter()


def anchored(decided: Decided, old: str, new: str) -> Anchor:
    return anchor_position(
        decided.position, decided.context, decided_on=sha256_of_text(old), text=new
    )


@settings(max_examples=CASES, deadline=None, database=None)
@given(seed=st.integers(0, 2**64))
def check_random_edits(seed: int) -> None:
    random = Random(seed)
    old, decisions = make_article(random)
    letters = edit(old, random)
    new = text_of(letters)
    for decided in decisions:
        found = anchored(decided, old, new)
        counts[found.state] += 1
        assert found.holds == (found.state in (AnchorState.EXACT, AnchorState.MOVED))
        if found.position is not None:
            assert found.position.stands_in(new)
            assert is_right(decided, found.position, old, letters), (old, new, decided, found)


def test_random_edits_never_lead_to_a_wrong_place(capsys: pytest.CaptureFixture[str]) -> None:
    counts.clear()
    check_random_edits()
    total = counts.total()
    shares = ", ".join(f"{state.value} {counts[state] / total:.1%}" for state in AnchorState)
    with capsys.disabled():
        print(f"\n{total:,} decisions in {CASES:,} edited articles, none misplaced: {shares}")
    assert total >= 2_000
    assert (counts[AnchorState.EXACT] + counts[AnchorState.MOVED]) / total > 0.4


@settings(max_examples=400, deadline=None, database=None)
@given(seed=st.integers(0, 2**64))
def test_one_edit_elsewhere_leaves_a_lone_sentence_decided(seed: int) -> None:
    random = Random(seed)
    old, decisions = make_article(random)
    head = [Letter(char, None) for char in "An inserted heading\n\n"]
    new = text_of(head) + old
    for decided in decisions:
        found = anchored(decided, old, new)
        assert found.state in (AnchorState.MOVED, AnchorState.CHANGED)
        if found.position is not None:
            assert found.position == decided.position.moved(len(head))


@pytest.mark.parametrize("change", EDITS, ids=lambda change: change.__name__)
def test_every_kind_of_edit_changes_texts(change: object) -> None:
    changed = 0
    for seed in range(50):
        random = Random(seed)
        text, _ = make_article(random)
        letters = [Letter(char, index) for index, char in enumerate(text)]
        assert callable(change)
        changed += text_of(change(letters, random)) != text
    assert changed > 10
