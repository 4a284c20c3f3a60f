"""Networks counted from statements: weights by DNA's definitions, as plain matrices."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias

from pipeline.networks.dates import OncePer, Window, count_once
from pipeline.networks.discourse import CONCEPT, Node, Said
from pipeline.networks.kinds import NetworkType, Normalise, check_normalise
from pipeline.records import Stance

if TYPE_CHECKING:
    import numpy

    Matrix: TypeAlias = numpy.ndarray[Any, numpy.dtype[numpy.float64]]

MOST_NODES = 500
_BLOCK = 4096
_SIDES = {Stance.SUPPORT: 0, Stance.OPPOSE: 1}


@dataclass(frozen=True, slots=True)
class Network:
    """A network: ``weights`` has a row a node of ``rows`` and a column a node of ``columns``.

    Where it is one-mode both are the same nodes. ``plus`` and ``minus`` are what the weights were
    made from: how many statements support and oppose, or how many pairs of statements agree and
    disagree. ``activity`` is how many statements each node has, ``statements`` how many there are
    in all, ``nodes`` how many nodes, also those beyond the most active that stand in the matrix.
    """

    kind: NetworkType
    normalise: Normalise
    rows: tuple[Node, ...]
    columns: tuple[Node, ...]
    weights: Matrix = field(repr=False, compare=False)
    plus: Matrix = field(repr=False, compare=False)
    minus: Matrix = field(repr=False, compare=False)
    activity: Mapping[str, int] = field(repr=False)
    statements: int
    nodes: int
    window: Window | None = None

    @property
    def shown(self) -> tuple[Node, ...]:
        """The nodes in it, each once."""
        return (*self.rows, *self.columns) if self.kind.two_mode else self.rows


@dataclass(frozen=True, slots=True)
class _Tally:
    """How many statements support and oppose, by row and column; and by row and column alone."""

    cells: Mapping[tuple[str, str], tuple[int, int]]
    rows: Counter[str]
    columns: Counter[str]


def build_network(
    said: Iterable[Said],
    nodes: Mapping[str, Node],
    kind: NetworkType,
    *,
    normalise: Normalise = Normalise.NONE,
    per: OncePer = OncePer.STATEMENT,
    most: int = MOST_NODES,
    window: Window | None = None,
) -> Network:
    """The network of that kind; neutral statements do not count.

    Of each mode the ``most`` active nodes stand in the matrix; their weights are those of the
    whole network. ``said`` is in the order of the dates.

    Source: Leifeld, Gruber and Bossner, Discourse Network Analyzer Manual, chapter 2.

    Raises:
        SettingError: the network cannot be normalised so.
    """
    check_normalise(kind, normalise)
    sided = (one for one in said if one.stance in _SIDES)
    counted = count_once(sided, per, by_stance=kind.aggregation != "ignore")
    tally = _tally(counted, transposed=kind.mode == CONCEPT)
    rows = _most_active(tally.rows, nodes, most)
    columns = _most_active(tally.columns, nodes, most) if kind.two_mode else rows
    make = _two_mode if kind.two_mode else _one_mode
    counts = tally.rows + tally.columns
    weights, plus, minus = make(tally, rows, columns, kind, normalise)
    return Network(
        kind=kind,
        normalise=normalise,
        rows=rows,
        columns=columns,
        weights=weights,
        plus=plus,
        minus=minus,
        activity={node.id: counts[node.id] for node in (*rows, *columns)},
        statements=len(counted),
        nodes=len(tally.rows) + (len(tally.columns) if kind.two_mode else 0),
        window=window,
    )


def _tally(said: Iterable[Said], *, transposed: bool) -> _Tally:
    found: Counter[tuple[str, str, int]] = Counter()
    for one in said:
        pair = (one.concept, one.actor) if transposed else (one.actor, one.concept)
        found[*pair, _SIDES[one.stance]] += 1
    rows: Counter[str] = Counter()
    columns: Counter[str] = Counter()
    for (row, column, _), count in found.items():
        rows[row] += count
        columns[column] += count
    pairs = dict.fromkeys((row, column) for row, column, _ in found)
    cells = {pair: (found[*pair, 0], found[*pair, 1]) for pair in pairs}
    return _Tally(cells, rows, columns)


def _most_active(counts: Counter[str], nodes: Mapping[str, Node], most: int) -> tuple[Node, ...]:
    """The nodes with the most statements, in the order of their names."""
    by_name = sorted((nodes[id_] for id_ in counts), key=lambda node: (node.name, node.id))
    kept = sorted(by_name, key=lambda node: -counts[node.id])[:most]
    return tuple(sorted(kept, key=lambda node: (node.name, node.id)))


def _two_mode(
    tally: _Tally,
    rows: Sequence[Node],
    columns: Sequence[Node],
    kind: NetworkType,
    normalise: Normalise,
) -> tuple[Matrix, Matrix, Matrix]:
    import numpy

    support, oppose = _dense(tally.cells, _places(rows), _places(columns))
    match kind.aggregation:
        case "ignore":
            weights = support + oppose
        case "combine":
            weights = (support > 0) * 1.0 + (oppose > 0) * 2.0
        case _:
            weights = support - oppose
    if normalise is Normalise.ACTIVITY:
        weights = weights / numpy.array([[tally.rows[node.id]] for node in rows])
    elif normalise is Normalise.PROMINENCE:
        weights = weights / numpy.array([tally.columns[node.id] for node in columns])
    return weights, support, oppose


def _one_mode(
    tally: _Tally,
    rows: Sequence[Node],
    _columns: Sequence[Node],
    kind: NetworkType,
    normalise: Normalise,
) -> tuple[Matrix, Matrix, Matrix]:
    import numpy

    agree = numpy.zeros((len(rows), len(rows)))
    disagree, union = agree.copy(), agree.copy()
    for support, oppose in _blocks(tally, rows):
        both = numpy.hstack([support, oppose])
        shared = both @ both.T
        agree += shared
        cross = support @ oppose.T
        disagree += cross + cross.T
        if normalise is Normalise.JACCARD:
            alone = both @ (both == 0).astype(float).T
            union += alone + alone.T + shared
    signed = {
        "congruence": agree,
        "conflict": disagree,
        "subtract": agree - disagree,
        "ignore": agree + disagree,
    }[kind.aggregation]
    activity = numpy.array([float(tally.rows[node.id]) for node in rows])
    by: Matrix
    if normalise is Normalise.JACCARD:
        by = union
    elif normalise is Normalise.COSINE:  # as DNA has it: of the numbers of statements
        by = numpy.outer(activity, activity)
    elif normalise is Normalise.AVERAGE:
        by = (activity[:, None] + activity[None, :]) / 2
    else:
        by = numpy.ones_like(signed)
    weights = numpy.divide(signed, by, out=numpy.zeros_like(signed), where=by != 0)
    for matrix in (weights, agree, disagree):
        numpy.fill_diagonal(matrix, 0)
    return weights, agree, disagree


def _blocks(tally: _Tally, rows: Sequence[Node]) -> Iterator[tuple[Matrix, Matrix]]:
    """The counts of the rows over all columns, some thousand columns at a time."""
    columns = sorted(tally.columns)
    block_of = {column: number // _BLOCK for number, column in enumerate(columns)}
    cells: dict[int, dict[tuple[str, str], tuple[int, int]]] = {}
    for pair, counts in tally.cells.items():
        cells.setdefault(block_of[pair[1]], {})[pair] = counts
    for number, some in cells.items():
        part = columns[number * _BLOCK : (number + 1) * _BLOCK]
        places = {column: place for place, column in enumerate(part)}
        yield _dense(some, _places(rows), places)


def _dense(
    cells: Mapping[tuple[str, str], tuple[int, int]],
    rows: Mapping[str, int],
    columns: Mapping[str, int],
) -> tuple[Matrix, Matrix]:
    import numpy

    support = numpy.zeros((len(rows), len(columns)))
    oppose = support.copy()
    for (row, column), (for_, against) in cells.items():
        if row in rows and column in columns:
            support[rows[row], columns[column]] = for_
            oppose[rows[row], columns[column]] = against
    return support, oppose


def _places(nodes: Sequence[Node]) -> Mapping[str, int]:
    return {node.id: place for place, node in enumerate(nodes)}
