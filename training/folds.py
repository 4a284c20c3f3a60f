"""Folds by article: what is held out together, and what may not be seen beside it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import combinations
from pathlib import Path

from pipeline.learning.split import FOLDS, fold_of, in_share

RUN = 13
WHOLE = "all"
"""The name of the reader that saw every article."""
PAIR = "-"
"""What stands between two folds that are both held out."""


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
    """The ids that a reader may not see: of a fold, of a pair of folds (``0-3``), or of none.

    Raises:
        ValueError: ``fold`` is neither ``all`` nor a fold's number nor two of them.

    """
    if fold == WHOLE:
        return frozenset()
    if fold not in (*readers(), *readers(inner=True)):
        raise ValueError(f"{fold!r} is no fold; a fold is {WHOLE}, 0 to {FOLDS - 1}, or two as 0-1")
    own = {int(one) for one in fold.split(PAIR)}
    return frozenset(name for name, number in split_folds(texts).items() if number in own)


def readers(*, inner: bool = False) -> tuple[str, ...]:
    """The names of the readers that read what they did not see: one a fold, or one a pair of folds.

    A reader reads the articles that were held out of it. Where its pair is ``0-3``, fold 0 has a
    reading by it for a judge that is tried on fold 3, and fold 3 for one that is tried on fold 0.
    """
    numbers = map(str, range(FOLDS))
    return tuple(map(PAIR.join, combinations(numbers, 2))) if inner else tuple(numbers)


def learnt_by(fold: str, texts: dict[str, str], share: float = 1.0) -> frozenset[str]:
    """The ids of the articles that a reader is trained on: ``share`` of those not held out."""
    return frozenset(name for name in texts if in_share(name, share)) - held_out_of(fold, texts)


def folder_of(folder: Path, share: float) -> Path:
    """Where the checkpoints of readers of so large a share lie, so that none is taken for another.

    >>> folder_of(Path("minilm"), 0.25).as_posix(), folder_of(Path("minilm"), 1).as_posix()
    ('minilm/share-25', 'minilm')
    """
    return folder if share == 1 else folder / f"share-{100 * share:g}"


def refuse_shared(fold: str, texts: dict[str, str], marked: dict[str, str]) -> None:
    """Makes sure that no marked text shares a run of words with an article held out of the fold.

    Raises:
        ValueError: some do; they are named.

    """
    shared = overlapping(marked, [texts[name] for name in held_out_of(fold, texts)])
    if shared:
        raise ValueError(f"fold {fold}: these texts overlap articles held out: {sorted(shared)}")
