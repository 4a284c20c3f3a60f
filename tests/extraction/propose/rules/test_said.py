"""Which side a speaker takes by what is said, and a doer by what is done."""

from __future__ import annotations

import pytest
from spacy.language import Language

from pipeline.records import Stance

SUPPORT, OPPOSE, NEUTRAL = Stance.SUPPORT, Stance.OPPOSE, Stance.NEUTRAL

AIMED = {
    "Chile carried out the airstrike near the port.": OPPOSE,
    "Chile carried out the reform of the courts.": SUPPORT,
    "Peru led a campaign against Bolivia.": OPPOSE,
    "Peru started an effort to isolate Bolivia.": OPPOSE,
    "Peru began an effort to help Bolivia.": SUPPORT,
    "Peru levied duties against Bolivia.": OPPOSE,
    "Peru levied a tax on salt.": SUPPORT,
    "Peru intends to appeal the ruling.": OPPOSE,
    "Peru plans to sue over the fee.": OPPOSE,
}
SAID = {
    "Brazil said that those responsible must be prosecuted.": OPPOSE,
    "Brazil said that the criminals should be brought to justice.": OPPOSE,
    "Brazil said that the museum must be kept.": SUPPORT,
    "Brazil said it was critical that the port reopen.": SUPPORT,
    "Brazil said it was time to vote.": SUPPORT,
    "Brazil insisted that the fund remain open.": SUPPORT,
    "Brazil said it is building a mine.": SUPPORT,
    "Brazil said it plans a new port.": SUPPORT,
    "Brazil said it had moved the office.": NEUTRAL,
    "Brazil said that safety rules were changed in May.": NEUTRAL,
    "Brazil said that smoking will not be tolerated.": OPPOSE,
}
TOLD = {
    "Malta confirmed three new infections.": NEUTRAL,
    "Malta declared an epidemic.": NEUTRAL,
    "Malta announced the death of the judge.": NEUTRAL,
    "Malta announced a new port.": SUPPORT,
    "Malta warned residents to stay at home.": SUPPORT,
    "Malta warned Tunisia not to fish there.": OPPOSE,
    "Malta warned that the storm could grow.": OPPOSE,
    "Malta designated the militia as a terrorist group.": OPPOSE,
    "Malta classified the text as a memo.": NEUTRAL,
}


@pytest.mark.parametrize("sentence", [*AIMED, *SAID, *TOLD])
def test_the_stance_is_that_of_what_is_done_or_said(nlp: Language, sentence: str) -> None:
    stance = (AIMED | SAID | TOLD)[sentence]
    claims = nlp(sentence)._.claims
    assert [one.stance for one in claims[:1]] == [stance]
