"""Whatever a text holds, extraction ends, its spans lie in the text, and roles keep apart."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.extraction.extract import extract_article
from pipeline.jsonl import from_json, to_json
from pipeline.records import Article

WORDS = (
    "Chile Mexico We I they it said that the draft “ ” \" ' ‘ ’ « » '' `` is unacceptable , . ? ! :"
    " ; — must not reject welcomed opposed to by EU (UN) [...] but and neither nor except no"
    " according on behalf of called for ban US U.S. \n \n\n 😀 e\u0301 \u00a0"
).split(" ")
texts = st.lists(st.sampled_from(WORDS), min_size=1, max_size=40).map(" ".join)


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(text=texts)
def test_spans_lie_in_the_text_and_cue_and_target_keep_apart(nlp, text):
    extraction = extract_article(nlp, Article("any", text))
    assert from_json(to_json(extraction)) == extraction
    for claim in extraction.claims:
        assert claim.target is None or not claim.cue.overlaps(claim.target)
