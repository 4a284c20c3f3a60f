"""Rulings are appended and folded: what stands follows from the positions and the rulings alone."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, fields

import pytest

from pipeline.extraction.build import CLAIMS
from pipeline.extraction.judge import Judge, group_proposals, read_weights
from pipeline.extraction.propose.proposal import Proposal
from pipeline.extraction.propose.rules import RuleProposer, read_vocabulary
from pipeline.extraction.scene import read_scene
from pipeline.extraction.settle import CONSTRAINTS, Amend, Drop, Link, fold, settle
from pipeline.lexicon.folder import packaged_models
from pipeline.lexicon.reference import read_reference
from pipeline.records import Stance

REFERENCE = read_reference((packaged_models(),))
TEXT = (
    "Chile said it opposed the ban. Merkel noted that France supports the levy. "
    "“We reject the plan,” Macron said. “The delay is unacceptable.” "
    "Chile endorsed and supported the draft. Norway, backed by Kenya, opposed the text. "
    "Peru demanded an end to Russia's attacks on the port. Kenya doubts that Togo backs the cut. "
    "Iran neither confirmed nor denied the report. Chile reiterated its opposition to the fund. "
    "“I think the plan is old, and we do not think that it is fair,” Merkel said. "
    "According to Macron, Chile rejected the vote."
)


@pytest.fixture(scope="module")
def scene(nlp):
    doc = nlp.make_doc(TEXT)
    for name, component in nlp.pipeline:
        if name != CLAIMS:
            doc = component(doc)
    return read_scene(doc, REFERENCE)


@pytest.fixture(scope="module")
def opinions(scene):
    proposed = RuleProposer(read_vocabulary()).propose(scene)
    judge = Judge(read_weights((packaged_models(),)))
    return judge.weigh(group_proposals(one for one in proposed if isinstance(one, Proposal)), scene)


def as_values(position: Proposal) -> tuple[object, ...]:
    return tuple(getattr(position, field.name) for field in fields(position))


def test_what_stands_is_the_fold_of_the_rulings(scene, opinions):
    settlement = settle(scene, opinions)
    assert {type(ruling) for ruling in settlement.rulings} == {Drop, Amend, Link}
    positions = [opinion.position for opinion in opinions]
    folded = fold(scene, positions, settlement.rulings)
    stand = [(folded[number], folded.reporter(number)) for number in folded.numbers()]
    assert [(one.position, one.reporter) for one in settlement.settled] == stand


def test_settling_changes_no_opinion_and_gives_the_same_twice(scene, opinions):
    before = [as_values(opinion.position) for opinion in opinions]
    claims = scene.doc._.claims, scene.doc._.mentions
    first, second = settle(scene, opinions), settle(scene, opinions)
    assert [as_values(opinion.position) for opinion in opinions] == before
    assert (scene.doc._.claims, scene.doc._.mentions) == claims
    assert [as_values(s.position) for s in first.settled] == [
        as_values(s.position) for s in second.settled
    ]
    assert [(r.rule, r.span.start) for r in first.refused] == [
        (r.rule, r.span.start) for r in second.refused
    ]


def test_every_position_stands_or_has_the_refusal_that_dropped_it_first(scene, opinions):
    settlement = settle(scene, opinions)
    assert len(settlement.settled) + len(settlement.refused) == len(opinions)
    dropped = {ruling.number: ruling.rule for ruling in reversed(settlement.rulings)
               if isinstance(ruling, Drop)}  # fmt: skip
    assert [one.rule for one in settlement.refused] == [dropped[n] for n in sorted(dropped)]


def test_rulings_come_in_the_order_of_the_table(scene, opinions):
    kept: list[object] = []
    for length in range(len(CONSTRAINTS) + 1):
        rulings = list(settle(scene, opinions, CONSTRAINTS[:length]).rulings)
        assert [repr(one)[:40] for one in rulings[: len(kept)]] == [repr(o)[:40] for o in kept]
        kept = rulings
    assert len({constraint.name for constraint in CONSTRAINTS}) == len(CONSTRAINTS)


def test_no_record_of_the_flow_can_be_written_to(scene, opinions):
    settlement = settle(scene, opinions)
    for record, name in (
        (opinions[0], "chance"),
        (opinions[0].position, "stance"),
        (settlement.settled[0], "reporter"),
        (settlement.rulings[0], "number"),
        (scene, "doc"),
    ):
        with pytest.raises(FrozenInstanceError):
            setattr(record, name, Stance.NEUTRAL)
