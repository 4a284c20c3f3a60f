"""The figures count every statement once, name the first and join the rest."""

from __future__ import annotations

import pytest

from pipeline.records import Stance
from pipeline.report.changes import find_changes
from pipeline.report.counts import Counts
from pipeline.report.network import two_mode
from pipeline.report.periods import build_periods
from pipeline.report.ranks import OTHERS, rank
from pipeline.report.tally import NO_CONCEPT, UNRESOLVED, tally_claims
from tests.report.build import article_of, figures_of, gather, small


def test_the_matrix_counts_each_actor_on_each_concept() -> None:
    matrix = figures_of(*small()).matrix
    assert matrix.columns == ("levy", "quota", "No concept")
    found = {
        line.name: [cell.counts.signs if cell else "" for cell in line.cells]
        for line in matrix.lines
    }
    assert found == {
        "Alder Union": ["+1 −1", "−1", ""],
        "Birch League": ["−2", "", ""],
        "Cedar Bank": ["", "○1", "+1"],
    }
    assert [total.signs for total in matrix.totals] == ["+1 −3", "−1", "+1"]


def test_what_has_no_line_of_its_own_is_counted_together_and_loses_nothing() -> None:
    lines = [(f"Actor {n}", "support", f"topic {n % 7}") for n in range(40)]
    tally = tally_claims(gather(article_of("many", *lines)).claims())
    ranks = rank(tally, actors=5, concepts=3)
    assert (len(ranks.own_actors), ranks.other_actors) == (5, 35)
    assert (len(ranks.own_concepts), ranks.other_concepts) == (3, 4)
    assert ranks.names[OTHERS] == "35 other actors"
    assert ranks.row("org:actor-39") == OTHERS
    assert sum(counts.total for counts in tally.pairs.values()) == 40


def test_whom_nobody_has_resolved_is_counted_in_a_line_of_their_own_and_tied_to_nothing() -> None:
    one = article_of("one", ("They", "support", "levy"), ("It", "oppose", "levy"))
    one.records[0]["holder"].update(entity=None, name=None)
    one.records[1]["holder"].update(entity="unknown:speaker", name=None)
    figures = figures_of(one)
    assert figures.ranks.actors == (UNRESOLVED,)
    assert figures.matrix.lines[0].all == Counts(1, 1)
    assert figures.drawing.nodes == ()


def test_a_record_without_names_and_concepts_is_shown_by_its_id() -> None:
    one = article_of("one", ("It", "support", ""))
    one.records[0]["holder"] = {**one.records[0]["holder"], "entity": "org:the-guild"}
    for key in ("name", "country"):
        one.records[0]["holder"].pop(key, None)
    for key in ("concepts", "target_reads"):
        del one.records[0][key]
    figures = figures_of(one)
    assert [line.name for line in figures.matrix.lines] == ["the guild"]
    assert figures.ranks.concepts == (NO_CONCEPT,)


def test_a_claim_on_two_concepts_is_a_statement_on_each_and_one_claim() -> None:
    one = article_of("one", ("Alder Union", "support", "levy"))
    one.records[0]["concepts"].append(
        {"id": "concept.quota", "label": "quota", "stance": "oppose", "turned": True}
    )
    figures = figures_of(one)
    assert (figures.tally.claims, figures.tally.mapped) == (1, 2)
    assert [cell.counts.signs for cell in figures.matrix.lines[0].cells if cell] == ["+1", "−1"]
    assert figures.activity[0].counts == Counts(support=1)


def test_the_network_ties_who_takes_a_side_and_says_what_it_leaves_out() -> None:
    figures = figures_of(*small())
    every = two_mode(figures.matrix, figures.ranks)
    assert {pair: (n.support, n.oppose) for pair, n in every.items()} == {
        ("org:alder-union", "concept.levy"): (1, 1),
        ("org:alder-union", "concept.quota"): (0, 1),
        ("org:birch-league", "concept.levy"): (0, 2),
        ("org:cedar-bank", "concept.quota"): (0, 0),
    }
    drawing = figures.drawing
    assert {" ".join(node.lines) for node in drawing.nodes} == {
        "Alder Union", "Birch League", "levy", "quota",
    }  # fmt: skip
    assert sorted(tie.side for tie in drawing.ties) == ["oppose", "oppose", "oppose", "support"]
    assert (drawing.left_out, drawing.neutral) == (0, 1)


def test_no_box_of_the_network_lies_on_another_or_outside() -> None:
    lines = [(f"Actor number {n}", "support", f"topic of a name {n % 6}") for n in range(24)]
    drawing = figures_of(article_of("many", *lines)).drawing
    assert len(drawing.nodes) == 30
    tops = [
        (node.x, (node.y if not node.is_actor else node.y - node.size + node.half[1]), node.half)
        for node in drawing.nodes
    ]
    for number, (x, y, half) in enumerate(tops):
        assert half[0] <= x <= drawing.width - half[0]
        assert half[1] <= y <= drawing.height - half[1]
        for other_x, other_y, other in tops[number + 1 :]:
            apart = abs(x - other_x) - half[0] - other[0], abs(y - other_y) - half[1] - other[1]
            assert max(apart) >= -0.5


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ([("2023", "support"), ("2024", "oppose")], [("2023", "2024")]),
        ([("2023", "support"), ("2024", "support")], []),
        ([("2023", "support"), ("2023", "oppose")], []),
        ([("2023", "support"), ("2024", "neutral"), ("2025", "oppose")], [("2023", "2025")]),
        ([("2024", "support"), ("2024-05", "oppose")], []),
        ([("2024-04", "oppose"), ("2024-05-01", "support")], [("2024-04", "2024-05-01")]),
        (
            [("2021", "support"), ("2022", "oppose"), ("2023", "support")],
            [("2022", "2023")],
        ),
        ([("", "support"), ("2024", "oppose")], []),
    ],
)
def test_positions_that_changed(
    lines: list[tuple[str, str]], expected: list[tuple[str, str]]
) -> None:
    articles = [
        article_of(f"a{n}", ("Alder Union", stance, "levy"), **({"date": date} if date else {}))
        for n, (date, stance) in enumerate(lines)
    ]
    changes = find_changes(tally_claims(gather(*articles).claims()))
    assert [(change.earlier, change.later) for change in changes] == expected


def test_a_change_names_a_claim_on_each_side() -> None:
    (change,) = find_changes(tally_claims(gather(*small()).claims()))
    assert change.before is Stance.SUPPORT
    assert change.claims == ("first-0", "second-0")


@pytest.mark.parametrize(
    ("dates", "every", "names"),
    [
        (["2024-01-05", "2024-03"], "month", ["Jan 2024", "Feb 2024", "Mar 2024"]),
        (["2020-01", "2024-12"], "quarter", 20),
        (["2001-01", "2024-12"], "year", 24),
        (["1950", "2024"], "decade", 8),
        (["2023", "2024"], "year", ["2023", "2024"]),
        ([], "decade", 0),
    ],
)
def test_periods_are_the_finest_that_fit(
    dates: list[str], every: str, names: list[str] | int
) -> None:
    found = build_periods({date: Counts(support=1) for date in dates})
    assert found.every == every
    shown = [one.name for one in found.periods]
    assert (shown if isinstance(names, list) else len(shown)) == names


def test_what_has_no_date_or_one_too_vague_is_counted_and_said() -> None:
    articles = [
        article_of(name, ("Alder Union", "support", "levy"), **metadata)
        for name, metadata in (
            ("a", {"date": "2024-05-01"}),
            ("b", {"date": "2024"}),
            ("c", {}),
            ("d", {"date": "soon"}),
        )
    ]
    chart = figures_of(*articles).chart
    assert [bar.name for bar in chart.bars] == ["May 2024"]
    assert "2 claims of articles without a date" in chart.left_out[0]
    assert "1 claim of articles whose date names no month" in chart.left_out[1]
