"""Names in openings, names that are not what they look like, and seats: whole, typed, resolved."""

from __future__ import annotations

import pytest
from marked import parse_marked

from pipeline.extraction.extract import extract_article
from pipeline.records import Article


def check(nlp, marked):
    """The capitalised mentions are those marked, each of its kind, and entity where it has one."""
    text, expected = parse_marked(marked)
    found = {
        (m.start, m.end): f"{m.kind} {m.entity}"
        for m in extract_article(nlp, Article("names", text)).mentions
        if any(map(str.isupper, text[m.start : m.end]))
    }
    wanted = {(start, end): label for start, end, label in expected}
    assert {place: found.get(place, "")[: len(label)] for place, label in wanted.items()} == wanted
    assert set(found) == set(wanted)


DATELINES = [
    "GENEVA, 3 May (Reuters) - [Kenya]{state country:KE} backed the plan.",
    "MOSCOW, June 12 /TASS/. [Russia]{state country:RU} rejects the accusations.",
    "OTTAWA, Ontario — [Canada]{state country:CA} opposes the tariff.",
    "BRUSSELS — [Belgium]{state country:BE} rejected the plan on Monday.",
    "MADRID, 14 June 2019 — [Spain]{state country:ES} condemned the attack.",
    "Geneva, 12 June 2021 – The [World Health Organization]{organisation org:WHO} welcomed it.",
]


@pytest.mark.parametrize("marked", DATELINES)
def test_a_dateline_is_no_part_of_the_sentence(nlp, marked):
    text, expected = parse_marked(marked.replace("(Reuters)", "").replace("/TASS/", "/TASS/"))
    extraction = extract_article(nlp, Article("names", text))
    holders = [(claim.holder.start, claim.holder.end) for claim in extraction.claims]
    assert holders == [(start, end) for start, end, _ in expected]


APPOSITIONS = [
    "Alabama Sen. [Jeff Sessions]{person person:jeff-sessions}, a supporter, called it fair.",
    "Sen. [Susan Collins]{person person:susan-collins} (R-Maine) opposed the nomination.",
    "Rep. [Ana Soto]{person person:ana-soto} (D-Texas) welcomed the vote.",
    "Sen. [Jane Roe]{person person:jane-roe}, D-Ohio, condemned the plan.",
    "The company [Zübla]{organisation org:zubla} said it was low.",
    "The news agency [Sadiqpress]{organisation org:sadiqpress} objected.",
    "[Ana Soto]{person person:ana-soto} ([Chile]{state country:CL}) said that the text was weak.",
]


@pytest.mark.parametrize("marked", APPOSITIONS)
def test_appositions_and_brackets_leave_the_name(nlp, marked):
    check(nlp, marked)


NICKNAMES = [
    '[Luiz Inácio "Lula" da Silva]{person person:luiz-inacio-lula-da-silva} rejected the plan.',
    '[James "Jim" Soto]{person person:james-soto} condemned the raid. '
    "[Soto]{person person:james-soto} called it unfair.",
    "[Robert (Bob) Soto]{person person:robert-soto} backed the sanctions.",
    "[Ana 'Nita' Roe]{person person:ana-roe} criticised the court.",
    "[Maria “Masha” Petrova]{person person:maria-petrova} denounced the law.",
    '[Richard "Tex" Coe]{person person:richard-coe} opposed the strike.',
]


@pytest.mark.parametrize("marked", NICKNAMES)
def test_nicknames_are_inside_the_name(nlp, marked):
    check(nlp, marked)


LEADERS = [
    ("The Soto-led government opposes the ban.", "Soto"),
    ("The Petrović-led cabinet criticised the court.", "Petrović"),
    ("The Merkel-led government rejected the plan.", "Merkel"),
    ("A Vazquez-led administration would reject the text.", "Vazquez"),
    ("They fought the Orbu-led regime.", "Orbu"),
]


@pytest.mark.parametrize(("text", "leader"), LEADERS)
def test_who_leads_a_government_is_a_person_and_holds_nothing(nlp, text, leader):
    extraction = extract_article(nlp, Article("names", text))
    people = [m.span.text_in(text) for m in extraction.mentions if m.kind.value == "person"]
    assert people == [leader]
    assert leader not in [claim.holder.span.text_in(text) for claim in extraction.claims]


PARTICLES = [
    "[Pieter van der Merwe]{person person:pieter-van-der-merwe} criticised the law. "
    "[Van der Merwe]{person person:pieter-van-der-merwe} called it unfair.",
    "[J. K. Soto]{person person:j-k-soto} condemned the ban. "
    "[Soto]{person person:j-k-soto} said it was wrong.",
    "[A.B. Vajpari]{person person:a-b-vajpari} rejected the offer.",
    "[Jean-Pierre d'Almeida]{person person:jean-pierre-dalmeida} rejected the offer.",
    "Mr. [de la Roca]{person person:de-la-roca} rejected the offer.",
    "[Khalid al-Rashid]{person person:khalid-al-rashid} rejected the offer.",
]


@pytest.mark.parametrize("marked", PARTICLES)
def test_particles_and_initials_belong_to_the_name(nlp, marked):
    check(nlp, marked)


CLUBS = [
    "[Real Madrid]{organisation org:real-madrid} opposed the ban.",
    "[Manchester United]{organisation org:manchester-united} backed the plan.",
    "[Bayern Munich]{organisation org:bayern-munich} rejected the offer, and "
    "[FC Barcelona]{organisation org:fc-barcelona} condemned the ruling.",
    "[Paris Saint-Germain]{organisation org:paris-saint-germain} welcomed the reform.",
    "[Dinamo Kyiv]{organisation org:dinamo-kyiv} rejected the new format.",
    "[Red Star Belgrade]{organisation org:red-star-belgrade} condemned the decision.",
    "[Steaua Bucharest]{organisation org:steaua-bucharest} rejected the fine.",
    "[Ankara City FC]{organisation org:ankara-city-fc} opposed the ban.",
    "The fans criticised [CSKA Moscow]{organisation org:cska-moscow}.",
]


@pytest.mark.parametrize("marked", CLUBS)
def test_clubs_named_after_places_are_no_states(nlp, marked):
    check(nlp, marked)


NAMESAKES = [
    "[Israel Soto]{person person:israel-soto} condemned the ruling. "
    "[Soto]{person person:israel-soto} called it unfair.",
    "[Cyprus]{state country:CY} and [Kenya Barro]{person person:kenya-barro} backed the deal.",
    "[Chad Soto]{person person:chad-soto} criticised the school. "
    "[Chad]{person person:chad-soto} said it was bad.",
    "[Jordan Roe]{person person:jordan-roe} backed the law. "
    "[Jordan]{person person:jordan-roe} praised its authors.",
    "[Jordan Roe]{person person:jordan-roe} criticised the raid in [Jordan]{state country:JO}.",
    "[Georgia]{state country:GE} condemned the raid by [Russia]{state country:RU}.",
    "Gov. [Ana Soto]{person person:ana-soto} of Georgia opposed the ban.",
    "They ate turkey while [Turkey]{state country:TR} vetoed the plan.",
    "In May [Chile]{state country:CL} rejected the draft, and may reject the next.",
    "[Theresa May]{person person:theresa-may} rejected it. "
    "[May]{person person:theresa-may} criticised [Chile]{state country:CL}.",
]


@pytest.mark.parametrize("marked", NAMESAKES)
def test_first_names_months_and_provinces_are_told_from_states(nlp, marked):
    check(nlp, marked)


LONGER = [
    "The [Caribbean Centres for Disease Control]{organisation "
    "org:caribbean-centres-for-disease-control} "
    "welcomed the vaccine.",
    "The [Peruvian Chamber of Commerce]{organisation org:peruvian-chamber-of-commerce} objected.",
    "The [World Bank Group Staff Association]{organisation org:world-bank-group-staff-association} "
    "opposed the cuts.",
    "The [National Bank of Georgia]{organisation org:national-bank-of-georgia} raised rates.",
    "The [Turkey Farmers Association]{organisation org:turkey-farmers-association} objected.",
    "The [European Union of Jewish Students]{organisation org:european-union-of-jewish-students} "
    "condemned the attack.",
]


@pytest.mark.parametrize("marked", LONGER)
def test_a_longer_name_is_another_body(nlp, marked):
    check(nlp, marked)


TREATIES = [
    "The CPTPP binds its members.",
    "[Chile]{state country:CL} joined the CPTPP, and the USMCA replaced NAFTA.",
    "The RCEP opposes no one.",
    "The JCPOA bans enrichment, and the NPT supports this.",
    "GDPR forbids such transfers.",
    "The Paris Agreement demands deep cuts.",
]


@pytest.mark.parametrize("marked", TREATIES)
def test_treaties_hold_no_position(nlp, marked):
    check(nlp, marked)
    text, expected = parse_marked(marked)
    holders = {
        (claim.holder.start, claim.holder.end)
        for claim in extract_article(nlp, Article("names", text)).claims
    }
    assert holders <= {(start, end) for start, end, _ in expected}


KINDS = [
    "[Zübla]{organisation org:zubla} rejected it. The company [Zübla]{organisation org:zubla} "
    "said it was low. [Zübla]{organisation org:zubla} criticised the state.",
    "The news agency [Sadiqpress]{organisation org:sadiqpress} objected. "
    "[Sadiqpress]{organisation org:sadiqpress} denied the report.",
    "[Raqib]{person person:raqib} objected. Mr. [Raqib]{person person:raqib} denied it, and "
    "[Raqib]{person person:raqib} left.",
    "[Islam Soto]{person person:islam-soto} opposes the war. "
    "[Islam]{person person:islam-soto} said it was bad.",
    "[Meridian]{organisation} opposed the tax. [Meridian Corp.]{organisation} has 300 workers.",
    "The show includes [Keeley Vaz]{person}, [Sophie Rundo]{person}, [Vincent Frank]{person} and "
    "[Pippa Hay]{person}.",
]


@pytest.mark.parametrize("marked", KINDS)
def test_one_name_has_one_kind_in_one_text(nlp, marked):
    check(nlp, marked)


SEATS = [
    "[Brussels]{organisation org:EU} condemned the law and warned [Budapest]{state country:HU}.",
    "[Brussels]{organisation org:EU} and [London]{state country:GB} signed the deal.",
    "[Belgium]{state country:BE} recalled its envoy. [Brussels]{state country:BE} condemned it.",
    "The [Quai d'Orsay]{organisation org:french-foreign-ministry} criticised "
    "[Tehran]{state country:IR}.",
    "[Turtle Bay]{organisation org:UN} welcomed the truce.",
    "The [Casa Rosada]{state country:AR} rejected the ruling.",
    "[La Moncloa]{state country:ES} criticised the judges.",
    "[Moscow]{state country:RU} rejected the request from [Warsaw]{state country:PL}.",
    "[Whitehall]{state country:GB} opposes the plan, and [Bankova]{state country:UA} backs it.",
    "The [Blue House]{state country:KR} condemned the test.",
]


@pytest.mark.parametrize("marked", SEATS)
def test_seats_stand_for_who_sits_there(nlp, marked):
    check(nlp, marked)


PLACES = [
    "They met in Brussels and then flew to London.",
    "The trains from Brussels to Paris were late.",
    "The Kremlin towers over the river.",
    "London's airports closed.",
    "The rally in Moscow drew crowds.",
    "Ankara lies on a plateau.",
    "Heavy rain hit Jakarta on Monday.",
]


@pytest.mark.parametrize("text", PLACES)
def test_seats_are_no_actors_as_places(nlp, text):
    check(nlp, text)
