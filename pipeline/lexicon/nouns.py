"""The common words under ``models/`` by which names and phrases are typed."""

from __future__ import annotations

import os
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from pipeline.lexicon.folder import models_folders
from pipeline.lexicon.given import read_given_names
from pipeline.lexicon.lists import lowered, read_lists
from pipeline.lexicon.spellings import strip_accents
from pipeline.lexicon.yaml_lines import read_yaml, refuse_unknown

OFFICES = "offices.yaml"
_OFFICE_KEYS = ("titles", "offices")
FILES = ("nouns.yaml", "name_nouns.yaml", "given_names.yaml")


@dataclass(frozen=True, slots=True)
class Nouns:
    """Lower-case words by what they say of a phrase that they head or begin, or of a name."""

    person_nouns: frozenset[str] = frozenset()
    collective_nouns: frozenset[str] = frozenset()
    body_nouns: frozenset[str] = frozenset()
    common_body_nouns: frozenset[str] = frozenset()
    party_nouns: frozenset[str] = frozenset()
    led_nouns: frozenset[str] = frozenset()
    government_nouns: frozenset[str] = frozenset()
    state_nouns: frozenset[str] = frozenset()
    people_nouns: frozenset[str] = frozenset()
    quantifiers: frozenset[str] = frozenset()
    number_words: frozenset[str] = frozenset()
    titles: frozenset[str] = frozenset()
    event_nouns: frozenset[str] = frozenset()
    treaty_nouns: frozenset[str] = frozenset()
    place_nouns: frozenset[str] = frozenset()
    thing_nouns: frozenset[str] = frozenset()
    media_nouns: frozenset[str] = frozenset()
    document_nouns: frozenset[str] = frozenset()
    addressing_verbs: frozenset[str] = frozenset()
    saying_verbs: frozenset[str] = frozenset()
    # Inside and at the end of names.
    name_particles: frozenset[str] = frozenset()
    person_suffixes: frozenset[str] = frozenset()
    company_suffixes: frozenset[str] = frozenset()
    outside_names: frozenset[str] = frozenset()
    calendar_words: frozenset[str] = frozenset()
    owning_people: frozenset[str] = frozenset()
    cause_people: frozenset[str] = frozenset()
    cause_words: frozenset[str] = frozenset()
    kindred_people: frozenset[str] = frozenset()
    honorifics: frozenset[str] = frozenset()
    word_acronyms: frozenset[str] = frozenset()
    foreign_small_words: frozenset[str] = frozenset()
    realm_nouns: frozenset[str] = frozenset()
    foreign_body_nouns: frozenset[str] = frozenset()
    personal_verbs: frozenset[str] = frozenset()
    club_openings: frozenset[str] = frozenset()
    club_endings: frozenset[str] = frozenset()
    club_letters: frozenset[str] = frozenset()
    given_places: frozenset[str] = frozenset()
    given_names: frozenset[str] = frozenset()
    no_given_names: frozenset[str] = frozenset()
    life_verbs: frozenset[str] = frozenset()
    body_verbs: frozenset[str] = frozenset()
    verbs_of_bodies: frozenset[str] = frozenset()
    standing_phrases: frozenset[str] = frozenset()
    office_goals: frozenset[str] = frozenset()
    thing_names: frozenset[str] = frozenset()
    told_bodies: frozenset[str] = frozenset()
    telling_words: frozenset[str] = frozenset()
    party_plurals: frozenset[str] = frozenset()
    named_party_nouns: frozenset[str] = frozenset()
    # Which names are no actors where they stand.
    treaty_names: frozenset[str] = frozenset()
    namesake_places: frozenset[str] = frozenset()
    american_words: frozenset[str] = frozenset()
    message_nouns: frozenset[str] = frozenset()
    dated_event_nouns: frozenset[str] = frozenset()
    yearly_words: frozenset[str] = frozenset()
    campaign_nouns: frozenset[str] = frozenset()
    constituency_nouns: frozenset[str] = frozenset()
    sitting_members: frozenset[str] = frozenset()
    city_nouns: frozenset[str] = frozenset()
    place_verbs: frozenset[str] = frozenset()
    plain_body_nouns: frozenset[str] = frozenset()
    # Phrases around a name.
    leader_governments: frozenset[str] = frozenset()
    governments_of: frozenset[str] = frozenset()
    ruling_nouns: frozenset[str] = frozenset()
    force_nouns: frozenset[str] = frozenset()
    owned_bodies: frozenset[str] = frozenset()
    member_nouns: frozenset[str] = frozenset()
    leading_words: frozenset[str] = frozenset()
    compass_words: frozenset[str] = frozenset()
    half_words: frozenset[str] = frozenset()
    halved_lands: frozenset[str] = frozenset()
    states_words: frozenset[str] = frozenset()
    shared_name_words: frozenset[str] = frozenset()

    def is_given_name(self, word: str) -> bool:
        """Whether the word is a given name, in any spelling of its accents."""
        return strip_accents(word).lower() in self.given_names


def read_nouns(models: Path | str | None = None) -> Nouns:
    """The noun lists of the packaged folder, added to by the project's own.

    Raises:
        LexiconError: a file has an unknown key or a value that is not a list of words.
    """
    folders = models_folders(models)
    words = read_noun_files(folders)
    words["titles"] |= read_titles(folders)
    no_names = {name for line in words["no_given_names"] for name in line.split()}
    words["given_names"] |= read_given_names() - no_names
    return Nouns(**{name: frozenset(values) for name, values in words.items()})


def read_noun_files(
    folders: tuple[Path, ...], names: tuple[str, ...] = FILES
) -> dict[str, set[str]]:
    """The noun lists of the named files of all folders, by the fields of ``Nouns``.

    Raises:
        LexiconError: see ``read_nouns``.
    """
    return read_lists(folders, names, [field.name for field in fields(Nouns)])


def read_titles(folders: tuple[Path, ...]) -> set[str]:
    """The titles of the folders' ``entities/offices.yaml``.

    Raises:
        LexiconError: see ``read_nouns``.
    """
    paths = (folder / "entities" / OFFICES for folder in folders)
    return {
        title
        for path in paths
        if os.path.lexists(path)
        for title in lowered(_read_offices(path).get("titles", []), "titles", path)
    }


def _read_offices(path: Path) -> dict[str, Any]:
    data = read_yaml(path)
    refuse_unknown(data, _OFFICE_KEYS, path)
    return data
