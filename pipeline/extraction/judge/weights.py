"""The judge's weights, from ``models/judge.yaml``: data, each with a sentence."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.errors import LexiconError
from pipeline.extraction.judge.features import FEATURES
from pipeline.lexicon.yaml_lines import LINE, read_yaml, refuse_unknown

FILE = "judge.yaml"
_SCALE_KEYS = ("best", "least", "most")
_KEYS = (*_SCALE_KEYS, "weights")
_WEIGHT_KEYS = ("feature", "weight", "says")


@dataclass(frozen=True, slots=True)
class Weight:
    """What one feature adds to the score, and what that means."""

    feature: str
    weight: float
    says: str


@dataclass(frozen=True, slots=True)
class Weights:
    """Where every score begins, the least and most there is, and a weight for each feature."""

    best: float
    least: float
    most: float
    weights: Mapping[str, Weight]


def read_weights(folders: tuple[Path, ...]) -> Weights:
    """The weights of the last folder that has some.

    Raises:
        LexiconError: a file has an unknown key, a feature that is unknown, twice or missing, or
            a value that is no number.
    """
    found = [folder / FILE for folder in folders if os.path.lexists(folder / FILE)]
    if not found:
        raise LexiconError(f"{folders[0] / FILE}:1: the file of the judge's weights is missing")
    return _read_file(found[-1])


def _read_file(path: Path) -> Weights:
    data = read_yaml(path)
    refuse_unknown(data, _KEYS, path)
    weights = read_list(data, "weights", tuple(FEATURES), path)
    best, least, most = (read_number(data, key, f"{path}:1") for key in _SCALE_KEYS)
    return Weights(best, least, most, weights)


def read_list(
    data: Mapping[str, Any], key: str, known: tuple[str, ...], path: Path
) -> dict[str, Weight]:
    """The weights of a list of the file, one for each known feature.

    Raises:
        LexiconError: see ``read_weights``.
    """
    rows = data.get(key) or []
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise LexiconError(f"{path}:1: {key} must be a list that begins with '- feature: …'")
    weights: dict[str, Weight] = {}
    for row in rows:
        refuse_unknown(row, _WEIGHT_KEYS, path)
        weight = _read_weight(row, known, f"{path}:{row[LINE]}")
        if weight.feature in weights:
            raise LexiconError(f"{path}:{row[LINE]}: {weight.feature!r} has a weight already")
        weights[weight.feature] = weight
    missing = [name for name in known if name not in weights]
    if missing:
        raise LexiconError(f"{path}:1: no weight for {', '.join(missing)}")
    return weights


def _read_weight(row: Mapping[str, Any], known: tuple[str, ...], place: str) -> Weight:
    feature, says = row.get("feature"), row.get("says")
    if feature not in known:
        raise LexiconError(f"{place}: unknown feature {feature!r}; known are {', '.join(known)}")
    if not isinstance(says, str) or not says.strip():
        raise LexiconError(f"{place}: {feature} needs says, a sentence")
    return Weight(str(feature), read_number(row, "weight", place), says.strip())


def read_number(data: Mapping[str, Any], key: str, place: Path | str) -> float:
    """The number under a key.

    Raises:
        LexiconError: it is none.
    """
    value = data.get(key)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise LexiconError(f"{place}: {key} is {value!r}; it must be a number, as 0.95")
    return float(value)
