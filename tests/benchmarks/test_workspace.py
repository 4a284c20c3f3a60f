"""The workspace of the benchmark of exports is one that ``claims`` finds nothing wrong with."""

from __future__ import annotations

from pathlib import Path

from benchmarks.workspace import CLAIMS_OF_AN_ARTICLE, commands, make_workspace, measure_command
from pipeline.dataset.ledger import LEDGER
from pipeline.dataset.verify import verify_workspace
from pipeline.export.formats import FORMATS


def test_every_claim_is_decided_and_everything_holds(tmp_path: Path) -> None:
    claims = 2 * CLAIMS_OF_AN_ARTICLE + 3
    make_workspace(tmp_path, claims)
    proof, result = verify_workspace(tmp_path / "corpus", tmp_path / "annotations")
    assert proof.faults == proof.notes == []
    assert result is not None
    assert (result.faults, result.decisions, len(result.fold.verified)) == ((), claims, claims)
    assert {claim.verdict.value for claim in result.fold.verified} == {"accepted", "edited"}


def test_a_command_is_measured_in_a_process_of_its_own(tmp_path: Path) -> None:
    make_workspace(tmp_path, 30)
    words = dict(commands(None))
    others = ["verify", "networks", "report", "rules", "entities --suggest"]
    assert [*words] == [*(f"export -f {name}" for name in FORMATS), *others]
    found = measure_command(tmp_path, "export -f csv", words["export -f csv"])
    assert (found["command"], found["exit"]) == ("claims export -f csv", 0)
    assert found["written_megabytes"] > 0
    written = (tmp_path / "out" / "claims.csv").read_text(encoding="utf-8")
    assert all(label in written for label in ("Treaty", "Arms exports", "Trade rules"))
    assert 0 < found["megabytes"] < 1000
    ledger = tmp_path / "annotations" / LEDGER
    assert len(ledger.read_text(encoding="utf-8").splitlines()) == 30
