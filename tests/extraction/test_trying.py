"""A text that is parsed once and read by several cues."""

from __future__ import annotations

from dataclasses import replace

from pipeline.extraction.trying import parse_texts, read_claims, with_cues
from pipeline.lessons.entries import Entry
from pipeline.records import Form

TEXT = "Chile mothballed the plan. Peru rejected the fee."
CUE = Entry("cue.try.mothball", ("mothball",), "verb", "oppose", Form.ACTION, ("object",)).to_cue()


def said(nlp, doc):
    return [(one.evidence.cue, one.stance.value) for one in read_claims(nlp, doc)]


def test_a_cue_counts_as_long_as_the_block_runs_and_the_text_stays_as_it_was(nlp):
    (doc,) = parse_texts(nlp, [TEXT])
    mentions = doc._.mentions
    known = [("cue.reject.reject", "oppose")]
    assert said(nlp, doc) == known
    with with_cues(nlp, [CUE]):
        assert said(nlp, doc) == [("cue.try.mothball", "oppose"), *known]
        with with_cues(nlp, [replace(CUE, stance="support")]):
            assert said(nlp, doc) == [("cue.try.mothball", "support"), *known]
        with with_cues(nlp, [replace(CUE, id="cue.try.other", words=(("other",),))]):
            assert said(nlp, doc) == [("cue.try.mothball", "oppose"), *known]
    assert said(nlp, doc) == known
    assert (doc._.claims, doc._.mentions) == ((), mentions)
    assert [one.evidence.cue for one in nlp(TEXT)._.claims] == ["cue.reject.reject"]


def test_a_known_id_takes_the_place_of_the_lexicons_cue(nlp):
    (doc,) = parse_texts(nlp, [TEXT])
    turned = replace(CUE, id="cue.reject.reject", words=(("reject",),), stance="support")
    with with_cues(nlp, [turned]):
        assert said(nlp, doc) == [("cue.reject.reject", "support")]
