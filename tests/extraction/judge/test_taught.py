"""A lesson is laid over the judge: it changes what it has weights for, and nothing else."""

from __future__ import annotations

import pytest

from pipeline.extraction.judge import Judge, TaughtJudge, group_proposals, read_weights
from pipeline.extraction.propose.proposal import Proposal
from pipeline.extraction.propose.rules import RuleProposer, read_vocabulary
from pipeline.extraction.scene import read_scene
from pipeline.lexicon.folder import packaged_models
from pipeline.lexicon.lesson import Lesson, Odds
from pipeline.lexicon.reference import read_reference

PACKAGED = (packaged_models(),)
TEXT = "Chile rejected the draft. Peru supports the treaty."


@pytest.fixture(scope="module")
def read(nlp):
    doc = nlp(TEXT)
    scene = read_scene(doc, read_reference(PACKAGED))
    said = RuleProposer(read_vocabulary()).propose(scene)
    return scene, group_proposals(one for one in said if isinstance(one, Proposal))


def weigh(read, lesson=None):
    scene, groups = read
    shipped = Judge(read_weights(PACKAGED))
    judge = shipped if lesson is None else TaughtJudge(shipped, lesson)
    return judge, judge.weigh(groups, scene)


def cue_of(read, word):
    return next(g.leading.entry_id for g in read[1] if word in g.leading.cue.text)


def test_a_lesson_that_adds_nothing_changes_nothing(read):
    _, shipped = weigh(read)
    _, taught = weigh(read, Lesson("fast", Odds()))
    assert [one.chance for one in taught] == [one.chance for one in shipped]
    assert all(one.stands for one in taught)


def test_what_speaks_against_a_cue_lowers_that_cue_alone(read):
    _, shipped = weigh(read)
    against = Odds(weights={f"cue:{cue_of(read, 'rejected')}": -2.0})
    _, taught = weigh(read, Lesson("fast", against))
    assert taught[0].chance < shipped[0].chance - 0.2
    assert taught[1].chance == shipped[1].chance


def test_a_position_stands_from_the_chance_on_that_was_learned(read):
    against = Odds(weights={f"cue:{cue_of(read, 'rejected')}": -3.0})
    _, taught = weigh(read, Lesson("fast", Odds(), stands=against, keep=0.4))
    assert [one.stands for one in taught] == [False, True]


def test_the_settled_score_is_taught_once(read):
    lesson = Lesson("fast", Odds(bias=1.0))
    judge, opinions = weigh(read, lesson)
    one = opinions[0]
    settled = judge.score_settled(one, one.position, one.position.holders[0], attributed=False)
    assert settled == one.chance
    reported = judge.score_settled(one, one.position, one.position.holders[0], attributed=True)
    assert reported < settled
