"""Sentences of the lexicons are turned the same way each time, and marked as articles are."""

from __future__ import annotations

import random

import pytest
from spacy.language import Language

from pipeline.lexicon.cues import Cue, read_cues
from pipeline.lexicon.folder import packaged_models
from pipeline.lexicon.yaml_lines import read_yaml
from training.short import TURNS_FILE, Dice, grouped, marked, varied


@pytest.fixture(scope="module")
def cues() -> list[Cue]:
    known = ("cue.reject.reject", "cue.endorse.endorse", "cue.welcome.welcome", "cue.oppose.oppose")
    return [cue for cue in read_cues((packaged_models(),)) if cue.id in known]


def turned(nlp: Language, cues: list[Cue], seed: int = 1) -> list[str]:
    dice = Dice(random.Random(seed), read_yaml(TURNS_FILE))
    return list(varied(nlp, cues, dice, 12))


def test_the_same_seed_gives_the_same_sentences(nlp: Language, cues: list[Cue]) -> None:
    assert turned(nlp, cues) == turned(nlp, cues) != turned(nlp, cues, 2)


def test_every_kind_of_turn_takes_part(nlp: Language, cues: list[Cue]) -> None:
    text = " ".join(text for seed in range(6) for text in turned(nlp, cues, seed))
    for sign in (" not ", "?", " that ", "Neither ", " the repeal of "):
        assert sign in text, sign


def test_texts_are_grouped_and_none_is_lost(nlp: Language, cues: list[Cue]) -> None:
    texts = sorted(set(turned(nlp, cues)))
    together = list(grouped(texts, random.Random(3)))
    assert sorted(one for text in together for one in text.split("\n\n")) == texts
    assert len(together) < len(texts)


def test_marks_are_claims_of_the_text_and_denials_turn_them(nlp: Language) -> None:
    found = list(marked(nlp, ["Peru did not endorse the pact.", "Peru endorsed the pact."]))
    stances = [[claim["stance"] for claim in one["claims"]] for one in found]
    assert stances == [["oppose"], ["support"]]
    for one in found:
        for claim in one["claims"]:
            assert one["text"][claim["holder"]["start"] : claim["holder"]["end"]] == "Peru"
