"""What must hold of every extraction is proved, and what does not is named by file and line."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from pipeline.dataset.extracted import Proof, prove_extractions
from pipeline.dataset.ledger import LEDGER
from pipeline.dataset.verify import rebuild, verify_workspace
from pipeline.jsonl import write_extractions
from pipeline.records import Sentence
from tests.dataset.build import (
    TEXT,
    article,
    as_extracted,
    chile,
    claim_of,
    decide,
    workspace,
)

Json = dict[str, Any]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    workspace(tmp_path, decide(chile()))
    return tmp_path


def extraction_of(folder: Path) -> Path:
    return folder / "annotations" / "extracted" / "note.jsonl"


def prove(folder: Path) -> Proof:
    return prove_extractions(folder / "corpus", folder / "annotations")


def test_what_the_machine_wrote_holds_and_is_counted(folder: Path) -> None:
    proof = prove(folder)
    assert (proof.faults, proof.notes, proof.unread) == ([], [], 0)
    assert (proof.extractions, proof.mentions, proof.claims, proof.unextracted) == (1, 2, 2, 0)
    assert proof.spans == 3 + 2 + 2 * 3  # sentences, mentions, holders with cues and targets
    assert proof.articles["note"].metadata["publisher"] == "The Paper"


def edit_span(record: Json) -> None:
    record["claims"][0]["cue"]["end"] = len(TEXT) + 1


def empty_span(record: Json) -> None:
    record["mentions"][1]["end"] = record["mentions"][1]["start"]


def move_span(record: Json) -> None:
    record["claims"][1]["target"]["start"] += 4


def forge_id(record: Json) -> None:
    record["claims"][1]["id"] = "0" * 16


def swap_ids(record: Json) -> None:
    one, other = record["claims"]
    one["id"], other["id"] = other["id"], one["id"]


def take_rules(record: Json) -> None:
    record["claims"][0]["evidence"]["rules"] = []


def take_evidence(record: Json) -> None:
    record["claims"][0]["evidence"] = None


def take_provenance(record: Json) -> None:
    del record["provenance"]


def take_model(record: Json) -> None:
    del record["provenance"]["model"]


def empty_lexicon(record: Json) -> None:
    record["provenance"]["lexicon_sha256"] = ""


def no_hash(record: Json) -> None:
    record["provenance"]["lexicon_sha256"] = "the newest"


def another_text(record: Json) -> None:
    record["text"] = record["text"].replace("Chile", "China")


def another_article(record: Json) -> None:
    record["article"] = "other"


def unknown_key(record: Json) -> None:
    record["claims"][0]["confidence"] = 1


def empty_entity(record: Json) -> None:
    record["mentions"][0]["entity"] = ""


@pytest.mark.parametrize(
    ("damage", "fault"),
    [
        (edit_span, r"claims\[0\]\.cue: span 6–\d+ does not lie in"),
        (empty_span, r"mentions\[1\]: span 26–26 does not lie in"),
        (move_span, r"claim \w+ should be \w+ by its words \(1 such\)"),
        (forge_id, r"claim 0{16} should be \w{16} by its words"),
        (swap_ids, r"by its words \(2 such\)"),
        (take_rules, r"names no cue or no rule"),
        (take_evidence, r"names no cue or no rule"),
        (take_provenance, r"provenance is missing"),
        (take_model, r"field provenance\.model: is missing"),
        (empty_lexicon, r"provenance\.lexicon_sha256 is empty"),
        (no_hash, r"'the newest', which is no SHA-256"),
        (another_text, r"provenance\.text_sha256: is not that of the text"),
        (another_article, r"is of article 'other', which is not the name of the file"),
        (unknown_key, r"\$\.claims\[0\].*'confidence' was unexpected"),
        (empty_entity, r"\$\.mentions\[0\]\.entity '' "),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_what_breaks_an_invariant_is_named_by_file_and_line(
    folder: Path, damage: Callable[[Json], None], fault: str
) -> None:
    path = extraction_of(folder)
    record = json.loads(path.read_text(encoding="utf-8"))
    damage(record)
    path.write_text(json.dumps(record, ensure_ascii=False) + "\n", encoding="utf-8")
    found = prove(folder).faults
    assert any(re.search(fault, one) for one in found), found
    for one in found:
        assert one.startswith(f"{path}:1: ")
        assert one.endswith("run: claims extract --force")


@pytest.mark.parametrize("damage", [b"", b"{", b"\xff\n", b"[]\n"])
def test_a_file_that_cannot_be_read_stops_the_rebuild_and_changes_nothing(
    folder: Path, damage: bytes
) -> None:
    rebuild(folder / "corpus", folder / "annotations")
    verified = folder / "annotations" / "verified.jsonl"
    before = verified.read_bytes()
    extraction_of(folder).write_bytes(damage)
    proof, result = verify_workspace(folder / "corpus", folder / "annotations")
    assert (proof.unread, result, len(proof.faults)) == (1, None, 1)
    assert str(extraction_of(folder)) in proof.faults[0]
    assert verified.read_bytes() == before


def test_two_extractions_in_one_file_are_named(folder: Path) -> None:
    path = extraction_of(folder)
    path.write_bytes(path.read_bytes() * 2)
    assert "has 2 extractions and not one" in prove(folder).faults[0]


def test_an_article_that_cannot_be_read_is_named_and_the_others_are_proved(folder: Path) -> None:
    (folder / "corpus" / "odd.txt").write_bytes(b"Peru\r\nagreed.\r\n")
    proof = prove(folder)
    assert (proof.unread, proof.extractions) == (1, 1)
    assert "odd" in proof.faults[0]


def test_an_id_that_is_no_article_id_is_named(folder: Path) -> None:
    odd = as_extracted(replace(article(), article="No_id"))
    write_extractions(extraction_of(folder).with_name("No_id.jsonl"), [odd])
    assert "No_id.jsonl:1: 'No_id' cannot be an article's id" in prove(folder).faults[0]


def test_what_the_next_run_mends_is_noted_and_no_fault(folder: Path) -> None:
    (folder / "corpus" / "note.txt").write_text(f"{TEXT} More.\n")
    (folder / "corpus" / "new.txt").write_text("Peru agreed.\n")
    gone = as_extracted(replace(article(), article="gone"))
    write_extractions(extraction_of(folder).with_name("gone.jsonl"), [gone])
    left = folder / "annotations" / "extracted" / ".note.jsonl.0123456789ab.tmp"
    left.write_text("{")
    ledger = folder / "annotations" / LEDGER
    ledger.write_bytes(ledger.read_bytes() + b'{"half')
    proof, result = verify_workspace(folder / "corpus", folder / "annotations")
    assert (proof.faults, proof.unextracted, proof.extractions) == ([], 1, 2)
    assert result is not None
    words = ("earlier text", "gone.jsonl: its article is not in", left.name, "no newline")
    for note, expected in zip(proof.notes, words, strict=True):
        assert expected in note


def test_words_that_come_twice_and_signs_beyond_the_plane_have_their_ids(folder: Path) -> None:
    text = "😀 Chile rejected it\u2028and Chile rejected it. Chile rejected it."
    claims = tuple(
        claim_of("Chile", "rejected", "oppose", "it", "country:CL", text) for _ in range(2)
    )
    second = text.rindex("Chile")
    last = replace(
        claims[1],
        holder=replace(claims[1].holder, start=second, end=second + 5),
        cue=replace(claims[1].cue, start=second + 6, end=second + 14),
        target=None,
    )
    sentences = (Sentence(0, text.index(". ") + 1), Sentence(text.index(". ") + 2, len(text)))
    bare = replace(article(text, (claims[0], last)), sentences=sentences)
    (folder / "corpus" / "note.txt").write_text(text, encoding="utf-8")
    write_extractions(extraction_of(folder), [as_extracted(bare)])
    proof = prove(folder)
    assert (proof.faults, proof.claims) == ([], 2)


def test_two_holders_on_one_span_have_numbered_ids(folder: Path) -> None:
    one, _ = as_extracted(article()).claims
    other = replace(one, holder=replace(one.holder, entity="country:PE"), id=f"{one.id}-2")
    both = replace(as_extracted(article()), claims=(one, other))
    write_extractions(extraction_of(folder), [both])
    assert prove(folder).faults == []


def test_an_extraction_from_elsewhere_that_keeps_to_the_schema_is_taken(folder: Path) -> None:
    path = extraction_of(folder)
    record = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps(record, sort_keys=True) + "\n")
    assert prove(folder).faults == []
