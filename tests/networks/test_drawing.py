"""Drawings are the same each time, tell in words what they show, and hide nothing unsaid."""

from __future__ import annotations

from itertools import combinations
from xml.etree import ElementTree as Tree

import pytest

from pipeline.networks.build import build_network
from pipeline.networks.drawing import (
    COLOURS,
    MOST_DRAWN,
    MOST_IN_COLUMN,
    draw_network,
    places_of,
    plan_drawing,
    to_png,
    to_svg,
)  # fmt: skip
from pipeline.networks.kinds import NetworkType
from pipeline.networks.layout import place_nodes
from tests.networks.build import TEN, discourse_of

SVG = "{http://www.w3.org/2000/svg}"


def plan_of(kind: str, lines: list[str] | tuple[str, ...] = TEN):
    found = discourse_of(lines)
    return plan_drawing(build_network(found.said, found.nodes, NetworkType(kind)))


def svg_of(kind: str, lines: list[str] | tuple[str, ...] = TEN) -> bytes:
    plan = plan_of(kind, lines)
    return to_svg(draw_network(plan, places_of(plan)), plan.title, plan.description)


def test_an_svg_says_in_words_what_it_shows() -> None:
    root = Tree.fromstring(svg_of("actor-subtract"))
    title, said, *_ = root
    assert root.get("role") == "img"
    assert (title.tag, title.text) == (f"{SVG}title", "Actor congruence less conflict")
    assert said.tag == f"{SVG}desc"
    assert said.text == (
        "4 nodes and 4 ties, heaviest first. A and B: congruence, 2; C and D: congruence, 1; "
        "A and C: both, 0; B and C: both, 0."
    )
    words = {element.text for element in root.iter(f"{SVG}text")}
    assert {"A", "B", "C", "D", "congruence", "both"} <= words


def test_a_drawing_is_the_same_each_time_and_names_no_server() -> None:
    for kind in ("actor-concept", "actor-congruence"):
        assert svg_of(kind) == svg_of(kind)
        assert b"DOCTYPE" not in svg_of(kind)
    plan = plan_of("actor-concept")
    first, second = (to_png(draw_network(plan, places_of(plan))) for _ in range(2))
    assert first == second
    assert first.startswith(b"\x89PNG")


def test_blue_is_for_and_orange_against() -> None:
    drawn = svg_of("actor-concept")
    for name in ("support", "oppose", "both"):
        assert COLOURS[name].encode() in drawn
    assert COLOURS["support"] == COLOURS["congruence"] == "#0072b2"
    assert COLOURS["oppose"] == COLOURS["conflict"] == "#d55e00"


@pytest.mark.parametrize("name", ["$x^2$", "<script>", "A&B", "\\frac", "_", "😀", "ضريبة", "=1+1"])
def test_nothing_in_a_name_is_obeyed(name: str) -> None:
    words = svg_of("actor-concept", [f"{name} ban + one", "B ban - one"])
    assert name in {element.text for element in Tree.fromstring(words).iter(f"{SVG}text")}


def test_what_is_not_drawn_is_said() -> None:
    lines = [f"actor{number:03} ban + one" for number in range(MOST_DRAWN + 10)]
    assert (
        "not drawn: 10 without ties or less active" in plan_of("actor-congruence", lines).subtitle
    )
    assert "the 200 heaviest of 780 ties" in plan_of("actor-congruence", lines).subtitle
    assert len(plan_of("actor-concept", lines).nodes) == MOST_IN_COLUMN + 1
    assert (
        "4 without ties" in plan_of("concept-conflict", [*TEN[4:6], *TEN[8:], "E e + x"]).subtitle
    )


def test_a_network_without_ties_is_drawn_as_such() -> None:
    assert b"no ties" in svg_of("actor-conflict", TEN[4:6])


def test_another_time_keeps_to_the_places() -> None:
    plan = plan_of("actor-subtract")
    places = places_of(plan)
    found = discourse_of(TEN[:6])
    later = plan_drawing(
        build_network(found.said, found.nodes, NetworkType("actor-subtract")), set(places)
    )
    assert {node.id for node in later.nodes} == {"org:A", "org:B"}
    draw_network(later, places)


@pytest.mark.parametrize("kind", ["actor-congruence", "actor-concept"])
def test_names_do_not_hide_each_other(kind: str) -> None:
    lines = [f"Ministry-of-{a}{b} {c} {'+-'[a % 2]} one" for a in range(4) for b in range(5)
             for c in ("ban", "tax")[: 1 + (a + b) % 2]]  # fmt: skip
    plan = plan_of(kind, lines)
    figure = draw_network(plan, place_nodes(plan.nodes, plan.ties, two_mode="concept" in kind))
    renderer = figure.canvas.get_renderer()
    boxes = [text.get_window_extent(renderer) for text in figure.axes[0].texts]
    assert len(boxes) == len(plan.nodes) >= 20
    clear = [
        min(one.x1, other.x1) <= max(one.x0, other.x0)
        or min(one.y1, other.y1) <= max(one.y0, other.y0)
        for one, other in combinations(boxes, 2)
    ]
    assert clear.count(False) <= len(clear) // 100
