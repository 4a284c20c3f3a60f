from __future__ import annotations

import io
import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from pipeline.errors import RecordError, SettingError
from pipeline.files import sha256_of_text
from pipeline.jsonl import from_json, line_for, read_extractions, to_json, write_extractions
from pipeline.records import (
    Attribution,
    BlockKind,
    Claim,
    Evidence,
    Extraction,
    Form,
    Holder,
    Kind,
    Mention,
    Provenance,
    Sentence,
    Source,
    Span,
    Stance,
)
from pipeline.schemas import load_schema

TEXT = "Perú rejected the draft, Reuters said."
VALIDATOR = Draft202012Validator(load_schema("extraction"))

FULL = Extraction(
    article="peru",
    text=TEXT,
    sentences=(Sentence(0, 38, BlockKind.BODY),),
    mentions=(
        Mention(0, 4, Kind.STATE, "country:PE", (Source.NER, Source.LEXICON), 0.9),
        Mention(25, 32, Kind.ORGANISATION, "org:reuters", inferred=True),
    ),
    claims=(
        Claim(
            id="c1",
            holder=Holder(0, 4, "country:PE"),
            cue=Span(5, 13),
            stance=Stance.OPPOSE,
            form=Form.ACTION,
            target=Span(14, 23),
            hedged=True,
            attribution=Attribution(25, 32, "org:reuters", cue=Span(33, 37), reported=Span(0, 24)),
            score=0.75,
            evidence=Evidence("cue.reject.reject", ("rule.active",), ("infer.subject",)),
        ),
    ),
    provenance=Provenance(sha256_of_text(TEXT), "0.1.0", "3.8.7", "en", "0" * 64, "1" * 64),
    metadata={"title": "A draft", "date": date(2024, 5, 31), "other": {"b": 1, "a": [None, "x"]}},
)

GOLD_LINE = (
    '{"article": "peru", "text": "Perú rejected the draft, Reuters said.",'
    ' "mentions": [{"start": 0, "end": 4, "type": "ACTOR", "kind": "state",'
    ' "entity": "country:PE"}],'
    ' "claims": [{"holder": {"start": 0, "end": 4, "entity": "country:PE"},'
    ' "cue": {"start": 5, "end": 13}, "stance": "oppose", "form": "action",'
    ' "target": null, "negated": false, "hedged": false,'
    ' "attribution": {"start": 25, "end": 32}}]}'
)


def gold() -> dict[str, Any]:
    record: dict[str, Any] = json.loads(GOLD_LINE)
    return record


def test_a_full_extraction_comes_back() -> None:
    back = from_json(json.loads(line_for(FULL)))
    assert replace(back, metadata={}) == replace(FULL, metadata={})
    assert back.metadata == {
        "title": "A draft",
        "date": "2024-05-31",
        "other": {"a": [None, "x"], "b": 1},
    }


def test_written_lines_follow_the_published_schema() -> None:
    Draft202012Validator.check_schema(load_schema("extraction"))
    for extraction in (FULL, from_json(gold()), Extraction("empty", "Nothing.")):
        VALIDATOR.validate(json.loads(line_for(extraction)))


def test_gold_lines_follow_the_published_schema() -> None:
    VALIDATOR.validate(gold())


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"stance": "against"}, "stance"),
        ({"colour": "red"}, "colour"),
        ({"score": 2}, "score"),
        ({"attribution": {"start": 1}}, "attribution"),
    ],
)
def test_the_schema_refuses_other_claims(change: dict[str, object], word: str) -> None:
    record = gold()
    record["claims"][0].update(change)
    errors = [error.json_path + error.message for error in VALIDATOR.iter_errors(record)]
    assert any(word in error for error in errors)


def test_the_schema_refuses_a_type_that_its_kind_does_not_have() -> None:
    record = gold()
    record["mentions"][0]["type"] = "ORGANISATION"
    assert not VALIDATOR.is_valid(record)


def test_an_unknown_schema_lists_the_known_ones() -> None:
    with pytest.raises(SettingError, match=r"'claims'; there are: .*extraction"):
        load_schema("claims")


def test_gold_with_the_keys_of_the_codebook_alone_is_read() -> None:
    extraction = from_json(gold())
    claim = extraction.claims[0]
    assert (claim.holder.entity, claim.cue.text_in(TEXT)) == ("country:PE", "rejected")
    assert claim.target is None
    assert claim.attribution == Attribution(25, 32)
    assert extraction.provenance is None
    assert extraction.sentences == ()


def test_a_written_line_has_the_keys_of_the_codebook() -> None:
    written, expected = to_json(FULL), gold()
    assert list(written)[:4] == list(expected)
    claim: Any = to_json(FULL)["claims"]
    assert set(expected["claims"][0]) <= set(claim[0])


def test_lines_are_stable_and_readable() -> None:
    shuffled = replace(FULL, metadata=dict(reversed(FULL.metadata.items())))
    assert line_for(shuffled) == line_for(FULL)
    assert "Perú" in line_for(FULL)
    assert "\n" not in line_for(FULL)


@pytest.mark.parametrize(
    ("path", "value", "message"),
    [
        (("mentions", 0, "end"), 99, r"article peru, field mentions\[0\]: span 0–99 .* 38"),
        (("mentions", 0, "start"), 4, r"mentions\[0\]: span 4–4"),
        (("mentions", 0, "start"), -1, r"mentions\[0\]: span -1–4"),
        (("mentions", 0, "start"), 1.5, r"field mentions\[0\].start: .*whole number.*1\.5"),
        (("mentions", 0, "start"), True, r"field mentions\[0\].start: .*whole number"),
        (("mentions", 0, "kind"), "city", r"mentions\[0\].kind: .*person, state.*'city'"),
        (("mentions", 0, "type"), "ORGANISATION", r"mentions\[0\].type: must be ACTOR"),
        (("mentions", 0, "sources"), ["luck"], r"mentions\[0\].sources: .*ner.*'luck'"),
        (("claims", 0, "holder", "end"), 99, r"field claims\[0\].holder: span"),
        (("claims", 0, "cue"), None, r"field claims\[0\].cue: must be an object"),
        (("claims", 0, "target"), {"start": 3, "end": 2}, r"field claims\[0\].target: span 3–2"),
        (("claims", 0, "attribution", "start"), 77, r"field claims\[0\].attribution: span"),
        (("claims", 0, "stance"), "against", r"stance: .*support, oppose, neutral.*'against'"),
        (("claims", 0, "negated"), "no", r"negated: must be true or false"),
        (("claims", 0, "score"), 7, r"score: must be a number from 0 to 1"),
        (("claims",), {}, r"field claims: must be a list"),
        (("text",), 7, r"field text: must be a string"),
        (("text",), "half \ud800", r"field text: .*surrogate"),
        (("article",), None, r"field article: must be a string"),
    ],
)
def test_what_is_wrong_is_named(path: tuple[Any, ...], value: object, message: str) -> None:
    record: Any = gold()
    place = record
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = value
    with pytest.raises(RecordError, match=message):
        from_json(record)


def test_a_missing_field_is_named() -> None:
    record = gold()
    del record["claims"][0]["form"]
    with pytest.raises(RecordError, match=r"claims\[0\].form: is missing"):
        from_json(record)


def test_a_text_that_was_edited_is_refused() -> None:
    record = json.loads(line_for(FULL))
    record["text"] = TEXT.replace("draft", "treat")
    with pytest.raises(RecordError, match=r"provenance.text_sha256: .*extract it again"):
        from_json(record)


def test_metadata_that_json_cannot_hold_is_refused() -> None:
    for bad in ({"a": float("nan")}, {"a": "\ud800"}, {"a": object()}):
        with pytest.raises(RecordError, match="article peru: cannot be written"):
            line_for(replace(FULL, metadata=bad))


def test_files_are_read_line_by_line(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    assert write_extractions(path, [FULL, from_json(gold())]) == 2
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n\r\n"))
    assert [len(extraction.sentences) for extraction in read_extractions(path)] == [1, 0]
    with path.open("rb") as stream:
        assert len(list(read_extractions(stream))) == 2
    assert len(list(read_extractions(io.StringIO(GOLD_LINE)))) == 1


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (b"{", r"a\.jsonl:2: not a JSON object"),
        (b"[1]", r"a\.jsonl:2: not a JSON object but list"),
        (b'"\xff"', r"a\.jsonl:2: byte 1 is not UTF-8"),
        (b"[" * 100_000, r"a\.jsonl:2: not a JSON object"),
        (b'{"article": "x"}', r"a\.jsonl:2: article x, field text: is missing"),
    ],
)
def test_errors_begin_with_file_and_line(tmp_path: Path, line: bytes, message: str) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(GOLD_LINE.encode() + b"\n" + line + b"\n")
    lines = read_extractions(path)
    assert next(lines).article == "peru"
    with pytest.raises(RecordError, match=message):
        next(lines)


def test_a_missing_file_is_an_error_with_a_cause(tmp_path: Path) -> None:
    with pytest.raises(RecordError, match="cannot be read") as caught:
        list(read_extractions(tmp_path / "none.jsonl"))
    assert caught.value.cause == "missing"


TEXTS = st.text(min_size=1, max_size=60)


@given(TEXTS, st.data())
def test_offsets_survive_in_any_text(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    kind = data.draw(st.sampled_from(Kind))
    extraction = Extraction("a", text, mentions=(Mention(start, end, kind),))
    [back] = read_extractions(io.BytesIO((line_for(extraction) + "\n").encode()))
    assert back == extraction
    assert back.mentions[0].span.text_in(back.text) == text[start:end]
