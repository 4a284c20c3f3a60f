"""GEXF with dates: Gephi's timeline shows when each tie was made."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import Any

from pipeline.concepts.statements import statements
from pipeline.export.gather import Gathered
from pipeline.export.written import Format
from pipeline.networks.dates import day_of, last_day_of
from pipeline.networks.discourse import Discourse, read_discourse
from pipeline.networks.graph import discourse_graph, discourse_ties
from pipeline.networks.libraries import require

_MADE = re.compile(rb' lastmodifieddate="[^"]*"')

Spell = tuple[str, str]


def write_gexf(gathered: Gathered, path: Path) -> tuple[str, ...]:
    """Write actors and concepts as a graph whose ties are there on the days of their claims.

    The date is that of the article; a month or a year alone is all its days.
    """
    discourse = read_discourse(statements(gathered.claims()))
    path.write_bytes(to_gexf(discourse))
    undated = sum(day_of(one.date) is None for one in discourse.said)
    counted = f"{undated:,} statement{'' if undated == 1 else 's'} without a date"
    lost = (f"gexf cannot place in time: {counted}; their weight counts",) if undated else ()
    return (*discourse.left_out, *lost)


def to_gexf(discourse: Discourse) -> bytes:
    """The statements as a dynamic graph; without dates in it, as a static one."""
    graph = discourse_graph(discourse)
    ends: dict[str, list[Spell]] = {}
    for tie in discourse_ties(discourse):
        if spells := _spells(tie.dates):
            graph.edges[tie.source, tie.target]["spells"] = spells
            for end in (tie.source, tie.target):
                ends.setdefault(end, []).extend(spells)
    for node, spells in ends.items():  # from the first day to the last: a tie needs its ends
        graph.nodes[node]["spells"] = [(min(s[0] for s in spells), max(s[1] for s in spells))]
    _leave_out_empty(graph)
    stream = io.BytesIO()
    require("networkx").write_gexf(graph, stream, encoding="utf-8", version="1.2draft")
    return _MADE.sub(b"", stream.getvalue(), count=1)  # the day of writing: files stay the same


def _spells(dates: tuple[str, ...]) -> list[Spell]:
    found: list[Spell] = []
    for text in dates:
        first, last = day_of(text), last_day_of(text)
        if first is not None and last is not None:
            found.append((first.isoformat(), last.isoformat()))
    return sorted(set(found))


def _leave_out_empty(graph: Any) -> None:
    """Drop empty attributes, which GEXF has no need of."""
    known = [data for _, data in graph.nodes(data=True)]
    known += [data for _, _, data in graph.edges(data=True)]
    for data in known:
        for name in [name for name, value in data.items() if value == ""]:
            del data[name]


FORMAT = Format("a graph with dates for Gephi's timeline", ".gexf", write_gexf, extra="report")
