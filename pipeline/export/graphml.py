"""GraphML: one flavour for networkx, Gephi, igraph and R, another that visone shows in colour."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from math import cos, pi, sin
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as Tree

from pipeline.concepts.statements import statements
from pipeline.export.gather import Gathered
from pipeline.export.written import Format
from pipeline.networks.discourse import CONCEPT, read_discourse
from pipeline.networks.drawing import COLOURS
from pipeline.networks.graph import discourse_graph
from pipeline.networks.libraries import require

_NS = "http://graphml.graphdrawing.org/xmlns"
_VISONE = "http://visone.info/xmlns"
_Y = "http://www.yworks.com/xml/graphml"
_KEYS = {  # visone knows the names that DNA gives its attributes: variable, frequency
    "node": {
        "id": "string",
        "name": "string",
        "variable": "string",
        "frequency": "int",
        "kind": "string",
        "country": "string",
    },
    "edge": {
        "weight": "double",
        "polarity": "string",
        "support": "int",
        "oppose": "int",
        "neutral": "int",
        "first": "string",
        "last": "string",
    },
}
_WIDE = 400.0


def write_graphml(gathered: Gathered, path: Path) -> tuple[str, ...]:
    """Write actors and concepts, and the statements between them, as a graph."""
    discourse = read_discourse(statements(gathered.claims()))
    path.write_bytes(to_graphml(discourse_graph(discourse)))
    return discourse.left_out


def write_visone(gathered: Gathered, path: Path) -> tuple[str, ...]:
    """Write the same graph with weights below 0 and the colours and keys that visone reads."""
    discourse = read_discourse(statements(gathered.claims()))
    root = _visone_root(discourse_graph(discourse))
    for prefix, space in (("", _NS), ("visone", _VISONE), ("y", _Y)):
        Tree.register_namespace(prefix, space)
    Tree.ElementTree(root).write(path, encoding="utf-8", xml_declaration=True)
    return discourse.left_out


def to_graphml(graph: Any) -> bytes:
    """A graph of networkx as GraphML, whose every key has a name and a type."""
    stream = io.BytesIO()
    require("networkx").write_graphml_xml(graph, stream, encoding="utf-8", prettyprint=True)
    return stream.getvalue()


def _visone_root(graph: Any) -> Tree.Element:
    root = Tree.Element(f"{{{_NS}}}graphml")
    _sub(root, "key", {"id": "d0", "for": "node", "yfiles.type": "nodegraphics"})
    _sub(root, "key", {"id": "e0", "for": "edge", "yfiles.type": "edgegraphics"})
    # visone needs no attr.name here, networkx does.
    prop = {"id": "prop", "for": "graph", "attr.name": "prop", "attr.type": "string"}
    _sub(root, "key", {**prop, "visone.type": "properties"})
    for place, keys in _KEYS.items():
        for name, type_ in keys.items():
            key = {"id": f"{place}-{name}", "for": place, "attr.name": name, "attr.type": type_}
            _sub(root, "key", key)
    inside = _sub(root, "graph", {"id": "claims", "edgedefault": "undirected"})
    properties = _sub(inside, "data", {"key": "prop"})
    shown = {"nodeLabel": "name", "edgeLabel": "weight"}
    Tree.SubElement(properties, f"{{{_VISONE}}}labelAttribute", shown)
    ids = {node: f"n{number}" for number, node in enumerate(graph)}
    _add_nodes(inside, graph, ids)
    _add_edges(inside, graph, ids)
    return root


def _add_nodes(inside: Tree.Element, graph: Any, ids: dict[str, str]) -> None:
    for number, (node, data) in enumerate(graph.nodes(data=True)):
        element = _sub(inside, "node", {"id": ids[node]})
        known = {**data, "id": node, "variable": data["mode"], "frequency": data["statements"]}
        _add_data(element, "node", known)
        shape = _graphics(element, "d0", "shapeNode", "ShapeNode")
        turn = 2 * pi * number / len(ids)
        around = {"x": f"{_WIDE * cos(turn):.1f}", "y": f"{_WIDE * sin(turn):.1f}"}
        _y(shape, "Geometry", {"height": "20.0", "width": "20.0", **around})
        concept = data["mode"] == CONCEPT
        _y(shape, "Fill", {"color": "#ffffff" if concept else "#3d3d3d", "transparent": "false"})
        _y(shape, "BorderStyle", {"color": "#1a1a1a", "type": "line", "width": "1.0"})
        _y(shape, "Shape", {"type": "rectangle" if concept else "ellipse"})


def _add_edges(inside: Tree.Element, graph: Any, ids: dict[str, str]) -> None:
    for number, (source, target, data) in enumerate(graph.edges(data=True)):
        ends = {"source": ids[source], "target": ids[target]}
        element = _sub(inside, "edge", {"id": f"e{number}", **ends})
        _add_data(element, "edge", {**data, "weight": data["net"]})
        line = _graphics(element, "e0", "polyLineEdge", "PolyLineEdge")
        colour = COLOURS.get(data["polarity"], COLOURS["both"])
        width = f"{min(1 + data['weight'], 8):.1f}"
        _y(line, "LineStyle", {"color": colour, "type": "line", "width": width})


def _add_data(element: Tree.Element, place: str, known: dict[str, Any]) -> None:
    for name in _KEYS[place]:
        _sub(element, "data", {"key": f"{place}-{name}"}).text = str(known[name])


def _graphics(element: Tree.Element, key: str, visone: str, y: str) -> Tree.Element:
    outer = Tree.SubElement(_sub(element, "data", {"key": key}), f"{{{_VISONE}}}{visone}")
    return Tree.SubElement(outer, f"{{{_Y}}}{y}")


def _y(parent: Tree.Element, name: str, attributes: dict[str, str]) -> None:
    Tree.SubElement(parent, f"{{{_Y}}}{name}", attributes)


def _sub(parent: Tree.Element, name: str, attributes: dict[str, str]) -> Tree.Element:
    return Tree.SubElement(parent, f"{{{_NS}}}{name}", attributes)


def read_graphml(path: Path) -> Iterator[dict[str, Any]]:
    """The ties of a file of either flavour, with the ids and names of their ends."""
    graph = require("networkx").read_graphml(path)
    return _read(graph)


def _read(graph: Any) -> Iterator[dict[str, Any]]:
    known = dict(graph.nodes(data=True))
    for source, target, data in graph.edges(data=True):
        ends: Iterable[tuple[str, str]] = (("source", source), ("target", target))
        named = {}
        for end, node in ends:
            named[end] = known[node].get("id", node)
            named[f"{end}_name"] = known[node]["name"]
        yield {**named, **data}


_EXTRA = "report"
FORMAT = Format(
    "a graph of actors and concepts for networkx, Gephi, igraph", ".graphml", write_graphml,
    extra=_EXTRA,
)  # fmt: skip
VISONE = Format(
    "the same graph as visone shows it, in colour", ".graphml", write_visone, extra=_EXTRA
)
