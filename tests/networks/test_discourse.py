"""What networks are counted from, and what is said of the rest."""

from __future__ import annotations

import pytest

from pipeline.concepts.statements import statements
from pipeline.networks.discourse import Level, on_a_line, read_discourse
from tests.networks.build import TEN, claim, discourse_of, named


def test_statements_stand_in_the_order_of_their_dates() -> None:
    found = discourse_of([*reversed(TEN), "E ban + six -"])
    assert [one.date for one in found.said] == ["", *sorted(line.split()[4] for line in TEN)]
    assert {id_: node.name for id_, node in found.nodes.items() if node.mode == "concept"} == {
        "concept.ban": "ban", "concept.quota": "quota", "concept.tax": "tax",
    }  # fmt: skip
    assert found.left_out == ()


def test_what_has_no_concept_or_no_actor_is_left_out_and_said() -> None:
    records = [
        claim("A - + one"),
        claim("A - - two"),
        claim("A ban 0 one"),
        claim("critics ban + one", entity=None, name=None),
        claim("critics ban + two", entity=None, name=None),
        claim("experts ban + two", entity=None, name=None),
    ]
    found = read_discourse(statements(records))
    assert found.left_out == (
        "left out: 2 statements without a concept; see: claims concepts",
        "left out: 3 statements of holders whom nobody has resolved (critics, experts); "
        "to count them: claims networks --unresolved",
    )
    assert found.neutral == len(found.said) == 1


def test_unresolved_holders_are_others_in_each_article() -> None:
    records = [
        claim("critics ban + one", entity=None, name=None),
        claim("Critics ban + one", entity=None, name=None),
        claim("critics ban + two", entity=None, name=None),
    ]
    found = read_discourse(statements(records), unresolved=True)
    assert [one.actor for one in found.said] == [
        "unresolved:one:critics", "unresolved:one:critics", "unresolved:two:critics",
    ]  # fmt: skip
    assert found.left_out == ()


def test_actors_are_countries_or_kinds_on_request() -> None:
    records = [
        claim("Macron ban + one", country="FR", kind="person"),
        claim("Paris ban - one", entity="country:FR", kind="state"),
        claim("NATO ban + two"),
        claim("NATO tax + two"),
        claim("someone ban + two", kind=None),
    ]
    by_country = read_discourse(statements(records), by=Level.COUNTRY)
    assert [one.actor for one in by_country.said] == ["country:FR", "country:FR"]
    assert by_country.nodes["country:FR"].name == "France"
    assert by_country.left_out == (
        "left out: 3 statements of holders without a country (NATO, someone)",
    )
    by_kind = read_discourse(statements(records), by=Level.KIND)
    assert [one.actor for one in by_kind.said] == [
        "kind:person", "kind:state", "kind:organisation", "kind:organisation",
    ]  # fmt: skip
    assert by_kind.left_out == ("left out: 1 statement of holders without a kind (someone)",)


def test_an_actor_has_the_commonest_of_its_names() -> None:
    names = ["its", "China", "Chinese", "China"]
    records = [named(name, "ban") for name in names]
    assert read_discourse(statements(records)).nodes["org:a"].name == "China"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("the\r\nParis\x0bCall", "the Paris Call"),
        ("\ud800 lone", "� lone"),
        ("٣ أصوات\u200f", "٣ أصوات\u200f"),
        ("10\u00a0%", "10\u00a0%"),
        ("\ufffe👩‍👩‍👧", "�👩‍👩‍👧"),
    ],
)
def test_names_stand_on_one_line_and_change_no_more_than_they_must(text: str, line: str) -> None:
    assert on_a_line(text) == line
