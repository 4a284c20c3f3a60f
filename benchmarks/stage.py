"""What is measured for ``benchmarks/RESULTS.md``: stages, each of which gives rows.

A stage is a function of ``Asked`` that returns ``Row``s, and a line in ``benchmarks/results.py``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Row:
    """A figure as it is printed; ``met`` is None where nothing is aimed at."""

    figure: str
    value: str
    aim: str = ""
    met: bool | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a stage has: the folder of development texts, and one of its own to write in.

    ``scratch`` is kept between runs, so that what a stage makes there (an environment, a corpus)
    is made once.
    """

    texts: Path
    scratch: Path


@dataclass(frozen=True, slots=True)
class Stage:
    """Rows under one heading; ``name`` is what the command line calls it.

    ``long`` is what is measured only where it is named or all are asked for.
    """

    name: str
    title: str
    measure: Callable[[Asked], Iterable[Row]]
    long: bool = False


def at_least(figure: str, value: float, aim: float, note: str = "") -> Row:
    """A ratio that should be so high.

    >>> at_least("two workers / one", 1.826, 1.8).met
    True
    """
    return Row(figure, shown(value), f"≥ {aim:g}", value >= aim, note)


def at_most(figure: str, value: float, aim: float, note: str = "") -> Row:
    """A ratio, or seconds, that should be no higher.

    >>> at_most("claims --help, seconds", 0.315, 0.3)
    Row(figure='claims --help, seconds', value='0.315', aim='≤ 0.3', met=False, note='')
    """
    return Row(figure, shown(value), f"≤ {aim:g}", value <= aim, note)


def told(figure: str, value: float, note: str = "") -> Row:
    """A figure that nothing is aimed at.

    >>> told("words a second", 7156.2).value
    '7,156'
    """
    return Row(figure, shown(value), note=note)


def shown(value: float) -> str:
    """A number with three digits that count, or whole.

    >>> [shown(value) for value in (0.0123, 0.3151, 1.8264, 71.56, 7156.2)]
    ['0.0123', '0.315', '1.83', '71.6', '7,156']
    """
    if abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.3g}"
