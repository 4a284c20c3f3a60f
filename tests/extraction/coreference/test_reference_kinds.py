"""Whom phrases without a name mean. Each mark is a holder, its label the entities."""

from __future__ import annotations

import pytest

from tests.extraction.coreference.holders import check, refers

ONE_OF_TWO = [
    "Peru and Cuba spoke on Friday. The [former]{country:PE} backed the ban and the "
    "[latter]{country:CU} opposed it.",
    "Ghana met Togo in Accra. The [latter]{country:TG} rejected the treaty.",
    "The IMF and NATO published reports. The [latter]{org:NATO} condemned the raid.",
    "Emmanuel Macron met Angela Merkel. The [former]{person:emmanuel-macron} praised the plan.",
    "Mali, Niger and Benin voted. The [latter]{country:BJ} opposed the text.",
    "Sweden disagrees with Finland. The [former]{country:SE} supports the ban.",
]
PAIRS = [
    "Peru and Cuba met. [Both]{country:PE,country:CU} rejected the treaty.",
    "Emmanuel Macron met Angela Merkel. The [two]{person:emmanuel-macron,person:angela-merkel} "
    "condemned the raid.",
    "NATO met the European Union. [Both]{org:NATO,org:EU} condemned the coup.",
    "NATO met the European Union. [Both bodies]{org:NATO,org:EU} condemned the coup.",
    "Mary Okafor married Peter Novak in May. The [couple]{person:mary-okafor,person:peter-novak} "
    "rejected the offer.",
    "Ghana, Togo and Benin spoke. [They]{country:GH,country:TG,country:BJ} oppose the levy.",
]
NOUNS = [
    "The Ministry of Trade met the Council of Mayors. The [ministry]{org:ministry-of-trade} "
    "rejected the plan.",
    "The High Court of Malawi ruled in May. NATO met. The [court]{org:high-court-of-malawi} "
    "rejected the appeal.",
    "Finance Minister Peter Novak met Defence Minister Mary Okafor. The "
    "[finance minister]{person:peter-novak} opposed the cuts.",
    "Mary Okafor, the mayor of Leeds, arrived. Later the [mayor]{person:mary-okafor} condemned "
    "the raid.",
    "Greek foreign minister Nikos Lambros met Turkish foreign minister Emre Kaya. The "
    "[Greek foreign minister]{person:nikos-lambros} rejected the plan.",
    "The ECB raised rates. The [bank]{org:ECB} rejected the plan.",
    "Mexico voted. Its [government]{country:MX} supports the ban.",
]
NOUNS_IN_SMALL = [
    "The Thames Valley Police arrested him. [Police]{org:thames-valley-police} rejected bail.",
    "The Morobe City Police met. Later the [police]{org:morobe-city-police} rejected the claim.",
    "The Mines Ministry met. The [mines ministry]{org:mines-ministry} rejected the plan.",
    "The [Rivers Council]{org:rivers-council} objected. The [rivers council]{org:rivers-council} "
    "condemned the levy.",
    "[US authorities]{country:US} opposed the site. [They]{country:US} rejected the offer.",
    "[Authorities in Kenya]{country:KE} rejected the plan.",
    "[Local authorities in Kenya]{group:local-authorities-in-kenya} rejected the plan.",
]
UNNAMED = [
    "The [miners]{group:miners} opposed the levy. [They]{group:miners} rejected the offer.",
    "The [terrorists]{group:terrorists} oppose it. [They]{group:terrorists} hate it. "
    "[They]{group:terrorists} fear the vote.",
    "[Nurses]{group:nurses} oppose the cuts. [They]{group:nurses} want a vote.",
    "[Critics of the ban]{group:critics-of-the-ban} oppose it. [They]{group:critics-of-the-ban} "
    "oppose the levy.",
    "The [farmers]{group:farmers} condemned the raid. [They]{group:farmers} support Chile.",
]
FAMILIES = [
    "Peter Novak was shot in May. His [family]{group:peter-novak-family} condemned the police.",
    "Peter Novak was shot. His family sued. The [family]{group:peter-novak-family} rejected the "
    "offer.",
    "Mary Okafor is in prison. Her [lawyers]{group:mary-okafor-lawyers} rejected the charge.",
    "[Mary Okafor's family]{group:mary-okafor-family} condemned the ruling.",
    "Angela Merkel resigned. Her [supporters]{group:angela-merkel-supporters} oppose the deal.",
]
SEXES = [
    "Theresa May appointed Boris Johnson, and [he]{person:boris-johnson} rejected the deal.",
    "Angela Merkel met Emmanuel Macron. [She]{person:angela-merkel} rejected the plan.",
    "Emmanuel Macron met Angela Merkel. [She]{person:angela-merkel} rejected the plan.",
    "Mary Okafor wrote to Peter Novak. [He]{person:peter-novak} opposes the ban.",
    "Peter Novak spoke after Lena Roth. [She]{person:lena-roth} condemned the raid.",
]


@pytest.mark.parametrize(
    "marked", [*ONE_OF_TWO, *PAIRS, *NOUNS, *NOUNS_IN_SMALL, *UNNAMED, *FAMILIES, *SEXES]
)
def test_a_phrase_means_whom_the_text_named(nlp, marked):
    check(nlp, marked)


def test_in_a_quotation_he_is_not_the_one_who_speaks(nlp):
    marked = 'Tom Berg met Peter Novak. Novak said: "[He]{person:tom-berg} lied."'
    assert refers(nlp, marked) == "person:tom-berg"


MISSED = [
    ("Mary Okafor left. Lena Roth walked in. [She]{} rejected the plan.", "Roth"),
    ("Peter Novak left. Then Tom Berg was next. [He]{} rejected the plan.", "Berg"),
    ("Peter Novak left. The police arrested Tom Berg. [He]{} denied the charge.", "Berg"),
    ("Mary Okafor smiled. Lena Roth, a baker, spoke. [She]{} opposed the tax.", "Roth"),
    ("Peter Novak resigned. Tom Berg took over, and [he]{} rejected the plan.", "Berg"),
]


@pytest.mark.parametrize(("marked", "missing"), MISSED)
def test_a_pronoun_is_left_open_beside_a_name_that_is_no_mention(nlp, marked, missing):
    assert refers(nlp, marked) is not None
    assert refers(nlp, marked, missing=missing) is None


def test_a_court_is_not_the_body_that_was_named_last(nlp):
    check(nlp, "The WHO met. The [court]{group:court} rejected the appeal.")
