"""The learned judge's weights, from ``models/judge_full.yaml``: data, each with a sentence."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.errors import LexiconError
from pipeline.extraction.judge.seen import POSITION, STANCES
from pipeline.extraction.judge.weights import Weight, read_list, read_number
from pipeline.lexicon.yaml_lines import read_yaml, refuse_unknown

FILE = "judge_full.yaml"
_CHANCE_KEYS = ("bias", "position", "stance")
_FILE_KEYS = ("keep", "bias", "position", "stances", "chance")


@dataclass(frozen=True, slots=True)
class Odds:
    """What is weighed in log-odds: the position, its stance, and both for the chance.

    ``keep`` is the chance of the position from which it stands. ``chance`` has the bias of the
    chance that position and stance are right, and the weights of the log-odds of each.
    """

    keep: float
    bias: float
    position: Mapping[str, Weight]
    stances: Mapping[str, Weight]
    chance: tuple[float, float, float]


def read_odds(folders: tuple[Path, ...]) -> Odds:
    """The weights of the last folder that has some.

    Raises:
        LexiconError: a file has an unknown key, a feature that is unknown, twice or missing, or
            a value that is no number.
    """
    found = [folder / FILE for folder in folders if os.path.lexists(folder / FILE)]
    if not found:
        raise LexiconError(f"{folders[0] / FILE}:1: the file of the judge's weights is missing")
    path = found[-1]
    data = read_yaml(path)
    refuse_unknown(data, _FILE_KEYS, path)
    chance = _chance(data, path)
    bias, position, stance = (read_number(chance, key, f"{path}:1") for key in _CHANCE_KEYS)
    return Odds(
        keep=read_number(data, "keep", f"{path}:1"),
        bias=read_number(data, "bias", f"{path}:1"),
        position=read_list(data, "position", tuple(POSITION), path),
        stances=read_list(data, "stances", tuple(STANCES), path),
        chance=(bias, position, stance),
    )


def _chance(data: Mapping[str, Any], path: Path) -> Mapping[str, Any]:
    chance = data.get("chance")
    if not isinstance(chance, dict):
        raise LexiconError(f"{path}:1: chance must have {', '.join(_CHANCE_KEYS)}")
    refuse_unknown(chance, _CHANCE_KEYS, path)
    return chance
