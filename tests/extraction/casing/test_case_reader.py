"""Texts in capitals: names are found, no verb is taken for one, offsets are the text's own."""

from __future__ import annotations

import pytest
from marked import parse_marked

from pipeline.extraction.extract import extract_article
from pipeline.records import Article


def named(nlp, text):
    """The capitalised mentions of an article with their entities, in text order."""
    found = extract_article(nlp, Article("case", text)).mentions
    words = [(m.start, m.end, m.entity) for m in found]
    return [one for one in words if any(map(str.isupper, text[one[0] : one[1]]))]


WIRE = [
    "[CHILE]{country:CL} REJECTED THE DRAFT TREATY ON TUESDAY, SAID "
    "[ANGELA MERKEL]{person:angela-merkel}.",
    "[KENYA]{country:KE} CONDEMNED THE ATTACK AND URGED [UGANDA]{country:UG} TO ACT.",
    "[NATO]{org:NATO} WELCOMED THE DECISION OF [TURKEY]{country:TR} TO SIGN THE PROTOCOL.",
    "FOREIGN MINISTER [ANA SOTO]{person:ana-soto} SAID [PERU]{country:PE} WOULD VETO IT.",
    "THE [UNITED STATES]{country:US} WARNED [CHINA]{country:CN} AGAINST SENDING ARMS.",
    "THE [EUROPEAN COMMISSION]{org:european-commission} CRITICISED [HUNGARY]{country:HU}.",
    "[THERESA MAY]{person:theresa-may} OPPOSES THE TAX, WHICH MAY HURT SMALL FIRMS.",
    "WHO WILL PAY? [MEXICO]{country:MX} REJECTED THE BILL.",
]


@pytest.mark.parametrize("marked", WIRE)
def test_wire_copy_in_capitals_has_its_names(nlp, marked):
    text, expected = parse_marked(marked)
    assert named(nlp, text) == expected


SPEAKERS = [
    "Mr. [SOTO]{person:soto} ([Chile]{country:CL}) said that the text was weak.",
    "Ms. [OKONKWO]{person:okonkwo} ([Nigeria]{country:NG}) welcomed the text.",
    "Mr. [DE LA CRUZ]{person:de-la-cruz} ([Peru]{country:PE}) supported the proposal.",
    "MR. [KOVAC]{person:kovac} ([Russian Federation]{country:RU}) opposed the amendment.",
    "Mrs. [VAN DER BERG]{person:van-der-berg} ([Netherlands]{country:NL}) called it unfair.",
    "[JANE ROKO]{person:jane-roko} ([Chile]{country:CL}) said that the text was weak.",
    "The [CJTF-OIR]{org:CJTF-OIR} backed the truce.",
]


@pytest.mark.parametrize("marked", SPEAKERS)
def test_speakers_in_capitals_are_people(nlp, marked):
    text, expected = parse_marked(marked)
    assert named(nlp, text) == expected


BULLETINS = [
    "The [G-77/CHINA]{org:G77} opposed the text, and the [EU]{org:EU} supported it.",
    "[JAPAN]{country:JP}, supported by [NORWAY]{country:NO}, opposed deleting the paragraph.",
    "The [EU]{org:EU}, opposed by [SAUDI ARABIA]{country:SA}, proposed a new target.",
    "[NEW ZEALAND]{country:NZ} and the [REPUBLIC OF KOREA]{country:KR} welcomed the report.",
    "[BOLIVIA]{country:BO}, on behalf of the [G-77/CHINA]{org:G77}, urged parties to agree.",
]


@pytest.mark.parametrize("marked", BULLETINS)
def test_bulletins_name_parties_in_capitals(nlp, marked):
    text, expected = parse_marked(marked)
    assert named(nlp, text) == expected


HEADLINES = [
    "[Merkel]{person:angela-merkel} Backs [Macron]{person:emmanuel-macron} on Budget",
    "[Chile]{country:CL} Rejects Draft Treaty After Long Debate",
    "[Brazil]{country:BR} and [Peru]{country:PE} Condemn New Fishing Ban in Pacific",
    "[European Commission]{org:european-commission} Warns [Hungary]{country:HU} Over Court Reform",
    "[Kenya]{country:KE} Slams Sugar Tax as Prices Rise",
    "Voting Explained\n\n[Kenya]{country:KE} opposed the motion.",
    "KEY FINDINGS AND NEXT STEPS\n\n[Kenya]{country:KE} opposed the motion.",
    "What Happens Next\n\n[Kenya]{country:KE} opposed the motion.",
]


@pytest.mark.parametrize("marked", HEADLINES)
def test_headlines_have_their_names_and_nothing_else(nlp, marked):
    text, expected = parse_marked(marked)
    assert named(nlp, text) == expected


@pytest.mark.parametrize("marked", ["The [EU]{org:EU} met NGOs in May.", "Peace came at last."])
def test_text_in_small_letters_is_not_read_anew(nlp, marked):
    text, _ = parse_marked(marked)
    reader = dict(nlp.pipeline)["case_reader"]
    doc = dict(nlp.pipeline)["article_segmenter"](nlp.make_doc(text))
    assert reader(doc) is doc


def test_claims_of_a_text_in_capitals_have_the_ids_of_its_own_words(nlp):
    text = "CHILE REJECTED THE DRAFT TREATY."
    claim = extract_article(nlp, Article("case", text)).claims[0]
    assert claim.holder.span.text_in(text) == "CHILE"
    assert claim.cue.text_in(text) == "REJECTED"
    small = "Chile rejected the draft treaty."
    assert claim.id != extract_article(nlp, Article("case", small)).claims[0].id


SMALL = [
    "[france]{country:FR} rejected the draft. the [united states]{country:US} supported it.",
    "[germany]{country:DE} and the [eu]{org:EU} condemned the attack.",
    "[emmanuel macron]{person:emmanuel-macron} said [nato]{org:NATO} must change.",
    "we asked them to tell us who may pay. [china]{country:CN} objected.",
    "[chantal okoroz]{person:chantal-okoroz} opposed the vote.",
    "the turkey was cold, and [turkey]{country:TR} objected to the apple pie.",
]


@pytest.mark.parametrize("marked", SMALL)
def test_a_text_without_capitals_has_its_names(nlp, marked):
    text, expected = parse_marked(marked)
    found = extract_article(nlp, Article("case", text)).mentions
    named = [(m.start, m.end, m.entity) for m in found if m.entity and not m.inferred]
    assert [one for one in named if not one[2].startswith(("unknown", "group"))] == expected


def test_claims_of_a_text_without_capitals_have_its_own_words(nlp):
    text = "france rejected the draft treaty."
    claim = extract_article(nlp, Article("case", text)).claims[0]
    assert claim.holder.span.text_in(text) == "france"
    assert claim.target is not None
    assert claim.target.text_in(text) == "the draft treaty"
