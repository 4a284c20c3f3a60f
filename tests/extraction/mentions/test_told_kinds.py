"""People by their given names, bodies and places by their lists, parties, couples, shared names."""

from __future__ import annotations

import pytest
from marked import parse_marked

from pipeline.extraction.extract import extract_article
from pipeline.records import Article


def found(nlp, text, **metadata):
    """The mentions of an article by their places: kind and entity."""
    extraction = extract_article(nlp, Article("told", text, metadata))
    return {(m.start, m.end): f"{m.kind} {m.entity}" for m in extraction.mentions}


def check(nlp, marked, **metadata):
    """The marked mentions are found as they are labelled."""
    text, expected = parse_marked(marked)
    mentions = found(nlp, text, **metadata)
    wanted = {(start, end): label for start, end, label in expected}
    assert {place: mentions.get(place) for place in wanted} == wanted


PEOPLE = [
    "[Chantal Okoro]{person person:chantal-okoro}, who defeated her, left.",
    "They met [Rajendra Vaz]{person person:rajendra-vaz} in May.",
    "[Renate Kubler]{person person:renate-kubler} opposed the plan.",
    "The farm's owner, [Jamal Zubri]{person person:jamal-zubri}, opposed the levy.",
    "[Lucius D. Okoro]{person person:lucius-d-okoro} backed the plan.",
    "Republican [Warren Okoro]{person person:warren-okoro} backed the plan.",
    "[Novak]{person person:novak} retired in May.",
]


@pytest.mark.parametrize("marked", PEOPLE)
def test_given_names_and_lives_tell_people(nlp, marked):
    check(nlp, marked)


NO_PEOPLE = [
    "[Rufus Bank]{organisation org:rufus-bank} opposed the plan.",
    "The Martin Prize was won by nobody.",
    "The [Chantal Institute]{organisation org:chantal-institute} opposed the plan.",
    "Brexit weakened them.",
    "They crossed the Teresa Sea.",
]


@pytest.mark.parametrize("marked", NO_PEOPLE)
def test_a_given_name_alone_makes_no_person(nlp, marked):
    text, expected = parse_marked(marked)
    assert found(nlp, text) == {(start, end): label for start, end, label in expected}


BODIES_IN_LISTS = [
    "He led the Free Rivers Party, the Green Hills Party, "
    "[Zveri]{organisation org:zveri} and [ZKB]{organisation org:ZKB}.",
    "The Rivers Council, the Hills Council and [Morobe]{organisation org:morobe} objected.",
    "They joined the Miners Union, [Tarvo]{organisation org:tarvo} and the Bakers Union.",
]
PEOPLE_IN_LISTS = [
    "The Rivers Council, the Hills Council and [Ana Soto]{person person:ana-soto} objected.",
]


@pytest.mark.parametrize("marked", [*BODIES_IN_LISTS, *PEOPLE_IN_LISTS])
def test_names_between_bodies_are_bodies(nlp, marked):
    check(nlp, marked)


PLACES = [
    "Flights from Karachi, Lahore, Peshawar, Multan and Sialkot were late.",
    "He was seen in Lyon, Marseille, Toulouse and Hilversum.",
    "The shops near Lima, Quito and Paita closed.",
    "He lived in Cologne, Dortmund and Gelsenkirchen.",
]


@pytest.mark.parametrize("text", PLACES)
def test_names_between_places_are_no_actors(nlp, text):
    assert found(nlp, text) == {}


JOINED = [
    "The [Communist Party of Chile]{organisation org:communist-party-of-chile} and "
    "[Rivers Party of Peru]{organisation org:rivers-party-of-peru} opposed the bill.",
    "[Rivers Council of Lima]{organisation org:rivers-council-of-lima} and "
    "[Hills Council of Quito]{organisation org:hills-council-of-quito} left.",
]


@pytest.mark.parametrize("marked", JOINED)
def test_two_bodies_with_one_noun_are_two(nlp, marked):
    check(nlp, marked)


PARTIES = [
    "The [Greens]{organisation org:greens} rejected the deal.",
    "The Green Party of Morobe met. The [Greens]{organisation org:green-party-of-morobe} left.",
    "In Australia the vote failed. The [Greens]{organisation org:australian-greens} opposed it.",
    "The Liberal Party of Morobe met. Later the "
    "[Liberals]{organisation org:liberal-party-of-morobe} backed it.",
    "The [LIDER party]{organisation org:lider-party} rejected it.",
    "The [Communist party]{organisation org:communist-party} backed it.",
    "The [Likud]{organisation org:likud} party left.",
]


@pytest.mark.parametrize("marked", PARTIES)
def test_parties_are_known_by_their_short_names(nlp, marked):
    check(nlp, marked)


@pytest.mark.parametrize(
    "text", ["Many greens were eaten.", "Some liberals left. Liberals are people."]
)
def test_words_in_small_letters_are_no_parties(nlp, text):
    assert not any(label.startswith("organisation") for label in found(nlp, text).values())


COUPLES = [
    "The [Obamas]{group group:obamas} backed the campaign.",
    "Barack Obama met Michelle Obama. The "
    "[Obamas]{group group:barack-obama-and-michelle-obama} left.",
    "Ana Zubri married Paul Zubri. The "
    "[Zubris]{group group:ana-zubri-and-paul-zubri} rejected the offer.",
    "[Bill]{person person:bill-clinton} and [Hillary Clinton]{person person:hillary-clinton} left.",
    "[Ana]{person person:ana-zubri} and [Paul Zubri]{person person:paul-zubri} oppose it.",
    "[Obama]{person person:barack-obama} and [Hillary Clinton]{person person:hillary-clinton} met.",
]


@pytest.mark.parametrize("marked", COUPLES)
def test_couples_are_known_by_one_surname(nlp, marked):
    check(nlp, marked)


SHARED = [
    ("[Congo]{state country:CD} rejected the draft.", {}),
    ("[Congo]{state country:CG} rejected the draft.", {"country": "COG"}),
    ("[Congo]{state country:CD} rejected the draft.", {"speaker": {"country": "COD"}}),
    ("The talks were held in Brazzaville. [Congo]{state country:CG} rejected the draft.", {}),
    ("In Kinshasa they said that [Congo]{state country:CD} objected.", {"country": "FR"}),
    ("Zaire suffered. My own country, [Congo]{state country:CG}, has not been spared.", {}),
    ("The Republic of the Congo met the DR Congo. The [Congolese]{group country:CD} left.", {}),
]


@pytest.mark.parametrize(("marked", "metadata"), SHARED)
def test_a_name_of_two_states_is_that_of_the_one_that_is_meant(nlp, marked, metadata):
    check(nlp, marked, **metadata)


BARE = [
    "Software giant [SAP]{org:SAP} criticised the law.",
    "Drug maker [Pfizer]{org:pfizer} rejected the ruling.",
    "Search giant [Google]{org:google} opposed the ban.",
    "Car maker [Volkswagen]{org:volkswagen} condemned the tax.",
    "Chip designer [Nvidia]{org:nvidia} welcomed the plan.",
]


@pytest.mark.parametrize("marked", BARE)
def test_a_bare_noun_before_a_name_leaves_the_name_its_claim(nlp, marked):
    text, expected = parse_marked(marked)
    extraction = extract_article(nlp, Article("told", text))
    holders = [(c.holder.start, c.holder.end, c.holder.entity) for c in extraction.claims]
    assert holders == expected


MODALS = [
    "Theresa May resigned. [May]{person:theresa-may} criticised Juncker.",
    "Angela Merkel backed it, Theresa May did not. [May]{person:theresa-may} rejected the draft.",
    "Theresa May spoke. On Monday [May]{person:theresa-may} condemned the raid.",
    "Theresa May spoke. [May]{person:theresa-may} opposes the tax.",
    "Theresa May spoke. [May]{person:theresa-may} has backed the deal.",
]


@pytest.mark.parametrize("marked", MODALS)
def test_a_name_that_is_a_modal_too_holds(nlp, marked):
    text, expected = parse_marked(marked)
    claims = extract_article(nlp, Article("told", text)).claims
    for start, end, entity in expected:
        mine = [claim for claim in claims if (claim.holder.start, claim.holder.end) == (start, end)]
        assert [(claim.holder.entity, claim.hedged) for claim in mine] == [(entity, False)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Norway said May criticised the ban.", "Norway"),
        ("Corbyn said May rejected the plan.", "Corbyn"),
        ("Theresa May spoke. Brussels fears May opposes the deal.", "Brussels"),
    ],
)
def test_a_name_before_one_that_is_a_modal_too_stays_one(nlp, text, name):
    assert name in [ent.text for ent in nlp(text).ents]


def test_a_modal_stays_one(nlp):
    text = "Theresa May spoke. She may reject the tax."
    claims = extract_article(nlp, Article("told", text)).claims
    assert [claim.hedged for claim in claims if claim.cue.text_in(text) == "reject"] == [True]


VOTES = [
    "[France]{support} voted in favour.",
    "[Russia]{oppose} voted against.",
    "[Peru]{support} and [Chile]{support} voted in favor.",
    "[Kenya]{oppose} voted against on Monday.",
    "The [Senate]{oppose} voted against it.",
    "[Mali]{support} voted in favour, and [Togo]{oppose} voted against.",
]


@pytest.mark.parametrize("marked", VOTES)
def test_a_vote_holds_without_what_is_voted_on(nlp, marked):
    text, expected = parse_marked(marked)
    claims = extract_article(nlp, Article("told", text)).claims
    held = {(claim.holder.start, claim.holder.end): claim.stance.value for claim in claims}
    assert held == {(start, end): label for start, end, label in expected}


FORCES = [
    "[Pro-Vaz militias]{organisation org:pro-vaz-militias} opposed the truce.",
    "[Houthi-allied troops]{organisation} rejected the truce.",
    "[Rebel militias]{group group:rebel-militias} opposed the truce.",
    "[Troops]{group group:troops} rejected the truce.",
    "The [pro-Assad forces]{organisation org:pro-assad-forces} condemned the raid.",
]


@pytest.mark.parametrize("marked", FORCES)
def test_armed_forces_with_a_name_are_one_body(nlp, marked):
    text, expected = parse_marked(marked)
    mentions = found(nlp, text)
    for start, end, label in expected:
        assert mentions[start, end].startswith(label)


def test_one_body_of_a_state_has_one_id_by_all_names_of_the_state(nlp):
    text = "United States military forces withdrew. U.S. forces withdrew. American forces left."
    assert set(found(nlp, text).values()) == {"organisation org:us-forces"}
