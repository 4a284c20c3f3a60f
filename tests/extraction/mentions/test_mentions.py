"""Named mentions: whole, typed, resolved. Labels are ``kind entity``."""

from __future__ import annotations

import pytest
from marked import parse_marked

from pipeline.records import Kind, Source


def check(nlp, marked):
    text, expected = parse_marked(marked)
    doc = nlp.make_doc(text)
    for name, component in nlp.pipeline:
        if name != "claim_matcher":
            doc = component(doc)
    assert [(m.start, m.end, f"{m.kind} {m.entity}") for m in doc._.mentions] == expected


BOUNDARIES = [
    "The [OAS]{organisation org:OAS}’ members met.",
    "French president [Emmanuel Macron]{person person:emmanuel-macron} agreed.",
    "Yesterday, Prime Minister [Ana Soto]{person person:ana-soto} resigned.",
    "The [UK Government]{state country:GB} and the [Israeli government]{state country:IL} agreed.",
    "The [Government of Canada]{state country:CA} agreed.",
    "[Most Latin states]{group group:latin-american-states} abstained.",
    "The [Syrian opposition]{group group:syrian-opposition} boycotted the vote.",
    "The [Peruvian forces]{organisation org:peruvian-forces} withdrew.",
    "[China]{state country:CN}’s trade grew.",
    "She met [Kim Jong-un]{person person:kim-jong-un} there.",
]


@pytest.mark.parametrize("marked", BOUNDARIES)
def test_span_has_no_article_title_possessive_or_descriptor(nlp, marked):
    check(nlp, marked)


PAIRS = [
    "At the [China]{state country:CN}-[CELAC]{organisation org:CELAC} summit they met.",
    "The [EU]{organisation org:EU}–[US]{state country:US} talks failed.",
    "The [European Union]{organisation org:EU}-[MERCOSUR]{organisation org:MERCOSUR} Free Trade "
    "Agreement stalled.",
    "[North]{state country:KP} and [South Korea]{state country:KR} exchanged fire.",
]


@pytest.mark.parametrize("marked", PAIRS)
def test_parties_strung_together_are_mentions_each(nlp, marked):
    check(nlp, marked)


CAPITALS = [
    "[JAPAN]{state country:JP}, supported by the [AFRICAN GROUP]{group group:african-group}, "
    "opposed it.",
    "The [RUSSIAN FEDERATION]{state country:RU} and [SAUDI ARABIA]{state country:SA} objected.",
]


@pytest.mark.parametrize("marked", CAPITALS)
def test_bulletins_print_countries_in_capitals(nlp, marked):
    check(nlp, marked)


NO_ACTORS = [
    "Chinese technology spread in Lima.",
    "The Paris Call and the Geneva Convention were signed.",
    "The 2016 United States presidential election was close.",
    "They met in Washington and in Moscow.",
    "The ships crossed the Gulf of Mexico.",
    "All member states and major powers came.",
]


@pytest.mark.parametrize("text", NO_ACTORS)
def test_things_places_and_adjectives_are_no_actors(nlp, text):
    check(nlp, text)


SEATS = [
    "[Washington]{state country:US} objected to the plan.",
    "The talks between [Beijing]{state country:CN} and [Moscow]{state country:RU} failed.",
    "They urged [Tehran]{state country:IR} to sign.",
]


@pytest.mark.parametrize("marked", SEATS)
def test_seats_stand_for_their_government_where_they_act(nlp, marked):
    check(nlp, marked)


LATER_FORMS = [
    "Home Secretary [Ana Soto]{person person:ana-soto} spoke. "
    "[Soto]{person person:ana-soto} said no.",
    "[Soto]{person person:ana-soto} smiled. "
    "Later Minister [Ana Soto]{person person:ana-soto} left.",
    "The [International Criminal Court]{organisation org:ICC} ruled. They ignored the "
    "[Court]{organisation org:ICC}.",
    "[North Korea]{state country:KP} fired. The shells reached the [North]{state country:KP}.",
    "The [Unites States]{state country:US} agreed.",
]


@pytest.mark.parametrize("marked", LATER_FORMS)
def test_shorter_and_misspelt_forms_link_to_the_same_entity(nlp, marked):
    check(nlp, marked)


def test_coalition_led_by_a_state_holds_the_state_as_a_mention(nlp):
    doc = nlp("The US-led coalition struck the town.")
    kinds = {doc.text[m.start : m.end]: m.kind for m in doc._.mentions}
    assert kinds["US-led coalition"] is Kind.ORGANISATION
    assert kinds["US"] is Kind.STATE


def test_sources_are_named_and_agreement_raises_the_score(nlp):
    doc = nlp("Germany objected. Minister Jane Roe objected.")
    state, person = (m for m in doc._.mentions[:2])
    assert state.sources[0] is Source.LEXICON
    assert person.sources[0] is Source.PATTERN
    assert state.score > person.score
    assert not state.inferred


def test_longer_pattern_wins_over_the_lexicon_and_lexicon_over_the_model(nlp):
    doc = nlp("The Syrian government met the UN Security Council.")
    names = {doc.text[m.start : m.end]: m for m in doc._.mentions}
    assert names["Syrian government"].sources[0] is Source.PATTERN
    assert names["UN Security Council"].sources[0] is Source.LEXICON
    assert "UN" not in names


def test_name_broken_over_two_lines_is_one_mention(nlp):
    doc = nlp("Yesterday the United\nNations objected to the plan.")
    assert [m.entity for m in doc._.mentions][:1] == ["org:UN"]


def test_a_short_form_in_capitals_is_the_body_that_the_text_names_in_full(nlp):
    text = "Troops fought Islamic State near the dam, the last major IS stronghold. IS held out."
    named = {text[m.start : m.end]: m.entity for m in nlp(text)._.mentions}
    assert named["IS"] == named["Islamic State"] == "org:ISIL"


def test_a_verb_of_a_headline_is_no_part_of_a_name(nlp):
    text = "Soto Says Rivals Lied, Calls Perez ‘Unfit.’\n\nCritics of Ana Soto and Luis Perez met."
    named = {text[m.start : m.end]: m.entity for m in nlp(text)._.mentions}
    assert named["Perez"] == "person:luis-perez"
