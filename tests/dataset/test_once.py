from __future__ import annotations

from dataclasses import replace

from pipeline.dataset.fold import fold_decisions
from pipeline.dataset.once import count_once
from pipeline.dataset.records import Rule
from pipeline.records import Extraction
from tests.dataset.build import article, chile, decide, peru


def test_a_claim_of_a_copy_is_left_out_only_where_it_was_decided_elsewhere() -> None:
    decisions = [decide(chile()), decide(peru())]
    articles = {
        "note": replace(article(), metadata={"duplicate_of": "other"}),
        "other": Extraction(article="other", text="Chile rejected the draft."),
        "third": replace(article(), article="third", metadata={"duplicate_of": "note"}),
    }
    claims = fold_decisions(decisions, articles, rule=Rule.FIRST).verified
    assert len(claims) == 2
    assert count_once(claims, decisions, articles) == claims, "nobody decided in the other one"
    elsewhere = replace(decisions[0], article="other")
    left = count_once(claims, [*decisions, elsewhere], articles)
    assert [claim.position.holder.text for claim in left] == ["Peru"]
    again = [replace(claim, article="third", metadata={"duplicate_of": "note"}) for claim in claims]
    assert count_once([*claims, *again], decisions, articles) == claims, "once, of two copies"
    alone = {"note": articles["note"]}
    assert count_once(claims, decisions, alone) == (), "what it counts as is not in the corpus"
