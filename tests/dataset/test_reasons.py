"""Why a claim was rejected stands in the ledger, and only there where it was rejected."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from pipeline.dataset.ledger import read_decisions
from pipeline.dataset.lines import from_json, to_json, with_id
from pipeline.dataset.records import Decision, Reason
from pipeline.dataset.verify import rebuild
from pipeline.errors import RecordError
from pipeline.schemas import load_schema
from tests.dataset.build import chile, decide, peru, workspace

SCHEMA = Draft202012Validator(load_schema("decision"))


def rejected(reason: Reason | None) -> Decision:
    return with_id(replace(decide(chile(), "rejected"), reason=reason))


@pytest.mark.parametrize("reason", [None, *Reason])
def test_a_reason_comes_back_and_keeps_to_the_schema(reason: Reason | None) -> None:
    line = to_json(rejected(reason))
    assert from_json(line) == rejected(reason)
    assert SCHEMA.is_valid(line)
    assert ("reason" in line) == (reason is not None)


def test_a_line_without_a_reason_is_the_line_that_it_was() -> None:
    assert to_json(rejected(None)) == to_json(decide(chile(), "rejected"))


@pytest.mark.parametrize("change", [
    {"reason": "boring"}, {"reason": None}, {"reason": 3}, {"version": 3}, {"version": 5},
])  # fmt: skip
def test_what_is_no_reason_or_of_another_version_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(RecordError, match=next(iter(change))):
        from_json({**to_json(rejected(Reason.OTHER)), **change})


def test_what_was_not_rejected_has_no_reason() -> None:
    line = to_json(with_id(replace(decide(chile()), reason=Reason.OTHER)))
    assert not SCHEMA.is_valid(line)
    with pytest.raises(RecordError, match="reason"):
        from_json(line)


def test_a_ledger_with_a_reason_builds_the_same_dataset(tmp_path: Path) -> None:
    corpus, annotations = workspace(tmp_path, rejected(Reason.WRONG_HOLDER), decide(peru()))
    found = {item.claim: item.reason for item in read_decisions(annotations / "decisions.jsonl")}
    assert found == {chile().id: Reason.WRONG_HOLDER, peru().id: None}
    result = rebuild(corpus, annotations)
    assert [claim.id for claim in result.fold.verified] == [peru().id]
