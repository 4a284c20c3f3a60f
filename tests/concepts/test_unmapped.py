"""Targets without a concept, in groups that a person would make, each with an entry that works."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.concepts.check import check_concept_examples, find_concept_clashes
from pipeline.concepts.files import read_concepts
from pipeline.concepts.mapping import Piece, build_mapper
from pipeline.concepts.unmapped import Group, Unmapped, entry_for, find_head, group_unmapped
from tests.concepts.lexicons import CONCEPTS, MODELS, NAMES


def groups_of(*targets: str, reads: str = "") -> list[Group]:
    seen = [Unmapped(words, reads or words, "support", "note") for words in targets]
    return group_unmapped(seen, CONCEPTS, lambda words: NAMES.find(words) is not None)


@pytest.mark.parametrize(
    ("target", "core"),
    [
        ("the unfair sugar levy in Peru", "unfair sugar levy"),
        ("the repeal of the old levy", "old levy"),
        ("the need for an end to the use of cheap fuel", "cheap fuel"),
        ("to sail through the strait", "sail through strait"),
        ("a fund, which pays for ships", "fund"),
        ("the repeal", "repeal"),
        ("taxes on sugar", "taxes on sugar"),
        ("exploitation, if any", "exploitation"),
        ("THE UNFAIR LEVY ON FISH", "unfair levy"),
    ],
)
def test_the_head_is_what_a_target_is_about(target: str, core: str) -> None:
    head = find_head(target, CONCEPTS)
    assert head is not None
    assert head.core == core


def test_targets_of_one_head_or_name_are_one_group_and_the_commonest_comes_first() -> None:
    groups = groups_of(
        "a quota",
        "the levy on fish",
        "the fish levies of Peru",
        "the repeal of the levy",
        "talks on the Zubrowka Charter",
        "the Zubrowka Charter",
        "the Zubrowka Charter",
        "the Zubrowka Charter",
    )
    assert [(group.core, group.claims) for group in groups] == [
        ("Zubrowka Charter", 4),
        ("levy on fish", 3),
        ("quota", 1),
    ]
    assert groups[1].stances == (("support", 3),)


def test_the_name_of_an_actor_joins_nothing() -> None:
    assert len(groups_of("talks with the United States", "a wall around the United States")) == 2


def test_a_pronoun_has_no_entry_to_paste() -> None:
    groups = groups_of("it", "They", "the it department", "...")
    assert {group.core: group.has_words for group in groups} == {
        "it": False,
        "They": False,
        "it department": True,
        "...": False,
    }


def test_an_entry_has_an_id_of_its_own() -> None:
    (group,) = groups_of("the levy")
    taken: set[str] = set()
    entries = [entry_for(group, CONCEPTS, NAMES, area="own", taken=taken) for _ in range(3)]
    assert [entry.splitlines()[0] for entry in entries] == [
        "- id: concept.own.levy",
        "- id: concept.own.levy-2",
        "- id: concept.own.levy-3",
    ]


WORDS = st.sampled_from(
    "the levy Levy LEVY of on repeal need and , quota fish's “tax” rule-based U.S. it no 5G é "
    "Zubrowka 🎉 \u200f \u00a0 x: # - ' \" | ... org:UN to oppose".split(" ")
)


@settings(max_examples=60)
@given(st.lists(st.lists(WORDS, min_size=1, max_size=8), min_size=1, max_size=4))
def test_any_entry_can_be_pasted_and_its_examples_hold(targets: list[list[str]]) -> None:
    groups = groups_of(*(" ".join(words) for words in targets))
    taken: set[str] = set()
    pasted = [
        entry_for(group, CONCEPTS, NAMES, area="own", taken=taken)
        for group in groups
        if group.has_words
    ]
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "concepts").mkdir()
        (Path(folder) / "concepts" / "own.yaml").write_text("".join(pasted), encoding="utf-8")
        (Path(folder) / "concepts" / "turns.yaml").write_bytes(
            (MODELS / "concepts" / "turns.yaml").read_bytes()
        )
        lexicon = read_concepts((Path(folder),))
    assert len(lexicon.concepts) == len(pasted)
    for concept in lexicon.concepts.values():
        alone = build_mapper(
            type(lexicon)({concept.id: concept}, lexicon.turns, lexicon.light), NAMES
        )
        assert list(check_concept_examples(alone, [concept])) == []
    assert [
        one for one in find_concept_clashes(lexicon.concepts.values()) if "twice" in str(one)
    ] == []


@pytest.mark.parametrize(
    "target",
    [
        "the unfair sugar levy in Peru",
        "CELAC's stronger position",
        "the repeal of the old fish quota",
        "to sail through the strait",
        "a ‘third’ option, if any",
        "taxes on the sugar of Cuba",
    ],
)
def test_a_target_has_the_concept_once_its_entry_is_pasted(tmp_path: Path, target: str) -> None:
    (group,) = groups_of(target)
    (tmp_path / "concepts").mkdir()
    path = tmp_path / "concepts" / "own.yaml"
    path.write_text(entry_for(group, CONCEPTS, NAMES, area="own"), encoding="utf-8")
    mapper = build_mapper(read_concepts((MODELS, tmp_path)), NAMES)
    (found,) = mapper.find((Piece(target),))
    assert found.concept.id.startswith("concept.own.")
    assert found.turned is ("repeal" in target)
