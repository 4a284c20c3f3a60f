"""Armed forces and governments by their names, before other nouns too."""

from __future__ import annotations

import pytest

from tests.extraction.mentions.uses import check_uses

FORCES = [
    "On Monday, [Coalition military forces]{organisation org:coalition-military-forces} bombed "
    "the depot.",
    "Over the week [Alliance ground troops]{organisation org:alliance-ground-troops} attacked "
    "the village.",
    "The town fell when [Resistance militias]{organisation org:resistance-militias} attacked it.",
    "[Rebel forces]{group group:rebel-forces} attacked the village.",
    "Last week [NATO military forces]{organisation org:nato-military-forces} bombed the bridge.",
]
GOVERNMENTS = [
    "They host [Syrian Government]{state country:SY} websites.",
    "[UK Government]{state country:GB} ministers met.",
    "[German Government]{state country:DE} bonds fell.",
    "[UK]{state country:GB} government officials met.",
    "The [Iraqi Government Information Office]"
    "{organisation org:iraqi-government-information-office} said no.",
]


@pytest.mark.parametrize("marked", [*FORCES, *GOVERNMENTS])
def test_forces_and_governments_before_other_nouns(nlp, marked):
    check_uses(nlp, marked)
