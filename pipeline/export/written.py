"""What a format is, and how its files come to stand where they are wanted: whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from pipeline.export.gather import Gathered


@dataclass(frozen=True, slots=True)
class Format:
    """A format of exports.

    ``suffix`` is how its file's name ends by custom. ``write`` writes the claims to a path, further
    files beside it under the same stem, and returns a line for each thing that the format cannot
    hold. ``text`` says whether its main file is text, which a terminal may get. ``extra`` names the
    optional dependencies that it needs.
    """

    about: str
    suffix: str
    write: Callable[[Gathered, Path], Iterable[str]]
    text: bool = True
    extra: str | None = None


@dataclass(frozen=True, slots=True)
class Written:
    """The files of an export, the one that was named first, and what they do not hold."""

    paths: tuple[Path, ...]
    not_held: tuple[str, ...]


def write_files(path: Path, kind: Format, gathered: Gathered) -> Written:
    """Write an export to ``path`` and beside it; where anything fails nothing there is changed.

    The files are made in a folder beside ``path`` and moved when all are whole.
    """
    with tempfile.TemporaryDirectory(prefix=f".{path.name}.", dir=path.parent) as folder:
        made = Path(folder) / path.name
        not_held = tuple(kind.write(gathered, made))
        others = sorted(one for one in Path(folder).iterdir() if one != made)
        places = []
        for one in (made, *others):
            os.replace(one, path.parent / one.name)
            places.append(path.parent / one.name)
    return Written(tuple(places), not_held)
