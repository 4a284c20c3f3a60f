"""Filters take the claims that are asked for, say how many, and answer what there is not."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from pipeline.errors import SettingError
from pipeline.export.filters import Filter, country_of, filtered
from pipeline.export.gather import Gathered
from pipeline.export.known import check_filter
from tests.dataset.build import article
from tests.export.records import Json, claim, gathered_of


def holder(text: str, entity: str | None, **more: Any) -> Json:
    return {"start": 0, "end": len(text), "text": text, "entity": entity, "kind": "state", **more}


def many() -> Gathered:
    """Four claims of three articles; the last has no date, no score and no concept."""
    chile = holder("Santiago", "country:CL", name="Chile", country="CL")
    mexico = holder("Me\u0301xico", "country:MX")
    records = [
        claim("sam"),
        claim("chile", article="may", holder=chile, metadata={"date": "2024-05"}),
        claim(
            "mexico",
            article="may",
            holder=mexico,
            metadata={"date": "2024-05"},
            stance="neutral",
            form="statement",
            reviewers=["bo"],
            concepts=[{"id": "concept.b.x", "label": "X", "stance": "neutral", "turned": False}],
            target_reads="sanctions\u00a0on urban gangs",
        ),
        claim(
            "bare", article="bare", metadata={}, machine=None, concepts=[],
            holder=holder("they", None, kind=""),
        ),
    ]  # fmt: skip
    articles = {"note": "2024-05-31", "may": "2024-05", "bare": None, "other": "2023"}
    texts = {
        name: replace(article(), article=name, metadata={"date": date} if date else {})
        for name, date in articles.items()
    }
    return replace(gathered_of(records), articles=texts)


def kept(**asked: Any) -> list[str]:
    gathered = many()
    found = filtered(gathered, check_filter(gathered, Filter(**asked)))
    ids = [record["id"] for record in found.claims()]
    assert found.count == len(ids)
    return ids


@pytest.mark.parametrize(
    ("asked", "ids"),
    [
        ({}, ["sam", "chile", "mexico", "bare"]),
        ({"articles": ("may",)}, ["chile", "mexico"]),
        ({"articles": ("corpus/may.txt", "bare")}, ["chile", "mexico", "bare"]),
        ({"since": "2024-05-31"}, ["sam", "chile", "mexico"]),
        ({"until": "2024-05-30"}, ["chile", "mexico"]),
        ({"since": "2024-06"}, []),
        ({"since": "2024", "until": "2024"}, ["sam", "chile", "mexico"]),
        ({"until": "2023"}, []),
        ({"holders": ("country:CL",)}, ["chile"]),
        ({"holders": ("COUNTRY:cl", "sam ita")}, ["sam", "chile"]),
        ({"holders": ("chile",)}, ["chile"]),
        ({"holders": ("mexico",)}, ["mexico"]),
        ({"holders": ("They",)}, ["bare"]),
        ({"holders": ("country:FR",)}, []),
        ({"holders": ("Namibia",)}, []),
        ({"kinds": ("person",)}, ["sam"]),
        ({"kinds": ("person", "state")}, ["sam", "chile", "mexico"]),
        ({"countries": ("NA",)}, ["sam"]),
        ({"countries": ("namibia", "mex")}, ["sam", "mexico"]),
        ({"stances": ("support",)}, ["sam", "chile"]),
        ({"stances": ("oppose", "neutral")}, ["sam", "chile", "mexico", "bare"]),
        ({"concepts": ("The Levy",)}, ["sam", "chile"]),
        ({"concepts": ("concept.b.x",)}, ["mexico"]),
        ({"concepts": ("the levy",), "stances": ("oppose",)}, []),
        ({"forms": ("statement",)}, ["mexico"]),
        ({"reviewers": ("ANA@example.org",)}, ["sam", "chile", "bare"]),
        ({"least_score": 0.75}, ["sam", "chile", "mexico"]),
        ({"least_score": 0.76}, []),
        ({"most_score": 0.75, "holders": ("chile",)}, ["chile"]),
        ({"search": ("levy",)}, ["sam", "chile", "mexico", "bare"]),
        ({"search": ("sanction GANG",)}, ["mexico"]),
        ({"search": ("ban sanctions",)}, []),
        ({"search": ("an",)}, ["sam", "chile", "mexico", "bare"]),  # "and", not "ban" or "urban"
        ({"search": ("ban",)}, ["sam", "chile", "bare"]),
        ({"search": ("ban", "urban")}, ["sam", "chile", "mexico", "bare"]),
        ({"countries": ("CL",), "forms": ("statement",)}, []),
    ],
)
def test_a_filter_takes_what_is_asked_for(asked: Json, ids: list[str]) -> None:
    assert kept(**asked) == ids


def test_of_a_claim_on_several_concepts_the_wanted_ones_are_kept() -> None:
    found = filtered(many(), Filter(stances=("support",), holders=("person:sam",)))
    (record,) = found.claims()
    assert [concept["id"] for concept in record["concepts"]] == ["concept.a.levy"]
    assert next(iter(many().claims()))["concepts"] == claim()["concepts"]


def test_the_claims_can_be_gone_through_again() -> None:
    found = filtered(many(), Filter(kinds=("state",)))
    assert list(found.claims()) == list(found.claims()) != []


def test_the_articles_are_those_that_are_asked_for() -> None:
    assert set(filtered(many(), Filter(since="2024")).articles) == {"note", "may"}
    assert set(filtered(many(), Filter(articles=("other",))).articles) == {"other"}
    assert set(filtered(many(), Filter(kinds=("person",))).articles) == {*many().articles}


def test_what_is_kept_and_what_cannot_be_asked_is_said() -> None:
    assert filtered(many(), Filter(since="2024", kinds=("state",))).notes == (
        "the filters keep 2 of 4 claims: since 2024, kind state",
    )
    assert filtered(many(), Filter(since="2025")).notes == (
        "no claim of 4 matches: since 2025",
        "left out: 1 of articles without a date",
    )
    assert filtered(many(), Filter(least_score=0.5)).notes == (
        "the filters keep 3 of 4 claims: score from 0.5",
        "left out: 1 without a score, as people add them",
    )
    assert filtered(many(), Filter()).notes == ()


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"articles": ("mai",)}, "no article 'mai'; there are: note, may, bare, other"),
        ({"since": "5/31/2024"}, "--since '5/31/2024' is no date; write it as 2024-05-31"),
        ({"until": "2024-02-30"}, "--until '2024-02-30' is no date"),
        ({"since": "2024-06", "until": "2024-05"}, "--since 2024-06 is after --until 2024-05"),
        ({"holders": ("Chille",)}, "no holder 'Chille' among .* the nearest are: Chile"),
        ({"holders": ("country:QQ",)}, "no holder 'country:QQ'"),
        ({"kinds": ("states",)}, "no kind 'states'; there are: person, state, group"),
        ({"countries": ("Namibea",)}, "no country 'Namibea' .* the nearest are: Namibia"),
        ({"stances": ("against",)}, "no stance 'against'; there are: support, oppose, neutral"),
        ({"concepts": ("concept.a.levi",)}, "no concept 'concept.a.levi'; there are: concept.a.b"),
        ({"forms": ("act",)}, "no form 'act'; there are: statement, action"),
        ({"reviewers": ("eve",)}, "no reviewer 'eve'; there are: ana@example.org, bo"),
        ({"least_score": 1.5}, "--min-score 1.5 is no score"),
        ({"least_score": 0.8, "most_score": 0.2}, "--min-score 0.8 is above --max-score 0.2"),
        ({"search": (" ",)}, "--search is empty"),
    ],
)
def test_what_nothing_is_called_is_answered_with_what_there_is(asked: Json, said: str) -> None:
    with pytest.raises(SettingError, match=said):
        check_filter(many(), Filter(**asked))


def test_a_concept_that_is_known_though_no_claim_is_on_it_matches_nothing() -> None:
    wanted = check_filter(many(), Filter(concepts=("Peace",)), concepts=("concept.a.p", "Peace"))
    assert filtered(many(), wanted).count == 0


@pytest.mark.parametrize(
    ("entity", "more", "country"),
    [
        ("country:CL", {}, "CL"),
        ("org:OAS", {"country": None}, None),
        ("person:ana", {"country": "PE"}, "PE"),
        (None, {}, None),
        ("", {}, None),
    ],
)
def test_a_country_is_the_records_or_that_of_the_id(
    entity: str | None, more: Json, country: str | None
) -> None:
    assert country_of({"holder": holder("they", entity, **more)}) == country
