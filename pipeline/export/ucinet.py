"""UCINET's DL matrices: actors by concepts, and beside it who agrees and disagrees with whom."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pipeline.concepts.statements import statements
from pipeline.export.gather import Gathered
from pipeline.export.matrix import to_dl
from pipeline.export.written import Format
from pipeline.networks.build import MOST_NODES, build_network
from pipeline.networks.discourse import Discourse, read_discourse
from pipeline.networks.kinds import USUAL, NetworkType


def write_ucinet(gathered: Gathered, path: Path) -> tuple[str, ...]:
    """Write the two-mode matrix to ``path``, and the one-mode matrices beside it."""
    discourse = read_discourse(statements(gathered.claims()))
    notes = [*discourse.left_out, *_not_counted(discourse)]
    for kind in USUAL:
        network = build_network(discourse.said, discourse.nodes, kind)
        beside = path.with_name(f"{path.stem}.{kind}{path.suffix}")
        place = path if kind is NetworkType.ACTOR_CONCEPT else beside
        place.write_text(to_dl(network), encoding="utf-8", newline="\n")
        if (left := network.nodes - len(network.shown)) > 0:
            notes.append(f"{kind} holds the {MOST_NODES:,} most active; left out: {left:,} nodes")
    return tuple(notes)


def _not_counted(discourse: Discourse) -> Iterator[str]:
    if number := discourse.neutral:
        counted = f"{number:,} neutral statement{'' if number == 1 else 's'}"
        yield f"ucinet cannot hold {counted}: its matrices are support less opposition"


FORMAT = Format("DL matrices for UCINET, two-mode and one-mode", ".dl", write_ucinet)
