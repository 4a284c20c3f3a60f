"""How far reviewers agree: on claims as whole tuples, and on stance."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from pipeline.dataset.ledger import read_ones
from pipeline.dataset.records import Decision, to_claim
from pipeline.evaluation.match import SentencePlaces, match_claims, targets_agree
from pipeline.evaluation.tokens import TokenIndex
from pipeline.records import Claim, Extraction


@dataclass(frozen=True, slots=True)
class Pairwise:
    """Two reviewers on the units that both judged: F1 as in the codebook's section 3.

    The F1s are of claims, claims + stance, and claims + stance + target; None where neither
    reviewer left a claim standing.
    """

    reviewers: tuple[str, str]
    units: int
    claims: tuple[int, int]
    claims_f1: float | None
    stance_f1: float | None
    target_f1: float | None


@dataclass(frozen=True, slots=True)
class Agreement:
    """The agreement of all reviewers; ``stance_alpha`` is Krippendorff's, nominal.

    ``stance_alpha`` is None where fewer than two reviewers gave a stance to the same claim.
    """

    pairs: tuple[Pairwise, ...]
    stance_alpha: float | None
    stance_claims: int


def measure_agreement(
    decisions: Iterable[Decision], articles: Mapping[str, Extraction]
) -> Agreement:
    """The agreement of reviewers as reviewers: what an adjudicator ruled does not count.

    Nor does what was taken in bulk: nobody read it.
    """
    read = read_ones(decisions)
    votes = [item for item in read if not item.adjudicates]
    by_reviewer: dict[str, dict[str, list[Decision]]] = defaultdict(lambda: defaultdict(list))
    for vote in votes:
        by_reviewer[vote.reviewer][vote.origin.unit].append(vote)
    pairs = []
    for one, other in combinations(sorted(by_reviewer), 2):
        shared = sorted(by_reviewer[one].keys() & by_reviewer[other].keys())
        if shared:
            sides = [[by_reviewer[name][unit] for unit in shared] for name in (one, other)]
            pairs.append(_pairwise((one, other), sides[0], sides[1], articles))
    alpha, count = _stance_alpha(votes)
    return Agreement(tuple(pairs), alpha, count)


def _pairwise(
    reviewers: tuple[str, str],
    one: Sequence[Sequence[Decision]],
    other: Sequence[Sequence[Decision]],
    articles: Mapping[str, Extraction],
) -> Pairwise:
    matched = with_stance = with_target = 0
    sizes = [0, 0]
    for left, right in zip(one, other, strict=True):
        article = articles.get(left[0].article)
        if article is None:
            continue
        claims = [_claims_of(side, article) for side in (left, right)]
        sizes[0] += len(claims[0])
        sizes[1] += len(claims[1])
        index = TokenIndex(article.text)
        places = SentencePlaces(article.sentences)
        for a, b in match_claims(claims[0], claims[1], index, places):
            matched += 1
            same = claims[0][a].stance is claims[1][b].stance
            with_stance += same
            with_target += same and targets_agree(claims[0][a].target, claims[1][b].target, index)
    total = sum(sizes)
    scores = [2 * n / total if total else None for n in (matched, with_stance, with_target)]
    return Pairwise(reviewers, len(one), (sizes[0], sizes[1]), *scores)


def _claims_of(decisions: Sequence[Decision], article: Extraction) -> list[Claim]:
    return [
        to_claim(item.claim, item.decided)
        for item in decisions
        if item.decided is not None and item.decided.stands_in(article.text)
    ]


def _stance_alpha(votes: Sequence[Decision]) -> tuple[float | None, int]:
    """Krippendorff's alpha over the claims that two or more gave a stance to, and their number."""
    table: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    for vote in votes:
        if vote.decided is not None:
            table[vote.article, vote.claim][vote.reviewer] = vote.decided.stance.value
    rows = [row for _, row in sorted(table.items()) if len(row) > 1]
    if not rows:
        return None, 0
    if len({stance for row in rows for stance in row.values()}) == 1:
        return 1.0, len(rows)  # nothing was seen to vary: alpha is 0/0, and nobody disagreed
    return krippendorff_alpha(rows), len(rows)


def krippendorff_alpha(units: Sequence[Mapping[str, str]]) -> float:
    """Krippendorff's alpha for nominal values; each unit maps a coder to the value it gave.

    A coder may be missing from a unit. Two different values at least must occur.

    Source: Krippendorff 2011, *Computing Krippendorff's Alpha-Reliability*, section C.
    """
    from nltk.metrics.agreement import AnnotationTask

    data = [
        (coder, str(unit), value)
        for unit, values in enumerate(units)
        for coder, value in values.items()
    ]
    return float(AnnotationTask(data=data).alpha())
