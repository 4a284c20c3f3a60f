"""Why a claim was made, in words, and which claim a name means."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.errors import SettingError
from pipeline.explaining.claims import Found, explain_claim, find_claim
from pipeline.extraction.extract import extract_articles
from pipeline.extraction.judge import Judge, LearnedJudge, describe_claim, read_odds, read_weights
from pipeline.lexicon.cues import read_cues
from pipeline.lexicon.folder import packaged_models
from pipeline.lexicon.rules import read_rules
from pipeline.records import Article, Claim, Evidence, Extraction, Form, Holder, Span, Stance

PACKAGED = (packaged_models(),)
CUES = {cue.id: cue for cue in read_cues(PACKAGED)}
RULES = read_rules(PACKAGED)
JUDGE = Judge(read_weights(PACKAGED))
LEARNED = LearnedJudge(read_odds(PACKAGED))
TEXT = "Chile rejected the draft. It refused to endorse the plan."


def make_claim(identifier: str, cue: Span = Span(6, 14), **fields: object) -> Claim:
    evidence = Evidence("cue.reject.reject", ("rule.holder.subject",))
    holder = Holder(0, 5, "country:CL")
    claim = Claim(identifier, holder, cue, Stance.OPPOSE, Form.STATEMENT, evidence=evidence)
    return replace(claim, **fields)


def make_extraction(*claims: Claim) -> Extraction:
    return Extraction("vote", TEXT, claims=claims)


def sections(found: Found) -> dict[str, tuple[str, ...]]:
    return {
        s.heading: s.lines
        for s in explain_claim(found, cues=CUES, rules=RULES, judge=JUDGE, learned=LEARNED)
    }


@pytest.fixture(scope="module")
def extraction(nlp) -> Extraction:
    text = f"{TEXT} According to Peru, the plan is a mistake."
    return next(extract_articles(nlp, [Article("vote", text)]))


def test_explanation_has_the_sentence_roles_cue_and_rules(extraction):
    told = sections(Found(extraction, extraction.claims[0]))
    assert told["sentence"] == ("Chile rejected the draft. [vote]",)
    assert told["claim"][:2] == ("holder: Chile [0–5], country:CL", "cue: rejected [6–14]")
    assert told["claim"][3] == "target: the draft [15–24]"
    assert told["cue"][0] == "cue.reject.reject"
    assert "cues/reject.yaml:" in told["cue"][1]
    assert told["cue"][1].endswith("reject (verb), oppose, statement")
    assert any(line.startswith("rule.holder.subject: The holder is") for line in told["rules"])
    assert told["inferences"] == ("none",)


def test_inferred_holder_is_told_with_what_it_costs(extraction):
    claim = next(claim for claim in extraction.claims if claim.holder.inferred)
    told = sections(Found(extraction, claim))
    assert "as the subject of the sentence before" in told["inferences"][0]
    assert any("the holder is inferred" in line for line in told["score"])


def test_every_score_is_that_of_its_deductions(extraction):
    assert extraction.claims
    for claim in extraction.claims:
        assert claim.evidence is not None
        assert claim.score == JUDGE.score(describe_claim(claim, CUES[claim.evidence.cue]))


def test_a_score_of_other_rules_is_not_explained_by_todays():
    found = Found(make_extraction(), make_claim("c", score=0.33))
    assert sections(found)["score"][1].startswith("it was given by other rules")


def test_claims_without_evidence_and_of_lost_cues_are_explained():
    bare = Found(make_extraction(), make_claim("c", evidence=None))
    assert sections(bare)["cue"] == ("not recorded",)
    lost = Found(make_extraction(), make_claim("c", evidence=Evidence("cue.gone.by", ("rule.q",))))
    told = sections(lost)
    assert told["cue"] == ("cue.gone.by", "no longer in the lexicon")
    assert told["rules"] == ("rule.q: no words for this rule in rules.yaml",)


@pytest.mark.parametrize("name", ["abcd12", "abc", "vote:2"])
def test_a_claim_is_found_by_id_beginning_and_number(name):
    claims = (make_claim("abdd34"), make_claim("abcd12"))
    assert find_claim(name, [make_extraction(*claims)]).claim is claims[1]


def test_an_id_that_begins_another_is_itself():
    claims = (make_claim("abc-2"), make_claim("abc"))
    assert find_claim("abc", [make_extraction(*claims)]).claim is claims[1]


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("ab", "2 claims begin with 'ab'; give more of the id: abdd34 .* abcd12"),
        ("abcd19", "no claim 'abcd19' among 2; the nearest are: abcd12 .vote: Chile rejected"),
        ("vote:3", "no claim 'vote:3' among 2"),
        ("", "no claim '' among 2"),
    ],
)
def test_an_unknown_claim_is_answered_with_the_nearest(name, message):
    claims = (make_claim("abdd34"), make_claim("abcd12"))
    with pytest.raises(SettingError, match=message):
        find_claim(name, [make_extraction(*claims)])


def test_where_nothing_is_extracted_the_next_step_is_named():
    with pytest.raises(SettingError, match="nothing is extracted"):
        find_claim("abc", [])


@pytest.mark.parametrize(
    "sentence",
    [
        'Kenya said: "The levy is unfair. The talks must go on."',
        '"The plan was a grave mistake," said Peru. "The text should be rejected."',
    ],
)
def test_an_evaluation_is_explained_by_the_rules_that_made_it(nlp, sentence):
    found = next(extract_articles(nlp, [Article("vote", sentence)]))
    made = [c for c in found.claims if c.evidence.cue.startswith("cue.evaluation")]
    assert made
    for claim in made:
        told = sections(Found(found, claim))
        assert not any("other rules" in line for line in told["score"])
        assert "rule.evaluation" in told["cue"][1]
        signs = {"taken": -1, "added": 1}
        lines = [line.split() for line in told["score"][1:]]
        words = [line for line in lines if line[1] in signs]
        changed = sum(signs[verb] * float(size) for size, verb, *_ in words)
        bounds = JUDGE.weights
        expected = min(max(bounds.best + changed, bounds.least), bounds.most)
        assert claim.score == pytest.approx(expected)


def test_a_taught_score_is_said_to_be_one(nlp):
    found = next(extract_articles(nlp, [Article("vote", "Chile rejected the draft.")]))
    made = replace(found.provenance, learned_sha256="ab" * 32)
    claim = replace(found.claims[0], score=0.33)
    told = sections(Found(replace(found, provenance=made), claim))
    assert told["score"][0] == "0.33"
    assert "as your decisions taught" in told["score"][1]
    assert not any("other rules than today's" in line for line in told["score"])
