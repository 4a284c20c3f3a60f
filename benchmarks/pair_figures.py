"""How many minimal pairs pass, and how many claims in them are the wrong way round."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from benchmarks.figures import Figure, ratio

if TYPE_CHECKING:
    from spacy.language import Language

    from tests.extraction.claims.notation import Pair

_BATCH = 32
Outcome = dict[str, int]


def read_pairs(limit: int | None = None) -> list[Pair]:
    """The minimal pairs, or so many, spread over all phenomena."""
    from benchmarks.sets import spread
    from tests.extraction.claims.notation import read_pairs as read_folder
    from tests.extraction.claims.report import PAIRS

    return spread(read_folder(PAIRS), limit)


def try_pairs(nlp: Language, pairs: Sequence[Pair]) -> Iterator[Outcome]:
    """Whether each pair passes, and its reversed claims."""
    from tests.extraction.claims.report import run_pairs

    for start in range(0, len(pairs), _BATCH):
        for one in run_pairs(nlp, pairs[start : start + _BATCH]):
            yield {"passed": int(one.passed), "reversals": one.reversals}


def score_pairs(outcomes: Sequence[Outcome], profile: str) -> Iterator[Figure]:
    """The share that passed, and the number of reversed claims."""
    passed = sum(one["passed"] for one in outcomes)
    share, note = ratio(passed, len(outcomes)), f"{passed} of {len(outcomes)}"
    yield Figure("pairs", "passed", share, note=note, profile=profile)
    turned = sum(one["reversals"] for one in outcomes)
    yield Figure("pairs", "reversals", float(turned), profile=profile)
