"""Passages and tasks: deterministic, whole, the riskiest first."""

from __future__ import annotations

import json
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from pipeline.records import BlockKind, Extraction, Sentence
from pipeline.review.tasks import build_tasks
from pipeline.review.units import LONGEST_UNIT, build_units, find_passages
from tests.dataset.build import article, chile, claim_of, peru


def test_equal_inputs_give_equal_tasks() -> None:
    one, two = (json.dumps([t.to_json() for t in build_tasks([article()])]) for _ in range(2))
    assert one == two


def test_a_paragraph_is_one_unit_and_has_its_claims() -> None:
    (unit,) = build_units(article())
    assert [claim.id for claim in unit.claims] == [chile().id, peru().id]
    assert (
        article().text[unit.start : unit.end] == "Chile rejected the draft. Peru backed the vote."
    )


def test_the_riskiest_comes_first() -> None:
    sure = replace(article(), article="sure", claims=(peru(),))
    risky = replace(article(), article="unsure", claims=(chile(),))
    assert [task.article for task in build_tasks([sure, risky])] == ["unsure", "sure"]


def test_the_uid_depends_on_article_text_and_passage_and_not_on_rules() -> None:
    before = build_tasks([article()])[0]
    rescored = replace(article(), claims=(replace(chile(), score=0.1), peru()))
    after = build_tasks([rescored])[0]
    assert before.uid == after.uid
    assert before.shown != after.shown
    assert build_tasks([replace(article(), article="other")])[0].uid != before.uid


def test_decided_claims_are_not_asked_again_but_new_ones_beside_them_are() -> None:
    both = frozenset({chile().id, peru().id})
    assert build_units(article(), decided=both) == ()
    (unit,) = build_units(article(), decided=frozenset({chile().id}))
    assert [claim.id for claim in unit.claims] == [peru().id]
    assert unit.id != build_units(article())[0].id


def test_a_passage_is_widened_to_hold_a_holder_from_before() -> None:
    text = article().text
    claim = replace(peru(), cue=type(peru().cue)(55, 58), target=None)
    far = Extraction("note", text, (*article().sentences,), (), (claim,))
    (unit,) = build_units(far)
    assert (unit.start, unit.end) == (26, 66)  # from the holder to the end of the cue's sentence


def test_long_paragraphs_are_cut_between_sentences_and_headings_are_left_out() -> None:
    sentence = "Chile rejected the draft again and again. "
    text = "A heading\n" + sentence * 60
    sentences = [Sentence(0, 9, BlockKind.HEADING)]
    sentences += [Sentence(10 + len(sentence) * n, 9 + len(sentence) * (n + 1)) for n in range(60)]
    passages = find_passages(Extraction("long", text, tuple(sentences)))
    assert len(passages) > 1
    assert all(passage.end - passage.start <= LONGEST_UNIT for passage in passages)
    assert passages[0].start == 10
    assert passages[-1].end == sentences[-1].end


def test_paragraphs_without_a_claim_are_units_on_demand() -> None:
    text = article().text
    extraction = replace(article(), sentences=(*article().sentences[:2], Sentence(48, len(text))))
    assert len(build_units(extraction, whole=True)) == 2


PARAGRAPHS = "Chad cut the levy. It helped.\nMali backed the dam.\nTogo and Oman met. They talked."
WORDS = ("Chad", "cut", "the levy", "It", "helped", "Mali", "backed", "the dam", "Togo", "Oman",
         "met", "They", "talked")  # fmt: skip


@given(st.lists(st.tuples(*[st.sampled_from(WORDS)] * 3), min_size=1, max_size=6))
def test_a_passage_is_no_wider_than_its_claims_need(parts: list[tuple[str, str, str]]) -> None:
    """It reaches from the first to the last of its cues' paragraph and of its claims' spans."""
    ends = [at + 1 for at, sign in enumerate(PARAGRAPHS) if sign == "."]
    starts = [0, *(end + 1 for end in ends[:-1])]
    sentences = tuple(map(Sentence, starts, ends))
    claims = tuple(
        replace(claim_of(who, cue, "oppose", what, "org:x", PARAGRAPHS), id=f"c{number}")
        for number, (who, cue, what) in enumerate(parts)
    )
    extraction = Extraction("note", PARAGRAPHS, sentences, (), claims)
    passages = find_passages(extraction)
    assert len(passages) == 3
    units = build_units(extraction)
    assert sorted(claim.id for unit in units for claim in unit.claims) == sorted(
        claim.id for claim in claims
    )
    for unit in units:
        paragraphs = {
            p for p in passages for claim in unit.claims if p.start <= claim.cue.start < p.end
        }
        assert len(paragraphs) == 1
        needed = [*paragraphs, *(s for c in unit.claims for s in (c.holder.span, c.cue, c.target))]
        assert unit.start == min(span.start for span in needed if span)
        assert unit.end == max(span.end for span in needed if span)
