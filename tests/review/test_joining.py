"""What was drawn and not joined goes to the nearest claim that lacks one, or is named."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.dataset.records import Position
from pipeline.records import Claim
from pipeline.review.regions import to_result
from pipeline.review.results import Reading, read_result
from tests.dataset.build import claim_of

LAKE = (
    "Kenya objected. Norway refused near the lake, Ghana agreed on the port by the sea. "
    "Togo said so, the envoy of Mali told the press."
)
Line = dict[str, Any]


def region(name: str, label: str, words: str) -> Line:
    start = LAKE.index(words)
    value = {"start": start, "end": start + len(words), "text": words, "labels": [label]}
    return {"id": name, "from_name": "label", "to_name": "text", "type": "labels", "value": value}


def joined(one: str, other: str) -> Line:
    return {"type": "relation", "from_id": one, "to_id": other, "direction": "right"}


def claims() -> list[Claim]:
    """Four claims that lack a target, in three sentences."""
    words = [("Kenya", "objected", "oppose"), ("Norway", "refused", "oppose"),
             ("Ghana", "agreed", "support"), ("Togo", "said so", "neutral")]  # fmt: skip
    return [claim_of(who, cue, how, "", "country:XX", LAKE) for who, cue, how in words]


def sentences() -> list[tuple[int, int]]:
    first, second = LAKE.index("Norway"), LAKE.index("Togo")
    return [(0, first - 1), (first, second - 1), (second, len(LAKE))]


def read(*drawn: Line, shown: list[Line] | None = None, without: str = "") -> Reading:
    begun = to_result(claims(), LAKE, offset=0) if shown is None else shown
    left = [
        item for item in begun
        if not without or without not in (item.get("id"), item.get("from_id"), item.get("to_id"))
    ]  # fmt: skip
    return read_result([*left, *drawn], LAKE, offset=0, shown=begun, sentences=sentences())


def targets(reading: Reading) -> dict[str, str]:
    found = {}
    for position in reading.claims.values():
        if position.target is not None:
            found[position.holder.text] = position.target.text
    return found


def test_a_target_goes_to_the_nearest_claim_that_lacks_one() -> None:
    for words, holder in (("the lake", "Norway"), ("the port", "Ghana"), ("the press", "Togo")):
        reading = read(region("t", "Target", words))
        assert targets(reading) == {holder: words}
        assert reading.faults == ()


def test_what_stands_in_its_sentence_is_nearer_than_what_does_not() -> None:
    """The sea is nearer to “said so” by letters, and stands in the sentence of “agreed”."""
    reading = read(region("t", "Target", "the sea"))
    assert targets(reading) == {"Ghana": "the sea"}


def test_each_of_several_goes_to_a_claim_of_its_own() -> None:
    drawn = [region("t1", "Target", "the lake"), region("t2", "Target", "the port")]
    assert targets(read(*drawn)) == {"Norway": "the lake", "Ghana": "the port"}
    assert read(*drawn) == read(*reversed(drawn))


def test_a_target_joined_to_a_holder_is_that_ones() -> None:
    reading = read(region("t", "Target", "the lake"), joined(holder_of("Ghana"), "t"))
    assert targets(reading) == {"Ghana": "the lake"}


def holder_of(name: str) -> str:
    start = LAKE.index(name)
    shown = to_result(claims(), LAKE, offset=0)
    return next(str(i["id"]) for i in shown if i.get("value", {}).get("start") == start)


def test_an_attribution_goes_to_the_nearest_claim() -> None:
    (found,) = [
        position
        for position in read(region("a", "Attribution", "the envoy of Mali")).claims.values()
        if position.attribution
    ]
    assert (found.holder.text, found.attribution) == ("Togo", found.attribution)


def test_a_target_is_named_where_every_claim_has_one() -> None:
    full = [replace(claim, target=claim.cue) for claim in claims()]
    reading = read(region("t", "Target", "the lake"), shown=to_result(full, LAKE, offset=0))
    (fault,) = reading.faults
    assert "Target 'the lake' is joined to no claim" in fault
    assert len(reading.claims) == 4  # all the rest is taken


@pytest.mark.parametrize("label", ["Holder", "Target", "Attribution"])
def test_without_any_claim_it_is_named(label: str) -> None:
    reading = read(region("t", label, "the lake"), shown=[])
    (fault,) = reading.faults
    assert f"{label} 'the lake' is joined to no claim" in fault


def test_two_new_claims_each_take_their_own_pieces() -> None:
    drawn = [
        region("h1", "Holder", "Kenya"), region("c1", "Opposes", "objected"),
        region("h2", "Holder", "Ghana"), region("c2", "Supports", "agreed"),
        region("t2", "Target", "the port"), region("h3", "Holder", "Norway"),
    ]  # fmt: skip
    reading = read(*drawn, shown=[])
    who = sorted((p.holder.text, p.cue.text) for p in reading.claims.values())
    assert who == [("Ghana", "agreed"), ("Kenya", "objected"), ("Norway", "agreed")]
    assert targets(reading)["Ghana"] == "the port"
    assert reading.faults == ()


def test_what_a_rejected_cue_leaves_behind_goes_to_no_other_claim() -> None:
    """The target of a claim whose cue was taken away is not its neighbour's."""
    shown = [replace(claims()[1], target=claims()[2].cue), claims()[2]]
    begun = to_result(shown, LAKE, offset=0)
    cue = next(i["id"] for i in begun if i.get("value", {}).get("text") == "refused")
    reading = read(shown=begun, without=cue)
    assert [(p.holder.text, p.target) for p in reading.claims.values()] == [("Ghana", None)]
    assert reading.faults == ()


def test_a_relation_that_was_taken_away_is_not_made_again() -> None:
    begun = to_result([replace(claims()[1], target=claims()[2].cue)], LAKE, offset=0)
    left = [item for item in begun if item.get("labels") != ["about"]]
    reading = read_result(left, LAKE, offset=0, shown=begun)
    (position,) = reading.claims.values()
    assert position.target is None


WORDS = ("Kenya", "objected", "Norway", "refused", "the lake", "Ghana", "agreed", "the port",
         "the sea", "Togo", "said so", "the envoy", "Mali", "the press")  # fmt: skip
LABELS = ("Holder", "Supports", "Opposes", "Target", "Attribution")


@given(st.lists(st.tuples(st.sampled_from(WORDS), st.sampled_from(LABELS)), unique=True))
def test_nothing_that_is_drawn_vanishes(drawn: list[tuple[str, str]]) -> None:
    """Each drawn piece is in a claim or is named, and a claim takes one of a kind."""
    pieces = [region(f"r{number}", label, words) for number, (words, label) in enumerate(drawn)]
    reading = read(*pieces, shown=[])
    for words, label in drawn:
        assert any(words in words_of(p, label) for p in reading.claims.values()) or any(
            repr(words) in fault for fault in reading.faults
        )
    assert read(*reversed(pieces), shown=[]).claims == reading.claims


def words_of(position: Position, label: str) -> tuple[str, ...]:
    pieces = {"Holder": position.holder, "Target": position.target,
              "Attribution": position.attribution}  # fmt: skip
    found = pieces.get(label, position.cue)
    return (found.text,) if found else ()
