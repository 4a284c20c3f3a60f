"""Claims of other extractors go to review like the machine's own, and nothing loses them."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from jsonschema import Draft202012Validator

from pipeline.dataset.articles import read_articles, read_extracted
from pipeline.dataset.imported import imported_path, read_imported, sources_of, with_imported
from pipeline.dataset.ledger import LEDGER, append_decisions
from pipeline.dataset.records import Position, Rule
from pipeline.dataset.verify import verify_workspace
from pipeline.errors import RecordError, SettingError
from pipeline.export.formats import write_export
from pipeline.export.gather import Gathered, gather_extracted, gather_verified
from pipeline.files import sha256_of_text
from pipeline.importing.claims import ImportReport, check_source, import_claims
from pipeline.importing.files import fault_of
from pipeline.importing.placing import Placing
from pipeline.importing.quotation import claim_from_record
from pipeline.jsonl import write_extractions
from pipeline.reading.corpus import Corpus
from pipeline.records import Sentence
from pipeline.reprocess.files_of import Workplace
from pipeline.reprocess.remove import remove_article
from pipeline.reprocess.rename import rename_article
from pipeline.reprocess.workspace import merge_workspace
from pipeline.review.work import Workspace, plan_tasks
from pipeline.schemas import load_schema
from tests.dataset.build import (
    TEXT,
    article,
    as_extracted,
    chile,
    decide,
    peru,
    position_of,
    workspace,
)
from tests.export.texts import exports

MEXICO = {
    "article": "note",
    "holder": "Mexico",
    "cue": "met",
    "stance": "neutral",
    "target": "nobody",
}
CHILE = {"article": "note", "holder": "Chile", "cue": "rejected", "stance": "oppose",
         "target": "the draft"}  # fmt: skip


def lines(folder: Path, *claims: dict[str, Any] | str, name: str = "in.jsonl") -> Path:
    path = folder / name
    texts = [claim if isinstance(claim, str) else json.dumps(claim) for claim in claims]
    path.write_text("".join(f"{text}\n" for text in texts), encoding="utf-8")
    return path


def imported(folder: Path, *claims: dict[str, Any] | str, **options: Any) -> ImportReport:
    file = lines(folder, *claims)
    return import_claims(folder / "corpus", folder / "annotations", [file], **options)


def whole(folder: Path) -> tuple[Path, Path]:
    """A workspace whose last sentence is one too."""
    corpus, annotations = workspace(folder)
    base = as_extracted(article())
    found = replace(base, sentences=(*base.sentences[:2], Sentence(48, 66)))
    write_extractions(annotations / "extracted" / "note.jsonl", [found])
    return corpus, annotations


def claims_of(folder: Path) -> list[tuple[str, str, tuple[str, ...]]]:
    found = read_articles(folder / "corpus", folder / "annotations")["note"]
    return [
        (one.holder.span.text_in(TEXT), one.stance.value, sources_of(one)) for one in found.claims
    ]


def test_an_imported_claim_stands_among_the_machines_and_says_where_it_is_from(tmp_path):
    corpus, annotations = whole(tmp_path)
    before = (annotations / "extracted" / "note.jsonl").read_bytes()
    report = imported(tmp_path, MEXICO, source="gpt-x")
    assert (report.read, report.added, report.agreeing, report.refused) == (1, 1, 0, [])
    assert report.unresolved == {"Mexico"}
    assert claims_of(tmp_path) == [
        ("Chile", "oppose", ()),
        ("Peru", "support", ()),
        ("Mexico", "neutral", ("gpt-x",)),
    ]
    assert (annotations / "extracted" / "note.jsonl").read_bytes() == before
    (line,) = imported_path(annotations, "note").read_text(encoding="utf-8").splitlines()
    Draft202012Validator(load_schema("imported")).validate(json.loads(line))
    assert json.loads(line)["file"] == "in.jsonl:1"
    records = list(gather_extracted(corpus, annotations).claims())
    assert [record["machine"]["provenance"].get("imported") for record in records] == [
        None,
        None,
        "gpt-x",
    ]
    assert records[2]["machine"]["provenance"] == {"imported": "gpt-x"}


def test_it_goes_to_review_until_somebody_decides_it(tmp_path):
    corpus, annotations = whole(tmp_path)
    imported(tmp_path, MEXICO, source="gpt-x")
    place = Workspace(corpus, annotations)
    tasks = plan_tasks(place)
    shown = [claim["machine"] for task in tasks for claim in task.data["claims"]]
    assert len(shown) == 3
    assert {"imported": "gpt-x"} in [machine["provenance"] for machine in shown]
    claim = read_articles(corpus, annotations)["note"].claims[2]
    said = decide(claim)
    append_decisions(annotations / LEDGER, [said])
    assert sum(len(task.data["claims"]) for task in plan_tasks(place)) == 2
    (record,) = gather_verified(corpus, annotations, Rule.FIRST).claims()
    assert (record["id"], record["holder"]["text"]) == (claim.id, "Mexico")


def test_a_second_time_changes_nothing(tmp_path):
    _, annotations = whole(tmp_path)
    imported(tmp_path, MEXICO, CHILE)
    before = imported_path(annotations, "note").read_bytes()
    report = imported(tmp_path, MEXICO, CHILE, MEXICO)
    assert (report.added, report.known) == (0, 3)
    assert imported_path(annotations, "note").read_bytes() == before


def test_a_claim_that_the_machine_makes_too_is_one_claim_of_both(tmp_path):
    whole(tmp_path)
    report = imported(tmp_path, {**CHILE, "target": "draft"}, source="b")
    assert (report.added, report.agreeing) == (1, 1)
    assert claims_of(tmp_path) == [("Chile", "oppose", ("b",)), ("Peru", "support", ())]
    (extracted,) = read_extracted(tmp_path / "annotations", on_fault=pytest.fail).values()
    assert extracted.claims[0].evidence.proposers == ("rules", "import:b")
    assert extracted.claims[0].id == as_extracted(article()).claims[0].id


@pytest.mark.parametrize("change", [{"stance": "support"}, {"target": "the draft. Peru"}])
def test_another_reading_is_a_claim_beside_the_machines(tmp_path, change):
    whole(tmp_path)
    report = imported(tmp_path, {**CHILE, **change}, source="b")
    found = [one for one in claims_of(tmp_path) if one[0] == "Chile"]
    if "stance" in change:
        assert (report.agreeing, len(found)) == (0, 2)
        ids = [one.id for one in read_articles(tmp_path / "corpus", tmp_path / "annotations")
               ["note"].claims]  # fmt: skip
        assert len(set(ids)) == 3
    else:
        assert report.agreeing == 1


def test_two_sources_of_one_claim_are_named_on_it(tmp_path):
    whole(tmp_path)
    imported(tmp_path, {**MEXICO, "source": "a"}, {**MEXICO, "source": "b"})
    assert claims_of(tmp_path)[2] == ("Mexico", "neutral", ("a", "b"))


def test_a_dry_run_counts_and_writes_nothing(tmp_path):
    _, annotations = whole(tmp_path)
    assert imported(tmp_path, MEXICO, dry_run=True).added == 1
    assert not (annotations / "imported").exists()


def test_who_the_holder_is_is_what_the_article_says(tmp_path):
    _, annotations = whole(tmp_path)
    imported(tmp_path, {**CHILE, "stance": "support"}, {**MEXICO, "holder": {"text": "Mexico",
             "entity": "country:MX"}})  # fmt: skip
    found = [one.position.entity for one in read_imported(annotations, "note")]
    assert found == ["country:CL", "country:MX"]


@pytest.mark.parametrize(
    ("bad", "says"),
    [
        ("{", "in.jsonl:2: not a JSON object"),
        ("[]", "in.jsonl:2: not a JSON object"),
        ('{"article": "note", "article": "x"}', "stands twice"),
        ({"article": "note"}, "in.jsonl:2: holder, cue, stance are missing"),
        ({**MEXICO, "stance": "against"}, "in.jsonl:2: stance: 'against' is not one of"),
        ({**MEXICO, "topic": "x"}, r"in.jsonl:2: Additional properties .*'topic' was unexpected"),
        ({**MEXICO, "holder": " "}, "in.jsonl:2: holder: "),
        ({**MEXICO, "holder": {"text": "Mexico", "start": 48, "end": 50}}, "not the offsets of 6"),
        ({**MEXICO, "score": 2}, "in.jsonl:2: score: 2 is greater than"),
        ({**MEXICO, "source": ""}, "in.jsonl:2: source: "),
        ({**MEXICO, "article": "noet"}, "in.jsonl:2: article noet: .*did you mean note"),
        ({**MEXICO, "article": "zzz"}, "in.jsonl:2: article zzz: .*claims add"),
        ({**MEXICO, "article": "new"}, "in.jsonl:2: article new: .*claims extract"),
        ({**MEXICO, "article": "bad"}, "in.jsonl:2: article bad: .*cannot be read"),
        (
            {**MEXICO, "target": "anybody"},
            "article note: its target 'anybody' is not in",
        ),
        ({**MEXICO, "text_sha256": "0" * 64}, "in.jsonl:2: not a claim as claims export writes it"),
        ({"article": "note", "text": "x", "claims": [{}]}, "in.jsonl:2: article note, field"),
    ],
)
def test_what_cannot_be_taken_is_named_with_its_line_and_the_rest_goes_on(tmp_path, bad, says):
    corpus, _ = whole(tmp_path)
    (corpus / "new.txt").write_text("Peru left.", encoding="utf-8")
    (corpus / "bad.txt").write_bytes(b"\x00\xff\x00")
    report = imported(tmp_path, MEXICO, bad, CHILE)
    assert (report.added, len(report.refused)) == (2, 1)
    with pytest.raises(AssertionError, match=says):
        raise AssertionError(report.refused[0])


def test_bytes_that_are_no_text_are_named(tmp_path):
    whole(tmp_path)
    path = tmp_path / "in.jsonl"
    path.write_bytes(b"\xff\n" + json.dumps(MEXICO).encode() + b"\n")
    report = import_claims(tmp_path / "corpus", tmp_path / "annotations", [path])
    assert report.added == 1
    assert report.refused[0].startswith(f"{path}:1: byte 0 is not UTF-8")


@pytest.mark.parametrize("name", ["", " ", "x" * 81, "a\nb", "a\u202eb"])
def test_a_source_has_a_name_that_is_seen(name):
    with pytest.raises(SettingError, match="cannot be called"):
        check_source(name)


def test_in_an_edited_article_a_claim_is_found_again(tmp_path):
    corpus, annotations = whole(tmp_path)
    imported(tmp_path, MEXICO, {**CHILE, "stance": "support"})
    text = f"News.\n{TEXT.replace('rejected', 'has not rejected')}"
    (corpus / "note.txt").write_text(text, encoding="utf-8")
    sentences = (Sentence(0, 5), Sentence(6, 39), Sentence(40, 61), Sentence(62, 80))
    found = replace(article(text, ()), sentences=sentences)
    write_extractions(annotations / "extracted" / "note.jsonl", [as_extracted(found)])
    claims = read_articles(corpus, annotations)["note"].claims
    assert [one.cue.text_in(text) for one in claims] == ["met"]
    proof, result = verify_workspace(corpus, annotations)
    assert proof.faults == []
    assert result is not None
    assert any("1 imported claim not found again" in note for note in proof.notes)
    report = imported(tmp_path, MEXICO, {**CHILE, "stance": "support"})
    assert (report.added, report.known) == (1, 1)


def test_what_people_see_of_a_workspace_counts_it_as_it_is(tmp_path):
    _, annotations = whole(tmp_path)
    assert merge_workspace(annotations).to_review() == 2
    imported(tmp_path, MEXICO)
    assert merge_workspace(annotations).to_review() == 3


def test_a_line_that_is_broken_is_named_by_whoever_reads_it(tmp_path):
    corpus, annotations = whole(tmp_path)
    imported(tmp_path, MEXICO)
    path = imported_path(annotations, "note")
    path.write_text(path.read_text(encoding="utf-8").replace('"neutral"', '"no"'), encoding="utf-8")
    with pytest.raises(RecordError, match=r"note.jsonl:1: field stance"):
        read_articles(corpus, annotations)
    faults: list[str] = []
    assert read_extracted(annotations, on_fault=faults.append) == {}
    assert "note.jsonl:1" in faults[0]
    proof, _ = verify_workspace(corpus, annotations)
    assert "note.jsonl:1: field stance" in proof.faults[0]
    assert merge_workspace(annotations, on_fault=faults.append).articles == ()


def test_words_that_do_not_stand_there_are_a_fault(tmp_path):
    corpus, annotations = whole(tmp_path)
    imported(tmp_path, MEXICO)
    path = imported_path(annotations, "note")
    path.write_text(path.read_text(encoding="utf-8").replace('"met"', '"let"'), encoding="utf-8")
    proof, _ = verify_workspace(corpus, annotations)
    assert "do not stand in the text" in proof.faults[0]
    assert len(read_articles(corpus, annotations)["note"].claims) == 2


def test_a_renamed_article_keeps_its_imports_and_a_removed_one_does_not(tmp_path):
    corpus, annotations = whole(tmp_path)
    imported(tmp_path, MEXICO)
    place = Workplace(Corpus(corpus), annotations)
    rename_article(place, "note", "other")
    assert not imported_path(annotations, "note").exists()
    assert len(read_articles(corpus, annotations)["other"].claims) == 3
    assert imported(tmp_path, MEXICO).known == 1  # by its former id
    remove_article(place, "other")
    assert not imported_path(annotations, "other").exists()


@pytest.mark.parametrize(
    ("name", "file"),
    [("jsonl", "out.jsonl"), ("gold", "gold.jsonl"), ("web-annotation", "o.jsonld")],
)
def test_verified_claims_of_another_workspace_come_as_proposals(tmp_path, name, file):
    here, there = tmp_path / "here", tmp_path / "there"
    for folder in (here, there):
        folder.mkdir()
        whole(folder)
    decided = replace(position_of(peru()), hedged=True, target=None)
    corpus, annotations = workspace(
        there, decide(chile()), decide(peru(), "edited", decided=decided)
    )
    path = there / file
    write_export(path, name, gather_verified(corpus, annotations, Rule.FIRST))
    report = import_claims(here / "corpus", here / "annotations", [path])
    assert (report.read, report.added, report.agreeing, report.refused) == (2, 2, 1, [])
    found = [one.position for one in read_imported(here / "annotations", "note")]
    assert found == [position_of(chile()), decided]
    again = import_claims(here / "corpus", here / "annotations", [path])
    assert (again.added, again.known) == (0, 2)


@settings(max_examples=50, deadline=None)
@given(exports())
def test_any_exported_claim_finds_its_place(gathered: Gathered) -> None:
    for record in gathered.claims():
        extraction = gathered.articles[record["article"]]
        claim = claim_from_record(record, text=extraction.text, place="x:1", source="x")
        position, context = Placing(extraction).place(claim)
        assert position == _position(record, extraction.text)
        assert context.stands_in(extraction.text)


def _position(record: dict[str, Any], text: str) -> Position:
    from pipeline.export.gold import claim_of
    from pipeline.export.rows import position_of as position_in

    assert sha256_of_text(text) == record["text_sha256"]
    return position_in(claim_of(record), text)


@pytest.mark.parametrize("twice", [False, True])
def test_a_record_of_another_text_is_looked_for_by_its_words(tmp_path, twice):
    from pipeline.export.rows import machine_records

    _, annotations = whole(tmp_path)
    (first, second) = machine_records([article()])
    if twice:
        first["holder"] = {**first["holder"], "start": 9, "end": 10, "text": "e"}
    for record in (first, second):
        record["text_sha256"] = "0" * 64
    report = imported(tmp_path, first, second)
    assert (report.added, len(report.refused)) == ((1, 1) if twice else (2, 0))
    found = [one.position for one in read_imported(annotations, "note")]
    assert found == [position_of(chile()), position_of(peru())][twice:]


def test_the_schema_is_one_and_its_example_is_taken():
    Draft202012Validator.check_schema(load_schema("import"))
    Draft202012Validator.check_schema(load_schema("imported"))
    assert fault_of(MEXICO) == ""
    full = {**MEXICO, "sentence": "Mexico met nobody.", "occurrence": 1, "attribution": None,
            "form": "action", "negated": True, "hedged": False, "score": 0.5,
            "source": "gpt 5 (x)"}  # fmt: skip
    assert fault_of(full) == ""


def test_an_article_that_was_not_extracted_has_no_imports_yet():
    bare = replace(article(), sentences=())
    assert with_imported(bare, ()) is bare


def test_what_a_file_is_is_told_by_what_is_in_it(tmp_path):
    whole(tmp_path)
    path = tmp_path / "claims.json"
    corpus, annotations = workspace(tmp_path, decide(chile()))
    write_export(path, "web-annotation", gather_verified(corpus, annotations, Rule.FIRST))
    assert import_claims(corpus, annotations, [path]).added == 1
    path.write_text(json.dumps(json.loads(path.read_text("utf-8")), indent=2), encoding="utf-8")
    assert import_claims(corpus, annotations, [path]).known == 1
    path.write_text(json.dumps({**MEXICO, "holder": '"@context"'}), encoding="utf-8")
    assert "is not in the text" in import_claims(corpus, annotations, [path]).refused[0]
    path.write_text(json.dumps([MEXICO]), encoding="utf-8")
    assert (
        "one JSON array; write a line a claim"
        in import_claims(corpus, annotations, [path]).refused[0]
    )
    path.write_text('{"@context": 1}', encoding="utf-8")
    assert "not an annotation of a claim" in import_claims(corpus, annotations, [path]).refused[0]
