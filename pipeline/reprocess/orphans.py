"""Verified claims whose words are no longer in their article: kept, and exported on request."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from pipeline.dataset.reanchor import AnchorState, anchor_decision
from pipeline.dataset.records import Decision, Rule, VerifiedClaim
from pipeline.records import Extraction


def orphan_claims(
    stale: Iterable[Decision], articles: Mapping[str, Extraction], *, rule: Rule
) -> tuple[VerifiedClaim, ...]:
    """The claims that were decided on words which are gone, as they were decided.

    ``stale`` is what the fold could not place. Spans and hash are those of the text that was
    decided on. Those whose sentence was only changed are not among them: they are reviewed again.
    """
    found = []
    for decision in stale:
        article = articles.get(decision.article)
        text = "" if article is None else article.text
        orphan = article is None or anchor_decision(decision, text).state is AnchorState.ORPHAN
        if not orphan or decision.decided is None:
            continue
        found.append(
            VerifiedClaim(
                id=decision.claim,
                article=decision.article,
                text_sha256=decision.text_sha256,
                position=decision.decided,
                sentence=decision.context or decision.decided.cue,
                kind="",
                verdict=decision.verdict,
                reviewers=(decision.reviewer,),
                asked=1,
                rule=rule,
                adjudicated=decision.adjudicates,
                decided_at=decision.decided_at,
                decisions=(decision.id,),
                comments=(decision.comment,) if decision.comment else (),
                shown=decision.claim if decision.shown is not None else None,
                machine=decision.machine,
                anchored=AnchorState.ORPHAN.value,
                metadata={} if article is None else article.metadata,
            )
        )
    return tuple(sorted(found, key=lambda claim: (claim.article, claim.position.cue.start)))
