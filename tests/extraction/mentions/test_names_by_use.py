"""Names told by what is done with them: joints, seats, events, elections, lists, causes."""

from __future__ import annotations

import pytest

from tests.extraction.mentions.uses import check_uses

JOINED = [
    "The [Free Party of Chile]{organisation org:free-party-of-chile} and "
    "[Green Alliance]{organisation org:green-alliance} objected.",
    "The [Agrarian Party of Peru]{organisation org:agrarian-party-of-peru} and "
    "[Civic Power]{organisation org:civic-power} left.",
    "The [Ministry of Mines of Peru]{organisation org:ministry-of-mines-of-peru} and "
    "[Board of Trade]{organisation org:board-of-trade} objected.",
    "The [Bank of Bosnia and Herzegovina]{organisation org:bank-of-bosnia-and-herzegovina} "
    "objected.",
    "The [Law Society of England and Wales]{organisation org:law-society-of-england-and-wales} "
    "met.",
]
SEATS = [
    "She won the riding of [Norbury East]{none} in May.",
    "He sat for the constituency of [Roe]{none} - [Soto Hills]{none} until May.",
    "He was the MP for [Haverley]{none} until May.",
    "She was a Member of Parliament (MP) for [Doncliffe]{none} until May.",
    "He lost the [Guildbury]{none} seat in May.",
    "He won the seat of [Jane Roe]{person person:jane-roe} in May.",
]
EVENTS = [
    "He fell in the [Lower Rhine Campaign]{none} of 1702.",
    "The [Northern Desert Offensive]{none} began in May.",
    "The 12th [G8]{none} summit was held in May.",
    "The 2016 [BRICS]{none} summit was held in May.",
    "The ninth annual [BRICS]{none} summit was held in May.",
    "The [River Campaign]{organisation org:river-campaign} said that the dam was unsafe.",
    "The [China]{state country:CN}-[CELAC]{organisation org:CELAC} summit was held in May.",
]
ELECTIONS = [
    "[Molvoy]{person person:molvoy} ran for the House of Commons in 1980.",
    "[Hodgin]{person person:hodgin} kept his seat in May.",
    "[Parkov]{person person:parkov} won re-election in May.",
    "[Haddow]{person person:haddow} served as leader of the party.",
    "[Fry]{person person:fry} has been re-elected in every election.",
    "[DeFerra]{person person:deferra} also ran for mayor.",
    "[Timbrook]{person person:timbrook} placed second with 900 votes.",
]
LISTS = [
    "Many see parties such as [Zveri]{organisation org:zveri} and [Modra]{organisation org:modra}.",
    "The opposition parties [Musav]{organisation org:musav} and [Modra]{organisation org:modra} "
    "left.",
    "The parties ([Groenveld]{organisation org:groenveld} and [Modra]{organisation org:modra}) "
    "left.",
    "Newspapers including [Vasko]{organisation org:vasko} and "
    "[Modra Daily]{organisation org:modra-daily} said so.",
    "The companies [Trump]{person person:donald-trump} owns objected.",
    "She met [Gina McKay]{person person:gina-mckay}, [Julia Iovfe]{person person:julia-iovfe} and "
    "[Vincent Roe]{person person:vincent-roe}.",
]
CAUSES = [
    "The rally was held by [Women for River Justice]{organisation org:women-for-river-justice}.",
    "He joined "
    "[Parliamentarians for Clean Water]{organisation org:parliamentarians-for-clean-water}.",
    "She led [Concerned Teachers for Peru]{organisation org:concerned-teachers-for-peru}.",
    "The [Sons of the Northern Revolution]{organisation org:sons-of-the-northern-revolution} "
    "objected.",
    "He led [Girl Scouts of the North]{organisation org:girl-scouts-of-the-north} and "
    "[Veterans for Peace]{organisation org:veterans-for-peace}.",
    "They met [doctors for the poor]{none} and [Veterans in Kent]{none}.",
    "It backed the [Animal Justice Party]{organisation org:animal-justice-party}.",
]
DEEDS = [
    "[Shinar]{organisation org:shinar} merged with [Ratz]{organisation org:ratz} in May.",
    "[RL]{organisation org:RL} was founded in 2005.",
    "[Nova Rodina]{organisation org:nova-rodina} merged with [Zamora]{organisation org:zamora}.",
    "[Zamora]{organisation org:zamora} disbanded in 1994.",
    "[Ana Soto]{person person:ana-soto} merged the files.",
]


@pytest.mark.parametrize("marked", JOINED)
def test_two_bodies_that_and_joins_are_two(nlp, marked):
    check_uses(nlp, marked)


@pytest.mark.parametrize("marked", [*SEATS, *EVENTS])
def test_who_sits_and_what_happened_are_nobody(nlp, marked):
    check_uses(nlp, marked)


@pytest.mark.parametrize("marked", [*ELECTIONS, *LISTS, *CAUSES, *DEEDS])
def test_people_and_bodies_by_what_they_do(nlp, marked):
    check_uses(nlp, marked)
