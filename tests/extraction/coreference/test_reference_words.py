"""Each list of models/reference.yaml does what its comment says: without it, it is not done.

The first mark is the phrase, its label the entity; no label where nobody may be meant.
"""

from __future__ import annotations

from dataclasses import fields, replace

import pytest
from marked import parse_marked

from pipeline.extraction.coreference import Resolver
from pipeline.extraction.propose.rules import RuleProposer, read_vocabulary
from pipeline.extraction.scene import read_scene
from pipeline.lexicon.folder import models_folders
from pipeline.lexicon.reference import Reference, read_reference

WORDS = {
    "country_nouns": "Mexico joined the pact. [The country]{country:MX} had long refused.",
    "region_nouns": "Latin America changed. Trade grew in [the region]{group:latin-america}.",
    "body_nouns": "The African Union met. [The union]{org:AU} condemned the coup.",
    "author_nouns": "By Dr Ana Soto\n\nIt was late. [The author]{person:ana-soto} finds this odd.",
    "byline_openings": "By Dr Ana Soto\n\nIt was late. [I]{person:ana-soto} find this odd.",
    "bare_definites": "Chile voted. Critics say that [government]{country:CL} gave in.",
    "state_pair_nouns": "Chile and Peru met. [Both countries]{group:chile-and-peru} agreed.",
    "people_pair_nouns": "President Ana Soto met President Jane Roe. [Both presidents]"
    "{group:ana-soto-and-jane-roe} agreed.",
    "body_pair_nouns": "The EU met the African Union. [Both organisations]"
    "{group:eu-and-african-union} objected.",
    "no_region_nouns": "Latin America changed. Most Latin states left. Trade grew in "
    "[the region]{group:latin-america}.",
    "titles_of_men": "Mrs Soto left. Then Mr Roe spoke. [She]{person:soto} objected.",
    "titles_of_women": "Mr Soto left. Then Mrs Roe spoke. [He]{person:soto} objected.",
    "empty_subject_verbs": "Chile voted. [It]{} seems that the plan failed.",
    "empty_subject_nouns": "Chile voted. [It]{} is time to act.",
    "personal_adjectives": "Chile voted. [It]{country:CL} is unwilling to sign.",
    "speaking_verbs": 'Chile waited while Ana Soto said: "[I]{person:ana-soto} reject the plan."',
    "declaring_words": "The OAS welcomes the vote. [We]{org:OAS} urge calm.",
    "statement_words": "Norway condemns the raid. [We]{country:NO} urge calm.",
    "couple_nouns": "Peter Novak wed Mary Okafor. [The couple]"
    "{group:peter-novak-and-mary-okafor} agreed.",
    "name_borne_nouns": "NATO met in Lima. [The court]{} ruled.",
    "names_of_men": "Peter Novak met Theresa May. Then [she]{person:theresa-may} spoke.",
    "names_of_women": "Theresa May met Peter Novak. Then [he]{person:peter-novak} spoke.",
    "own_nouns": "My country, Mali, is poor. [We]{country:ML} urge calm.",
    "own_adjectives": "My beloved country, Mali, is poor. [We]{country:ML} urge calm.",
    "represented_nouns": "On behalf of the people of Mali, [I]{country:ML} urge calm.",
    "greeting_nouns": "I bring you greetings from Mali. [We]{country:ML} urge calm.",
    "speaker_titles": "Mr. Berg (Norway): [I]{person:berg} urge calm.",
}


@pytest.fixture(scope="module")
def reference():
    return read_reference(models_folders())


def entity_of(nlp, marked, reference):
    text, marks = parse_marked(marked)
    doc = nlp.make_doc(text)
    for name, component in nlp.pipeline:
        if name != "claim_matcher":
            doc = component(doc)
    start, end, _ = marks[0]
    found = Resolver(doc, reference).resolve(doc.char_span(start, end))
    return found.entity if found is not None else ""


@pytest.mark.parametrize("name", WORDS)
def test_a_phrase_is_referred_by_the_words_of_the_list(nlp, reference, name):
    _, ((_, _, entity), *_) = parse_marked(WORDS[name])
    assert entity_of(nlp, WORDS[name], reference) == entity
    without = replace(reference, **{name: frozenset()})
    assert entity_of(nlp, WORDS[name], without) != entity


def test_every_list_is_tried():
    assert {field.name for field in fields(Reference)} == {*WORDS, "family_nouns"}


@pytest.mark.parametrize(("listed", "entity"), [(True, "peter-novak-family"), (False, "family")])
def test_a_family_is_that_of_whom_the_text_spoke(nlp, reference, listed, entity):
    text = "Peter Novak was shot. His family sued. The family objected."
    with nlp.select_pipes(disable="claim_matcher"):
        doc = nlp(text)
    known = reference if listed else replace(reference, family_nouns=frozenset())
    held = RuleProposer(read_vocabulary()).candidates(read_scene(doc, known))
    assert f"group:{entity}" in {one.entity for one in held if one.span.start > 8}
