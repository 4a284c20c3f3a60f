"""Claims whose holder, cue or target the parse or the sentence hides, kind by kind."""

from __future__ import annotations

import pytest

from pipeline.extraction.extract import extract_article
from pipeline.records import Article

# Each kind: sentences, and a claim of each as "holder | cue | stance | target".
ISSUERS_OF_DOCUMENTS = {
    "According to the ministry's schedule, the trains would stop.": (
        "ministry | According to | neutral | the trains would stop"
    ),
    "According to eyewitness reports, the gunman wore a mask.": (
        "eyewitness | According to | neutral | the gunman wore a mask"
    ),
    "The mayor died, according to a statement released by her family.": (
        "family | according to | neutral | The mayor died"
    ),
    "Interpol's constitution prohibits any intervention.": (
        "Interpol | prohibits | oppose | any intervention"
    ),
    "The decree signed by the Pope rejected the reform.": "Pope | rejected | oppose | the reform",
    "Oxford University data indicated the virus had spread.": (
        "Oxford University | indicated | neutral | the virus had spread"
    ),
}
PLACES = {
    "Ohio delayed its vote.": "Ohio | delayed | oppose | its vote",
    "California outlawed the death penalty.": "California | outlawed | oppose | the death penalty",
    "Nevada and Utah opposed the bill.": "Utah | opposed | oppose | the bill",
    "Queensland voted against the levy.": "Queensland | voted against | oppose | the levy",
    "Bavaria has banned the veil.": "Bavaria | banned | oppose | the veil",
}
RESUMED = {
    "Macron said that the treaty was dead and called for new talks.": (
        "Macron | called for | support | new talks"
    ),
    "Macron said the treaty was dead and called for talks.": (
        "Macron | said | neutral | the treaty was dead"
    ),
    "Chile's minister said the vote had been late and thanked the envoys.": (
        "Chile's minister | thanked | support | the envoys"
    ),
    "Kenya said the text was weak, and asked for more time.": (
        "Kenya | asked for | support | more time"
    ),
    "Peru said that Chile backed the ban and called for talks.": (
        "Chile | called for | support | talks"
    ),
    "The police said the car hit a wall and burned.": (
        "police | said | neutral | the car hit a wall and burned"
    ),
}
PURPOSES = {
    "The ministers met in Lima to discuss the pact.": "ministers | discuss | neutral | the pact",
    "Activists gathered to oppose the dam.": "Activists | oppose | oppose | the dam",
    "The union called a strike to denounce the cuts.": "union | denounce | oppose | the cuts",
    "Students marched to protest the ban.": "Students | protest | oppose | the ban",
    "Envoys flew to Oslo to discuss the truce.": "Envoys | discuss | neutral | the truce",
}
INTENTIONS = {
    '"The talks go on," said Merkel. "We will include the unions."': (
        "We | will include | support | the unions"
    ),
    '"The talks go on," said Merkel. "I will call a vote."': "I | will call | support | a vote",
    "We are a small island. We will bring together the fishermen.": (
        "We | will bring | support | the fishermen"
    ),
    "We thank the Chair. We will carry this burden.": "We | will carry | support | this burden",
    "We thank the Chair. We will not take that road.": ("We | will not take | oppose | that road"),
}
TARGETS = {
    "Iraq condemned the raid, calling it an aggression.": (
        "Iraq | calling | oppose | it an aggression"
    ),
    "The mayor ordered the flags be lowered.": ("mayor | ordered | support | the flags be lowered"),
    "The governor promised each victim will be paid.": (
        "governor | promised | support | each victim will be paid"
    ),
    "Brazil presented the fund as a model.": "Brazil | presented | support | the fund as a model",
    "AUSTRALIA proposed, and the US opposed, a reference to markets.": (
        "US | opposed | oppose | a reference to markets"
    ),
    "The plan drew praise from Oxfam.": "Oxfam | drew praise from | support | The plan",
}
UNKNOWN = {
    "They opposed the ban.": "They | opposed | oppose | the ban",
    "They agreed to sign the pact.": "They | agreed | support | to sign the pact",
    "In May they rejected the offer.": "they | rejected | oppose | the offer",
    "The hall was empty because they shunned the talks.": "they | shunned | oppose | the talks",
    "They discussed the pact.": "They | discussed | neutral | the pact",
}
KINDS = {
    **ISSUERS_OF_DOCUMENTS, **PLACES, **RESUMED, **PURPOSES, **INTENTIONS, **TARGETS, **UNKNOWN,
}  # fmt: skip

NOTHING = [
    "The law says that they opposed the ban.",
    "The firm must act to avoid a strike.",
    "Macron left the building.",
    "The rain in Ohio stopped the match.",
    "The seats needed for a majority were lost.",
]


def claims_in(nlp, text):
    """The claims of the text, each as "holder | cue | stance | target"."""
    parts = []
    for claim in extract_article(nlp, Article("reach", text)).claims:
        target = claim.target.text_in(text) if claim.target else ""
        holder, cue = claim.holder.span.text_in(text), claim.cue.text_in(text)
        parts.append(f"{holder} | {cue} | {claim.stance.value} | {target}")
    return parts


@pytest.mark.parametrize("text", KINDS)
def test_the_claim_is_found(nlp, text):
    assert KINDS[text] in claims_in(nlp, text)


@pytest.mark.parametrize("text", NOTHING)
def test_no_claim_is_made(nlp, text):
    assert claims_in(nlp, text) == []


def test_an_issuer_holds_at_the_nearest_we(nlp):
    text = "We thank the Chair. The delay is unacceptable. We left early. The cut is unjust."
    claims = extract_article(nlp, Article("issuer", text)).claims
    judged = {claim.cue.text_in(text): claim.holder.span.start for claim in claims}
    assert judged["unacceptable"] == text.index("We left")
    assert judged["unjust"] == text.index("We left")


def test_what_a_speaker_goes_on_to_say_is_no_part_of_what_was_said(nlp):
    text = "Peru said the text was late, and urged Chile to sign."
    assert "Peru | urged | support | Chile to sign" in claims_in(nlp, text)
    assert not any(line.endswith("sign") and "said" in line for line in claims_in(nlp, text))
