"""Every example and counterexample under models/, tried on the real pipeline in one go.

``models/known_failures.txt`` lists those that fail, each with why. One that is listed and passes
fails here too, so that the list can only shrink.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.extraction.build import proposing
from pipeline.lexicon.check import (
    Fault,
    find_clashes,
    find_cue_clashes,
    read_faults,
    read_known_failures,
)
from pipeline.lexicon.cues import Cue
from pipeline.lexicon.entity_files import Entry
from pipeline.lexicon.examples import (
    check_cue_examples,
    check_entity_examples,
    check_rule_examples,
    read_example,
)
from pipeline.lexicon.folder import packaged_models
from pipeline.lexicon.rules import read_rules

MODELS = packaged_models()
FAULTS, ENTRIES, CUES = read_faults((MODELS,))
RULES = tuple(read_rules((MODELS,)).entries.values())
ENTITIES = [entry for entry in ENTRIES if entry.examples or entry.counterexamples]
FILES = sorted(path.relative_to(MODELS).as_posix() for path in MODELS.glob("*/*.yaml"))


def file_of(place: str) -> str:
    return Path(place.rpartition(":")[0]).relative_to(MODELS).as_posix()


def read_known() -> dict[str, str]:
    return read_known_failures((MODELS,))


@pytest.fixture(scope="module")
def faults(nlp) -> list[Fault]:
    found = [*check_entity_examples(nlp, ENTITIES)]
    with proposing(nlp):
        found += check_cue_examples(nlp, CUES)
    return [*found, *check_rule_examples(nlp, RULES)]


def test_every_file_can_be_read():
    assert list(map(str, FAULTS)) == []
    assert list(map(str, find_cue_clashes(CUES))) == []


@pytest.mark.parametrize("file", [*FILES, "rules.yaml"])
def test_examples_hold(faults, file):
    known = read_known()
    failing = [fault for fault in faults if file_of(fault.place) == file]
    assert [str(fault) for fault in failing if fault.about not in known] == []


def test_known_failures_still_fail_and_say_why(faults):
    failing = {fault.about for fault in faults}
    known = read_known()
    assert sorted(known.keys() - failing) == []
    assert [about for about, reason in known.items() if len(reason.split()) < 2] == []


def test_every_cue_has_an_example_that_marks_its_roles():
    for cue in CUES:
        for sentence in cue.examples:
            example = read_example(sentence, place="", identifier=cue.id, matches=True)
            labels = {mark.label.partition(":")[0] for mark in example.marks}
            assert {"holder", "cue"} <= labels <= {"holder", "cue", "target"}, cue.place


def test_forms_of_two_entities_are_told():
    assert [str(fault) for fault in find_clashes(ENTRIES)] == []


def make_cue(marked: str, *, counterexample: str = "") -> Cue:
    from dataclasses import replace

    cue = next(cue for cue in CUES if cue.id == "cue.reject.reject")
    own = (counterexample,) if counterexample else ()
    return replace(cue, examples=(marked,) if marked else (), counterexamples=own, place="a:1")


@pytest.mark.parametrize(
    ("marked", "message"),
    [
        ("[Chile]{holder} [met]{cue:oppose} Peru.", "makes no claim"),
        ("[Chile]{holder} [rejected]{cue:support} [the draft]{target}.", "is oppose, not support"),
        ("[Chile]{holder} [rejected]{cue:oppose} the [draft]{target}.", "as target, not 'draft'"),
        ("Chile [rejected]{cue:oppose} [the draft]{holder}.", "as holder, not 'the draft'"),
        ("[Chile]{holder} has [not rejected]{cue:support} it.", "as cue, not 'not rejected'"),
    ],
)
def test_an_example_fails_where_its_claim_is_another(nlp, marked, message):
    (fault,) = check_cue_examples(nlp, [make_cue(marked)])
    assert message in fault.message
    assert fault.place == "a:1"
    assert fault.about.startswith("cue.reject.reject | Chile ")


def test_a_counterexample_fails_where_the_cue_makes_a_claim(nlp):
    cue = make_cue("", counterexample="Chile rejected the draft.")
    (fault,) = check_cue_examples(nlp, [cue])
    assert "cue.reject.reject makes a claim" in fault.message


def test_an_article_inside_a_mark_is_left_out(nlp):
    entry = Entry(
        "country:NL", "Netherlands", "state", examples=("[The Netherlands] objected.",), place="a:1"
    )
    assert list(check_entity_examples(nlp, [entry])) == []
