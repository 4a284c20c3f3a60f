"""Halves and folds: by article, the same for ever, and apart from each other."""

from __future__ import annotations

from collections import Counter
from hashlib import sha256
from itertools import pairwise

from pipeline.learning.split import FOLDS, Half, fold_of, half_of, in_share

IDS = [f"article-{number}" for number in range(2000)]
SHARES = (0.1, 0.25, 0.5, 1.0)


def test_the_first_digit_says_the_half():
    for article in IDS:
        digit = int(sha256(article.encode()).hexdigest()[0], 16)
        assert half_of(article) is (Half.ODD if digit % 2 else Half.EVEN)


def test_folds_are_about_alike_and_each_has_both_halves():
    sizes = Counter((fold_of(article), half_of(article)) for article in IDS)
    assert set(sizes) == {(fold, half) for fold in range(FOLDS) for half in Half}
    assert max(sizes.values()) < 1.35 * min(sizes.values())


def test_what_is_added_moves_nothing():
    before = {article: (half_of(article), fold_of(article)) for article in IDS}
    assert {article: (half_of(article), fold_of(article)) for article in reversed(IDS)} == before


def test_a_larger_share_holds_the_smaller_ones():
    shares = [{a for a in IDS if in_share(a, share)} for share in SHARES]
    assert all(one < other for one, other in pairwise(shares))
    assert shares[-1] == set(IDS)
    for one, share in zip(shares, SHARES, strict=True):
        assert abs(len(one) / len(IDS) - share) < 0.03


def test_a_share_has_as_much_of_each_fold_and_half():
    sizes = Counter((fold_of(a), half_of(a)) for a in IDS if in_share(a, 0.25))
    assert set(sizes) == {(fold, half) for fold in range(FOLDS) for half in Half}
    assert max(sizes.values()) < 2 * min(sizes.values())
