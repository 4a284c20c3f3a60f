"""Decisions that were coded in DNA come into the ledger, once."""

from __future__ import annotations

from pathlib import Path

from pipeline.dataset.ledger import LEDGER, read_decisions
from pipeline.dataset.records import Rule
from pipeline.export.formats import write_export
from pipeline.export.gather import gather_verified
from tests.cli.running import run_claims
from tests.dataset.build import chile, decide, peru, workspace


def test_a_file_that_was_coded_brings_decisions_once(tmp_path: Path) -> None:
    corpus, annotations = workspace(tmp_path, decide(chile()), decide(peru()))
    write_export(tmp_path / "o.dna", "dna", gather_verified(corpus, annotations, Rule.FIRST))
    call = ("import", "o.dna", "--reviewer", "bo", "--confirm")
    dry = run_claims(*call, "--dry-run", folder=tmp_path)
    assert dry.returncode == 0, dry.stderr
    assert b"2 decisions would be added to the ledger" in dry.stderr
    assert len(read_decisions(annotations / LEDGER)) == 2
    assert run_claims(*call, folder=tmp_path).returncode == 0
    assert len(read_decisions(annotations / LEDGER)) == 4
    again = run_claims(*call, folder=tmp_path)
    assert b"0 decisions added to the ledger, 2 claims unchanged" in again.stderr


def test_what_is_no_database_of_dna_is_refused_and_the_other_file_is_imported(
    tmp_path: Path,
) -> None:
    workspace(tmp_path)
    (tmp_path / "bad.dna").write_bytes(b"text")
    (tmp_path / "in.jsonl").write_text(
        '{"article": "note", "holder": "Peru", "cue": "backed", "stance": "neutral"}\n'
    )
    done = run_claims("import", "bad.dna", "in.jsonl", "--reviewer", "bo", folder=tmp_path)
    assert done.returncode == 1
    assert b"refused: bad.dna" in done.stderr
    assert b"1 imported" in done.stderr
