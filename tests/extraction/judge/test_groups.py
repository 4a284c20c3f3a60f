"""What a learned reader sees beside the rules is one position where it is the same one."""

from __future__ import annotations

import pytest

from pipeline.extraction.extract import extract_article
from pipeline.records import Article


def read(nlp, text):
    """Each claim as (holder, cue, stance), in order."""
    found = extract_article(nlp, Article("one", text))
    return [
        (text[one.holder.start : one.holder.end], text[one.cue.start : one.cue.end], one.stance)
        for one in found.claims
    ]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "The harbour levy was endorsed by Latvia and Estonia.",
            [("Latvia", "endorsed", "support"), ("Estonia", "endorsed", "support")],
        ),
        ("The quota has been condemned by Ghana.", [("Ghana", "condemned", "oppose")]),
        ("Sudan remains opposed to the canal.", [("Sudan", "opposed to", "oppose")]),
        (
            "Prices fell in the spring, and Malta is deeply worried about the port.",
            [("Malta", "worried about", "oppose")],
        ),
        ("Zambia firmly opposes the railway.", [("Zambia", "opposes", "oppose")]),
    ],
)
def test_what_only_helps_a_cue_is_no_second_position(in_full, text, wanted):
    claims = read(in_full, text)
    assert [one for one in claims if one[1] != "said"] == wanted


@pytest.mark.parametrize(
    ("text", "holders"),
    [
        ("Several neighbours, including Ghana, have rejected the toll.", {"Ghana"}),
        ("Many states, such as Peru and Chile, condemned the raid.", {"Peru", "Chile"}),
        ("Four members, namely Malta, Spain, Italy and Greece, blocked the levy.",
         {"Malta", "Spain", "Italy", "Greece"}),
        ("Critics, notably Serbia, vetoed the text.", {"Serbia"}),
        ("Coastal states rejected the toll.", {"Coastal states"}),
    ],
)  # fmt: skip
def test_of_a_group_whose_members_are_named_the_members_hold(in_full, text, holders):
    assert {holder for holder, *_ in read(in_full, text)} == holders


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("Ghana said the toll damages fisheries.", "oppose"),
        ("The mayor said the bypass would cost lives.", "oppose"),
        ("Unions warned on Monday. Norway said the cut would ruin harbours.", "oppose"),
    ],
)
def test_harm_that_is_said_to_come_of_a_thing_is_against_it(nlp, in_full, text, stance):
    for language in (nlp, in_full):
        assert read(language, text)[-1][2] == stance


@pytest.mark.parametrize("heading", ["Harbour vote", "Tariff support", "A new levy vote"])
def test_a_heading_that_names_nobody_holds_nothing(in_full, heading):
    assert read(in_full, f"{heading}\n\nChile has rejected the tariff.") == [
        ("Chile", "rejected", "oppose")
    ]


def test_a_heading_that_names_somebody_holds(in_full):
    text = "Norway backs the levy\n\nChile has rejected the tariff."
    assert [holder for holder, *_ in read(in_full, text)] == ["Norway", "Chile"]
