"""Claims become regions and come back the same; what a reviewer draws is joined or refused."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.dataset.records import Position
from pipeline.records import Attribution, Claim, Form, Holder, Span, Stance
from pipeline.review.regions import to_result
from pipeline.review.results import Reading, read_result
from tests.dataset.build import TEXT, chile, peru, position_of


def read(result: list[dict[str, Any]]) -> Reading:
    return read_result(result, TEXT, offset=0)


def region(name: str, label: str, words: str) -> dict[str, Any]:
    start = TEXT.index(words)
    value = {"start": start, "end": start + len(words), "text": words, "labels": [label]}
    return {"id": name, "from_name": "label", "to_name": "text", "type": "labels", "value": value}


def test_claims_survive_the_way_there_and_back() -> None:
    reading = read(to_result([chile(), peru()], TEXT, offset=0))
    assert set(reading.claims.values()) == {position_of(chile()), position_of(peru())}
    assert reading.faults == ()


def test_holders_that_share_a_cue_share_its_region() -> None:
    other = replace(chile(), holder=Holder(26, 30, "country:PE"))
    result = to_result([chile(), other], TEXT, offset=0)
    cues = [item for item in result if item.get("value", {}).get("labels") == ["Opposes"]]
    assert len(cues) == 1
    assert len(read(result).claims) == 2


@given(
    st.lists(
        st.tuples(
            st.sampled_from([(0, 5), (26, 30), (48, 54)]),
            st.sampled_from([(6, 14), (31, 37), (55, 58)]),
            st.sampled_from(list(Stance)),
            st.sampled_from(list(Form)),
            st.sampled_from([None, (15, 24), (38, 46)]),
            st.booleans(),
            st.booleans(),
            st.sampled_from([None, (48, 54)]),
        ),
        unique=True,
        max_size=8,
    ),
    st.integers(0, 3),
)
def test_any_set_of_claims_survives(parts: list[Any], offset: int) -> None:
    claims = [
        Claim(
            id=str(number),
            holder=Holder(*holder, entity="country:XX"),
            cue=Span(*cue),
            stance=stance,
            form=form,
            target=Span(*target) if target else None,
            negated=negated,
            hedged=hedged,
            attribution=Attribution(*source, entity="org:Y") if source else None,
        )
        for number, (holder, cue, stance, form, target, negated, hedged, source) in enumerate(parts)
    ]
    claims = [c for c in claims if c.holder.start >= offset]
    reading = read_result(to_result(claims, TEXT, offset=offset), TEXT[offset:], offset=offset)
    assert reading.faults == ()
    assert set(reading.claims.values()) == {whole_position(claim) for claim in claims}


def whole_position(claim: Claim) -> Position:
    source = claim.attribution
    return replace(
        position_of(claim),
        negated=claim.negated,
        hedged=claim.hedged,
        attribution=position_of(replace(claim, holder=source)).holder if source else None,
        attribution_entity=source.entity if source else None,
    )


def test_what_is_drawn_and_not_joined_is_joined_where_there_is_one_way() -> None:
    drawn = [
        region("a", "Holder", "Mexico"),
        region("b", "Opposes", "met"),
        region("c", "Target", "nobody"),
    ]
    shown = to_result([chile()], TEXT, offset=0)
    (claim,) = read(shown + drawn).claims.keys() - read(shown).claims.keys()
    assert (claim.holder, claim.cue) == ("a", "b")


def test_a_cue_without_a_holder_is_refused_by_its_words() -> None:
    reading = read([region("b", "Opposes", "met")])
    assert reading.claims == {}
    assert "'met' has no holder" in reading.faults[0]


@pytest.mark.parametrize(("start", "end"), [(0, 500), (5, 5), (7, 3), (-1, 4)])
def test_offsets_outside_the_text_are_refused(start: int, end: int) -> None:
    wrong = region("a", "Holder", "Chile")
    wrong["value"] |= {"start": start, "end": end}
    assert read([wrong]).faults


def test_words_that_are_not_the_texts_are_refused() -> None:
    wrong = region("a", "Holder", "Chile")
    wrong["value"]["text"] = "Chili"
    assert "not the text's words" in read([wrong]).faults[0]


def test_blanks_at_the_ends_of_a_drawn_span_do_not_count() -> None:
    drawn = [region("a", "Holder", "Mexico "), region("b", "Opposes", " met ")]
    (position,) = read(drawn).claims.values()
    assert (position.holder.text, position.cue.text) == ("Mexico", "met")


def test_a_typed_entity_goes_before_a_chosen_one() -> None:
    result = to_result([chile()], TEXT, offset=0)
    holder = next(item for item in result if item.get("from_name") == "entity")
    typed = {
        **holder,
        "from_name": "other_entity",
        "type": "textarea",
        "value": {"text": ["org:X"]},
    }
    (position,) = read([*result, typed]).claims.values()
    assert position.entity == "org:X"


@pytest.mark.parametrize("typed", ["country:MXcountry:MX", "Mexico", "country: MX", "place:rome"])
def test_an_entity_that_is_none_is_refused_by_name(typed: str) -> None:
    result = to_result([chile()], TEXT, offset=0)
    holder = next(item for item in result if item.get("from_name") == "entity")
    holder |= {"from_name": "other_entity", "type": "textarea", "value": {"text": [typed]}}
    (fault,) = read(result).faults
    assert fault.startswith("region")
    assert repr(typed) in fault


def test_the_key_of_the_form_that_a_cue_has_leaves_it_that_form() -> None:
    """The screen switches a chosen form off where its key is pressed again."""
    shown = to_result([chile()], TEXT, offset=0)
    result = [item for item in shown if item.get("from_name") != "form"]
    (claim,) = read_result(result, TEXT, offset=0, shown=shown).claims.values()
    assert claim.form is Form.ACTION


def test_a_target_that_is_joined_anew_takes_the_place_of_the_one_before() -> None:
    shown = to_result([chile()], TEXT, offset=0)
    cue = next(item["id"] for item in shown if item.get("from_name") == "form")
    drawn = region("new", "Target", "the vote")
    joined = {"type": "relation", "from_id": cue, "to_id": "new", "direction": "right"}
    reading = read_result([*shown, drawn, joined], TEXT, offset=0, shown=shown)
    (claim,) = reading.claims.values()
    assert claim.target is not None
    assert (claim.target.text, reading.faults) == ("the vote", ())


def test_a_cue_whose_only_holder_was_rejected_is_no_fault() -> None:
    result = to_result([chile()], TEXT, offset=0)
    holder = next(item for item in result if item.get("value", {}).get("labels") == ["Holder"])
    holder["value"]["labels"] = ["Not a claim"]
    reading = read(result)
    assert (dict(reading.claims), reading.faults) == ({}, ())
