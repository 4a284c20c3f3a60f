"""What the judge holds of proposers that it was fitted without: it lets them stand beside."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.extraction.build import CLAIMS
from pipeline.extraction.judge import (
    GUEST,
    HostJudge,
    Judge,
    LearnedJudge,
    group_proposals,
    read_odds,
    read_weights,
)
from pipeline.extraction.propose import proposal as proposals
from pipeline.extraction.propose.proposal import Chances, Proposal
from pipeline.extraction.propose.rules import RuleProposer, read_vocabulary
from pipeline.extraction.scene import read_scene
from pipeline.lexicon.folder import packaged_models
from pipeline.lexicon.reference import read_reference
from pipeline.records import Stance

PACKAGED = (packaged_models(),)
TEXT = (
    "Chile rejected the draft. Peru and Togo said the levy was unfair. Kenya backed the plan that "
    "Ghana opposes."
)
JUDGES = {
    "fast": Judge(read_weights(PACKAGED)),
    "full": LearnedJudge(read_odds(PACKAGED)),
}


@pytest.fixture(scope="module")
def scene(nlp):
    doc = nlp.make_doc(TEXT)
    for name, component in nlp.pipeline:
        if name != CLAIMS:
            doc = component(doc)
    return read_scene(doc, read_reference(PACKAGED))


@pytest.fixture(scope="module")
def ruled(scene):
    said = RuleProposer(read_vocabulary()).propose(scene)
    return [one for one in said if isinstance(one, Proposal)]


def guest(one: Proposal, **changes) -> Proposal:
    """The same as a proposer of one's own would say it."""
    changes = {"proposer": "own", "rules": (proposals.GUEST,), "stance": Stance.NEUTRAL, **changes}
    return replace(one, **changes)


def plain(opinion):
    """All of an opinion but who proposed it."""
    position = opinion.position
    roles = (position.cue, position.holders, position.target, position.stance)
    return roles, opinion.chance, opinion.because, opinion.weighed, opinion.stands


def alone(one: Proposal, scene) -> Proposal:
    """The same by the words "the draft", which nobody else takes for a cue."""
    words = scene.doc[2:4]
    return guest(one, cue=words, words=tuple(words), head=words[1])


@pytest.mark.parametrize("profile", JUDGES)
@pytest.mark.parametrize("chances", [None, Chances(0.9, 0.8, 1, 1, 0, 0)])
def test_guests_change_no_opinion_on_what_others_propose(scene, ruled, profile, chances):
    judge = JUDGES[profile]
    guests = [guest(one, chances=chances) for one in ruled] + [alone(ruled[0], scene)]
    sure = Chances(0.95, 0.9, 0.9, 0.02, 0.95, 0.03)
    known = [*ruled, *(replace(one, proposer="reader", chances=sure) for one in ruled[:3])]
    before = judge.weigh(group_proposals(known), scene)
    after = HostJudge(judge, 0.5).weigh(group_proposals([*guests, *known]), scene)
    assert any(opinion.stands for opinion in before)
    for old, new in zip(before, after[: len(before)], strict=True):
        if old.stands:
            assert plain(new) == plain(old)
            names = [one.proposer for one in old.proposals]
            assert [one.proposer for one in new.proposals] == [*names, "own"]


def test_what_a_guest_alone_proposes_stands_with_the_score_of_the_settings(scene, ruled):
    sure = Chances(0.8, 1.0, 1.0, 0.0, 0.0, 1.0)
    for chances, score in ((None, 0.4), (sure, 0.32), (replace(sure, neutral=0.5), 0.16)):
        one = replace(alone(ruled[0], scene), chances=chances)
        for judge in JUDGES.values():
            host = HostJudge(judge, 0.4)
            (opinion,) = host.weigh(group_proposals([one]), scene)
            assert (opinion.stands, opinion.chance, opinion.position) == (True, score, one)
            assert GUEST in opinion.weighed
            held = one.holders[0]
            assert host.score_settled(opinion, one, held, attributed=True) == score


def test_to_agree_never_costs_a_claim(scene, ruled):
    judge = JUDGES["full"]
    strict = LearnedJudge(replace(judge.odds, keep=1.0))
    mine = guest(ruled[0])
    (old,) = strict.weigh(group_proposals(ruled[:1]), scene)
    (new,) = HostJudge(strict, 0.5).weigh(group_proposals([ruled[0], mine]), scene)
    assert (old.stands, new.stands) == (False, True)
    assert (new.position, new.chance) == (mine, 0.5)
    assert [one.proposer for one in new.proposals] == ["rules", "own"]


def test_guests_join_the_position_that_they_read(scene, ruled):
    second = guest(ruled[0], proposer="second")
    groups = group_proposals([second, *ruled, guest(ruled[0]), guest(ruled[0])])
    assert [one.proposer for one in groups[0].proposals] == ["rules", "second", "own", "own"]
    assert len(groups) == len(group_proposals(ruled))
    lonely = group_proposals([alone(ruled[0], scene), *ruled, alone(ruled[0], scene)])
    assert [len(group.proposals) for group in lonely[-1:]] == [2]
    assert [group.leading.proposer for group in lonely].index("own") == len(ruled)


def test_guests_of_another_holder_are_a_position_of_their_own(ruled):
    by_name = {one.holders[0].entity: one for one in ruled}
    one = guest(by_name["country:CL"], holders=by_name["country:KE"].holders)
    assert len(group_proposals([*ruled, one])) == len(ruled) + 1
