"""Each decision says by which version of the codebook it was made; older lines stay as they are."""

from __future__ import annotations

import json
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from pipeline.dataset.ledger import append_decisions, line_for, read_decisions
from pipeline.dataset.lines import from_json, to_json, with_id
from pipeline.dataset.records import CODEBOOK, Decision
from pipeline.errors import RecordError
from pipeline.schemas import load_schema
from tests.dataset.build import chile, decide

PAGE = Path(__file__).resolve().parents[2] / "docs" / "codebook.md"
# Where sections 1 and 2 were made clearer only, put the new hash here; where a sentence would be
# coded otherwise than before, raise CODEBOOK and the number on the page too.
DEFINITIONS = ("1", "e1de57fa8dfd6cd7")
OLD_LINE_ID = "d-95aaf0b7455919f3"


def noted(version: str | None = CODEBOOK, **changes: object) -> Decision:
    return with_id(replace(decide(chile()), codebook=version, **changes))


def test_the_page_and_the_program_have_the_same_version() -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert f"This is version {CODEBOOK} of the codebook" in text
    body = text[text.index("## 1. Mentions") : text.index("## 3. Scoring")]
    assert (CODEBOOK, sha256(body.encode()).hexdigest()[:16]) == DEFINITIONS


@pytest.mark.parametrize("version", ["1", "2.1", None])
def test_a_line_comes_back_with_its_codebook_and_keeps_to_the_schema(version: str | None) -> None:
    decision = noted(version)
    record = to_json(decision)
    assert from_json(json.loads(line_for(decision))) == decision
    assert record.get("codebook") == version
    assert record["version"] == (1 if version is None else 3)
    Draft202012Validator(load_schema("decision")).validate(record)


def test_an_older_line_has_the_bytes_and_the_id_that_it_had() -> None:
    record = to_json(decide(chile()))
    assert "codebook" not in record
    assert record["id"] == OLD_LINE_ID


def test_a_carrying_line_may_have_one_too() -> None:
    record = to_json(noted(carries="d-0000000000000000"))
    assert (record["version"], record["carries"]) == (3, "d-0000000000000000")
    assert from_json(record).codebook == CODEBOOK


@pytest.mark.parametrize(("version", "codebook"), [(1, "1"), (2, "1"), (3, None)])
def test_a_version_that_is_not_that_of_its_fields_is_refused(
    tmp_path: Path, version: int, codebook: str | None
) -> None:
    ledger = tmp_path / "decisions.jsonl"
    append_decisions(ledger, [noted(codebook)])
    record = json.loads(ledger.read_text())
    ledger.write_text(json.dumps({**record, "version": version}) + "\n")
    with pytest.raises(RecordError, match=r"decisions\.jsonl:1: field version"):
        read_decisions(ledger)
