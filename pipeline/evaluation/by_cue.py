"""How often each cue made a claim, and how often it was right where somebody judged it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from pipeline.evaluation.evaluate import ArticleResult
from pipeline.evaluation.scores import Share
from pipeline.records import Extraction


@dataclass(frozen=True, slots=True)
class Judgement:
    """One claim's cue, and whether the claim and its stance were right."""

    cue: str
    right: bool


@dataclass(frozen=True, slots=True)
class CueFigures:
    """A cue's claims in the corpus, and how many of those judged were right."""

    cue: str
    matches: int
    judged: Share = field(default_factory=Share)

    @property
    def family(self) -> str:
        """The family that the id names.

        >>> CueFigures("cue.warn.warn-of", 1).family
        'warn'
        """
        return family_of(self.cue)


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


def count_by_cue(
    extractions: Iterable[Extraction], judgements: Iterable[Judgement] = ()
) -> tuple[CueFigures, ...]:
    """The figures of every cue that made a claim or was judged, the commonest first.

    A claim counts once for each of its holders, as it does in every score.
    """
    matches: Counter[str] = Counter(
        claim.evidence.source
        for extraction in extractions
        for claim in extraction.claims
        if claim.evidence is not None
    )
    judged: dict[str, Share] = {}
    for one in judgements:
        judged[one.cue] = judged.get(one.cue, Share()) + Share(int(one.right), 1)
    return tuple(
        CueFigures(cue, matches[cue], judged.get(cue, Share()))
        for cue in sorted(
            matches.keys() | judged.keys(),
            key=lambda cue: (-matches[cue], -judged.get(cue, Share()).total, cue),
        )
    )
