"""The cost of each component is told apart, and all of them add up."""

from __future__ import annotations

import pytest

from benchmarks.cost import BARE, INSIDE, lines_of, measure_costs
from pipeline.extraction.coreference import Resolver
from pipeline.lexicon.settings import FAST, FULL

TEXTS = ("Chile rejected the draft. “We oppose it,” its minister said.", "Peru backed the ban.")


def test_each_component_has_its_cost_and_nothing_stays_timed() -> None:
    resolve = Resolver.resolve
    table = measure_costs(TEXTS, rounds=1)
    assert {"tok2vec", "parser", "ner", "lemmas", "attribute rules"} <= set(table.costs[BARE])
    assert {"mentions", INSIDE, "claims: rules", "claims: settle"} <= set(table.costs[FAST])
    assert "claims: reader" in table.costs[FULL]
    assert all(cost >= 0 for cost in table.costs[FULL].values())
    parts = {name: cost for name, cost in table.costs[FAST].items() if name != INSIDE}
    assert table.whole(FAST) == pytest.approx(sum(parts.values()))
    assert Resolver.resolve is resolve
    assert sum(line.startswith("claims: rules") for line in lines_of(table)) == 1
