"""What review has come to is counted as ``claims review status`` counts it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.dataset.lines import with_id
from pipeline.dataset.records import Decision, Rule
from pipeline.export.gather import gather_extracted, gather_verified
from pipeline.records import Stance
from pipeline.report.progress import count_decided, read_progress
from pipeline.reprocess.merge import settled_claims
from tests.dataset.build import TEXT, article, chile, decide, peru, position_of, workspace

ELSEWHERE = with_id(replace(decide(peru()), text_sha256="0" * 64))
OTHER_STANCE = with_id(
    replace(decide(peru(), "rejected"), shown=replace(position_of(peru()), stance=Stance.OPPOSE))
)


@pytest.mark.parametrize(
    "decisions",
    [
        (),
        (decide(chile()),),
        (decide(chile()), decide(peru(), "rejected")),
        (decide(chile()), ELSEWHERE),
        (decide(chile()), OTHER_STANCE),
        (decide(chile(), "added", decided=position_of(chile())), decide(peru())),
        (decide(chile(), "edited", decided=replace(position_of(chile()), hedged=True)),),
    ],
)
@pytest.mark.parametrize("text", [TEXT, TEXT.replace("Mexico", "Ecuador"), "Nobody spoke."])
def test_decided_are_the_claims_that_need_no_second_look(
    decisions: tuple[Decision, ...], text: str
) -> None:
    claims = () if text == "Nobody spoke." else None
    articles = {"note": article(text, claims)}
    settled = settled_claims(decisions, articles, reviewers=1)
    found = sum(claim.id in settled for claim in articles["note"].claims)
    assert count_decided(decisions, articles) == found


def test_the_review_is_the_same_whichever_claims_are_shown(tmp_path: Path) -> None:
    corpus, annotations = workspace(tmp_path, decide(chile()), decide(peru(), "rejected"))
    verified = gather_verified(corpus, annotations, Rule.MAJORITY)
    machine = gather_extracted(corpus, annotations)
    found = [read_progress(annotations, one, Rule.MAJORITY) for one in (verified, machine)]
    assert found[0] == found[1]
    assert (found[0].verified, found[0].rejected, found[0].by_reviewer) == (
        1, 1, {"ana@example.com": 2},
    )  # fmt: skip
