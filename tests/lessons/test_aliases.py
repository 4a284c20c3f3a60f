"""Holders whose entity people corrected the same way: what is suggested, and what applies it."""

from __future__ import annotations

import pytest

from pipeline.dataset.census import take_census
from pipeline.dataset.correcting import Register, entities_of
from pipeline.lessons.alias_entries import alias_lines
from pipeline.lessons.aliases import command_of, find_places, suggest_aliases
from pipeline.lexicon.entities import EntityLexicon
from pipeline.lexicon.entity_files import Entry
from pipeline.records import Form, Kind, Mention
from tests.lessons.made import ANA, BO, EVE, at, claim, decide, extraction, retract

LEXICON = EntityLexicon(
    {
        "person:emmanuel-macron": Entry("person:emmanuel-macron", "Emmanuel Macron", Kind.PERSON),
        "org:UNSC": Entry(
            "org:UNSC", "UN Security Council", Kind.ORGANISATION, aliases=("Council",)
        ),
        "org:city-council": Entry("org:city-council", "City Council", Kind.ORGANISATION),
    }
)
MACRON, EMMANUEL = "person:emanuel-macron", "person:emmanuel-macron"


def article(name: str, holder: str, entity: str | None):
    """An article in which a holder that the machine took for an entity rejected the tax."""
    from dataclasses import replace

    text = f"{holder} rejected the tax."
    one = claim(text, holder, "rejected", entity=entity)
    mention = Mention(0, len(holder), Kind.PERSON, entity)
    return replace(extraction(name, text, one), mentions=(mention,))


def corrected(found, new: str, **more):
    return decide(found, found.claims[0], "edited", entity=new, **more)


def suggest(articles, decisions):
    register = Register(LEXICON, take_census(articles), entities_of(decisions))
    return suggest_aliases(find_places(decisions), register), register


A, B, C = (article(name, "Emanuel Macron", MACRON) for name in "abc")


def test_an_entity_that_the_text_made_is_merged():
    (one,), register = suggest((A, B), [corrected(A, EMMANUEL), corrected(B, EMMANUEL, who=BO)])
    assert (one.id, one.reviewers) == (f"{MACRON}={EMMANUEL}", (ANA, BO))
    assert one.correction is not None
    assert command_of(one.correction) == f"entities merge {MACRON} {EMMANUEL}"
    assert alias_lines(one, register) == (
        f"- id: {EMMANUEL}",
        '  name: "Emmanuel Macron"',
        "  kind: person",
        '  aliases: ["Emanuel Macron"]',
        "  examples:",
        '    - "[Emanuel Macron] rejected the tax."',
    )


@pytest.mark.parametrize(
    "decisions",
    [
        [corrected(A, EMMANUEL)],
        [corrected(A, EMMANUEL), corrected(A, EMMANUEL, who=BO)],
        [corrected(A, EMMANUEL), corrected(B, "person:somebody-else")],
        [corrected(A, EMMANUEL), corrected(B, EMMANUEL), decide(B, B.claims[0], who=BO)],
        [corrected(A, EMMANUEL), one := corrected(B, EMMANUEL), retract(one)],
        [corrected(A, EMMANUEL), corrected(B, EMMANUEL, holder=at(B.text, "tax"))],
        [decide(A, A.claims[0]), decide(B, B.claims[0], "edited", form=Form.ACTION)],
    ],
    ids=["once", "one place twice", "two ways", "disputed", "taken back", "another holder", "none"],
)
def test_less_than_two_places_that_agree_suggest_nothing(decisions):
    assert suggest((A, B), decisions)[0] == ()


def test_an_adjudication_settles_a_place():
    disputed = [corrected(A, EMMANUEL), corrected(B, EMMANUEL), decide(B, B.claims[0], who=BO)]
    ruling = corrected(B, EMMANUEL, who=EVE, adjudicates=True)
    assert len(suggest((A, B), [*disputed, ruling])[0]) == 1


def test_where_somebody_let_it_be_only_the_articles_go():
    decisions = [corrected(A, EMMANUEL), corrected(B, EMMANUEL), decide(C, C.claims[0])]
    (one,), _ = suggest((A, B, C), decisions)
    assert [place.article for place in one.against] == ["c"]
    assert one.correction is not None
    command = f"entities split {MACRON} {EMMANUEL} --article a --article b"
    assert command_of(one.correction) == command


def test_a_new_entity_is_a_new_name():
    (one,), _ = suggest((A, B), [corrected(A, "person:new-one"), corrected(B, "person:new-one")])
    assert one.correction is not None
    # Whoever was decided on is known, so that the two are merged.
    assert command_of(one.correction) == f"entities merge {MACRON} person:new-one"


def test_of_a_known_entity_the_names_go_that_nobody_left_to_it():
    city = [article(name, "Council", "org:UNSC") for name in "ab"]
    other = article("c", "UN Security Council", "org:UNSC")
    decisions = [
        *(corrected(one, "org:city-council") for one in city),
        decide(other, other.claims[0]),
    ]
    (one,), _ = suggest((*city, other), decisions)
    assert one.correction is not None
    assert command_of(one.correction) == "entities split org:UNSC org:city-council --form Council"


def test_a_pronoun_is_no_name_of_a_known_entity():
    its = [article(name, "It", "org:UNSC") for name in "ab"]
    assert suggest(its, [corrected(one, "org:city-council") for one in its])[0] == ()


def test_nobody_known_gets_a_name_in_the_lexicon():
    some = [article(name, "Ratsherren", None) for name in "ab"]
    (one,), register = suggest(some, [corrected(item, "org:city-council") for item in some])
    assert (one.id, one.correction) == ("Ratsherren=org:city-council", None)
    assert '  aliases: ["Ratsherren"]' in alias_lines(one, register)
