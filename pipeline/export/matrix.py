"""Networks as matrices: CSV tables, and UCINET's DL files."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Sequence
from typing import Any

from pipeline.export.tables import harmless
from pipeline.networks.build import Network
from pipeline.networks.discourse import Node
from pipeline.networks.kinds import Normalise


def labels_of(nodes: Sequence[Node]) -> tuple[str, ...]:
    """The names of the nodes, with the id behind it where two have the same name."""
    known = Counter(node.name for node in nodes)
    return tuple(
        node.name if known[node.name] == 1 else f"{node.name} [{node.id}]" for node in nodes
    )


def to_matrix(network: Network) -> str:
    """The network as CSV: names in the first row and column, one weight a cell.

    Counts are whole numbers, normalised weights have six decimals.
    """
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(["", *map(harmless, labels_of(network.columns))])
    for label, cells in zip(labels_of(network.rows), _cells(network), strict=True):
        writer.writerow([harmless(label), *cells])
    return stream.getvalue()


def to_dl(network: Network) -> str:
    """The network as UCINET's full matrix, one quoted label a line.

    Source: Borgatti, Everett and Freeman, UCINET; the DL files that DNA writes.
    """
    rows, columns = labels_of(network.rows), labels_of(network.columns)
    if network.kind.two_mode:
        head = [f"dl nr = {len(rows)}, nc = {len(columns)}, format = fullmatrix"]
        head += ["row labels:", *map(_quoted, rows), "col labels:", *map(_quoted, columns)]
    else:
        head = [f"dl n = {len(rows)}, format = fullmatrix", "labels:", *map(_quoted, rows)]
    data = (" ".join(cells) for cells in _cells(network))
    return "\n".join([*head, "data:", *data]) + "\n"


def _quoted(label: str) -> str:
    return '"' + label.replace('"', "'") + '"'


def _cells(network: Network) -> list[list[str]]:
    form = "{:.0f}" if network.normalise is Normalise.NONE else "{:.6f}"
    rows: Any = network.weights.tolist()
    return [[form.format(value + 0.0) for value in row] for row in rows]  # + 0.0: no -0
