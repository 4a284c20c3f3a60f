"""Each list of models/name_nouns.yaml does what its comment says: without it, it is not done."""

from __future__ import annotations

from dataclasses import replace

import pytest
from marked import parse_marked

from pipeline.extraction.acronyms import AcronymFinder
from pipeline.extraction.casing import CaseReader
from pipeline.extraction.casing.known_names import KnownNames
from pipeline.extraction.casing.letters import LetterReader
from pipeline.extraction.casing.vocabulary import Vocabulary
from pipeline.extraction.mentions import MentionResolver
from pipeline.lexicon.entities import load_entities
from pipeline.lexicon.folder import packaged_models
from pipeline.lexicon.nouns import read_nouns
from pipeline.lexicon.yaml_lines import LINE, read_yaml

WORDS = {
    "common_body_nouns": "The [Peruvian forces]{organisation org:peruvian-forces} withdrew.",
    "place_nouns": "The ships crossed the Gulf of Mexico.",
    "thing_nouns": "They won the Chile Border Prize.",
    "party_nouns": "The [Social Democrats]{organisation org:social-democrats} objected.",
    "led_nouns": "The [Chinese-led alliance]{organisation org:chinese-led-alliance} left.",
    "addressing_verbs": "They urged [Tehran]{state country:IR} to sign.",
    "saying_verbs": "The [Age]{organisation org:the-age} reported losses.",
    "name_particles": "Minister [Ana de la Soto]{person person:ana-de-la-soto} left.",
    "person_suffixes": "Minister [Adlai Soto Jr.]{person person:adlai-soto-jr} left. "
    "[Soto]{person person:adlai-soto-jr} came back.",
    "company_suffixes": "Lawyers for [Boeing Co.]{organisation org:boeing} objected.",
    "outside_names": "[Rivers Council]{organisation org:rivers-council} of Mr. "
    "[Roe]{person person:roe} objected.",
    "calendar_words": "Minister [Soto]{person person:soto} Monday rejected it.",
    "owning_people": "The [Farmers' Union]{organisation org:farmers-union} objected.",
    "honorifics": "Mr. [SOTO]{person person:soto} ([Chile]{state country:CL}) objected.",
    "word_acronyms": "THE ARENA WAS FULL OF FANS.",
    "foreign_small_words": "The [CRN]{organisation org:CRN} ([Consejo de Rios del Norte]"
    "{organisation org:CRN}) met.",
    "realm_nouns": "The [Ottoman Empire]{group group:ottoman-empire} objected.",
    "foreign_body_nouns": "[Parti Gerakan Vaz]{organisation org:parti-gerakan-vaz} objected.",
    "personal_verbs": "[Okafor]{person person:okafor} was elected in May.",
    "life_verbs": "[Novak]{person person:novak} retired in May.",
    "thing_names": "Brexit weakened them.",
    "party_plurals": "The [Greens]{organisation org:greens} rejected the deal.",
    "named_party_nouns": "The [LIDER party]{organisation org:lider-party} rejected it.",
    "club_openings": "[Real Madrid]{organisation org:real-madrid} opposed the ban.",
    "club_endings": "[Manchester United]{organisation org:manchester-united} backed the plan.",
    "club_letters": "[FC Barcelona]{organisation org:fc-barcelona} condemned the ruling.",
    "given_places": "[Kenya Barro]{person person:kenya-barro} objected.",
    "treaty_names": "The CPTPP binds its members.",
    "namesake_places": "Gov. [Ana Soto]{person person:ana-soto} of Georgia opposed the ban.",
    "american_words": "Gov. [Ana Soto]{person person:ana-soto} of Georgia opposed the ban.",
    "message_nouns": "They rejected the request from [Warsaw]{state country:PL}.",
    "dated_event_nouns": "The 2016 United States presidential election was close.",
    "city_nouns": "They closed Moscow's airport.",
    "place_verbs": "Beijing lies in the north.",
    "plain_body_nouns": "The [Free Rivers Party]{organisation org:free-rivers-party} met. "
    "They fought the Party.",
    "leader_governments": "They fought the [Orbu]{person person:orbu} regime.",
    "governments_of": "The [Government of Canada]{state country:CA} agreed.",
    "owned_bodies": "[Chile]{state country:CL}'s [Ministry of Mines]"
    "{organisation org:chilean-ministry-of-mines} agreed.",
    "ruling_nouns": "[Chilean authorities]{state country:CL} agreed.",
    "member_nouns": "[NATO]{organisation org:NATO} members agreed.",
    "leading_words": "The [Saudi-backed forces]{organisation org:saudi-backed-forces} left.",
    "compass_words": "[Most southern African states]{group group:african-states} left.",
    "half_words": "[North Korea]{state country:KP} fired. "
    "The shells reached the [North]{state country:KP}.",
    "halved_lands": "[North]{state country:KP} and [South Korea]{state country:KR} exchanged fire.",
    "shared_name_words": "[Italy]{state country:IT} voted. The [Supreme Court]"
    "{organisation org:italian-supreme-court} rejected it.",
    "cause_people": "They met [Mothers for Peace]{organisation org:mothers-for-peace}.",
    "cause_words": "They met [Mothers for Peace]{organisation org:mothers-for-peace}.",
    "kindred_people": "They met [Friends of Modra]{organisation org:friends-of-modra}.",
    "yearly_words": "The 12th annual United States championship was short.",
    "campaign_nouns": "He fell in the Lower Rhine Campaign.",
    "constituency_nouns": "He lost the Guildbury seat.",
    "sitting_members": "He was the MP for Haverley.",
    "standing_phrases": "[Molvoy]{person person:molvoy} ran for office.",
    "office_goals": "[Molvoy]{person person:molvoy} ran for office.",
    "body_verbs": "[RL]{organisation org:RL} merged with them.",
    "verbs_of_bodies": "[RL]{organisation org:RL} was founded in May.",
    "told_bodies": "They met parties such as [Zveri]{organisation org:zveri}.",
    "telling_words": "They met parties such as [Zveri]{organisation org:zveri}.",
    "states_words": "[Chinese and Russian nations]{group group:chinese-and-russian-states} left.",
}


@pytest.fixture(scope="module")
def nouns():
    return read_nouns()


@pytest.fixture(scope="module")
def lexicon():
    return load_entities()


def mentions_in(nlp, text, nouns, lexicon):
    doc = nlp.make_doc(text)
    own = {
        "acronym_definitions": AcronymFinder(lexicon, nouns),
        "mention_resolver": MentionResolver(lexicon, nouns),
        "case_reader": CaseReader(
            LetterReader(KnownNames(nlp.get_pipe("entity_lexicon")), Vocabulary(nlp), nouns)
        ),
    }
    for name, component in nlp.pipeline:
        if name != "claim_matcher":
            doc = own.get(name, component)(doc)
    return [(m.start, m.end, f"{m.kind} {m.entity}") for m in doc._.mentions]


@pytest.mark.parametrize("name", WORDS)
def test_names_are_found_by_the_words_of_the_list(nlp, nouns, lexicon, name):
    text, expected = parse_marked(WORDS[name])
    assert mentions_in(nlp, text, nouns, lexicon) == expected
    without = replace(nouns, **{name: frozenset()})
    assert mentions_in(nlp, text, without, lexicon) != expected


def test_given_names_are_read_line_by_line(nlp, nouns, lexicon):
    text, expected = parse_marked("They met [Rajendra Prasad]{person person:rajendra-prasad}.")
    assert mentions_in(nlp, text, nouns, lexicon) == expected
    assert mentions_in(nlp, text, replace(nouns, given_names=frozenset()), lexicon) != expected
    assert {"renate", "chantal"} < nouns.given_names
    assert not {"will", "chad", "a b"} & nouns.given_names


def test_every_list_is_tried():
    assert set(read_yaml(packaged_models() / "name_nouns.yaml")) - {LINE} == set(WORDS)


def test_a_text_may_end_with_a_body_of_two_words(nlp, nouns, lexicon):
    marked = "They met the [Turkish supreme court]{organisation org:turkish-supreme-court}"
    text, expected = parse_marked(marked)
    assert mentions_in(nlp, text, nouns, lexicon) == expected
