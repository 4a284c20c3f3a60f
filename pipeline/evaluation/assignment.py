"""One-to-one assignment of the greatest weight, exactly."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

Edge = tuple[int, int]


def find_assignment(weights: Mapping[Edge, int]) -> tuple[Edge, ...]:
    """The one-to-one set of edges with the greatest sum of weights, sorted.

    ``weights`` maps (left, right) to a positive whole number; a pair that is not in it cannot be
    chosen. Whole numbers have no size limit, so that preferences can be ranked by powers. Of equal
    sums, the same input always gives the same one.

    >>> find_assignment({(0, 0): 5, (0, 1): 4, (1, 0): 4})
    ((0, 1), (1, 0))
    """
    chosen: list[Edge] = []
    for part in _connected_parts(weights):
        chosen.extend(_assign_part(part, weights))
    return tuple(sorted(chosen))


def _connected_parts(weights: Mapping[Edge, int]) -> list[list[Edge]]:
    """The edges, parted into groups that share no end: each can be solved alone."""
    by_left: dict[int, list[Edge]] = defaultdict(list)
    by_right: dict[int, list[Edge]] = defaultdict(list)
    for edge in sorted(weights):
        by_left[edge[0]].append(edge)
        by_right[edge[1]].append(edge)
    seen: set[Edge] = set()
    parts: list[list[Edge]] = []
    for edge in sorted(weights):
        if edge in seen:
            continue
        seen.add(edge)
        part, waiting = [], [edge]
        while waiting:
            left, right = waiting.pop()
            part.append((left, right))
            fresh = [e for e in (*by_left[left], *by_right[right]) if e not in seen]
            seen.update(fresh)
            waiting.extend(dict.fromkeys(fresh))
        parts.append(sorted(part))
    return parts


def _assign_part(part: list[Edge], weights: Mapping[Edge, int]) -> list[Edge]:
    if len(part) == 1:
        return part
    lefts = sorted({left for left, _ in part})
    rights = sorted({right for _, right in part})
    swapped = len(lefts) > len(rights)
    rows, columns = (rights, lefts) if swapped else (lefts, rights)
    edges = set(part)
    costs = [
        [
            -weights[edge] if (edge := _edge(row, column, swapped)) in edges else 0
            for column in columns
        ]
        for row in rows
    ]
    picked = (
        _edge(rows[row], columns[column], swapped)
        for row, column in enumerate(_least_cost_columns(costs))
    )
    return [edge for edge in picked if edge in edges]


def _edge(row: int, column: int, swapped: bool) -> Edge:
    return (column, row) if swapped else (row, column)


def _least_cost_columns(costs: list[list[int]]) -> list[int]:
    """The column of each row in the assignment of least cost; no more rows than columns.

    Rows are added one by one along the cheapest augmenting path, with potentials that keep
    reduced costs from falling below nought. Source: Kuhn 1955, Munkres 1957.
    """
    height, width = len(costs), len(costs[0])
    row_potential, column_potential = [0] * (height + 1), [0] * (width + 1)
    row_of = [0] * (width + 1)
    for row in range(1, height + 1):
        row_of[0] = row
        came_from = [0] * (width + 1)
        slack: list[int | None] = [None] * (width + 1)
        used = [False] * (width + 1)
        column = 0
        while row_of[column]:
            used[column] = True
            current = row_of[column]
            best, following = None, 0
            for other in range(1, width + 1):
                if used[other]:
                    continue
                reduced = costs[current - 1][other - 1]
                reduced -= row_potential[current] + column_potential[other]
                known = slack[other]
                if known is None or reduced < known:
                    slack[other], came_from[other] = reduced, column
                    known = reduced
                if best is None or known < best:
                    best, following = known, other
            _shift_potentials(best or 0, used, slack, row_of, row_potential, column_potential)
            column = following
        while column:
            row_of[column] = row_of[came_from[column]]
            column = came_from[column]
    columns = [0] * height
    for column in range(1, width + 1):
        if row_of[column]:
            columns[row_of[column] - 1] = column - 1
    return columns


def _shift_potentials(
    step: int,
    used: list[bool],
    slack: list[int | None],
    row_of: list[int],
    row_potential: list[int],
    column_potential: list[int],
) -> None:
    for column, is_used in enumerate(used):
        known = slack[column]
        if is_used:
            row_potential[row_of[column]] += step
            column_potential[column] -= step
        elif known is not None:
            slack[column] = known - step
