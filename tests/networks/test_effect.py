"""How much a decision can change the network of actors and concepts."""

from __future__ import annotations

import pytest

from pipeline.concepts.statements import Statement
from pipeline.networks.effect import find_effects
from pipeline.records import Stance


def said(claim: str, actor: str | None, concept: str | None, stance: str) -> Statement:
    return Statement(
        claim, "note", None, actor, actor or "they", "", None, concept, "", Stance(stance)
    )


STATEMENTS = [
    said("sole", "A", "ban", "support"),
    said("many-1", "B", "ban", "support"),
    said("many-2", "B", "ban", "support"),
    said("many-3", "B", "ban", "support"),
    said("tie-1", "C", "ban", "support"),
    said("tie-2", "C", "ban", "oppose"),
    said("both", "D", "ban", "support"),
    said("both", "D", "tax", "oppose"),
    said("neutral", "E", "ban", "neutral"),
    said("bare", "E", None, "support"),
    said("nobody", None, "ban", "support"),
]


def test_a_claim_counts_by_what_falls_with_it_and_by_how_likely_that_is() -> None:
    names = {one.claim for one in STATEMENTS}
    found = find_effects(STATEMENTS, dict.fromkeys(names, 0.75))
    expected = {
        "sole": 2.0,  # the tie is no more
        "many-1": 1.0, "many-2": 1.0, "many-3": 1.0,  # one of three
        "tie-1": 2.0, "tie-2": 2.0,  # as much for as against becomes one side
        "both": 4.0,  # two ties
        "neutral": 0.0, "bare": 0.0, "nobody": 0.0,
    }  # fmt: skip
    assert found == {claim: pytest.approx(0.25 * change) for claim, change in expected.items()}
    sure = find_effects(STATEMENTS, {"sole": 1.0, "many-1": 0.0})
    assert sure == {"sole": 0.0, "many-1": 1.0}


def test_what_was_decided_counts_in_the_weights_and_has_no_effect_of_its_own() -> None:
    decided = [said(f"d{number}", "A", "ban", "support") for number in range(3)]
    assert find_effects([*decided, STATEMENTS[0]], {"sole": 0.5}) == {"sole": 0.5}
