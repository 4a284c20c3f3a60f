"""Claims of near-duplicate articles counted once, with no decision lost."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from pipeline.dataset.records import Decision, Position, VerifiedClaim
from pipeline.reading.duplicates import duplicate_of
from pipeline.reading.groups import read_groups
from pipeline.records import Extraction

Words = tuple[str, str, str]


def count_once(
    claims: Iterable[VerifiedClaim],
    decisions: Iterable[Decision],
    articles: Mapping[str, Extraction],
) -> tuple[VerifiedClaim, ...]:
    """The claims in their order, of near-duplicates only what nobody decided on elsewhere.

    A copy is not reviewed, but what was decided on it before another one came to count stands: its
    claim is left out only where somebody decided on the same words in the copy that counts, or in
    another copy. So is every claim of a copy whose counting article is not among ``articles``.
    """
    claims = tuple(claims)
    groups = read_groups((name, article.metadata) for name, article in articles.items())
    copies = {
        claim.article: groups.first_of(claim.article)
        for claim in claims
        if duplicate_of(claim.metadata) is not None
    }
    seen: dict[str, set[Words]] = {first: set() for first in copies.values()}
    for decision in decisions:
        if decision.article in seen:
            for position in filter(None, (decision.shown, decision.decided)):
                seen[decision.article].add(_words_of(position))
    kept = []
    for claim in claims:
        first = copies.get(claim.article)
        if first is not None:
            words = _words_of(claim.position)
            if first == claim.article or words in seen[first]:
                continue
            seen[first].add(words)
        kept.append(claim)
    return tuple(kept)


def _words_of(position: Position) -> Words:
    target = position.target.text if position.target else ""
    holder, cue, target = (
        " ".join(text.lower().split()) for text in (position.holder.text, position.cue.text, target)
    )
    return holder, cue, target
