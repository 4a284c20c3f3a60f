"""Who says "I" in a quotation, and "he" and "she" beside one. The first mark is asked."""

from __future__ import annotations

import pytest
from marked import parse_marked

from tests.extraction.coreference.holders import refers


def check(nlp, marked):
    """The first mark means whom its label names; "nobody" where that is not plain."""
    _, marks = parse_marked(marked)
    wanted = marks[0][2]
    assert refers(nlp, marked) == (None if wanted == "nobody" else wanted)


BY_OFFICE = [
    "Defence Secretary Paul Roe flew home. “I welcome the vote,” the secretary said. "
    "“[We]{person:paul-roe} support the pact.”",
    "Finance Minister Ana Soto met the miners. Later the minister said: “[I]{person:ana-soto} "
    "reject the tax.”",
    "Mayor Jane Roe spoke on Friday. “[I]{person:jane-roe} oppose the dam,” the mayor said.",
    "Senator Paul Roe left. The senator wrote: “[I]{person:paul-roe} oppose the bill.”",
    "Ambassador Nita Vaz spoke. “[I]{person:nita-vaz} condemn the raid,” the ambassador said.",
]
BY_THE_PHRASE = [
    "Party leader and Finance Minister Ana Soto said: “[I]{person:ana-soto} reject the tax.”",
    "His daughter, and a member of the club, Nita Vaz wrote, “[I]{person:nita-vaz} thank the "
    "doctors.”",
    "Speaking to the press, the head of the River League, Tom Vaz, said, “[We]{person:tom-vaz} "
    "oppose the dam.”",
    "The club's captain and coach Paul Roe said: “[I]{person:paul-roe} support the ban.”",
    "An aide to Ana Soto said: “[I]{unknown:speaker} reject the tax.”",
]
BESIDE_A_QUOTATION = [
    "Paul Roe left the room. “Only God will remove me,” [he]{person:paul-roe} declared.",
    "Fitness mattered to Paul Roe. “We worked on our fitness,” [he]{person:paul-roe} said.",
    "Paul Roe came home. “Not even Zorb will stop the ban,” [he]{person:paul-roe} warned.",
    "Jane Roe came home. “Neither Vask nor Zorb will win,” [she]{person:jane-roe} warned.",
    "Vask met Paul Roe. Then [he]{nobody} rejected the ban.",
]
SAME_AGAIN = [
    "Paul Roe spoke. He said that Ivan Vaz had lied. [He]{person:paul-roe} also condemned the tax.",
    "Jane Roe spoke. She accused Ana Soto of fraud. [She]{person:jane-roe} also opposed the tax.",
    "Paul Roe spoke. He met Tom Vaz and Ivan Soto. [He]{person:paul-roe} then backed the pact.",
    "The president, Paul Roe, praised Ivan Vaz. [He]{person:paul-roe} also backed the pact.",
    "The French minister Paul Roe met Ivan Vaz. [He]{person:paul-roe} backed the pact.",
]
SPOKEN_TO = [
    "Ana Soto led the league. In an interview with Dawn Vaz, [she]{person:ana-soto} opposed the "
    "dam.",
    "Paul Roe led the league. In a letter to Ivan Vaz, [he]{person:paul-roe} opposed the dam.",
    "Jane Roe spoke on Friday. In talks with Nita Vaz, [she]{person:jane-roe} backed the ban.",
    "Paul Roe spoke on Friday. Speaking to Tom Vaz, [he]{person:paul-roe} rejected the ban.",
    "Ana Soto spoke. In Tom Vaz's report, [she]{person:ana-soto} rejected the ban.",
]


@pytest.mark.parametrize("marked", [*BY_OFFICE, *BY_THE_PHRASE])
def test_a_quotation_is_theirs_who_say_it_by_office_or_phrase(nlp, marked):
    check(nlp, marked)


@pytest.mark.parametrize("marked", [*BESIDE_A_QUOTATION, *SAME_AGAIN, *SPOKEN_TO])
def test_he_and_she_beside_quotations_and_others(nlp, marked):
    check(nlp, marked)
