"""Rebuilding is a pure function, and what breaks an invariant is found."""

from __future__ import annotations

import json
from pathlib import Path

from pipeline.dataset.fold import fold_decisions
from pipeline.dataset.records import Rule
from pipeline.dataset.verify import find_faults, rebuild
from tests.dataset.build import TEXT, article, chile, decide, peru, position_of, retract, workspace


def test_a_rebuild_is_byte_identical(tmp_path: Path) -> None:
    corpus, annotations = workspace(tmp_path, decide(peru()), decide(chile()))
    path = annotations / "verified.jsonl"
    assert rebuild(corpus, annotations).changed
    first = path.read_bytes()
    path.unlink()
    assert rebuild(corpus, annotations, dry_run=True).decisions == 2
    assert not path.exists()
    rebuild(corpus, annotations)
    assert path.read_bytes() == first
    assert not rebuild(corpus, annotations).changed


def test_a_line_has_all_that_an_analyst_needs(tmp_path: Path) -> None:
    corpus, annotations = workspace(tmp_path, decide(peru(), comment="sure"), decide(chile()))
    result = rebuild(corpus, annotations)
    assert result.faults == ()
    lines = [json.loads(line) for line in (annotations / "verified.jsonl").open()]
    assert [line["cue"]["text"] for line in lines] == ["rejected", "backed"]
    line = lines[1]
    assert line["metadata"]["publisher"] == "The Paper"
    assert line["sentence"]["text"] == "Peru backed the vote."
    assert line["holder"] == {
        "start": 26, "end": 30, "text": "Peru", "entity": "country:PE", "kind": "state",
    }  # fmt: skip
    assert line["machine"]["cue"] == "cue.reject.reject"
    assert line["reviewers"] == ["ana@example.com"]
    assert line["comments"] == ["sure"]


def test_what_breaks_an_invariant_is_named() -> None:
    orphan = retract(decide(chile()))
    articles = {"note": article()}
    decisions = (decide(peru()), orphan)
    fold = fold_decisions(decisions, articles, rule=Rule.FIRST)
    assert [fault for fault in find_faults(decisions, fold, articles) if "takes back" in fault]
    wrong = {"note": article(TEXT.replace("Peru", "Cuba"), ())}
    faults = find_faults((), fold, wrong)
    assert any("do not stand" in fault for fault in faults)
    assert any("no human decision" in fault for fault in faults)


def test_every_verdict_keeps_to_the_schema() -> None:
    added = decide(chile(), "added", decided=position_of(chile()))
    edited = decide(peru(), "edited", decided=position_of(chile()))
    decisions = (added, edited, decide(peru(), "rejected"), decide(peru()), retract(added))
    assert find_faults(decisions, fold_decisions((), {}, rule=Rule.FIRST), {}) == ()
    broken = (decide(peru(), "edited", decided=None),)
    assert find_faults(broken, fold_decisions((), {}, rule=Rule.FIRST), {})
