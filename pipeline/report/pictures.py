"""The figures alone, as PNG files for slides and papers; matplotlib draws them."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

from pipeline.files import write_bytes_atomically
from pipeline.report.counts import Counts
from pipeline.report.figures import Figures
from pipeline.report.needs import needed
from pipeline.report.network import Node
from pipeline.report.words import one_line

DOTS = 160
FOR, AGAINST, NONE, INK, GRID = "#2f7fc1", "#d9730d", "#808a95", "#1b2128", "#d5dae0"
_SHADES = {
    "support": ("#d6e8f7", "#b1d3ef", "#82b9e4", "#2a74b5", "#0c4780"),
    "oppose": ("#fde3c6", "#fbcb95", "#f3a855", "#b05400", "#7a3800"),
}
_DARK_FROM = 4
_NAME = 34
_SETTINGS = {
    "text.parse_math": False,  # a dollar sign in a name is a dollar sign
    "text.usetex": False,
    "font.family": "DejaVu Sans",
    "font.size": 9,
    "svg.hashsalt": "stance-claims",
}


def write_pictures(folder: Path, figures: Figures) -> list[Path]:
    """The files written to ``folder``: matrix, network, time and activity, those with a content.

    Raises:
        SettingError: matplotlib is not installed.
    """
    style = needed("matplotlib")
    written = []
    with style.rc_context(_SETTINGS):
        for name, draw in _PICTURES.items():
            if (picture := draw(figures)) is not None:
                written.append(folder / f"{name}.png")
                write_bytes_atomically(written[-1], _png(picture))
    return written


def _png(picture: Any) -> bytes:
    """The bytes of the picture, which have neither date nor version in them."""
    import warnings

    stream = BytesIO()
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph .* missing")  # drawn as an empty box
        picture.savefig(
            stream, format="png", dpi=DOTS, bbox_inches="tight", metadata={"Software": None}
        )
    return stream.getvalue()


def _new(wide: float, high: float) -> tuple[Any, Any]:
    picture = needed("matplotlib.figure").Figure(figsize=(wide, high))
    axes = picture.add_subplot()
    for side in axes.spines.values():
        side.set_visible(False)
    axes.tick_params(length=0, colors=INK)
    return picture, axes


def draw_matrix(figures: Figures) -> Any:
    """The matrix of actors and concepts; None where there is nothing in it."""
    matrix = figures.matrix
    if not matrix.lines:
        return None
    wide, high = len(matrix.columns), len(matrix.lines)
    picture, axes = _new(2.4 + 0.48 * wide, 1.6 + 0.27 * high)
    for y, line in enumerate(matrix.lines):
        for x, cell in enumerate(line.cells):
            _fill(axes, x, y, cell.counts if cell else Counts())
    axes.set(xlim=(-0.5, wide - 0.5), ylim=(high - 0.5, -0.5))
    axes.set_xticks(range(wide), [_name(one) for one in matrix.columns], rotation=60, ha="left")
    axes.set_yticks(range(high), [_name(line.name) for line in matrix.lines])
    axes.xaxis.tick_top()
    return picture


def _fill(axes: Any, x: int, y: int, counts: Counts) -> None:
    """Draw a cell: a colour for each side, half and half where there are both, and the signs."""
    shapes = needed("matplotlib.patches")
    if not counts.total:
        colours = ["#f4f5f7"]
    elif counts.side == "both":
        colours = [_SHADES["support"][1], _SHADES["oppose"][1]]
    else:
        shades = _SHADES.get(counts.side)
        colours = [shades[counts.shade - 1] if shades else "#e4e7ea"]
    part = 0.94 * (0.08 + 0.14 * counts.split) if len(colours) > 1 else 0.94
    for start, width, colour in zip((0.0, part), (part, 0.94 - part), colours, strict=False):
        place = x - 0.47 + start, y - 0.46
        axes.add_patch(shapes.Rectangle(place, width, 0.92, facecolor=colour, linewidth=0))
    light = len(colours) == 1 and counts.shade >= _DARK_FROM and counts.side in _SHADES
    axes.text(
        x, y, counts.signs, ha="center", va="center", fontsize=7, color="white" if light else INK
    )


def draw_network(figures: Figures) -> Any:
    """The network of actors and concepts, as the page has it; None where there is none."""
    drawing = figures.drawing
    if not drawing.nodes:
        return None
    shapes = needed("matplotlib.patches")
    picture, axes = _new(drawing.width / 90, drawing.height / 90)
    axes.set(xlim=(0, drawing.width), ylim=(drawing.height, 0), aspect="equal")
    axes.set_axis_off()
    for tie in drawing.ties:
        look = {"support": (FOR, "-"), "oppose": (AGAINST, (0, (4, 2)))}[tie.side]
        axes.plot(
            [tie.x, tie.to_x], [tie.y, tie.to_y], color=look[0], linestyle=look[1],
            linewidth=0.8 * tie.width, zorder=1,
        )  # fmt: skip
    for node in drawing.nodes:
        if node.is_actor:
            axes.add_patch(
                shapes.Circle(
                    (node.x, node.y), node.size, facecolor="#57606b", edgecolor="white", zorder=2
                )
            )
        else:
            corner = node.x - node.half[0], node.y - node.half[1]
            axes.add_patch(
                shapes.FancyBboxPatch(
                    corner,
                    2 * node.half[0],
                    2 * node.half[1],
                    facecolor="#f4f5f7",
                    edgecolor="#57606b",
                    linewidth=0.8,
                    boxstyle="round,pad=0,rounding_size=6",
                    zorder=2,
                )
            )
        _write_label(axes, node)
    return picture


def _write_label(axes: Any, node: Node) -> None:
    effects = needed("matplotlib.patheffects")
    halo = effects.withStroke(linewidth=2.5, foreground="white" if node.is_actor else "#f4f5f7")
    for number, line in enumerate(node.lines):
        axes.text(
            node.x, node.first + 15 * number, one_line(line), ha="center", va="baseline", zorder=3,
            fontsize=7.5, color=INK, fontweight="normal" if node.is_actor else "bold",
            path_effects=[halo],
        )  # fmt: skip


def draw_time(figures: Figures) -> Any:
    """Claims over time, up for support and down for opposition; None where there is no date."""
    bars = figures.chart.bars
    if not bars:
        return None
    picture, axes = _new(max(4.0, 0.32 * len(bars) + 1), 3.2)
    places = range(len(bars))
    axes.bar(places, [bar.counts.support for bar in bars], color=FOR, label="support")
    axes.bar(places, [-bar.counts.oppose for bar in bars], color=AGAINST, hatch="//",
             edgecolor="white", linewidth=0, label="oppose")  # fmt: skip
    axes.axhline(0, color=INK, linewidth=0.8)
    axes.set_xticks(
        [number for number, bar in enumerate(bars) if bar.label],
        [bar.label for bar in bars if bar.label], rotation=45, ha="right",
    )  # fmt: skip
    ticks = [line.value for line in figures.chart.lines]
    axes.set_yticks(ticks, [f"{abs(value):,}" for value in ticks])
    axes.grid(axis="y", color=GRID, linewidth=0.6)
    axes.set_axisbelow(True)
    axes.legend(frameon=False, ncols=2, loc="lower right", bbox_to_anchor=(1, 1))
    return picture


def draw_activity(figures: Figures) -> Any:
    """The claims of each actor, to the right for support and to the left for opposition."""
    lines = [line for line in figures.activity if line.bars]
    if not lines:
        return None
    picture, axes = _new(7, 0.8 + 0.25 * len(lines))
    places = range(len(lines))
    support = [line.counts.support for line in lines]
    axes.barh(places, support, color=FOR, label="support")
    axes.barh(places, [line.counts.neutral for line in lines], left=support, color=NONE,
              label="neutral")  # fmt: skip
    axes.barh(places, [-line.counts.oppose for line in lines], color=AGAINST, hatch="//",
              edgecolor="white", linewidth=0, label="oppose")  # fmt: skip
    axes.axvline(0, color=INK, linewidth=0.8)
    axes.set_yticks(places, [_name(line.name) for line in lines])
    axes.invert_yaxis()
    axes.xaxis.set_major_formatter(lambda value, _: f"{abs(value):,.0f}")
    axes.xaxis.set_major_locator(needed("matplotlib.ticker").MaxNLocator(integer=True))
    axes.grid(axis="x", color=GRID, linewidth=0.6)
    axes.set_axisbelow(True)
    axes.legend(frameon=False, ncols=3, loc="lower right", bbox_to_anchor=(1, 1))
    return picture


def _name(text: str) -> str:
    return one_line(text, _NAME)


_PICTURES: dict[str, Callable[[Figures], Any]] = {
    "matrix": draw_matrix,
    "network": draw_network,
    "time": draw_time,
    "activity": draw_activity,
}
