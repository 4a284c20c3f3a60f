from __future__ import annotations

from pathlib import Path

from pipeline.dataset.ledger import LEDGER, append_decisions
from pipeline.dataset.records import Rule
from pipeline.jsonl import write_extractions
from pipeline.reprocess.orphans import orphan_claims
from pipeline.reprocess.workspace import merge_workspace
from tests.dataset.build import article, chile, decide, peru

GONE = "Mexico met nobody."


def test_orphans_are_what_is_gone_not_what_was_changed() -> None:
    changed = article("Chile has rejected the draft.\n" + GONE, ())
    decisions = [decide(chile()), decide(peru()), decide(chile(), "rejected", reviewer="eva@x.org")]
    (orphan,) = orphan_claims(decisions, {"note": changed}, rule=Rule.FIRST)
    assert (orphan.id, orphan.anchored) == (peru().id, "orphan")
    assert orphan.sentence.text == "Peru backed the vote."
    both = orphan_claims(decisions, {}, rule=Rule.FIRST)
    assert [claim.id for claim in both] == [chile().id, peru().id]


def test_the_merge_of_a_workspace_names_articles_that_are_gone(tmp_path: Path) -> None:
    write_extractions(tmp_path / "extracted" / "other.jsonl", [])
    append_decisions(tmp_path / LEDGER, [decide(chile()), decide(peru())])
    merged = merge_workspace(tmp_path)
    assert len(merged.orphans()) == 2
    assert merged.counts() == {"decision orphan": 2}
    write_extractions(tmp_path / "extracted" / "note.jsonl", [article()])
    merged = merge_workspace(tmp_path)
    assert merged.orphans() == ()
    assert merged.counts() == {"decision exact": 2, "machine same": 2}
    assert merged.to_review() == 0
