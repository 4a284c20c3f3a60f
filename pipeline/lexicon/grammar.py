"""The closed word classes of the claim grammar, from ``models/grammar.yaml``."""

from __future__ import annotations

from dataclasses import dataclass, fields
from pathlib import Path

from pipeline.lexicon.word_classes import read_word_classes

FILE = "grammar.yaml"


@dataclass(frozen=True, slots=True)
class Grammar:
    """Lower-case lemmas by what they do to a cue that they govern or modify."""

    light_verbs: frozenset[str]
    aspectual_verbs: frozenset[str]
    negative_verbs: frozenset[str]
    reversing_verbs: frozenset[str]
    hedge_modals: frozenset[str]
    hedge_verbs: frozenset[str]
    improbable: frozenset[str]
    negators: frozenset[str]
    conditionals: frozenset[str]
    hedge_adverbs: frozenset[str]
    name_descriptors: frozenset[str]
    instruments: frozenset[str]
    occasions: frozenset[str]
    policies: frozenset[str]
    documents: frozenset[str]
    authoring_verbs: frozenset[str]
    partitives: frozenset[str]
    forgoing_verbs: frozenset[str]
    mandative_verbs: frozenset[str]
    false_words: frozenset[str]
    wrong_words: frozenset[str]
    true_words: frozenset[str]
    sure_words: frozenset[str]
    open_words: frozenset[str]
    denying_verbs: frozenset[str]
    factive_verbs: frozenset[str]
    false_adverbs: frozenset[str]
    report_nouns: frozenset[str]
    accusing_verbs: frozenset[str]
    ending_nouns: frozenset[str]
    # Holders and targets
    copulas: frozenset[str]
    led_bodies: frozenset[str]
    speaking_for: frozenset[str]
    percentages: frozenset[str]
    no_way_nouns: frozenset[str]
    ability_words: frozenset[str]
    able_words: frozenset[str]
    unable_words: frozenset[str]
    willing_words: frozenset[str]
    accepting_verbs: frozenset[str]
    ability_nouns: frozenset[str]
    inability_nouns: frozenset[str]
    difficulty_nouns: frozenset[str]
    mutual_verbs: frozenset[str]
    poised_words: frozenset[str]
    lack_nouns: frozenset[str]
    giving_up_verbs: frozenset[str]
    shielding_verbs: frozenset[str]
    contesting_verbs: frozenset[str]
    assaults: frozenset[str]
    contrary_words: frozenset[str]
    reporting_verbs: frozenset[str]
    resuming_verbs: frozenset[str]
    gathering_verbs: frozenset[str]


def read_grammar(folders: tuple[Path, ...]) -> Grammar:
    """The word classes of all folders joined.

    Raises:
        LexiconError: a file has an unknown key, or a class has no list anywhere.

    """
    names = [field.name for field in fields(Grammar)]
    return Grammar(**read_word_classes(folders, FILE, names))
