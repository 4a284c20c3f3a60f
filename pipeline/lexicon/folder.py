"""Where the lexicons lie: the packaged folder, and the project's own on top of it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from pipeline.errors import LexiconError, SettingError
from pipeline.guarded.files import read_bytes
from pipeline.guarded.source import Source

SUFFIXES = (".yaml", ".toml")
LATER = ("concepts",)
"""The folders that are read when claims leave, and no extraction is made with."""


def packaged_models() -> Path:
    """The folder of the packaged lexicons, in an installed wheel or in a checkout."""
    here = Path(__file__).resolve()
    inside = here.parents[1] / "models"
    return inside if inside.is_dir() else here.parents[2] / "models"


def models_folders(project: Path | str | None = None) -> tuple[Path, ...]:
    """The folders to read, packaged first; a later folder's entries extend or override.

    ``project`` is the analyst's own folder; by default ``models`` in the current directory,
    where there is one.

    Raises:
        SettingError: a folder was named that does not exist.

    """
    packaged = packaged_models()
    if project is None:
        own = Path("models")
        if not own.is_dir():
            return (packaged,)
    else:
        own = Path(project)
        if not own.is_dir():
            raise SettingError(
                f"no such models folder: {own}. "
                "Create it, or leave --models out for the packaged one"
            )
    return (packaged,) if own.resolve() == packaged.resolve() else (packaged, own)


def lexicon_files(folders: tuple[Path, ...], subfolder: str = "") -> Iterator[Path]:
    """The data files below each folder, in a fixed order: packaged before the project's own."""
    for folder in folders:
        root = folder / subfolder if subfolder else folder
        if root.is_dir():
            yield from sorted(path for path in root.rglob("*") if path.suffix in SUFFIXES)


def lexicon_sha256(folders: tuple[Path, ...]) -> str:
    """One hash over the names and bytes of every data file that an extraction is made with."""
    digest = hashlib.sha256()
    for number, folder in enumerate(folders):
        for path in lexicon_files((folder,)):
            if path.relative_to(folder).parts[0] in LATER:
                continue
            digest.update(f"{number}/{path.relative_to(folder).as_posix()}\0".encode())
            digest.update(read_bytes(path, Source(str(path), LexiconError)))
            digest.update(b"\0")
    return digest.hexdigest()
