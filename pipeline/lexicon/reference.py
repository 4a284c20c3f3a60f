"""The words by which a pronoun or a phrase is referred to a name: ``models/reference.yaml``."""

from __future__ import annotations

from dataclasses import dataclass, fields
from pathlib import Path

from pipeline.lexicon.lists import read_lists

FILE = "reference.yaml"


@dataclass(frozen=True, slots=True)
class Reference:
    """Lower-case words by what they say of an antecedent."""

    country_nouns: frozenset[str]
    region_nouns: frozenset[str]
    body_nouns: frozenset[str]
    author_nouns: frozenset[str]
    bare_definites: frozenset[str]
    state_pair_nouns: frozenset[str]
    people_pair_nouns: frozenset[str]
    body_pair_nouns: frozenset[str]
    couple_nouns: frozenset[str]
    family_nouns: frozenset[str]
    name_borne_nouns: frozenset[str]
    no_region_nouns: frozenset[str]
    titles_of_men: frozenset[str]
    titles_of_women: frozenset[str]
    names_of_men: frozenset[str]
    names_of_women: frozenset[str]
    empty_subject_verbs: frozenset[str]
    empty_subject_nouns: frozenset[str]
    personal_adjectives: frozenset[str]
    speaking_verbs: frozenset[str]
    declaring_words: frozenset[str]
    byline_openings: frozenset[str]
    statement_words: frozenset[str]
    own_nouns: frozenset[str]
    own_adjectives: frozenset[str]
    represented_nouns: frozenset[str]
    greeting_nouns: frozenset[str]
    speaker_titles: frozenset[str]


def read_reference(folders: tuple[Path, ...]) -> Reference:
    """The lists of the packaged folder, added to by those of the project's own.

    Raises:
        LexiconError: a file has an unknown key or a value that is not a list of words.
    """
    words = read_lists(folders, (FILE,), [field.name for field in fields(Reference)])
    return Reference(**{name: frozenset(values) for name, values in words.items()})
