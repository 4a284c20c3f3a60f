"""Which cue made each claim that gold judges, and whether it was right."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pipeline.evaluation.evaluate import ArticleResult


@dataclass(frozen=True, slots=True)
class Judgement:
    """One claim's cue, and whether the claim and its stance were right."""

    cue: str
    right: bool


def family_of(cue: str) -> str:
    """The second part of a cue's id, or nothing.

    >>> family_of("cue.call-for.urge")
    'call-for'
    """
    parts = cue.split(".")
    return parts[1] if len(parts) > 2 else ""


def judge_by_gold(results: Iterable[ArticleResult]) -> Iterator[Judgement]:
    """One judgement a predicted claim: it matches a gold claim and has its stance (codebook §3).

    An article without a prediction has none.
    """
    for result in results:
        right = result.alignment.right
        for number, claim in enumerate(result.alignment.predicted.claims):
            if claim.evidence is not None:
                yield Judgement(claim.evidence.source, number in right)
