"""The entity lexicon: loading, overriding, spellings, errors."""

from __future__ import annotations

import re

import pytest

from pipeline.errors import LexiconError
from pipeline.lexicon.entities import Role, load_entities
from pipeline.lexicon.spellings import slug_of, spellings_of


@pytest.fixture(scope="module")
def lexicon():
    return load_entities()


def own(tmp_path, text):
    folder = tmp_path / "models"
    (folder / "entities").mkdir(parents=True)
    (folder / "entities" / "own.yaml").write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("text", "entity"),
    [
        ("Mexico", "country:MX"),
        ("Plurinational State of Bolivia", "country:BO"),
        ("Cote d'Ivoire", "country:CI"),
        ("Côte d’Ivoire", "country:CI"),
        ("JAPAN", "country:JP"),
        ("Kosovo", "country:XK"),
        ("Unites States", "country:US"),
        ("Organisation of American States", "org:OAS"),
        ("Organization of American States", "org:OAS"),
    ],
)
def test_names_in_all_spellings(lexicon, text, entity):
    assert lexicon.find(text).entity == entity


def test_every_state_of_the_country_table_is_there(lexicon):
    states = [entry for entry in lexicon.entries.values() if entry.id.startswith("country:")]
    assert len(states) >= 250


def test_six_hundred_organisations(lexicon):
    bodies = [entry for entry in lexicon.entries.values() if entry.id.startswith("org:")]
    assert len(bodies) >= 600


def test_adjective_keeps_its_role(lexicon):
    assert lexicon.find("Mexican").role is Role.ADJECTIVE


def test_the_lists_of_leaders_parties_and_organs_say_that_nobody_has_checked_them(lexicon):
    lists = ("leaders.yaml", "parliaments.yaml", "organs.yaml")
    found = [
        entry for entry in lexicon.entries.values() if entry.place.partition(":")[0].endswith(lists)
    ]
    assert len(found) >= 1500
    assert [entry.id for entry in found if not entry.unchecked or entry.qid] == []


@pytest.mark.parametrize(
    "text",
    [
        "Labour Party (Malta)", "Partit Laburista", "Maltese Labour Party", "Irish Green Party",
        "Dutch Socialist Party", "Indonesian Democratic Party", "Pan-African Parliament",
        "Tuilaepa Sailele Malielegaoi", "Kamla Persad-Bissessar", "OAS Permanent Council",
    ],
)  # fmt: skip
def test_a_list_names_one_body_or_person(lexicon, text):
    form = lexicon.find(text)
    assert form is not None
    assert not form.ambiguous


@pytest.mark.parametrize(
    "text",
    ["Green Party", "Left Party", "Centre Party", "Freedom Party", "Democrats", "Social Democrats",
     "Third Way", "Unity", "Modern", "Left Bloc", "People's Party", "National Alliance"],
)  # fmt: skip
def test_a_name_that_states_share_is_nobodys(lexicon, text):
    form = lexicon.find(text)
    assert form is None or not lexicon.entries[form.entity].unchecked


def test_an_entry_of_the_project_checks_it(tmp_path):
    folder = own(tmp_path, "- id: org:vooruit-be\n  name: Vooruit\n  kind: organisation\n")
    assert load_entities().entries["org:vooruit-be"].unchecked
    assert not load_entities(folder).entries["org:vooruit-be"].unchecked


def test_a_wikidata_item_is_one_entity(lexicon):
    items = [entry.qid for entry in lexicon.entries.values() if entry.qid]
    assert [item for item in items if not re.fullmatch(r"Q[1-9][0-9]*", item)] == []
    assert sorted({item for item in items if items.count(item) > 1}) == []


def test_project_extends_and_overrides(tmp_path):
    folder = own(
        tmp_path,
        "- id: country:MX\n  name: Estados Unidos Mexicanos\n  kind: state\n  acronyms: [EUM]\n",
    )
    lexicon = load_entities(folder)
    assert lexicon.find("EUM").entity == "country:MX"
    assert lexicon.find("Mexico").entity == "country:MX"
    assert lexicon.name_of("country:MX") == "Estados Unidos Mexicanos"


def test_merged_entity_is_the_other(tmp_path):
    folder = own(tmp_path, "- id: org:oea-x\n  name: Oas Equis\n  kind: organisation\n")
    (folder / "entities" / "merged.yaml").write_text("org:oea-x: org:OAS\n", encoding="utf-8")
    assert load_entities(folder).find("Oas Equis").entity == "org:OAS"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("- id: org:a\n  name: A\n  kind: organisation\n  aka: [B]\n", "unknown key 'aka'"),
        ("- id: org:a\n  name: A\n  kind: team\n", "unknown kind 'team'"),
        ("- id: org:a\n  kind: organisation\n", "needs name"),
        ("- id: org:a\n  name: A\n  kind: organisation\n  unchecked: 1\n", "true or false"),
        ("- id: country:a\n  name: A\n  kind: organisation\n", "begins with 'org:'"),
        ("- id: org:a\n  name: A\n  kind: organisation\n  acronyms: [NO]\n", "list of texts"),
        ("a: [\n", "not valid YAML"),
    ],
)
def test_error_names_file_and_line(tmp_path, text, message):
    with pytest.raises(LexiconError, match=r"own\.yaml:\d+: ") as caught:
        load_entities(own(tmp_path, text))
    assert message in str(caught.value)


def test_slug_has_no_accents_or_possessives():
    assert slug_of("Mevlüt Çavuşoğlu") == "mevlut-cavusoglu"
    assert slug_of("Korean People's Army") == "korean-people-army"


def test_spellings_of_apostrophes_and_hyphens():
    forms = set(spellings_of("Co-operation Council's", capitals=True))
    assert {"Cooperation Council’s", "CO-OPERATION COUNCIL'S"} <= forms
