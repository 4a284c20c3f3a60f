"""Short names have the entity of the full one, wherever it stands. Labels are ``kind entity``."""

from __future__ import annotations

import pytest
from marked import parse_marked

from pipeline.lexicon.entities import EntityLexicon


def entities(nlp, marked):
    text, marks = parse_marked(marked)
    doc = nlp.make_doc(text)
    for name, component in nlp.pipeline:
        if name != "claim_matcher":
            doc = component(doc)
    found = {(m.start, m.end): m.entity for m in doc._.mentions}
    return [(found.get((start, end)), label) for start, end, label in marks]


SHORT = [
    "[Okafor]{person:mary-okafor} opposed the cuts, the union said. Mary Okafor leads it.",
    "Minister Joachim Brudziński left. [Brudzinski]{person:joachim-brudzinski} rejected it.",
    "Kanye West spoke. [West]{person:kanye-west} rejected the plan.",
    "The [FTU]{org:FTU} rejected the plan. The Farm Traders Union (FTU) meets in May.",
    "The Farm Traders Union met. The [FTU]{org:farm-traders-union} condemned the raid.",
    "The [Commission]{org:european-commission} rejected it. The European Commission met in May.",
    "The Rivers Council met. Later the [Council]{org:rivers-council} rejected the plan.",
]
NAMESAKES = [
    "In Rome, the [Supreme Court]{org:italian-supreme-court} rejected it. Italian judges met.",
    "In Rome, the [Supreme Court]{org:italian-supreme-court} upheld the ban.",
    "In Kenya the [Supreme Court]{org:kenya-supreme-court} upheld the law.",
    "Pakistan fired. The [Foreign Office]{org:pakistani-foreign-office} condemned the raid.",
    "Nigeria's [House of Representatives]{org:nigerian-house-of-representatives} rejected it.",
    "Kenya voted. The [Supreme Court]{org:kenya-supreme-court} upheld the law.",
    "The [Supreme Court]{org:us-supreme-court} struck down the law. The United States waited.",
    "Britain waited. The [Foreign Office]{org:foreign-office} condemned the raid.",
]


@pytest.mark.parametrize("marked", [*SHORT, *NAMESAKES])
def test_a_short_or_shared_name_is_the_body_or_person_of_the_text(nlp, marked):
    for found, wanted in entities(nlp, marked):
        assert found == wanted


@pytest.mark.parametrize("entity", ["org:FTU", "org:ftu"])
def test_an_id_of_before_is_still_read(entity):
    lexicon = EntityLexicon({}, {"org:ftu": "org:farm-traders-union"})
    assert lexicon.canonical(entity) == "org:farm-traders-union"
