"""Whom pronouns and definite phrases mean. The first mark is the phrase, its label the entity."""

from __future__ import annotations

import pytest
from marked import parse_marked

from pipeline.extraction.coreference import Resolver
from pipeline.lexicon.folder import models_folders
from pipeline.lexicon.reference import read_reference


def resolve(nlp, marked, **metadata):
    text, marks = parse_marked(marked)
    doc = nlp.make_doc(text)
    doc._.metadata = metadata
    for name, component in nlp.pipeline:
        if name != "claim_matcher":
            doc = component(doc)
    start, end, label = marks[0]
    return Resolver(doc, read_reference(models_folders())).resolve(doc.char_span(start, end)), label


PLAIN = [
    "The Soto administration met Peru. [The administration]{group:soto-administration} agreed.",
    "The OAS was founded in 1948. [It]{org:OAS} endorsed the plan.",
    "Chile said that [it]{country:CL} would sign.",
    "The Israeli government denied it. [It]{country:IL} is thought to have bombed a depot.",
    "Prime Minister Ana Soto spoke. [She]{person:ana-soto} rejected the plan.",
    "Prime Minister Ana Soto spoke. Later [the prime minister]{person:ana-soto} left.",
    "Latin America changed. Trade grew in [the region]{group:latin-america}.",
    "Mexico joined the pact. [The country]{country:MX} had long refused.",
    "The African Union met. [The union]{org:AU} condemned the coup.",
    "Latin states voted. [They]{group:latin-american-states} supported the text.",
    "They praised the United States, [which]{country:US} vetoed the text.",
    "[Israeli jets]{country:IL} fired missiles.",
]


@pytest.mark.parametrize("marked", PLAIN)
def test_plain_reference_is_resolved(nlp, marked):
    found, entity = resolve(nlp, marked)
    assert found is not None
    assert found.entity == entity
    assert 0 < found.score < 1


UNPLAIN = [
    "The Paris Call reiterates old rules. [It]{} was endorsed by Chile.",
    "Chile agreed. [It]{} is clear that the plan failed.",
    "[It]{} was raining.",
    "[The bloc]{} refused.",
    "Maria Roe met Ana Soto. Jane Doe saw that [the region]{} changed.",
]


@pytest.mark.parametrize("marked", UNPLAIN)
def test_nothing_is_resolved_where_no_antecedent_is_plain(nlp, marked):
    found, _ = resolve(nlp, marked)
    assert found is None


def test_pair_of_countries_has_both(nlp):
    found, _ = resolve(nlp, "Chile and Peru met. [Both countries]{} signed the pact.")
    assert found is not None
    assert found.entities == ("country:CL", "country:PE")


@pytest.mark.parametrize("marked", ["[The author]{} finds this odd.", "[I]{} find this odd."])
def test_author_comes_from_the_metadata(nlp, marked):
    found, _ = resolve(nlp, marked, author="Ana Soto")
    assert found is not None
    assert (found.entity, found.rule) == ("person:ana-soto", "author")


def test_speaker_of_a_quotation_is_i(nlp):
    found, _ = resolve(nlp, 'Minister Ana Soto said: "[I]{} reject the plan."')
    assert found is not None
    assert found.entity == "person:ana-soto"


def test_we_of_nobody_named_is_an_unknown_speaker(nlp):
    found, _ = resolve(nlp, "[We]{} welcome the vote.")
    assert found is not None
    assert found.entity == "unknown:speaker"
