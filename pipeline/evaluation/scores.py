"""Precision, recall and F1 of codebook §3, an article at a time and over all of them.

Where there is nothing to find and nothing was found, precision, recall and F1 are 1: silence was
right. Where only one side is empty they are 0. Totals add the counts of all articles (micro), so
an empty article moves no total.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from functools import reduce
from operator import add

from pipeline.evaluation.match import Alignment
from pipeline.records import Stance


@dataclass(frozen=True, slots=True)
class Counts:
    """How many were matched, of how many gold and how many predicted."""

    matched: int = 0
    gold: int = 0
    predicted: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            self.matched + other.matched,
            self.gold + other.gold,
            self.predicted + other.predicted,
        )

    @property
    def precision(self) -> float:
        """The share of the predicted that is right.

        >>> Counts(matched=1, gold=4, predicted=2).precision
        0.5
        """
        return self.matched / self.predicted if self.predicted else float(self.gold == 0)

    @property
    def recall(self) -> float:
        """The share of the gold that was found.

        >>> Counts(matched=1, gold=4, predicted=2).recall
        0.25
        """
        return self.matched / self.gold if self.gold else float(self.predicted == 0)

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall.

        >>> Counts(matched=2, gold=3, predicted=5).f1
        0.5
        """
        total = self.gold + self.predicted
        return 2 * self.matched / total if total else 1.0


@dataclass(frozen=True, slots=True)
class Share:
    """How many of a number are right; ``rate`` is None where there were none to judge."""

    right: int = 0
    total: int = 0

    def __add__(self, other: Share) -> Share:
        return Share(self.right + other.right, self.total + other.total)

    @property
    def rate(self) -> float | None:
        """The share that is right, or None of none."""
        return self.right / self.total if self.total else None


@dataclass(frozen=True, slots=True)
class Scores:
    """Every figure of codebook §3; ``+`` adds the counts of two articles.

    ``polarity_reversals`` are matched claims with support for oppose or the reverse,
    ``role_reversals`` predicted claims whose holder and target changed places.
    """

    mentions_exact: Counts = Counts()
    mentions_overlap: Counts = Counts()
    linking: Share = Share()
    claims: Counts = Counts()
    claims_stance: Counts = Counts()
    claims_stance_target: Counts = Counts()
    polarity_reversals: int = 0
    role_reversals: int = 0

    def __add__(self, other: Scores) -> Scores:
        return Scores(
            **{
                field.name: getattr(self, field.name) + getattr(other, field.name)
                for field in fields(self)
            }
        )


def score_alignment(alignment: Alignment) -> Scores:
    """The scores of one article."""
    gold, predicted = alignment.gold, alignment.predicted
    stances = [
        (pair, gold.claims[pair[0]].stance, predicted.claims[pair[1]].stance)
        for pair in alignment.claims
    ]
    agreeing = [pair for pair, one, other in stances if one is other]
    with_target = [pair for pair in agreeing if pair in alignment.target_agreements]

    def of_mentions(matched: int) -> Counts:
        return Counts(matched, len(gold.mentions), len(predicted.mentions))

    def of_claims(matched: int) -> Counts:
        return Counts(matched, len(gold.claims), len(predicted.claims))

    return Scores(
        mentions_exact=of_mentions(len(alignment.exact_mentions)),
        mentions_overlap=of_mentions(len(alignment.overlapping_mentions)),
        linking=_score_linking(alignment),
        claims=of_claims(len(alignment.claims)),
        claims_stance=of_claims(len(agreeing)),
        claims_stance_target=of_claims(len(with_target)),
        polarity_reversals=sum(
            one is other.opposite and one is not Stance.NEUTRAL for _, one, other in stances
        ),
        role_reversals=len(alignment.role_reversals),
    )


def _score_linking(alignment: Alignment) -> Share:
    """Matched mentions (by overlap) with a gold entity, and how many have that entity."""
    entities = [
        (alignment.gold.mentions[g].entity, alignment.predicted.mentions[p].entity)
        for g, p in alignment.overlapping_mentions
        if alignment.gold.mentions[g].entity is not None
    ]
    return Share(sum(gold == predicted for gold, predicted in entities), len(entities))


def sum_scores(scores: Iterable[Scores]) -> Scores:
    """The scores over all articles, by adding their counts."""
    return reduce(add, scores, Scores())
