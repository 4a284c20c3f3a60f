"""Exports read back: the rows of their tables, and where in a file something is wrong."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from pipeline.errors import RecordError
from pipeline.export.formulas import as_written
from pipeline.guarded.files import open_file
from pipeline.guarded.source import Source

_LONGEST_CELL = 1 << 30


def read_table(path: Path, names: Sequence[str]) -> Iterator[tuple[str, dict[str, str]]]:
    """Where each row begins, as ``file:line``, and its cells without the apostrophes put there.

    Raises:
        RecordError: the file is no table in UTF-8, or lacks one of the columns.
    """
    csv.field_size_limit(_LONGEST_CELL)  # by itself the module refuses cells of 128 KiB
    with open_file(path, Source(str(path), RecordError)) as raw:
        stream = io.TextIOWrapper(raw, encoding="utf-8-sig", newline="")
        reader = csv.reader(stream)
        try:
            header = next(reader, [])
            refuse_lacking(path, names, header)
            line = reader.line_num + 1
            for cells in reader:
                if len(cells) != len(header):
                    what = f"has {len(cells)} cells, the head {len(header)}; export it again"
                    raise RecordError(f"{path}:{line}: {what}")
                found = dict(zip(header, map(as_written, cells), strict=True))
                yield f"{path}:{line}", {name: found[name] for name in names}
                line = reader.line_num + 1
        except (UnicodeDecodeError, csv.Error) as error:
            raise RecordError(
                f"{path}:{reader.line_num + 1}: is no table in UTF-8 ({error}); export it again"
            ) from error
        finally:
            stream.detach()


def refuse_lacking(path: Path, names: Sequence[str], header: Sequence[object]) -> None:
    """Refuse a table without a column that the format has.

    Raises:
        RecordError: naming the columns.
    """
    if lacking := [name for name in names if name not in header]:
        raise RecordError(
            f"{path}:1: has no column {', '.join(lacking[:5])}"
            f"{f' and {len(lacking) - 5} more' if len(lacking) > 5 else ''}; export it again"
        )


@contextmanager
def told_where(place: str) -> Iterator[None]:
    """A block whose faults begin with the place, as ``file:line``."""
    try:
        yield
    except RecordError as error:
        raise (RecordError(f"{place}: {error}") if place else error) from error
