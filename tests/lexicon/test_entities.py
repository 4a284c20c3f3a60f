"""The entity lexicon: loading, overriding, spellings, errors."""

from __future__ import annotations

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
