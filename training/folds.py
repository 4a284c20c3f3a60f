"""Folds by article: what is held out together, and what may not be seen beside it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.learning.split import fold_of

RUN = 13


def shingles_of(text: str, run: int = RUN) -> frozenset[str]:
    """Every run of 13 words of a text, in small letters without marks."""
    words = re.findall(r"\w+", text.lower())
    return frozenset(" ".join(words[at : at + run]) for at in range(len(words) - run + 1))


def split_folds(texts: dict[str, str]) -> dict[str, int]:
    """The fold of each article; articles that share a run of 13 words are held out together."""
    leader = {article: article for article in texts}

    def find(article: str) -> str:
        while leader[article] != article:
            article = leader[article]
        return article

    seen: dict[str, str] = {}
    for article in sorted(texts):
        for shingle in shingles_of(texts[article]):
            other = seen.setdefault(shingle, article)
            one, two = sorted((find(article), find(other)))
            leader[two] = one
    return {article: fold_of(find(article)) for article in texts}


def overlapping(texts: dict[str, str], held_out: Iterable[str]) -> frozenset[str]:
    """The ids of the texts that share a run of 13 words with one of the ``held_out`` texts."""
    out = frozenset[str]().union(*(shingles_of(text) for text in held_out))
    return frozenset(name for name, text in texts.items() if shingles_of(text) & out)


def held_out_of(fold: str, texts: dict[str, str]) -> frozenset[str]:
    """The ids that the reader of a fold may not see; none where ``fold`` is no number."""
    if not fold.isdecimal():
        return frozenset()
    return frozenset(name for name, own in split_folds(texts).items() if own == int(fold))


def refuse_shared(fold: str, texts: dict[str, str], marked: dict[str, str]) -> None:
    """Makes sure that no marked text shares a run of words with an article held out of the fold.

    Raises:
        ValueError: some do; they are named.

    """
    shared = overlapping(marked, [texts[name] for name in held_out_of(fold, texts)])
    if shared:
        raise ValueError(f"fold {fold}: these texts overlap articles held out: {sorted(shared)}")
