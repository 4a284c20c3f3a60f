"""The page of each span, where the article has pages."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

from jsonschema import Draft202012Validator

from pipeline.dataset.fold import fold_decisions
from pipeline.dataset.records import Decision, Rule, VerifiedClaim
from pipeline.dataset.verified import SPANS, to_json
from pipeline.dataset.verify import rebuild
from pipeline.files import sha256_of_text
from pipeline.records import Extraction
from pipeline.schemas import load_schema
from tests.dataset.build import TEXT, article, chile, decide, peru, position_of, span_of, workspace

VALIDATOR = Draft202012Validator(load_schema("verified"))


def paged(text: str = TEXT) -> Extraction:
    """An article whose second page begins within its second sentence, after the holder."""
    source = {"text_sha256": sha256_of_text(TEXT)}
    return replace(article(text), metadata={"pages": [0, TEXT.index("backed")], "source": source})


def verified(decision: Decision, found: Extraction) -> VerifiedClaim:
    (claim,) = fold_decisions([decision], {"note": found}, rule=Rule.FIRST).verified
    return claim


def test_each_span_has_the_page_on_which_it_begins() -> None:
    reported = replace(
        position_of(peru()),
        attribution=position_of(chile()).holder,
        attribution_entity="country:CL",
    )
    record = to_json(verified(decide(peru(), "edited", decided=reported), paged()))
    assert {name: record[name]["page"] for name in SPANS} == {
        "sentence": 1,
        "holder": 1,
        "cue": 2,
        "target": 2,
        "attribution": 1,
    }
    VALIDATOR.validate(record)


def test_an_article_without_pages_gives_none() -> None:
    record = to_json(verified(decide(peru()), article()))
    assert "page" not in json.dumps(record)
    VALIDATOR.validate(record)


def test_a_claim_of_another_text_than_the_converted_has_no_page() -> None:
    claim = verified(decide(peru()), paged())
    assert "page" in to_json(claim)["cue"]
    other = replace(claim, text_sha256=sha256_of_text("Another text."))
    assert all("page" not in (to_json(other)[name] or {}) for name in SPANS)


def test_an_edit_of_the_text_takes_the_pages_away(tmp_path: Path) -> None:
    corpus, annotations = workspace(tmp_path, decide(peru()))
    start = span_of("Peru").start
    with (corpus / "note.toml").open("a", encoding="utf-8") as metadata:
        metadata.write(f'pages = [0, {start}]\n[source]\ntext_sha256 = "{sha256_of_text(TEXT)}"\n')
    pages = []
    for text in (TEXT, f"A heading.\n{TEXT}"):
        (corpus / "note.txt").write_text(text, encoding="utf-8")
        assert rebuild(corpus, annotations).faults == ()
        (line,) = (annotations / "verified.jsonl").read_text(encoding="utf-8").splitlines()
        pages.append((json.loads(line)["cue"].get("page"), "pages" in json.loads(line)["metadata"]))
    assert pages == [(2, True), (None, False)]
