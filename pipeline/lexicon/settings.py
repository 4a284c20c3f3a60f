"""The settings under ``models/``: which model, which batch size."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.errors import SettingError

FILE = "settings.toml"
_TYPES: dict[str, type] = {"model": str, "batch_size": int, "languages": dict}
ENGLISH = "en"


@dataclass(frozen=True, slots=True)
class Settings:
    """What the extractor runs with; ``languages`` names the pipeline of each other language."""

    model: str
    batch_size: int
    languages: Mapping[str, str] = field(default_factory=dict)

    @property
    def read_languages(self) -> frozenset[str]:
        """The codes of the languages that there is a pipeline for, English among them."""
        return frozenset({ENGLISH, *self.languages})


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
    languages = values.get("languages")
    return Settings(
        model=str(values["model"]),
        batch_size=int(str(values["batch_size"])),
        languages=languages if isinstance(languages, dict) else {},
    )


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
        if key == "languages":
            _check_languages(path, value)
        if key == "batch_size" and int(str(value)) < 1:
            raise SettingError(f"{path}: batch_size must be 1 or more, not {value}")
    return values


def _check_languages(path: Path, languages: object) -> None:
    for code, pipeline in dict(languages).items() if isinstance(languages, dict) else ():
        if not re.fullmatch("[a-z]{2,3}", code) or not isinstance(pipeline, str):
            raise SettingError(
                f"{path}: [languages] gives the spaCy pipeline of a code, as "
                f'es = "es_core_news_sm"; not {code} = {pipeline!r}'
            )
