"""The settings under ``models/``: which model, which batch size, which bounds."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.errors import LexiconError
from pipeline.guarded.source import Source
from pipeline.guarded.texts import read_text
from pipeline.guarded.tomls import line_of_key, parse_toml
from pipeline.lexicon.endpoint import TABLE, Endpoint, read_endpoint
from pipeline.lexicon.yaml_lines import did_you_mean

FILE = "settings.toml"
_BOUNDS = {"longest_parse": 1000, "longest_sentence": 50, "longest_word": 50}
_LEAST = {"batch_size": 1, **_BOUNDS}
_TYPES: dict[str, type] = {
    "model": str,
    **dict.fromkeys(_LEAST, int),
    "languages": dict,
    "profile": str,
    "proposers": list,
    "proposer_score": float,
    TABLE: dict,
}
_PROPOSER = re.compile(r"[A-Za-z_][\w.]*:[A-Za-z_]\w*", re.ASCII)
ENGLISH = "en"
FAST, FULL = "fast", "full"
PROFILES = (FAST, FULL)


@dataclass(frozen=True, slots=True)
class Settings:
    """What the extractor runs with; ``languages`` names the pipeline of each other language.

    ``profile`` is who proposes claims: ``fast`` the rules, ``full`` the learned reader as well.
    ``longest_parse`` and ``longest_sentence`` are in tokens, ``longest_word`` in code points.
    ``proposers`` are proposers of one's own, as ``module:function``; ``proposer_score`` is the
    score of a claim that only they make. ``llm`` is where a language model answers, if one does.
    """

    model: str
    batch_size: int
    languages: Mapping[str, str] = field(default_factory=dict)
    longest_parse: int = 25_000
    longest_sentence: int = 500
    longest_word: int = 500
    profile: str = FULL
    proposers: tuple[str, ...] = ()
    proposer_score: float = 0.5
    llm: Endpoint | None = None

    @property
    def read_languages(self) -> frozenset[str]:
        """The codes of the languages that there is a pipeline for, English among them."""
        return frozenset({ENGLISH, *self.languages})


def read_settings(folders: tuple[Path, ...]) -> Settings:
    """The settings of the folders, each overriding the ones before.

    Raises:
        LexiconError: a file is not TOML, or has an unknown key or a value of a wrong type.

    """
    values: dict[str, object] = {}
    for folder in folders:
        path = folder / FILE
        if os.path.lexists(path):
            values.update(_read_one(path))
    languages = values.get("languages")
    proposers = values.get("proposers")
    if missing := [key for key in ("model", "batch_size") if key not in values]:
        raise LexiconError(f"{folders[0] / FILE}:1: no {missing[0]}; give it a value")
    return Settings(
        model=str(values["model"]),
        batch_size=int(str(values["batch_size"])),
        languages=languages if isinstance(languages, dict) else {},
        profile=str(values.get("profile", FULL)),
        proposers=tuple(proposers) if isinstance(proposers, list) else (),
        proposer_score=float(str(values.get("proposer_score", 0.5))),
        llm=_endpoint(values.get(TABLE)),
        **{key: int(str(values[key])) for key in _BOUNDS if key in values},
    )


def place_of(key: str, folders: tuple[Path, ...]) -> str:
    """The last place, as ``file:line``, at which a key of the settings has its value."""
    for path in (folder / FILE for folder in reversed(folders)):
        if os.path.lexists(path):
            text = read_text(path, Source(str(path), LexiconError))
            if key in parse_toml(text, Source(str(path), LexiconError)):
                return f"{path}:{line_of_key(text, key)}"
    return f"{folders[-1] / FILE}:1"


def _read_one(path: Path) -> dict[str, object]:
    text = read_text(path, source := Source(str(path), LexiconError))
    values = parse_toml(text, source)
    for key, value in values.items():
        line = line_of_key(text, key)
        if key not in _TYPES:
            raise source.fault(f"unknown key {key!r}; {did_you_mean(key, _TYPES)}", line=line)
        is_whole = type(value) is int and _TYPES[key] is float
        if type(value) is not _TYPES[key] and not is_whole:
            what = f"{key} must be {_TYPES[key].__name__}, not {value!r:.60}"
            raise source.fault(what, line=line)
        if key == "languages":
            _check_languages(value, source, line)
        if what := _fault_of(key, value):
            raise source.fault(what, line=line)
    return values


def _fault_of(key: str, value: object) -> str:
    """What is wrong with a value of the right type; empty where nothing is."""
    if key == "profile" and value not in PROFILES:
        return f"profile is {value!r}; known are fast and full"
    if key in _LEAST and int(str(value)) < _LEAST[key]:
        return f"{key} must be {_LEAST[key]} or more, not {value}"
    if key == "proposer_score" and not 0 <= float(str(value)) <= 1:
        return f"proposer_score must lie between 0 and 1, not {value}"
    if isinstance(value, list):
        return _fault_of_proposers(value)
    if key == TABLE and isinstance(value, dict) and isinstance(what := read_endpoint(value), str):
        return f"[{TABLE}] {what}"
    return ""


def _fault_of_proposers(named: list[object]) -> str:
    wrong = [one for one in named if not isinstance(one, str) or not _PROPOSER.fullmatch(one)]
    return f'proposers has {wrong[0]!r:.60}; name each as "module:function"' if wrong else ""


def _endpoint(table: object) -> Endpoint | None:
    found = read_endpoint(table) if isinstance(table, dict) else None
    return found if isinstance(found, Endpoint) else None


def _check_languages(languages: object, source: Source, line: int) -> None:
    for code, pipeline in dict(languages).items() if isinstance(languages, dict) else ():
        if not re.fullmatch("[a-z]{2,3}", code) or not isinstance(pipeline, str):
            raise source.fault(
                "[languages] gives the spaCy pipeline of a code, as "
                f'es = "es_core_news_sm"; not {code:.20} = {pipeline!r:.60}',
                line=line,
            )
