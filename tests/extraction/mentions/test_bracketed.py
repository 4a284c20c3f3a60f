"""Short forms in brackets of bodies with foreign names, and of people."""

from __future__ import annotations

import pytest

from tests.extraction.mentions.uses import check_uses

SHORT_FORMS = [
    "They joined the [Free River Socialists]{organisation org:SRL} "
    "([SRL]{organisation org:SRL}): no.",
    "It left the [Mouvement des Rivières pour le Nord]{organisation org:MRN} "
    "([MRN]{organisation org:MRN}).",
    "It left the [Partei für Wasser und Wald]{organisation org:PWW} ([PWW]{organisation org:PWW}).",
    "They backed Roe's [Vela Nova]{organisation org:VN} ([VN]{organisation org:VN}) in May.",
    "The [Kakbura Popular Front]{organisation org:KPF} ([KPF]{organisation org:KPF}) objected.",
    "[Mary Jones]{person person:mary-jones} ([MJ]{person person:mary-jones}) objected.",
    "They met the [Institution of River Engineers]{organisation org:IRivE} "
    "([IRivE]{organisation org:IRivE}).",
]


@pytest.mark.parametrize("marked", SHORT_FORMS)
def test_bracketed_short_forms_are_of_bodies_unless_a_given_name_stands_first(nlp, marked):
    check_uses(nlp, marked)
