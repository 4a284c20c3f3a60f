"""The edge list: a table of who stands how to which concept, and one of the nodes beside it."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from pipeline.concepts.statements import statements
from pipeline.export.gather import Gathered
from pipeline.export.tables import harmless
from pipeline.export.written import Format
from pipeline.networks.discourse import read_discourse
from pipeline.networks.graph import (
    activity_of,
    discourse_nodes,
    discourse_ties,
    least_weight,
    polarity_of,
)

COLUMNS = (
    "source", "source_name", "target", "target_name", "weight", "net", "polarity",
    "support", "oppose", "neutral", "first", "last",
)  # fmt: skip
NODE_COLUMNS = ("id", "label", "mode", "kind", "country", "statements")


def write_edge_list(gathered: Gathered, path: Path) -> tuple[str, ...]:
    """Write one row for each actor and concept to ``path``, and the nodes to a table beside it."""
    discourse = read_discourse(statements(gathered.claims()))
    ties, nodes = discourse_ties(discourse), discourse_nodes(discourse)
    least, name = least_weight(ties), {node.id: node.name for node in nodes}
    _write(
        path,
        COLUMNS,
        (
            (
                tie.source, name[tie.source], tie.target, name[tie.target],
                _number(abs(tie.net) or least), _number(tie.net),
                polarity_of(tie, "subtract", ("support", "oppose")),
                tie.plus, tie.minus, tie.neutral,
                tie.dates[0] if tie.dates else "", tie.dates[-1] if tie.dates else "",
            )
            for tie in ties
        ),
    )  # fmt: skip
    activity = activity_of(discourse)
    _write(
        path.with_name(f"{path.stem}.nodes.csv"),
        NODE_COLUMNS,
        ((n.id, n.name, n.mode, n.kind, n.country, activity[n.id]) for n in nodes),
    )
    return discourse.left_out


def _number(value: float) -> int | float:
    return int(value) if value.is_integer() else round(value, 6)


def _write(path: Path, columns: Iterable[str], rows: Iterable[tuple[object, ...]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(columns)
        for row in rows:
            writer.writerow(harmless(cell) if isinstance(cell, str) else cell for cell in row)


def read_edge_list(path: Path) -> Iterator[Mapping[str, str]]:
    """The rows of an edge list by column."""
    with path.open(encoding="utf-8", newline="") as stream:
        yield from csv.DictReader(stream)


FORMAT = Format("a table of ties, and one of nodes, for Gephi, R, UCINET", ".csv", write_edge_list)
