"""Short forms that a text defines."""

from __future__ import annotations

import pytest

from pipeline.extraction.mentions import DEFINITIONS

DEFINED = [
    ("The Committee on Border River Valleys (CBRV) met.", "CBRV",
     "Committee on Border River Valleys"),
    ("The OAS’ Inter-American Board Against Fraud (CICLO) met.", "CICLO",
     "Inter-American Board Against Fraud"),
    ("CBRV (Committee on Border River Valleys) met.", "CBRV", "Committee on Border River Valleys"),
    ("The Border Rivers Agency, or BRA, agreed.", "BRA", "Border Rivers Agency"),
    ("The Korean Border Army [KBA] fired.", "KBA", "Korean Border Army"),
    ("Chile's Border Rivers Council (“BRC”) met.", "BRC", "Border Rivers Council"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "short", "long"), DEFINED)
def test_definition_in_either_order(nlp, text, short, long):
    doc = nlp(text)
    (item,) = doc.user_data[DEFINITIONS]
    assert item.short == short
    assert doc[item.long_start : item.long_end].text == long
    assert doc._.acronyms == {short: f"org:{short}"}


def test_later_use_has_the_entity_of_the_definition(nlp):
    doc = nlp("The Committee on Border River Valleys (CBRV) met. Chile left the CBRV.")
    entities = [m.entity for m in doc._.mentions if "org:" in str(m.entity)]
    assert entities == ["org:CBRV"] * 3


def test_acronym_of_the_lexicon_keeps_its_entity(nlp):
    doc = nlp("The Organisation of American States (OAS) met.")
    assert doc._.acronyms == {"OAS": "org:OAS"}


def test_definition_of_the_text_holds_over_the_lexicon_for_later_uses(nlp):
    doc = nlp("The Oslo Angling Society (OAS) met. Chile left the OAS.")
    entities = [m.entity for m in doc._.mentions if m.kind == "organisation"]
    assert entities == ["org:oslo-angling-society"] * 3


def test_known_acronym_with_another_long_form_is_another_body(nlp):
    doc = nlp("The Oslo Angling Society (OAS) met.")
    assert doc._.acronyms == {"OAS": "org:oslo-angling-society"}


@pytest.mark.parametrize(
    "text",
    [
        "The Data Sharing Regulation (DSR) came into force.",
        "They use information and communication technologies (ICTs).",
        "Sen. Jane Roe (D-Mass.) left.",
    ],
)
def test_short_forms_of_texts_and_things_are_no_actors(nlp, text):
    doc = nlp(text)
    assert not doc._.acronyms
    assert not [m for m in doc._.mentions if m.kind == "organisation"]
