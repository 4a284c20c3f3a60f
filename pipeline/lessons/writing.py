"""An entry written into one's own lexicons, or taken out again, once it was tried there."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from pipeline.errors import LexiconError
from pipeline.files import write_text_atomically
from pipeline.guarded.files import refuse_leaving
from pipeline.guarded.source import Source
from pipeline.guarded.texts import read_text
from pipeline.lessons.alias_entries import NAMES, NAMES_HEAD
from pipeline.lessons.entries import FILE, Entry, has_entries, with_entry, without_entry


@dataclass(frozen=True, slots=True)
class Written:
    """A file of one's own lexicons as it is to be; where ``text`` is None, it goes."""

    models: Path
    text: str | None
    file: str = FILE

    @property
    def path(self) -> Path:
        """Where the file stands."""
        return self.models / self.file


def adding(models: Path, entry: Entry, comments: tuple[str, ...] = ()) -> Written:
    """The file with the entry behind the others that it has.

    Raises:
        LexiconError: the file cannot be read.
    """
    return Written(models, with_entry(_read(models), entry, comments))


def adding_name(models: Path, lines: Iterable[str]) -> Written:
    """The file of names with the lines of an entry behind the others that it has.

    Raises:
        LexiconError: the file cannot be read.
    """
    old = _read(models, NAMES) or NAMES_HEAD
    ended = old if old.endswith("\n") else f"{old}\n"
    return Written(models, ended + "".join(f"{line}\n" for line in lines), NAMES)


def removing(models: Path, identifier: str) -> Written:
    """The file without the entry; no file where it was the only one.

    Raises:
        LexiconError: the file has no such entry, or cannot be read.
    """
    text = without_entry(_read(models), identifier)
    return Written(models, text if has_entries(text) else None)


def write(written: Written) -> None:
    """Put the file in its place; it is the old one or the new one.

    Raises:
        LinkError: it lies behind a link that leaves the folder of the lexicons.
    """
    refuse_leaving(written.path, written.models)
    if written.text is None:
        written.path.unlink()
    else:
        write_text_atomically(written.path, written.text)


@contextmanager
def as_if(written: Written) -> Iterator[Path]:
    """A copy of the lexicons in which the file is as it is to be, as long as the block runs."""
    with TemporaryDirectory(prefix="claims-") as name:
        copy = Path(name) / "models"
        if written.models.is_dir():
            shutil.copytree(written.models, copy)
        write(Written(copy, written.text, written.file))
        yield copy


def _read(models: Path, file: str = FILE) -> str:
    path = models / file
    if not os.path.lexists(path):
        return ""
    return read_text(path, Source(str(path), LexiconError))
