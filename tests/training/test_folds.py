"""Nothing that is trained sees what it is tested on."""

from __future__ import annotations

from collections import Counter

import pytest

from pipeline.learning.split import FOLDS, fold_of
from training.folds import (
    RUN,
    held_out_of,
    overlapping,
    refuse_shared,
    shingles_of,
    split_folds,
)

SPEECH = "One two three four five six seven eight nine ten eleven twelve thirteen fourteen."


def test_a_fold_depends_on_the_id_alone() -> None:
    assert fold_of("wn-0001") == fold_of("wn-0001")
    counted = Counter(fold_of(f"article-{number}") for number in range(1000))
    assert set(counted) == set(range(FOLDS))
    assert min(counted.values()) > 150


def test_marks_and_capitals_do_not_hide_a_shared_run() -> None:
    other = "He said: ONE, two — three four; five six seven eight nine ten eleven twelve 'thirteen'"
    assert shingles_of(SPEECH) & shingles_of(other)


def test_twelve_words_are_no_shared_run() -> None:
    assert not shingles_of(" ".join(SPEECH.split()[: RUN - 1]))


def test_articles_that_share_a_run_are_held_out_together() -> None:
    texts = {f"a{number}": f"{number} " * 20 for number in range(30)}
    texts |= {"passage": SPEECH, "speech": f"Before it. {SPEECH} After it.", "third": "x " + SPEECH}
    folds = split_folds(texts)
    assert folds["passage"] == folds["speech"] == folds["third"]
    assert all(folds[name] == fold_of(name) for name in texts if name.startswith("a"))


def test_a_text_that_overlaps_a_held_out_one_is_not_marked() -> None:
    texts = {"speech": f"Before it. {SPEECH}", "other": "Quite another text " * 9}
    assert overlapping(texts, [SPEECH]) == {"speech"}


def test_a_fold_that_was_marked_by_what_it_may_not_see_is_refused_by_name() -> None:
    texts = {"passage": SPEECH, "other": "Quite another text " * 9}
    own = str(fold_of("passage"))
    assert "passage" in held_out_of(own, texts)
    with pytest.raises(ValueError, match=f"fold {own}.*'speech'"):
        refuse_shared(own, texts, {"speech": f"Before it. {SPEECH}"})
    refuse_shared("all", texts, {"speech": f"Before it. {SPEECH}"})
    refuse_shared(own, texts, {"third": "A third text of its own " * 9})


def test_the_reader_of_all_articles_hides_none() -> None:
    assert held_out_of("all", {"passage": SPEECH}) == frozenset()
