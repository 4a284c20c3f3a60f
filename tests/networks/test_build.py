"""Weights equal those that DNA's published definitions give, worked out by hand."""

from __future__ import annotations

from collections import Counter
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.errors import SettingError
from pipeline.networks.build import Network, build_network
from pipeline.networks.dates import OncePer
from pipeline.networks.kinds import NetworkType, Normalise
from tests.networks.build import TEN, discourse_of

Table = dict[str, list[float]]


def network_of(kind: str, lines: tuple[str, ...] = TEN, **settings: object) -> Network:
    found = discourse_of(lines)
    return build_network(found.said, found.nodes, NetworkType(kind), **settings)  # type: ignore[arg-type]


def table_of(network: Network) -> Table:
    return {
        node.name: [round(value, 6) for value in row]
        for node, row in zip(network.rows, network.weights.tolist(), strict=True)
    }


def pairs_of(network: Network) -> dict[str, float]:
    """The weights above the diagonal that are not 0."""
    names = [node.name for node in network.rows]
    found = {
        f"{one}-{other}": round(float(network.weights[i, j]), 6)
        for (i, one), (j, other) in combinations(enumerate(names), 2)
    }
    return {pair: weight for pair, weight in found.items() if weight}


# Support and opposition:  A: ban 3 and 0, tax 0 and 1.  B: ban 1 and 0, tax 1 and 0.
#                          C: ban 1 and 1, quota 1 and 0.  D: quota 1 and 0.
@pytest.mark.parametrize(
    ("kind", "normalise", "table"),  # columns: ban, quota, tax
    [
        ("actor-concept", "none",
         {"A": [3, 0, -1], "B": [1, 0, 1], "C": [0, 1, 0], "D": [0, 1, 0]}),
        ("actor-concept-ignore", "none",
         {"A": [3, 0, 1], "B": [1, 0, 1], "C": [2, 1, 0], "D": [0, 1, 0]}),
        ("actor-concept-combine", "none",
         {"A": [1, 0, 2], "B": [1, 0, 1], "C": [3, 1, 0], "D": [0, 1, 0]}),
        ("actor-concept", "activity",
         {"A": [0.75, 0, -0.25], "B": [0.5, 0, 0.5], "C": [0, 0.333333, 0], "D": [0, 1, 0]}),
        ("actor-concept", "prominence",
         {"A": [0.5, 0, -0.5], "B": [0.166667, 0, 0.5], "C": [0, 0.5, 0], "D": [0, 0.5, 0]}),
        ("actor-concept-ignore", "activity",
         {"A": [0.75, 0, 0.25], "B": [0.5, 0, 0.5], "C": [0.666667, 0.333333, 0], "D": [0, 1, 0]}),
    ],
)  # fmt: skip
def test_two_mode_weights_of_ten_statements(kind: str, normalise: str, table: Table) -> None:
    network = network_of(kind, normalise=Normalise(normalise))
    assert [node.name for node in network.columns] == ["ban", "quota", "tax"]
    assert table_of(network) == table


@pytest.mark.parametrize(
    ("kind", "normalise", "pairs"),
    [
        # A and B: 3 x 1 on the ban. A and C: 3 x 1. B and C: 1 x 1. C and D: 1 x 1 on the quota.
        ("actor-congruence", "none", {"A-B": 3, "A-C": 3, "B-C": 1, "C-D": 1}),
        # A opposes the tax that B supports; C opposes once the ban that A supports thrice.
        ("actor-conflict", "none", {"A-B": 1, "A-C": 3, "B-C": 1}),
        ("actor-subtract", "none", {"A-B": 2, "C-D": 1}),
        ("actor-ignore", "none", {"A-B": 4, "A-C": 6, "B-C": 2, "C-D": 1}),
        # Statements: A 4, B 2, C 3, D 1.
        ("actor-congruence", "average", {"A-B": 1, "A-C": 0.857143, "B-C": 0.4, "C-D": 0.5}),
        ("actor-congruence", "cosine",
         {"A-B": 0.375, "A-C": 0.25, "B-C": 0.166667, "C-D": 0.333333}),
        # A and B: 3 shared, 1 of A alone (against the tax), 1 of B alone (for it).
        ("actor-congruence", "jaccard", {"A-B": 0.6, "A-C": 0.5, "B-C": 0.25, "C-D": 0.333333}),
        ("actor-conflict", "jaccard", {"A-B": 0.2, "A-C": 0.5, "B-C": 0.25}),
        ("actor-subtract", "average", {"A-B": 0.666667, "C-D": 0.5}),
        # B is for ban and tax. C is for the quota, and once for and once against the ban.
        ("concept-congruence", "none", {"ban-quota": 1, "ban-tax": 1}),
        ("concept-conflict", "none", {"ban-quota": 1, "ban-tax": 3}),
        ("concept-subtract", "none", {"ban-tax": -2}),
        ("concept-ignore", "none", {"ban-quota": 2, "ban-tax": 4}),
        # Statements: ban 6, quota 2, tax 2.
        ("concept-congruence", "average", {"ban-quota": 0.25, "ban-tax": 0.25}),
        ("concept-conflict", "cosine", {"ban-quota": 0.083333, "ban-tax": 0.25}),
    ],
)  # fmt: skip
def test_one_mode_weights_of_ten_statements(
    kind: str, normalise: str, pairs: dict[str, float]
) -> None:
    network = network_of(kind, normalise=Normalise(normalise))
    assert pairs_of(network) == pairs
    assert (network.weights == network.weights.T).all()
    assert not network.weights.diagonal().any()


def test_the_weights_that_dna_gave_of_five_actors() -> None:
    lines = ("Brazil x +", "US x -", "China x +", "Mexico y +", "Chile y +")
    network = network_of("actor-subtract", tuple(f"{line} one" for line in lines))
    assert pairs_of(network) == {
        "Brazil-China": 1, "Brazil-US": -1, "China-US": -1, "Chile-Mexico": 1,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("per", "for_ban", "agreement"),
    [
        ("statement", 3, 3), ("document", 2, 2), ("week", 2, 2), ("month", 1, 1), ("year", 1, 1),
        ("range", 1, 1),
    ],
)  # fmt: skip
def test_repeated_statements_count_once_where_they_should(
    per: str, for_ban: int, agreement: int
) -> None:
    assert table_of(network_of("actor-concept", per=OncePer(per)))["A"] == [for_ban, 0, -1]
    assert pairs_of(network_of("actor-congruence", per=OncePer(per)))["A-B"] == agreement


def test_where_the_stance_is_ignored_for_and_against_are_one_statement() -> None:
    network = network_of("actor-concept-ignore", per=OncePer.RANGE)
    assert table_of(network)["C"] == [1, 1, 0]


def test_neutral_statements_do_not_count() -> None:
    more = network_of("actor-concept", (*TEN, "A ban 0 six 2024-01-02", "E ban 0 six 2024-01-02"))
    assert table_of(more) == table_of(network_of("actor-concept"))
    assert more.statements == 10


def test_the_most_active_stand_in_the_matrix_with_the_weights_of_the_whole() -> None:
    small = network_of("actor-congruence", normalise=Normalise.JACCARD, most=2)
    assert pairs_of(small) == {"A-C": 0.5}
    assert (small.nodes, small.statements) == (4, 10)
    two = network_of("actor-concept", normalise=Normalise.PROMINENCE, most=2)
    assert table_of(two) == {"A": [0.5, 0], "C": [0, 0.5]}  # ban and quota


@pytest.mark.parametrize(
    ("kind", "normalise", "known"),
    [
        ("actor-concept", "jaccard", "none, activity, prominence"),
        ("actor-concept-combine", "activity", "none$"),
        ("actor-conflict", "activity", "none, average, jaccard, cosine"),
        ("concept-congruence", "prominence", "none, average, jaccard, cosine"),
    ],
)
def test_a_normalisation_that_does_not_fit_is_refused(
    kind: str, normalise: str, known: str
) -> None:
    with pytest.raises(SettingError, match=f"it can by: {known}"):
        network_of(kind, normalise=Normalise(normalise))


LINES = st.lists(
    st.builds(
        lambda actor, concept, stance: f"{actor} {concept} {stance} one",
        st.sampled_from("ABCDE"), st.sampled_from(["ban", "tax", "cap"]), st.sampled_from("+-0"),
    ),
    max_size=25,
)  # fmt: skip


@settings(deadline=None)
@given(LINES)
def test_congruence_and_conflict_are_pairs_of_statements(lines: list[str]) -> None:
    agree: Counter[str] = Counter()
    disagree: Counter[str] = Counter()
    for one, other in combinations([line.split() for line in lines if "0" not in line], 2):
        if one[0] != other[0] and one[1] == other[1]:
            pair = "-".join(sorted((one[0], other[0])))
            (agree if one[2] == other[2] else disagree)[pair] += 1
    assert pairs_of(network_of("actor-congruence", tuple(lines))) == agree
    assert pairs_of(network_of("actor-conflict", tuple(lines))) == disagree


def test_no_statements_are_an_empty_network() -> None:
    for kind in NetworkType:
        network = network_of(kind, ())
        assert (network.rows, network.columns, network.statements) == ((), (), 0)
