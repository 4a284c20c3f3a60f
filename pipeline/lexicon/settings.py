"""The settings under ``models/``: which model, which batch size."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import SettingError

FILE = "settings.toml"
_TYPES = {"model": str, "batch_size": int}


@dataclass(frozen=True, slots=True)
class Settings:
    """What the extractor runs with."""

    model: str
    batch_size: int


def read_settings(folders: tuple[Path, ...]) -> Settings:
    """The settings of the folders, each overriding the ones before.

    Raises:
        SettingError: a file is not TOML, or has an unknown key or a value of a wrong type.

    """
    values: dict[str, object] = {}
    for folder in folders:
        path = folder / FILE
        if path.is_file():
            values.update(_read_one(path))
    return Settings(model=str(values["model"]), batch_size=int(str(values["batch_size"])))


def _read_one(path: Path) -> dict[str, object]:
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise SettingError(f"{path}: not valid TOML: {error}") from error
    for key, value in values.items():
        if key not in _TYPES:
            raise SettingError(f"{path}: unknown key {key!r}; known are {', '.join(_TYPES)}")
        if type(value) is not _TYPES[key]:
            raise SettingError(f"{path}: {key} must be {_TYPES[key].__name__}, not {value!r}")
        if key == "batch_size" and int(str(value)) < 1:
            raise SettingError(f"{path}: batch_size must be 1 or more, not {value}")
    return values
