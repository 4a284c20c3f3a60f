"""Networks drawn: blue for support and congruence, orange for opposition and conflict."""

from __future__ import annotations

import io
import warnings
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from textwrap import fill
from typing import Any
from xml.sax.saxutils import escape

from pipeline.networks.build import Network
from pipeline.networks.discourse import CONCEPT, Node
from pipeline.networks.graph import Tie, polarity_of, ties_of
from pipeline.networks.labels import draw_labels
from pipeline.networks.layout import Point, place_nodes
from pipeline.networks.libraries import require

# Okabe and Ito's blue and vermilion: told apart by people with any colour blindness. What is
# against is dashed too, so that it is seen without colour.
COLOURS = {
    "support": "#0072b2",
    "congruence": "#0072b2",
    "oppose": "#d55e00",
    "conflict": "#d55e00",
    "both": "#767676",
}
_DASHED = {"oppose": (0, (4, 2)), "conflict": (0, (4, 2)), "both": (0, (1, 1.5))}
_WORDS = {"support": "support", "oppose": "opposition", "both": "both"}
_ACTORS, _CONCEPTS, _INK = "#3d3d3d", "#ffffff", "#1a1a1a"
MOST_DRAWN, MOST_IN_COLUMN = 40, 30
MOST_TIES, MOST_SAID = 200, 12
_DPI = 150
_WIDTH = 118  # characters of the subtitle on a line


@dataclass(frozen=True, slots=True)
class Drawing:
    """What is drawn of a network: the nodes with ties, the heaviest ties, and in words the rest."""

    title: str
    subtitle: str
    description: str
    nodes: tuple[Node, ...]
    ties: tuple[Tie, ...]
    network: Network


def plan_drawing(network: Network, among: Container[str] | None = None) -> Drawing:
    """What to draw of a network, so that it can be read, and what to say of what is left.

    ``among`` are the ids of the nodes that may be drawn; by default any.
    """
    drawn = _drawn_nodes(network, among)
    ties = [tie for tie in ties_of(network) if {tie.source, tie.target} <= drawn]
    ties.sort(key=lambda tie: (-_size(tie, network), tie.source, tie.target))
    kept = tuple(ties[:MOST_TIES])
    ends = {end for tie in kept for end in (tie.source, tie.target)}
    nodes = tuple(node for node in network.shown if node.id in ends)
    title = network.kind.heading
    if network.window is not None:
        title = f"{title}, {network.window.first} to {network.window.last}"
    return Drawing(
        title=title,
        subtitle=_subtitle(network, nodes, kept, len(ties)),
        description=_description(network, nodes, kept),
        nodes=nodes,
        ties=kept,
        network=network,
    )


def _drawn_nodes(network: Network, among: Container[str] | None) -> set[str]:
    """The ids of the most active nodes of each mode, as many as can be read."""
    most = MOST_IN_COLUMN if network.kind.two_mode else MOST_DRAWN
    may = [node for node in network.shown if among is None or node.id in among]
    may.sort(key=lambda node: (-network.activity[node.id], node.name, node.id))
    modes = {node.mode for node in may}
    return {id_ for mode in modes for id_ in [n.id for n in may if n.mode == mode][:most]}


def places_of(plan: Drawing) -> Mapping[str, Point]:
    """Where the nodes of a drawing stand; drawings of other times can keep to them."""
    return place_nodes(plan.nodes, plan.ties, two_mode=plan.network.kind.two_mode)


def draw_network(plan: Drawing, places: Mapping[str, Point]) -> Any:
    """The network as a figure of matplotlib, always the same, its nodes at the places.

    The figure has no window and no state of matplotlib's; ``to_svg`` and ``to_png`` write it.
    """
    two_mode = plan.network.kind.two_mode
    left = sum(x < 0 for x, _ in places.values())
    tall = max(left, len(places) - left) if two_mode else len(places)
    height = max(4.5, 0.36 * tall + 1.8) if two_mode else min(13, 5.5 + 0.16 * tall)
    figure = require("matplotlib.figure").Figure(figsize=(10, height), dpi=_DPI, facecolor="white")
    require("matplotlib.backends.backend_agg").FigureCanvasAgg(figure)
    axes = figure.add_axes((0.02, 0.5 / height, 0.96, 1 - 1.45 / height))
    axes.set_axis_off()
    axes.set_xlim((-2.2, 2.2) if two_mode else (-1.35, 1.35))
    axes.set_ylim(-1.08, 1.08)
    _heads(figure, plan, height)
    if not plan.ties:
        axes.text(0, 0, "no ties", ha="center", color=_INK, parse_math=False)
        return figure
    _draw_ties(axes, plan, places)
    _draw_nodes(axes, plan, places)
    radii = {id_: area**0.5 / 2 for id_, area in _areas(plan).items()}
    draw_labels(axes, plan.nodes, plan.ties, places, radii, two_mode=two_mode, colour=_INK)
    return figure


def to_png(figure: Any) -> bytes:
    """The figure as PNG, the same bytes each time."""
    return _saved(figure, "png", {"Software": None})


def to_svg(figure: Any, title: str, description: str) -> bytes:
    """The figure as SVG, the same bytes each time, with words for those who do not see it."""
    with require("matplotlib").rc_context({"svg.hashsalt": "claims", "svg.fonttype": "none"}):
        text = _saved(figure, "svg", {"Date": None, "Creator": None}).decode("utf-8")
    text = text[text.index("<svg") :]  # without the document type, which names a server
    end = text.index(">")
    # The first children: screen readers take them for what the picture shows.
    words = f"<title>{escape(title)}</title>\n <desc>{escape(description)}</desc>"
    head = '<?xml version="1.0" encoding="utf-8"?>\n'
    return f'{head}{text[:end]} role="img">\n {words}{text[end + 1 :]}'.encode()


def _saved(figure: Any, kind: str, metadata: Mapping[str, str | None]) -> bytes:
    stream = io.BytesIO()
    with warnings.catch_warnings():
        # A script that the font lacks is drawn as boxes in PNG; in SVG the viewer's font has it.
        warnings.filterwarnings("ignore", message="Glyph .* missing from")
        figure.savefig(stream, format=kind, metadata=metadata)
    return stream.getvalue()


def _size(tie: Tie, network: Network) -> float:
    """What a tie weighs; 1, 2 and 3 of ``combine`` are no amounts."""
    return 1.0 if network.kind.aggregation == "combine" else abs(tie.net)


def _heads(figure: Any, plan: Drawing, height: float) -> None:
    plain = {"parse_math": False, "color": _INK}
    figure.text(0.02, 1 - 0.36 / height, plan.title, fontsize=14, weight="bold", **plain)
    under = fill(plan.subtitle, _WIDTH)
    figure.text(0.02, 1 - 0.54 / height, under, fontsize=9.5, va="top", **plain)
    lines = require("matplotlib.lines").Line2D
    kind = plan.network.kind
    there = {polarity_of(tie, kind.aggregation, kind.words) for tie in plan.ties}
    shown = [name for name in (*kind.words, "both") if name in there]
    handles = [
        lines([], [], color=COLOURS[name], lw=2.5, linestyle=_DASHED.get(name, "-"))
        for name in shown
    ]
    labels = [_WORDS.get(name, name) for name in shown]
    if kind.aggregation == "ignore":
        labels = ["said of the same"] if not kind.two_mode else ["said"]
    for mode, face in (("actor", _ACTORS), ("concept", _CONCEPTS)):
        if any(node.mode == mode for node in plan.nodes):
            handles.append(_mark(lines, mode, face))
            labels.append(mode)
    if handles:
        figure.legend(
            handles, labels, loc="lower left", bbox_to_anchor=(0.01, 0.0), ncols=len(handles),
            frameon=False, fontsize=9.5, handlelength=2.6,
        )  # fmt: skip


def _mark(lines: Any, mode: str, face: str) -> Any:
    shape = "s" if mode == CONCEPT else "o"
    return lines([], [], linestyle="", marker=shape, markersize=8, markerfacecolor=face,
                 markeredgecolor=_INK)  # fmt: skip


def _draw_ties(axes: Any, plan: Drawing, places: Mapping[str, Point]) -> None:
    sizes = {tie: _size(tie, plan.network) for tie in plan.ties}
    most = max(sizes.values()) or 1.0
    kind = plan.network.kind
    for tie in reversed(plan.ties):  # the heaviest on top
        name = polarity_of(tie, kind.aggregation, kind.words)
        (x, y), (to_x, to_y) = places[tie.source], places[tie.target]
        axes.plot(
            (x, to_x), (y, to_y), color=COLOURS[name], linestyle=_DASHED.get(name, "-"),
            linewidth=1.4 + 3.6 * sizes[tie] / most, alpha=0.75, solid_capstyle="round", zorder=1,
        )  # fmt: skip


def _draw_nodes(axes: Any, plan: Drawing, places: Mapping[str, Point]) -> None:
    areas = _areas(plan)
    for node in plan.nodes:
        axes.scatter(
            *places[node.id], s=areas[node.id], marker="s" if node.mode == CONCEPT else "o",
            facecolor=_CONCEPTS if node.mode == CONCEPT else _ACTORS, edgecolor=_INK, zorder=3,
        )  # fmt: skip


def _areas(plan: Drawing) -> Mapping[str, float]:
    """How large each node is, by its statements, in points squared."""
    activity = plan.network.activity
    most = max(activity[node.id] for node in plan.nodes)
    return {node.id: 40 + 160 * activity[node.id] / most for node in plan.nodes}


def _subtitle(network: Network, nodes: Sequence[Node], ties: Sequence[Tie], all_ties: int) -> str:
    parts = [f"{network.statements:,} statement{'' if network.statements == 1 else 's'}"]
    for mode in dict.fromkeys(node.mode for node in network.shown):
        own = sum(node.mode == mode for node in nodes)
        parts.append(f"{own} {mode}{'' if own == 1 else 's'} with ties")
    parts.append(f"{len(ties)} tie{'' if len(ties) == 1 else 's'}")
    if all_ties > len(ties):
        parts[-1] = f"the {len(ties)} heaviest of {all_ties:,} ties"
    if network.nodes > len(nodes):
        parts.append(f"not drawn: {network.nodes - len(nodes):,} without ties or less active")
    if network.normalise.value != "none":
        parts.append(f"normalised: {network.normalise}")
    return " · ".join(parts)


def _description(network: Network, nodes: Sequence[Node], ties: Sequence[Tie]) -> str:
    names = {node.id: node.name for node in nodes}
    kind = network.kind
    said = "; ".join(
        f"{names[tie.source]} and {names[tie.target]}: "
        f"{polarity_of(tie, kind.aggregation, kind.words)}, {abs(tie.net):.6g}"
        for tie in ties[:MOST_SAID]
    )
    rest = f"; and {len(ties) - MOST_SAID} more" if len(ties) > MOST_SAID else ""
    return f"{len(nodes)} nodes and {len(ties)} ties, heaviest first. {said}{rest}."
