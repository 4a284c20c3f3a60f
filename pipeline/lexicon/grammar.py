"""The closed word classes of the claim grammar, from ``models/grammar.yaml``."""

from __future__ import annotations

import os
from dataclasses import dataclass, fields
from pathlib import Path

from pipeline.errors import LexiconError
from pipeline.lexicon.yaml_lines import LINE, SCALARS, read_words, read_yaml, refuse_unknown

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
    partitives: frozenset[str]
    forgoing_verbs: frozenset[str]
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


def read_grammar(folders: tuple[Path, ...]) -> Grammar:
    """The word classes of all folders joined.

    Raises:
        LexiconError: a file has an unknown key, or a class is missing everywhere.

    """
    names = [field.name for field in fields(Grammar)]
    words: dict[str, set[str]] = {}
    for folder in folders:
        path = folder / FILE
        if os.path.lexists(path):
            data = read_yaml(path)
            refuse_unknown(data, names, path)
            for name, entries in data.items():
                if name != LINE:
                    found = read_words(entries, name, path, kinds=SCALARS)
                    words.setdefault(name, set()).update(map(str.lower, found))
    missing = [name for name in names if name not in words]
    if missing:
        raise LexiconError(f"{folders[0] / FILE}:1: no list of {', '.join(missing)}")
    return Grammar(**{name: frozenset(words[name]) for name in names})
