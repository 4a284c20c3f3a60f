"""No decision is lost, none is found at a wrong place, and none under words that dispute it."""

from __future__ import annotations

from collections import Counter
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.dataset.reanchor import Anchor, AnchorState, anchor_position
from pipeline.files import sha256_of_text
from pipeline.records import Span
from tests.reprocess.editing import (
    DISPUTES,
    EDITS,
    Decided,
    Letter,
    dispute,
    edit,
    harmless,
    is_disputed,
    is_right,
    make_article,
    text_of,
)

CASES = 2_500
DISPUTED_CASES = 6_000
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


def test_no_decision_stands_under_words_that_dispute_it(capsys: pytest.CaptureFixture[str]) -> None:
    """Each article has one sentence wrapped, quoted, or given a prefix or a suffix."""
    random = Random(20_000)
    states: Counter[AnchorState] = Counter()
    disputed = 0
    for _ in range(DISPUTED_CASES):
        old, decisions = make_article(random)
        letters = edit(old, random) if random.random() < 0.3 else plain(old)
        letters = dispute(letters, random)
        new = text_of(letters)
        under = {letter.origin for letter in letters if letter.disputed}
        for decided in decisions:
            found = anchored(decided, old, new)
            states[found.state] += 1
            disputed += decided.position.cue.start in under
            if found.position is not None:
                assert found.position.stands_in(new)
                assert not is_disputed(found.position, letters), (old, new, decided, found)
    with capsys.disabled():
        shares = ", ".join(f"{state.value} {states[state]:,}" for state in AnchorState)
        print(
            f"\n{states.total():,} decisions, {disputed:,} disputed, none of these stands: {shares}"
        )
    assert states.total() >= 20_000
    assert disputed >= 2_500
    assert states[AnchorState.EXACT] + states[AnchorState.MOVED] > 0.4 * states.total()


def plain(text: str) -> list[Letter]:
    return [Letter(char, index) for index, char in enumerate(text)]


def test_harmless_edits_leave_decisions_standing(capsys: pytest.CaptureFixture[str]) -> None:
    random = Random(7)
    states: Counter[AnchorState] = Counter()
    for _ in range(600):
        old, decisions = make_article(random)
        for decided in decisions:
            if decided.context.span != decided.sentence:
                continue  # it is repeated: what is done to its twin counts too
            found = anchored(decided, old, harmless(old, random))
            states[found.state] += 1
    held = (states[AnchorState.EXACT] + states[AnchorState.MOVED]) / states.total()
    with capsys.disabled():
        print(f"\n{states.total():,} decisions after harmless edits: {held:.1%} stand")
    assert states.total() > 500
    assert held > 0.97


@pytest.mark.parametrize("change", DISPUTES, ids=lambda change: change.__name__)
def test_every_kind_of_dispute_marks_a_sentence(change: object) -> None:
    assert callable(change)
    for seed in range(20):
        random = Random(seed)
        letters = change(plain("Peru agreed. Chile left. So what?"), Span(13, 24), random)
        assert "Chile left" in text_of([letter for letter in letters if letter.disputed])
        assert text_of(letters) != "Peru agreed. Chile left. So what?"


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
