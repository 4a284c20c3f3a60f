"""Proposers write their own slot alone, say why they refuse, and stand beside each other."""

from __future__ import annotations

import pytest

from pipeline.extraction.build import CLAIMS, proposing
from pipeline.extraction.propose.proposal import Proposal, Refused
from pipeline.extraction.propose.rules import RuleProposer, read_vocabulary
from pipeline.extraction.scene import read_scene
from pipeline.lexicon.folder import packaged_models
from pipeline.lexicon.reference import read_reference
from pipeline.lexicon.rules import REFUSAL

REFERENCE = read_reference((packaged_models(),))
TEXT = "Does Chile reject the plan? Norway is able to support the ban. Peru opposed the vote."


@pytest.fixture(scope="module")
def doc(nlp):
    doc = nlp.make_doc(TEXT)
    for name, component in nlp.pipeline:
        if name != CLAIMS:
            doc = component(doc)
    return doc


@pytest.fixture(scope="module")
def proposed(doc):
    return RuleProposer(read_vocabulary()).propose(read_scene(doc, REFERENCE))


def as_bytes(doc):
    return doc.to_bytes(exclude=["user_data"])


def test_a_proposer_leaves_the_scene_as_it_is(doc):
    scene = read_scene(doc, REFERENCE)
    before = (as_bytes(doc), doc._.mentions, doc._.claims, doc._.refused)
    first = RuleProposer(read_vocabulary()).propose(scene)
    second = RuleProposer(read_vocabulary()).propose(scene)
    assert (as_bytes(doc), doc._.mentions, doc._.claims, doc._.refused) == before
    assert [type(one) for one in first] == [type(one) for one in second]


def test_each_proposal_and_refusal_names_its_proposer(proposed):
    assert {one.proposer for one in proposed} == {RuleProposer.name}
    assert [str(one.cue) for one in proposed if isinstance(one, Proposal)] == ["opposed"]


def test_what_is_refused_has_its_words_its_cue_and_its_rule(proposed):
    refused = {(one.span.text, one.entry, one.rule) for one in proposed if isinstance(one, Refused)}
    assert ("reject", "cue.reject.reject", f"{REFUSAL}question") in refused
    assert ("support", "cue.endorse.support", f"{REFUSAL}no-will") in refused
    assert all(rule.startswith(REFUSAL) for _, _, rule in refused)


def test_a_second_proposer_stands_beside_the_rules(nlp, monkeypatch):
    class Echo:
        """Proposes what the rules propose, under another name and with doubt."""

        name = "echo"

        def __init__(self, inner):
            self.inner = inner

        def propose(self, scene):
            from dataclasses import replace

            for one in self.inner.propose(scene):
                if isinstance(one, Proposal):
                    yield replace(one, proposer=self.name)

    matcher = nlp.get_pipe(CLAIMS)
    rules = matcher._proposers[0]
    alone = nlp(TEXT)._.claims
    monkeypatch.setattr(matcher, "_proposers", (Echo(rules),))
    (claim,) = nlp(TEXT)._.claims
    assert claim.evidence.proposers == ("echo",)
    assert (claim.id, claim.stance, claim.score) == (alone[0].id, alone[0].stance, alone[0].score)


def test_within_proposing_nothing_is_settled(nlp):
    text = "Chile endorsed and supported the draft."
    with proposing(nlp):
        assert len(nlp(text)._.claims) == 2
    assert len(nlp(text)._.claims) == 1
