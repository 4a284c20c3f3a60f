"""What the packaged weights make of sentences."""

from __future__ import annotations

import time

import pytest
from spacy.language import Language
from spacy.tokens import Doc

from pipeline.extraction.propose.reader.reading import Reading, read_document
from pipeline.extraction.propose.reader.session import OnnxReader, open_reader
from pipeline.extraction.propose.rules import CueIndex
from pipeline.lexicon.cues import read_cues
from pipeline.lexicon.folder import packaged_models

CUES = CueIndex(read_cues((packaged_models(),)))


@pytest.fixture(scope="module")
def reader() -> OnnxReader:
    return open_reader()


def parsed(nlp: Language, text: str, **metadata: str) -> Doc:
    doc = nlp.make_doc(text)
    doc._.metadata = metadata
    with nlp.select_pipes(disable=["claim_matcher"]):
        return nlp(doc)


def sure(doc: Doc, reader: OnnxReader) -> list[tuple[str, str, str]]:
    """Holder, cue and stance of what the reader is sure of."""
    return [
        (doc[one.holders[0].start : one.holders[0].end].text, _text(doc, one.cue), one.stance)
        for one in read_document(doc, reader, CUES)
        if one.confidence >= reader.manifest.least
    ]


def _text(doc: Doc, span: tuple[int, int]) -> str:
    return doc[span[0] : span[1]].text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Chile rejected the draft resolution on Tuesday.", ("Chile", "rejected", "oppose")),
        ("Mexico welcomed the agreement with Peru.", ("Mexico", "welcomed", "support")),
        ("The European Union condemned the attack.", ("European Union", "condemned", "oppose")),
    ],
)
def test_plain_claims_are_read(
    nlp: Language, reader: OnnxReader, text: str, expected: tuple[str, str, str]
) -> None:
    assert expected in sure(parsed(nlp, text), reader)


def test_plain_description_is_no_claim(nlp: Language, reader: OnnxReader) -> None:
    assert sure(parsed(nlp, "The river is 300 kilometres long and 20 metres deep."), reader) == []


def test_spans_are_tokens_of_the_document_and_target_and_cue_do_not_touch(
    nlp: Language, reader: OnnxReader
) -> None:
    text = (
        "👩‍👩‍👧 Chile\u00a0rejected the Sa\u0301nchez plan.\n\n"
        "Peru said it backs the plan, which Cuba fears."
    )
    doc = parsed(nlp, text, title="Plan rejected")
    found = read_document(doc, reader, CUES)
    assert found
    for one in found:
        spans = [one.cue, *((h.start, h.end) for h in one.holders)]
        spans += [span for span in (one.target, one.attribution) if span]
        assert all(0 <= start < end <= len(doc) for start, end in spans)
        assert one.target is None or one.target[1] <= one.cue[0] or one.cue[1] <= one.target[0]
        assert sum(one.stances) == pytest.approx(1.0)
        assert 0 <= one.confidence <= 1


def test_the_same_document_is_read_the_same_twice(nlp: Language, reader: OnnxReader) -> None:
    doc = parsed(nlp, "Chile rejected the draft. Peru said that it supports the talks.")
    first: list[Reading] = read_document(doc, reader, CUES)
    assert first == read_document(doc, reader, CUES) != []


def test_an_empty_document_has_no_readings(nlp: Language, reader: OnnxReader) -> None:
    assert read_document(parsed(nlp, ""), reader, CUES) == []
    assert read_document(parsed(nlp, " \n"), reader, CUES) == []


def test_time_grows_with_the_length_and_no_faster(nlp: Language, reader: OnnxReader) -> None:
    sentence = "Minister Smith said that Chile rejects the draft, which Peru had proposed. "
    times = []
    for count in (40, 160):
        doc = parsed(nlp, sentence * count)
        read_document(doc, reader, CUES)
        begun = time.process_time()
        read_document(doc, reader, CUES)
        times.append(time.process_time() - begun)
    assert times[1] < 8 * times[0]
