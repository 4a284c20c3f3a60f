"""Exports that mark spans in texts come back as they were, whatever the texts are made of."""

from __future__ import annotations

import json
import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from pipeline.dataset.fold import fold_decisions
from pipeline.dataset.ledger import LEDGER, append_decisions
from pipeline.dataset.lines import with_id
from pipeline.dataset.records import Rule
from pipeline.dataset.verified import to_json
from pipeline.errors import PipelineError, RecordError
from pipeline.evaluation.evaluate import evaluate_extractions
from pipeline.export.docbin import read_docbin, read_docs
from pipeline.export.formats import write_export
from pipeline.export.gather import Gathered, gather_extracted, gather_verified
from pipeline.export.gold import read_gold
from pipeline.export.web_annotation_reading import read_web_annotation
from pipeline.jsonl import read_extractions
from tests.dataset.build import article, chile, decide, peru, workspace
from tests.export.texts import by_id, exports

SLOW = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
IN_GOLD = ("id", "article", "metadata", "text_sha256", "sentence", "holder", "cue", "stance",
           "form", "target", "negated", "hedged", "attribution")  # fmt: skip


def written(name: str, gathered: Gathered, read):
    with tempfile.TemporaryDirectory() as folder:
        path = write_export(Path(folder) / "out", name, gathered).paths[0]
        return list(read(path))


def note(**change: object) -> Gathered:
    fold = fold_decisions([decide(chile()), decide(peru())], {"note": article()}, rule=Rule.FIRST)
    found = [{**to_json(claim), **change} for claim in fold.verified]
    return Gathered(lambda: iter(found), len(found), {"note": article()})


@SLOW
@given(exports())
def test_web_annotations_come_back_whole(gathered: Gathered) -> None:
    assert written("web-annotation", gathered, read_web_annotation) == list(gathered.claims())


@SLOW
@given(exports())
def test_a_docbin_comes_back_whole(gathered: Gathered) -> None:
    assert written("spacy", gathered, read_docbin) == list(gathered.claims())


@SLOW
@given(exports())
def test_gold_comes_back_as_the_same_claims(gathered: Gathered) -> None:
    wanted = [{name: record[name] for name in IN_GOLD} for record in gathered.claims()]
    for record in wanted:  # one kind a span: §4 has it with the mention
        del record["holder"]["kind"]
    read = written("gold", gathered, read_gold)
    for record in read:
        assert record["holder"].pop("kind")
    assert by_id(read) == by_id(json.loads(json.dumps(wanted)))


@SLOW
@given(exports())
def test_selectors_quote_the_text_in_code_points(gathered: Gathered) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = write_export(Path(folder) / "out.jsonld", "web-annotation", gathered).paths[0]
        page = json.loads(path.read_text(encoding="utf-8"))
    assert page["total"] == len(page["first"]["items"]) == gathered.count
    for item in page["first"]["items"]:
        claim = next(body for body in item["body"] if body["type"] == "Claim")
        text = gathered.articles[claim["article"]].text
        for owner in (item["target"], claim["holder"], claim["cue"]):
            quoted, place = owner["selector"]
            start, end = place["start"], place["end"]
            assert text[start:end] == quoted["exact"]
            assert text[:start].endswith(quoted["prefix"])
            assert text[end:].startswith(quoted["suffix"])


def test_an_annotation_says_what_any_tool_shows(tmp_path: Path) -> None:
    found = list(note().claims())
    found[0]["metadata"] = {"url": "https://example.org/vote?a=1"}
    found[0]["holder"]["name"] = "Chile"
    found[0]["concepts"] = [
        {"id": "concept.cyber.draft", "label": "The draft", "stance": "oppose", "turned": False}
    ]
    found[0]["comments"] = ["sure"]
    gathered = Gathered(lambda: iter(found), 2, {"note": article()})
    path = write_export(tmp_path / "out.jsonld", "web-annotation", gathered).paths[0]
    page = json.loads(path.read_text(encoding="utf-8"))
    assert page["@context"][0] == "http://www.w3.org/ns/anno.jsonld"
    assert page["type"] == "AnnotationCollection"
    first, second = page["first"]["items"]
    assert [(body["purpose"], body.get("value")) for body in first["body"]] == [
        ("tagging", "oppose"),
        ("identifying", "Chile"),
        ("classifying", "The draft"),
        ("commenting", "sure"),
        ("describing", None),
    ]
    assert first["target"]["source"] == "https://example.org/vote?a=1"
    assert second["target"]["source"] == "urn:stance-claims:article:note"
    assert first["creator"] == [{"type": "Person", "name": "ana@example.com"}]
    assert first["target"]["selector"][0]["exact"] == "Chile rejected the draft."
    assert first["created"] == "2026-01-01T10:00:00.000000Z"
    assert list(read_web_annotation(path)) == found


def test_a_file_that_another_program_formatted_is_read(tmp_path: Path) -> None:
    path = write_export(tmp_path / "out.jsonld", "web-annotation", note()).paths[0]
    page = json.loads(path.read_text(encoding="utf-8"))
    items = page["first"]["items"]
    for number, whole in enumerate((page, page["first"], items[0])):
        other = tmp_path / f"other-{number}.jsonld"
        other.write_text(json.dumps(whole, indent=1), encoding="utf-8")
        assert list(read_web_annotation(other)) == list(note().claims())[: 1 if number == 2 else 2]


@pytest.mark.parametrize(
    ("line", "says"),
    [
        (b'{"type": "Annotation"}', "not an annotation of a claim"),
        (b'{"body": [{"type": "Claim"}], "target": 1}', "not an annotation of a claim"),
        (b"[1]", "not a JSON object"),
        (b"{", "not a JSON object"),
        (b"\xff", "out.jsonld:2"),
    ],
)
def test_a_broken_annotation_is_named_with_its_line(tmp_path: Path, line: bytes, says: str) -> None:
    path = tmp_path / "out.jsonld"
    path.write_bytes(b'{"first": {"items": [\n' + line + b"\n]}}\n")
    with pytest.raises(RecordError, match=says):
        list(read_web_annotation(path))


def test_a_file_that_was_cut_off_is_named(tmp_path: Path) -> None:
    path = write_export(tmp_path / "out.jsonld", "web-annotation", note()).paths[0]
    path.write_bytes(b"".join(path.read_bytes().splitlines(keepends=True)[:-1]))
    with pytest.raises(RecordError, match="ends amid"):
        list(read_web_annotation(path))


@pytest.mark.parametrize("name", ["web-annotation", "spacy", "gold"])
def test_a_span_with_other_words_than_the_text_stops_the_export(tmp_path: Path, name: str) -> None:
    wrong = note(cue={"start": 7, "end": 15, "text": "rejected"})
    with pytest.raises(PipelineError, match=r"its cue is 'rejected', and 'ejected ' stands there"):
        write_export(tmp_path / "out", name, wrong)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["web-annotation", "spacy", "gold"])
def test_claims_of_a_text_that_is_gone_are_named(tmp_path: Path, name: str) -> None:
    gone = note(text_sha256="0" * 64)
    (line, *_) = write_export(tmp_path / "out", name, gone).not_held
    assert "2 claims" in line
    assert "the article no longer has" in line
    if name == "web-annotation":
        assert list(read_web_annotation(tmp_path / "out")) == list(gone.claims())


def test_span_groups_hold_each_role_with_its_claim(tmp_path: Path) -> None:
    path = write_export(tmp_path / "out.spacy", "spacy", note()).paths[0]
    (doc,) = read_docs(path)
    assert {key: [span.text for span in group] for key, group in doc.spans.items() if group} == {
        "sentence": ["Chile rejected the draft.", "Peru backed the vote."],
        "holder": ["Chile", "Peru"],
        "cue": ["rejected", "backed"],
        "target": ["the draft", "the vote"],
    }
    holder, cue = doc.spans["holder"][0], doc.spans["cue"][1]
    assert (holder.kb_id_, holder.label_, cue.label_) == ("country:CL", "state", "support")
    assert cue._.stance_claim["target"]["text"] == "the vote"
    assert doc._.article_id == "note"


def test_a_span_inside_a_token_is_widened_and_said(tmp_path: Path) -> None:
    found = list(note().claims())
    found[0]["cue"] = {"start": 6, "end": 12, "text": "reject"}
    gathered = Gathered(lambda: iter(found), 2, {"note": article()})
    written = write_export(tmp_path / "out.spacy", "spacy", gathered)
    assert written.not_held == (
        "spacy has 1 span widened to whole tokens; the exact offsets are in doc._.stance_claims",
    )
    (doc,) = read_docs(written.paths[0])
    assert doc.spans["cue"][0].text == "rejected"
    assert list(read_docbin(written.paths[0])) == found


@pytest.mark.parametrize("data", [b"", b"text", b"PK\x03\x04", b"x\x9c\x03\x00\x00\x00\x00\x01"])
def test_what_is_no_docbin_is_named(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "out.spacy"
    path.write_bytes(data)
    with pytest.raises(RecordError, match="is no DocBin"):
        list(read_docbin(path))


def test_ones_own_decisions_are_gold_for_evaluate(tmp_path: Path) -> None:
    corpus, annotations = workspace(tmp_path, decide(chile()))
    gathered = gather_verified(corpus, annotations, Rule.FIRST)
    written = write_export(tmp_path / "gold.jsonl", "gold", gathered)
    assert written.not_held[0].endswith("only in part: note (1 undecided)")
    (gold,) = read_extractions(tmp_path / "gold.jsonl")
    assert [claim.cue.text_in(gold.text) for claim in gold.claims] == ["rejected"]
    assert [mention.span.text_in(gold.text) for mention in gold.mentions] == ["Chile", "Peru"]
    score = evaluate_extractions([gold], [article()]).total.claims_stance
    assert (score.precision, score.recall) == (0.5, 1.0)


def test_an_article_of_which_all_was_rejected_is_gold_without_claims(tmp_path: Path) -> None:
    corpus, annotations = workspace(tmp_path, *(decide(c, "rejected") for c in (chile(), peru())))
    written = write_export(
        tmp_path / "gold.jsonl", "gold", gather_verified(corpus, annotations, Rule.FIRST)
    )
    assert not any("only in part" in line for line in written.not_held)
    (gold,) = read_extractions(tmp_path / "gold.jsonl")
    assert gold.claims == ()


def test_the_machines_claims_are_no_gold_and_it_is_said(tmp_path: Path) -> None:
    corpus, annotations = workspace(tmp_path)
    gathered = gather_extracted(corpus, annotations)
    written = write_export(tmp_path / "gold.jsonl", "gold", gathered)
    assert written.not_held[0].startswith("nobody has reviewed these claims")
    assert len(list(read_gold(tmp_path / "gold.jsonl"))) == 2


def test_a_holder_that_is_no_mention_becomes_one_and_an_unused_pronoun_none(tmp_path: Path) -> None:
    base = article()
    pronoun = replace(base.mentions[0], start=48, end=54, inferred=True)
    bare = replace(base, mentions=(base.mentions[1], pronoun))
    found = list(note().claims())
    gathered = Gathered(lambda: iter(found), 2, {"note": bare})
    write_export(tmp_path / "gold.jsonl", "gold", gathered)
    (gold,) = read_extractions(tmp_path / "gold.jsonl")
    assert [(m.span.text_in(gold.text), m.entity) for m in gold.mentions] == [
        ("Chile", "country:CL"),
        ("Peru", "country:PE"),
    ]


def test_a_near_duplicate_is_no_gold_without_its_claims(tmp_path: Path) -> None:
    corpus, annotations = workspace(tmp_path, decide(chile()), decide(peru()))
    (corpus / "first.txt").write_bytes((corpus / "note.txt").read_bytes())
    with (corpus / "note.toml").open("a", encoding="utf-8") as metadata:
        metadata.write('duplicate_of = "first"\n')
    path = tmp_path / "gold.jsonl"
    told = write_export(path, "gold", gather_verified(corpus, annotations, Rule.FIRST)).not_held
    kept = [(gold.article, len(gold.claims)) for gold in read_extractions(path)]
    assert kept == [("note", 2)]  # nobody decided on the one that counts
    assert any("near-duplicates only those are that count nowhere else: note" in t for t in told)
    whole = gather_verified(corpus, annotations, Rule.FIRST, duplicates=True)
    assert not any("near-duplicates" in line for line in write_export(path, "gold", whole).not_held)
    same = [replace(decide(claim), article="first") for claim in (chile(), peru())]
    append_decisions(annotations / LEDGER, [with_id(one) for one in same])
    write_export(path, "gold", gather_verified(corpus, annotations, Rule.FIRST))
    kept = [(gold.article, len(gold.claims)) for gold in read_extractions(path)]
    assert kept == [("first", 2)]
