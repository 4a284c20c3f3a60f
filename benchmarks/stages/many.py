"""Many processes, clusters and large corpora, on the page of all figures (``benchmarks.scale``)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from benchmarks import scale
from benchmarks.stage import Asked, Row, Stage, at_least, at_most, told


def measure_workers(_: Asked) -> Iterator[Row]:
    """Two worker processes against one."""
    return _rows(scale.measure_workers())


def measure_dask(_: Asked) -> Iterator[Row]:
    """Two workers of a local cluster against two of our own."""
    return _rows(scale.measure_dask())


def measure_memory(_: Asked) -> Iterator[Row]:
    """The peak of memory over many articles against that over a tenth of them."""
    return _rows(scale.measure_memory())


def measure_unchanged(_: Asked) -> Iterator[Row]:
    """A run over a corpus in which nothing is new against its first run."""
    return _rows(scale.measure_unchanged())


def _rows(found: Iterable[scale.Row]) -> Iterator[Row]:
    for row in found:
        sign, _, number = row.aim.partition(" ")
        if not number:
            yield told(row.figure, row.value, row.note)
        else:
            aimed = at_least if sign == ">=" else at_most
            yield aimed(row.figure, row.value, float(number), row.note)


STAGES = (
    Stage("workers", "Two processes", measure_workers, long=True),
    Stage("dask", "A local cluster", measure_dask, long=True),
    Stage("memory", "Memory of many articles", measure_memory, long=True),
    Stage("unchanged", "Nothing new", measure_unchanged, long=True),
)
