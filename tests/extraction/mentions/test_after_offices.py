"""Where a person's name begins after an office, its place or a calling with a capital."""

from __future__ import annotations

import pytest

from tests.extraction.mentions.uses import check_uses

PLACES = [
    "Mayor of Paita [Piotr Okoro]{person person:piotr-okoro} declared a day of mourning.",
    "It was bad, said Minister of Information [Amina Okoro]{person person:amina-okoro}.",
    "The bishop of Malmö [Peter Okoro]{person person:peter-okoro} objected.",
    "It came from the Senator from Vermont [Bernie Okoro]{person person:bernie-okoro}.",
    "The ambassador of Peru [Selena Okoro]{person person:selena-okoro} objected.",
]
CALLINGS = [
    "Newly elected Assemblywoman [Selena Okoro]{person person:selena-okoro} said no.",
    "Legislator [Tanya Okoro]{person person:tanya-okoro} spoke to the press.",
    "Attorney [Thomas T. Okoro]{person person:thomas-t-okoro} objected.",
    "United States Attorney [Jessie K. Okoro]{person person:jessie-k-okoro} objected.",
    "Monsignor [Jorge Eduardo Okoro]{person person:jorge-eduardo-okoro} objected.",
    "The [Worker Bees Union]{organisation org:worker-bees-union} objected.",
]


@pytest.mark.parametrize("marked", [*PLACES, *CALLINGS])
def test_a_name_begins_after_the_office(nlp, marked):
    check_uses(nlp, marked)


NO_TITLES = [
    "[Fry]{person person:fry} has been re-elected in every election.",
    "The [Secretariat]{organisation org:secretariat} rejected the plan.",
    "The two [Secretaries]{none} met.",
]


@pytest.mark.parametrize("marked", NO_TITLES)
def test_a_name_that_only_begins_like_a_title_is_none(nlp, marked):
    check_uses(nlp, marked)
