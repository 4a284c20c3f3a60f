"""Where the rules know that nobody holds a position, a learned reader finds none there."""

from __future__ import annotations

import pytest

from pipeline.extraction.build import CLAIMS
from pipeline.extraction.extract import extract_docs
from pipeline.extraction.judge import HostJudge
from pipeline.extraction.propose.guests import Guest
from pipeline.extraction.propose.stated import Stated
from pipeline.records import Article, Span

OF_NOBODY = (
    "It is not the embargo that Chad rejects.",
    "The country that blocked the fund was not Malta.",
    "What Ghana called for was not a boycott.",
    "The minister who rejected the merger was not Kurz.",
    "It is not the treaty that Iceland is opposed to.",
    "The party that voted for the levy was not Fidesz.",
)
HELD = (
    "The president rejected the tariff.",
    "What Ghana called for was a boycott.",
    "The minister who rejected the merger was Kurz.",
    "Malta was not the last, and Chile opposed the fund.",
    "Kenya rejects the embargo, and it is not alone.",
)


def read(nlp, text):
    ((doc, extraction),) = extract_docs(nlp, [Article("one", text)])
    return doc, extraction.claims


@pytest.mark.parametrize("text", OF_NOBODY)
def test_what_nobody_holds_is_refused_to_the_reader_too(in_full, text):
    doc, claims = read(in_full, text)
    assert claims == ()
    assert ("reader", "refusal.ruled-out") in {(one.proposer, one.rule) for one in doc._.refused}


@pytest.mark.parametrize("text", HELD)
def test_what_somebody_holds_is_refused_to_nobody(in_full, text):
    doc, claims = read(in_full, text)
    assert len(claims) == 1
    assert not [one for one in doc._.refused if one.proposer == "reader"]


class Own:
    """A proposer of one's own that sees a position of Chad's."""

    name = "own"

    def propose(self, scene):
        cue = scene.doc.text.index("rejects")
        yield Stated((Span(0, 2),), Span(cue, cue + 7), "oppose", chance=0.9)


def test_a_proposer_of_ones_own_is_taken_at_its_word(nlp, monkeypatch):
    matcher = nlp.get_pipe(CLAIMS)
    guest = Guest(Own(), matcher._rules._words.cues)
    monkeypatch.setattr(matcher, "_judge", HostJudge(matcher._judge, 0.5))
    monkeypatch.setattr(matcher, "_proposers", (matcher._rules, guest))
    doc, claims = read(nlp, OF_NOBODY[0])
    assert "refusal.ruled-out" in {one.rule for one in doc._.refused if one.proposer == "rules"}
    assert [claim.cue.text_in(OF_NOBODY[0]) for claim in claims] == ["rejects"]
