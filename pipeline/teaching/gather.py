"""The decided articles of a workspace: what its ledger says, passage by passage."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from pipeline.dataset.fold import fold_decisions
from pipeline.dataset.ledger import read_ones
from pipeline.dataset.reanchor import anchor_decision
from pipeline.dataset.records import Decision, Rule, to_claim
from pipeline.records import Claim, Extraction, Span
from pipeline.review.units import find_passages
from pipeline.teaching.decided import Decided, decide


def gather(
    decisions: Iterable[Decision], articles: Mapping[str, Extraction], *, rule: Rule
) -> tuple[Decided, ...]:
    """Each article that has a passage of which all claims were decided, in the order of ids.

    What stands is what the ``rule`` verifies; a decision whose words are no longer in the article
    counts for nothing, nor does one that was taken with many others, unread.
    """
    told = tuple(one for one in decisions if one.bulk is None)
    standing = read_ones(told)
    claims = _claims(told, articles, rule)
    whole = _whole_units(standing)
    by_article: dict[str, list[Decision]] = defaultdict(list)
    for one in standing:
        if one.origin.unit in whole and one.article in articles:
            by_article[one.article].append(one)
    found = (_decide(articles[name], claims[name], own) for name, own in sorted(by_article.items()))
    return tuple(one for one in found if one.passages)


def _claims(
    decisions: tuple[Decision, ...], articles: Mapping[str, Extraction], rule: Rule
) -> Mapping[str, list[Claim]]:
    found: dict[str, list[Claim]] = defaultdict(list)
    for one in fold_decisions(decisions, articles, rule=rule).verified:
        found[one.article].append(to_claim(one.id, one.position))
    return found


def _whole_units(standing: Iterable[Decision]) -> frozenset[str]:
    """The passages of which every claim that was shown has a decision."""
    shown: dict[str, set[str]] = defaultdict(set)
    asked: Counter[str] = Counter()
    for one in standing:
        unit = one.origin.unit
        asked[unit] = max(asked[unit], one.unit_claims)
        if one.shown is not None:
            shown[unit].add(one.claim)
    return frozenset(unit for unit, count in asked.items() if count <= len(shown[unit]))


def _decide(article: Extraction, claims: Iterable[Claim], own: Iterable[Decision]) -> Decided:
    passages = find_passages(article)
    spans: list[Span] = []
    for one in own:
        place = anchor_decision(one, article.text).position
        if place is not None:
            start = place.cue.start
            spans += [span for span in passages if span.start <= start < span.end]
    return decide(article, claims, spans, len({one.id for one in own}))
