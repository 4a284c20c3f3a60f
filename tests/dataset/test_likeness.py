"""Suggestions of known entities: the likely ones are found, and unlike ones are not suggested."""

from __future__ import annotations

import pytest

from pipeline.dataset.likeness import LikenessFinder, words_of
from pipeline.lexicon.entities import EntityLexicon, load_entities
from pipeline.lexicon.entity_files import Entry
from pipeline.records import Kind

ORGANISATION, PERSON = Kind.ORGANISATION, Kind.PERSON


@pytest.fixture(scope="module")
def finder():
    return LikenessFinder(load_entities())


@pytest.mark.parametrize(
    ("name", "kind", "entity"),
    [
        ("Deutche Bank", ORGANISATION, "org:deutsche-bank"),
        ("Organisation of the American States", ORGANISATION, "org:OAS"),
        ("Organization of Amercan States", ORGANISATION, "org:OAS"),
        ("EUROPEAN COMISSION", ORGANISATION, "org:european-commission"),
        ("Emanuel Macron", PERSON, "person:emmanuel-macron"),
        ("Angela Merckel", PERSON, "person:angela-merkel"),
        ("Inter American Committee against Terrorism", ORGANISATION, "org:CICTE"),
        ("Human Rights Wacth", ORGANISATION, "org:HRW"),
        ("u.n.", ORGANISATION, "org:UN"),
        ("AngelaMerkel", PERSON, "person:angela-merkel"),
    ],
)
def test_a_name_is_like_the_one_that_it_means(finder, name, kind, entity):
    found = finder.find([name], kind)
    assert found is not None
    assert found.entity == entity


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Zubrowka Institute", ORGANISATION),
        ("Benny Hill", PERSON),
        ("Hugo Merkel", PERSON),
        ("many scholars", Kind.GROUP),
        ("Free Trade Union of Zubrowka", ORGANISATION),
        ("Ann", PERSON),
        ("!?", ORGANISATION),
        ("Acme Bank", ORGANISATION),
        ("Zubrowkan Social Democratic Party", ORGANISATION),
        ("Women Cooking Club", ORGANISATION),
    ],
)
def test_an_unlike_name_is_like_nobody(finder, name, kind):
    assert finder.find([name], kind) is None


def test_the_likeliest_of_several_names_counts(finder):
    found = finder.find(["the body", "Organization of American States"], ORGANISATION)
    assert (found.entity, found.score) == ("org:OAS", 1.0)


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("Agencia Europea Policial Marítima Xarxa", "its initials are AEPMX"),
        ("DFK", "the initials of Dam Frontier Kommission"),
    ],
)
def test_initials_tell_whole_names_and_short_ones(name, why):
    entries = {
        "org:AEPMX": Entry("org:AEPMX", "Police", ORGANISATION, acronyms=("AEPMX",)),
        "org:dam": Entry("org:dam", "Dam Frontier Kommission", ORGANISATION),
    }
    assert LikenessFinder(EntityLexicon(entries)).find([name], ORGANISATION).why == why


def test_words_are_folded():
    assert words_of("Mevlüt Çavuşoğlu") == ["mevlut", "cavusoglu"]
