"""Networks as files: matrices, graphs and drawings, one by one or all in a folder."""

from __future__ import annotations

import csv
import io
import os
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.errors import SettingError
from pipeline.export.edge_list import NODE_COLUMNS
from pipeline.export.graphml import to_graphml
from pipeline.export.matrix import to_dl, to_matrix
from pipeline.export.tables import harmless
from pipeline.files import write_bytes_atomically
from pipeline.networks.build import MOST_NODES, Network, build_network
from pipeline.networks.dates import Length, OncePer, finest, windows_of, within
from pipeline.networks.discourse import Discourse
from pipeline.networks.drawing import (
    Drawing,
    draw_network,
    places_of,
    plan_drawing,
    to_png,
    to_svg,
)
from pipeline.networks.graph import activity_of, build_graph, discourse_nodes, ties_of
from pipeline.networks.kinds import USUAL, NetworkType, Normalise, normalisations
from pipeline.networks.layout import Point

MATRIX, DL, GRAPH, SVG, PNG = ".csv", ".dl", ".graphml", ".svg", ".png"
SUFFIXES = (MATRIX, DL, GRAPH, SVG, PNG)
_DRAWN = (SVG, PNG)
MOST_DRAWN_WINDOWS = 24
_HEAD = ("file", "network", "normalised", "first", "last", "statements", "nodes", "ties")


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which networks are wanted; ``windows`` are the size and the step of windows of time."""

    kinds: tuple[NetworkType, ...] = USUAL
    normalise: Normalise = Normalise.NONE
    per: OncePer = OncePer.STATEMENT
    windows: tuple[Length, Length] | None = None
    most: int = MOST_NODES


@dataclass(frozen=True, slots=True)
class Made:
    """The networks of one kind: of the whole time, and of each window where some are wanted."""

    whole: Network
    windows: tuple[Network, ...] = ()

    @property
    def all(self) -> tuple[Network, ...]:
        """The whole network, then those of the windows."""
        return (self.whole, *self.windows)


@dataclass(frozen=True, slots=True)
class Stage:
    """The places of nodes that drawings of one network, at several times, keep to."""

    plan: Drawing
    places: Mapping[str, Point]


def make_networks(discourse: Discourse, wanted: Wanted) -> Iterator[Made]:
    """The networks that are wanted, one kind after the other.

    Where several kinds are wanted, one that the normalisation is not for has its plain weights.

    Raises:
        SettingError: the only one wanted cannot be normalised so, or there are too many windows.
    """
    spans = windows_of(discourse.said, *wanted.windows) if wanted.windows else ()
    unit = finest(*wanted.windows) if wanted.windows else ""
    parts = [(span, tuple(within(discourse.said, span, unit))) for span in spans]
    for kind in wanted.kinds:
        fits = wanted.normalise in normalisations(kind) or len(wanted.kinds) == 1
        settings: dict[str, Any] = {
            "normalise": wanted.normalise if fits else Normalise.NONE,
            "per": wanted.per,
            "most": wanted.most,
        }
        yield Made(
            build_network(discourse.said, discourse.nodes, kind, **settings),
            tuple(
                build_network(some, discourse.nodes, kind, window=span, **settings)
                for span, some in parts
            ),
        )


def to_bytes(network: Network, suffix: str, stage: Stage | None = None) -> bytes:
    """The network in the form that a file's suffix names; a drawing stands on the stage.

    Raises:
        SettingError: no form has that suffix; the message has those that there are.
    """
    match suffix:
        case ".csv":
            return to_matrix(network).encode()
        case ".dl":
            return to_dl(network).encode()
        case ".graphml":
            return to_graphml(build_graph(network))
        case ".svg" | ".png":
            return _draw(network, stage or stage_of(network), (suffix,))[suffix]
    raise SettingError(f"no network ends in {suffix!r}; there are: {', '.join(SUFFIXES)}")


def stage_of(whole: Network) -> Stage:
    """Where the nodes stand in the drawings of a network and of its windows."""
    plan = plan_drawing(whole)
    return Stage(plan, places_of(plan))


def _draw(network: Network, stage: Stage, suffixes: tuple[str, ...]) -> Mapping[str, bytes]:
    """The drawing in each of the forms."""
    own = network is stage.plan.network
    plan = stage.plan if own else plan_drawing(network, stage.places)
    figure = draw_network(plan, stage.places)
    return {
        suffix: to_png(figure) if suffix == PNG else to_svg(figure, plan.title, plan.description)
        for suffix in suffixes
    }


def write_network(path: Path, made: Made) -> tuple[Path, ...]:
    """Write one network to a file whose suffix says how; those of windows go beside it."""
    stage = stage_of(made.whole) if path.suffix in _DRAWN else None
    paths = []
    for network in made.all:
        place = path if network.window is None else _beside(path, network.window.name)
        write_bytes_atomically(place, to_bytes(network, path.suffix, stage))
        paths.append(place)
    return tuple(paths)


def _beside(path: Path, name: str) -> Path:
    return path.with_name(f"{path.stem}.{name}{path.suffix}")


def write_folder(folder: Path, discourse: Discourse, wanted: Wanted) -> tuple[Path, ...]:
    """Write all networks that are wanted to a folder, as matrix, graph and drawing.

    Beside them stand ``nodes.csv``, who the nodes are, and ``networks.csv``, what each file holds.
    The files are made elsewhere and moved when all are whole; others in the folder stay.
    """
    with tempfile.TemporaryDirectory(prefix=f".{folder.name}.", dir=folder.parent) as made_in:
        made = Path(made_in)
        rows = [row for one in make_networks(discourse, wanted) for row in _write_kind(made, one)]
        (made / "networks.csv").write_text(_table(_HEAD, rows), encoding="utf-8", newline="")
        (made / "nodes.csv").write_text(_nodes(discourse), encoding="utf-8", newline="")
        folder.mkdir(exist_ok=True)
        paths = []
        for one in sorted(made.iterdir()):
            os.replace(one, folder / one.name)
            paths.append(folder / one.name)
    return tuple(paths)


def _write_kind(folder: Path, made: Made) -> Iterator[tuple[object, ...]]:
    stage = stage_of(made.whole)
    drawn = made.all if len(made.windows) <= MOST_DRAWN_WINDOWS else (made.whole,)
    for network in made.all:
        forms = {suffix: to_bytes(network, suffix) for suffix in (MATRIX, GRAPH)}
        if any(network is one for one in drawn):
            forms |= _draw(network, stage, _DRAWN)
        for suffix, data in forms.items():
            path = folder / f"{network.kind}{suffix}"
            place = path if network.window is None else _beside(path, network.window.name)
            place.write_bytes(data)
        yield _row(network)


def _row(network: Network) -> tuple[object, ...]:
    span = network.window
    name = network.kind.value if span is None else f"{network.kind}.{span.name}"
    days = (span.first, span.last) if span else ("", "")
    counts = (network.statements, len(network.shown), len(ties_of(network)))
    return (f"{name}.csv", network.kind, network.normalise, *days, *counts)


def _nodes(discourse: Discourse) -> str:
    activity: Mapping[str, int] = activity_of(discourse)
    return _table(
        NODE_COLUMNS,
        [
            (*map(harmless, (n.id, n.name, n.mode, n.kind, n.country)), activity[n.id])
            for n in discourse_nodes(discourse)
        ],
    )


def _table(head: tuple[str, ...], rows: list[tuple[object, ...]]) -> str:
    stream = io.StringIO(newline="")
    csv.writer(stream, lineterminator="\n").writerows([head, *rows])
    return stream.getvalue()
