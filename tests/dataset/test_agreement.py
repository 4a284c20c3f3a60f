"""Agreement of whole claims and of stances."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.dataset.agreement import krippendorff_alpha, measure_agreement
from pipeline.dataset.records import Decision
from pipeline.records import Stance
from tests.dataset.build import article, chile, decide, peru, position_of

NOTE = {"note": article()}
BO = "bo@example.com"


def opposing(reviewer: str) -> Decision:
    edited = replace(position_of(peru()), stance=Stance.OPPOSE)
    return decide(peru(), "edited", decided=edited, reviewer=reviewer)


def test_full_agreement() -> None:
    decisions = [decide(claim, reviewer=name) for claim in (chile(), peru()) for name in ("a", BO)]
    agreement = measure_agreement(decisions, NOTE)
    (pair,) = agreement.pairs
    assert (pair.claims_f1, pair.stance_f1, pair.target_f1) == (1.0, 1.0, 1.0)
    assert (agreement.stance_alpha, agreement.stance_claims) == (pytest.approx(1.0), 2)


def test_a_rejected_claim_costs_a_claim_and_a_stance_costs_alpha() -> None:
    decisions = [
        decide(chile(), reviewer="a"),
        decide(chile(), "rejected", reviewer=BO),
        decide(peru(), reviewer="a"),
        opposing(BO),
    ]
    (pair,) = measure_agreement(decisions, NOTE).pairs
    assert pair.claims == (2, 1)
    assert pair.claims_f1 == pytest.approx(2 / 3)
    assert pair.stance_f1 == 0.0


def test_alpha_is_krippendorffs() -> None:
    # Two coders, two claims: oppose/oppose and support/oppose. Coincidences: o-o 2, s-o 1, o-s 1;
    # Do = 2/4, De = 2·3·1/(4·3): alpha = 1 - 0.5/0.5 = 0.
    decisions = [
        decide(chile(), reviewer="a"), decide(chile(), reviewer=BO),
        decide(peru(), reviewer="a"), opposing(BO),
    ]  # fmt: skip
    assert measure_agreement(decisions, NOTE).stance_alpha == pytest.approx(0.0)


def test_one_reviewer_agrees_with_nobody() -> None:
    agreement = measure_agreement([decide(chile())], NOTE)
    assert (agreement.pairs, agreement.stance_alpha) == ((), None)


def coded(*coders: str) -> list[dict[str, str]]:
    """The units of a reliability matrix: a coder a row, a point where a value is missing."""
    return [
        {str(coder): value for coder, value in enumerate(unit) if value != "."}
        for unit in zip(*(row.split() for row in coders), strict=True)
    ]


# The matrices and results of Krippendorff 2011, sections A to C.
def test_alpha_of_two_coders_and_two_values_is_the_published_one() -> None:
    units = coded("0 1 0 0 0 0 0 0 1 0", "1 1 1 0 0 1 0 0 0 0")
    assert krippendorff_alpha(units) == pytest.approx(0.095, abs=0.0005)


def test_alpha_of_two_coders_and_many_values_is_the_published_one() -> None:
    units = coded("a a b b d c c c e d d a", "b a b b b c c c e d d d")
    assert krippendorff_alpha(units) == pytest.approx(0.692, abs=0.0005)


def test_alpha_of_four_coders_with_missing_values_is_the_published_one() -> None:
    units = coded(
        "1 2 3 3 2 1 4 1 2 . . .",
        "1 2 3 3 2 2 4 1 2 5 . 3",
        ". 3 3 3 2 3 4 2 2 5 1 .",
        "1 2 3 3 2 4 4 1 2 5 1 .",
    )
    assert krippendorff_alpha(units) == pytest.approx(0.743, abs=0.0005)
