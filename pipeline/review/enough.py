"""What a workspace's files say of its random sample and of what is unreviewed."""

from __future__ import annotations

from pipeline.dataset.sample import find_sampled, read_readings, readers_of
from pipeline.reprocess.merge import settled_claims
from pipeline.review.survey import Survey, survey
from pipeline.review.units import find_passages
from pipeline.review.work import Workspace, without_duplicates


def read_survey(workspace: Workspace) -> tuple[Survey, int]:
    """What was read of the random sample and what is unreviewed; how many passages are drawn."""
    articles = workspace.articles()
    decisions = workspace.decisions(articles)
    counted = without_duplicates(articles)
    found = survey(
        counted,
        decisions,
        settled=settled_claims(decisions, articles, reviewers=workspace.reviewers or 1),
        read=readers_of(read_readings(workspace.annotations)),
    )
    return found, sum(
        len(find_sampled(one, find_passages(one), workspace.sample)) for one in counted
    )
