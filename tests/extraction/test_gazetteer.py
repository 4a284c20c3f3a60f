"""Names of the lexicon in a text."""

from __future__ import annotations

import pytest
import spacy

import pipeline.extraction.gazetteer  # noqa: F401


@pytest.fixture(scope="module")
def blank(tmp_path_factory):
    """A pipeline of the gazetteer alone, with an entity of the analyst's own."""
    models = tmp_path_factory.mktemp("models")
    (models / "entities").mkdir()
    (models / "entities" / "own.yaml").write_text(
        "- id: org:river-league\n  name: River League\n  kind: organisation\n"
        "  acronyms: [RL]\n  ambiguous: [RL]\n",
        encoding="utf-8",
    )
    nlp = spacy.blank("en")
    nlp.add_pipe("entity_lexicon", config={"models": str(models)})
    return nlp


def spans(doc):
    return [(span.text, span.label_, span.id_, span.kb_id_) for span in doc.spans["lexicon"]]


def test_entity_of_the_project_is_found_with_its_role(blank):
    assert spans(blank("The River League (RL) met.")) == [
        ("River League", "organisation", "org:river-league", "name"),
        ("RL", "organisation", "org:river-league", "acronym?"),
    ]


def test_longest_name_wins(blank):
    found = spans(blank("South Korea and South Africa voted."))
    assert [(text, entity) for text, _, entity, _ in found] == [
        ("South Korea", "country:KR"),
        ("South Africa", "country:ZA"),
    ]


def test_acronyms_mind_the_case(blank):
    assert spans(blank("They told us that it works.")) == []


def test_name_is_found_over_a_line_break(blank):
    doc = blank("The River\nLeague met.")
    (span,) = doc.spans["lexicon"]
    assert span.id_ == "org:river-league"


def test_abbreviation_before_a_hyphen_is_a_token_of_its_own(blank):
    assert [token.text for token in blank("U.S.-led talks")][:3] == ["U.S.", "-", "led"]


def test_words_are_those_of_the_tokenizer(nlp):
    from pipeline.extraction.gazetteer import _words

    names = [
        "Free Trade Union", "Ill Bank", "Cannot Institute", "Wont Party", "AT&T", "U.N. Office",
        "Côte d’Ivoire", "Al-Qaeda", "União Brasil", "Dr. No Group", "Juntos por el Cambio", "G20",
    ]  # fmt: skip
    for name in names:
        doc = nlp.get_pipe("article_segmenter")(nlp.make_doc(name))
        assert _words(nlp, name) == [token.text for token in doc], name
