"""Files of concepts: what is wrong is named with file and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.concepts.check import (
    check_concept_examples,
    find_concept_clashes,
    find_unknown_entities,
    read_concept_faults,
)
from pipeline.concepts.files import read_concepts
from pipeline.concepts.mapping import build_mapper
from pipeline.errors import LexiconError
from pipeline.lexicon.folder import lexicon_sha256
from tests.concepts.lexicons import MODELS, NAMES

GOOD = "- id: concept.own.levy\n  label: Levy\n  patterns: [levy]\n  examples: [the levy]\n"


def folder_of(tmp_path: Path, **files: str) -> Path:
    (tmp_path / "concepts").mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (tmp_path / "concepts" / f"{name}.yaml").write_text(text, encoding="utf-8")
    return tmp_path


BAD = [
    ("- id: concept.own.a\n  label: A\n  paterns: [a b]\n", ":1: unknown key 'paterns'; did you"),
    (f"{GOOD}- id: concept.own.levy\n  label: B\n  patterns: [b]\n", ":5: the id concept.own.levy"),
    ("\n- label: A\n  patterns: [levy]\n", ":2: the concept needs id"),
    ("- id: concept.own.a\n  patterns: [levy]\n", ":1: the concept needs label"),
    ("- {id: levy, label: A, patterns: [levy]}\n", ":1: the id 'levy' must be concept.AREA.NAME"),
    ("- {id: concept.Own.a, label: A, patterns: [b]}\n", ":1: the id 'concept.Own.a' must be"),
    ("- {id: concept.own.a, label: A}\n", ":1: concept.own.a needs patterns"),
    ("- {id: concept.own.a, label: A, patterns: ['']}\n", ":1: patterns of concept.own.a has an e"),
    ("- {id: concept.own.a, label: A, patterns: [the]}\n", "'the' of concept.own.a has no word"),
    ("- {id: concept.own.a, label: A, patterns: ['... levy']}\n", "begins or ends with ..."),
    ("- {id: concept.own.a, label: A, patterns: ['levy ...']}\n", "begins or ends with ..."),
    (
        "- {id: concept.own.a, label: A, patterns: ['levy|rule-based x']}\n",
        "has 'rule-based' where",
    ),
    ("- {id: concept.own.a, label: A, patterns: ['levy| x']}\n", "has '' where one word"),
    (f"- {{id: concept.own.a, label: A, patterns: [{'b' * 300}]}}\n", "longer than 200 characters"),
    ("- {id: concept.own.a, label: A, patterns: levy}\n", ":1: patterns must be a list of texts"),
    ("- {id: concept.own.a, label: A, patterns: [no]}\n", ":1: patterns must be a list of texts"),
    ("id: concept.own.a\n", ":1: the file must be a list of concepts"),
    ("- id: a\n  id: b\n", ":2: not valid YAML: the key 'id' stands twice"),
    ("- [\n", ":2: not valid YAML"),
]


@pytest.mark.parametrize(("text", "fault"), BAD)
def test_what_is_wrong_in_a_file_is_named_with_its_line(
    tmp_path: Path, text: str, fault: str
) -> None:
    folder = folder_of(tmp_path, own=text)
    with pytest.raises(LexiconError) as error:
        read_concepts((folder,))
    assert str(error.value).startswith(f"{folder}/concepts/own.yaml:")
    assert fault in str(error.value)


def test_an_unknown_list_of_turns_is_named(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, turns="turn: [repeal]\n")
    with pytest.raises(LexiconError, match=r"turns.yaml:1: unknown key 'turn'; did you mean turns"):
        read_concepts((folder,))


def test_one_bad_file_does_not_hide_the_others(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, a="- 3\n", b=GOOD, c="- {id: x}\n", turns="turns: x\n")
    faults, concepts = read_concept_faults((folder,))
    assert [one.id for one in concepts] == ["concept.own.levy"]
    assert [fault.place.rpartition("/")[2] for fault in faults] == [
        "a.yaml:1",
        "c.yaml:1",
        "turns.yaml:1",
    ]


def test_examples_that_do_not_hold_are_faults_with_file_and_line(tmp_path: Path) -> None:
    text = (
        "- id: concept.own.levy\n  label: Levy\n  patterns: [levy]\n"
        "  examples: [the tax, the repeal of the levy, the quota]\n"
        "  turned_examples: [the levy]\n  counterexamples: [a levy, the tax]\n"
        "- id: concept.own.quota\n  label: Quota\n  patterns: [quota]\n"
    )
    folder = folder_of(tmp_path, own=text)
    lexicon = read_concepts((MODELS, folder))
    own = [one for one in lexicon.concepts.values() if one.id.startswith("concept.own.")]
    mapper = build_mapper(lexicon, NAMES)
    faults = [str(fault).partition("own.yaml:")[2] for fault in check_concept_examples(mapper, own)]
    assert faults == [
        "1: example: concept.own.levy does not take it, nor does another in: the tax",
        "1: example: concept.own.levy takes it turned round in: the repeal of the levy",
        "1: example: concept.own.levy does not take it, but concept.own.quota in: the quota",
        "1: turned example: concept.own.levy takes it as it is in: the levy",
        "1: counterexample: concept.own.levy takes it as it is in: a levy",
    ]
    clashes = [str(fault).partition("own.yaml:")[2] for fault in find_concept_clashes(own)]
    assert clashes == ["7: concept.own.quota has no example; add a target that it takes"]


def test_a_pattern_that_two_concepts_share_is_a_fault(tmp_path: Path) -> None:
    folder = folder_of(
        tmp_path, own=GOOD + GOOD.replace("own.levy", "own.tax").replace("[levy]", "[Levies]")
    )
    _, concepts = read_concept_faults((folder,))
    (fault,) = find_concept_clashes(concepts)
    assert "own.yaml:5: the pattern 'Levies' of concept.own.tax is one of concept.own.levy" in str(
        fault
    )


def test_an_entity_that_no_lexicon_has_is_a_fault(tmp_path: Path) -> None:
    text = GOOD.replace("[levy]", "['country:CN levy', 'org:OASS levy', 'org:zzz-zzz']")
    _, concepts = read_concept_faults((folder_of(tmp_path, own=text),))
    faults = list(map(str, find_unknown_entities(concepts, NAMES)))
    assert [fault.partition("; ")[2] for fault in faults] == [
        "did you mean org:OAS? Else add it under models/entities/, or use its words",
        "add it under models/entities/, or use its words",
    ]


def test_a_concept_has_no_article_extracted_again(tmp_path: Path) -> None:
    (tmp_path / "cues").mkdir()
    (tmp_path / "cues" / "own.yaml").write_text("entries: []\n")
    before = lexicon_sha256((tmp_path,))
    folder_of(tmp_path, own=GOOD)
    assert lexicon_sha256((tmp_path,)) == before
