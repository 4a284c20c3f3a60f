"""Targets and the concepts that they are about: words in any form, entities, gaps, joins, turns."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.concepts.check import (
    check_concept_examples,
    find_concept_clashes,
    find_unknown_entities,
    read_concept_faults,
)
from pipeline.concepts.files import Concept, ConceptLexicon, read_concepts
from pipeline.concepts.lemmas import tokens_of
from pipeline.concepts.mapping import Mapper, Piece, build_mapper
from pipeline.concepts.patterns import read_pattern
from pipeline.lexicon.entities import EntityLexicon
from tests.concepts.lexicons import CONCEPTS, MODELS, NAMES


def concept(name: str, *patterns: str, turned: tuple[str, ...] = ()) -> Concept:
    return Concept(
        f"concept.own.{name}",
        name,
        tuple(map(read_pattern, patterns)),
        tuple(map(read_pattern, turned)),
    )


def mapper_of(*concepts: Concept) -> Mapper:
    by_id = {one.id: one for one in concepts}
    return build_mapper(ConceptLexicon(by_id, CONCEPTS.turns, CONCEPTS.light), NAMES)


OWN = mapper_of(
    concept("levy", "levy", "sugar tax", turned=("untaxed sugar",)),
    concept("quota", "quota|ceiling on fish", "catch limit"),
    concept("harbour", "harbour of ... city"),
    concept("chinese-loans", "country:CN loan|credit", "loan from country:CN"),
    concept("accord", "Lima Accord", "LAX"),
)


def found(target: str, mapper: Mapper = OWN) -> dict[str, bool]:
    return {one.concept.id.rpartition(".")[2]: one.turned for one in mapper.find((Piece(target),))}


@pytest.mark.parametrize(
    ("target", "concepts"),
    [
        ("the levies", {"levy"}),
        ("ITS NEW SUGAR TAX ON DRINKS", {"levy"}),
        ("taxes on sugar", set()),
        ("a ceiling on the fish", {"quota"}),
        ("quotas on fish", {"quota"}),
        ("the quota", set()),
        ("harbors of the old northern city", {"harbour"}),
        ("the harbour of a city", {"harbour"}),
        ("the harbour in the city", set()),
        ("cheap Chinese loans", {"chinese-loans"}),
        ("China’s credits to Peru", {"chinese-loans"}),
        ("a loan from the People's Republic of China", {"chinese-loans"}),
        ("loans from Chile", set()),
        ("the Lima\nAccord’s text", {"accord"}),
        ("LAX", {"accord"}),
        ("lax rules", set()),
        ("ΛΕΥΥ 🎉 \u200d", set()),
        ("", set()),
    ],
)
def test_words_count_in_any_form(target: str, concepts: set[str]) -> None:
    assert set(found(target)) == concepts


@pytest.mark.parametrize(
    ("target", "concepts"),
    [
        ("the levy and the Lima Accord", {"levy": False, "accord": False}),
        ("the levy, the quotas on fish and Chinese loans",
         {"levy": False, "quota": False, "chinese-loans": False}),
        ("the levy on the harbour of the city", {"levy": False}),
        ("a report on the Lima Accord by the levy board", {"accord": False}),
        ("the sugar tax / the Lima Accord", {"levy": False, "accord": False}),
        ("the levy and the study on the Lima Accord", {"levy": False}),
        ("the levy and the levy", {"levy": False}),
        (f"a report {'on some old ship ' * 3} of the levy", {"levy": False}),
        (f"a report {'on some old ship ' * 5} of the levy", {}),
        (f"the levy{', ship' * 20} and the Lima Accord", {"levy": False, "accord": False}),
    ],
)  # fmt: skip
def test_what_is_joined_counts_and_what_describes_does_not(
    target: str, concepts: dict[str, bool]
) -> None:
    assert found(target) == concepts


@pytest.mark.parametrize(
    ("target", "concepts"),
    [
        ("the repeal of the levy", {"levy": True}),
        ("to scrap the unfair old levy", {"levy": True}),
        ("the levy's abolition", {"levy": True}),
        ("an end to the ban on Chinese loans", {"chinese-loans": False}),
        ("a ban on imports of untaxed sugar", {"levy": False}),
        ("untaxed sugar", {"levy": True}),
        ("opposition against the levy", {"levy": True}),
        ("a vote against the levy", {"levy": True}),
        ("the need for the removal of the levy", {"levy": True}),
        ("the repeal of the levy and the Lima Accord", {"levy": True, "accord": True}),
        ("the repeal of the levy and a new Lima Accord", {"levy": True, "accord": False}),
        ("to repeal the levy and join the Lima Accord", {"levy": True, "accord": False}),
        ("the levy and the repeal of the Lima Accord", {"levy": False, "accord": True}),
        ("the Lima Accord, and the need for an end to the levy", {"accord": False, "levy": True}),
        ("talks in Lima after the repeal on the levy", {"levy": True}),
        ("withdrawal of troops from the levy office", {"levy": False}),
    ],
)
def test_words_around_turn_a_concept_round(target: str, concepts: dict[str, bool]) -> None:
    assert found(target) == concepts


def test_an_entity_counts_by_the_mention_that_stands_for_it() -> None:
    piece = Piece("Beijing's loans", ((0, 7, "country:CN"),))
    assert [one.concept.label for one in OWN.find((piece,))] == ["chinese-loans"]
    assert OWN.find((Piece("Beijing's loans", ((0, 7, "org:beijing-opera"),)),)) == ()


def test_the_antecedent_counts_before_the_target_itself() -> None:
    assert [
        one.concept.label for one in OWN.find((Piece("the Lima Accord"), Piece("the levy")))
    ] == ["accord"]
    assert [one.concept.label for one in OWN.find((Piece("a thing"), Piece("the levy")))] == [
        "levy"
    ]


def test_ones_own_concept_wins_over_a_packaged_one_with_the_same_pattern(tmp_path: Path) -> None:
    (tmp_path / "concepts").mkdir()
    (tmp_path / "concepts" / "own.yaml").write_text(
        "- {id: concept.own.call, label: My call, patterns: [Paris Call]}\n"
        "- {id: concept.cyber.norms, label: Norms of mine, patterns: [zubrowka norm]}\n",
        encoding="utf-8",
    )
    lexicon = read_concepts((MODELS, tmp_path))
    mapper = build_mapper(lexicon, NAMES)
    assert [one.concept.label for one in mapper.find((Piece("the Paris Call"),))] == ["My call"]
    assert lexicon.concepts["concept.cyber.norms"].label == "Norms of mine"
    assert mapper.find((Piece("cyber norms"),)) == ()


def test_every_packaged_example_holds() -> None:
    faults, concepts = read_concept_faults((MODELS,))
    mapper = build_mapper(CONCEPTS, NAMES)
    faults += find_concept_clashes(concepts)
    faults += find_unknown_entities(concepts, NAMES)
    faults += check_concept_examples(mapper, concepts)
    assert list(map(str, faults)) == []
    assert all(one.counterexamples for one in concepts)


@given(st.text(max_size=60))
def test_any_text_is_a_target(text: str) -> None:
    tokens = tokens_of(text)
    edges = [edge for token in tokens for edge in (token.start, token.end)]
    assert edges == sorted(edges)
    assert all(token.start < token.end and token.key for token in tokens)
    assert set(found(f"the levy of {text}")) >= {"levy"}


@given(st.lists(st.sampled_from("levy repeal of the and ban on loan China a tax".split())))
def test_a_concept_is_given_once_whatever_stands_beside_it(words: list[str]) -> None:
    ids = [one.concept.id for one in OWN.find((Piece(" ".join(words)),))]
    assert len(ids) == len(set(ids))


def seconds(mapper: Mapper, target: str) -> float:
    best = 9.0
    for _ in range(3):
        start = time.process_time()
        mapper.find_by_patterns(Piece(target))
        best = min(best, time.process_time() - start)
    return best


@pytest.mark.parametrize("words", ["the levy and ", "repeal of ", "levy ", "harbour of ", "of a "])
def test_a_long_target_costs_no_more_a_word(words: str) -> None:
    short, long = words * 500, words * 5000
    assert seconds(OWN, long) < 40 * max(seconds(OWN, short), 0.001)


def test_thousands_of_concepts_cost_a_target_no_more() -> None:
    few = mapper_of(*(concept(f"c{number}", f"thing{number} of state") for number in range(10)))
    many = mapper_of(*(concept(f"c{number}", f"thing{number} of state") for number in range(5000)))
    target = "the thing7 of the state and the plan " * 50
    assert found(target, many) == {"c7": False}
    assert seconds(many, target) < 10 * max(seconds(few, target), 0.001)


def test_without_entities_in_patterns_no_names_are_looked_up() -> None:
    mapper = build_mapper(ConceptLexicon({}), EntityLexicon({}))
    assert (mapper.forms, mapper.find((Piece("China"),))) == ({}, ())
