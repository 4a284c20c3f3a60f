"""Nothing that is trained sees what it is tested on."""

from __future__ import annotations

from collections import Counter
from itertools import combinations
from pathlib import Path

import pytest

from pipeline.learning.split import FOLDS, fold_of
from training.folds import (
    RUN,
    WHOLE,
    folder_of,
    held_out_of,
    learnt_by,
    overlapping,
    readers,
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


TEXTS = {f"a{number}": f"{number} " * 20 for number in range(60)} | {
    "passage": SPEECH,
    "speech": f"Before it. {SPEECH} After it.",
}


def test_a_pair_of_folds_hides_the_articles_of_both() -> None:
    assert len(readers()) == FOLDS
    assert len(readers(inner=True)) == FOLDS * (FOLDS - 1) // 2
    for pair in readers(inner=True):
        one, other = pair.split("-")
        assert held_out_of(pair, TEXTS) == held_out_of(one, TEXTS) | held_out_of(other, TEXTS)


@pytest.mark.parametrize("name", ["5", "-1", "0-0", "1-0", "0-1-2", "0_1", "ALL", "", "two"])
def test_what_is_no_fold_is_refused_and_hides_not_none(name: str) -> None:
    with pytest.raises(ValueError, match="is no fold"):
        held_out_of(name, TEXTS)


@pytest.mark.parametrize("name", [*readers(), *readers(inner=True)])
def test_a_reader_shares_no_run_of_words_with_what_it_reads(name: str) -> None:
    learnt = {article: TEXTS[article] for article in learnt_by(name, TEXTS)}
    read = held_out_of(name, TEXTS)
    assert learnt.keys() | read == TEXTS.keys()
    assert overlapping(learnt, [TEXTS[article] for article in read]) == frozenset()
    for fold in name.split("-"):
        refuse_shared(fold, TEXTS, learnt)


@pytest.mark.parametrize("name", ["0", "3", "1-4", WHOLE])
def test_a_share_of_what_is_learned_lies_inside_a_larger_one(name: str) -> None:
    some, half, every = (learnt_by(name, TEXTS, share) for share in (0.25, 0.5, 1.0))
    assert some < half < every == TEXTS.keys() - held_out_of(name, TEXTS)


def test_readers_of_different_shares_lie_apart(tmp_path: Path) -> None:
    folders = [folder_of(tmp_path, share) for share in (0.25, 0.5, 0.125, 1.0)]
    assert all(one != other for one, other in combinations(folders, 2))
    assert folders[-1] == tmp_path
