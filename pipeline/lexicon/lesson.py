"""What a workspace's decisions taught: ``models/learned.yaml``, written by ``claims learn``.

It is data: weights by name, numbers and hashes. It speaks of one profile, and of one reader where
it corrects what that sees; for another it says nothing.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pipeline.errors import LexiconError
from pipeline.lexicon.yaml_lines import LINE, read_yaml, refuse_unknown

FILE = "learned.yaml"
FORMAT = 1
_PARTS = ("stands", "score")
_CORRECTIONS = ("support", "oppose", "neutral")
_TOLD = ("format", "profile", "reader_sha256", "made", "figures", "sha256")
_KEYS = (*_TOLD, "keep", *_PARTS, "reader")


@dataclass(frozen=True, slots=True)
class Odds:
    """Log-odds: ``bias``, the shipped ones times ``slope``, and the weights of what there is."""

    bias: float = 0.0
    slope: float = 1.0
    weights: Mapping[str, float] = field(default_factory=dict)

    def of(self, shipped: float, features: Mapping[str, float]) -> float:
        """The log-odds of something with the features.

        >>> Odds(0.5, 2.0, {"hedged": -1.0}).of(1.0, {"hedged": 1.0, "new": 1.0})
        1.5
        """
        known = self.weights
        added = sum(known[name] * value for name, value in features.items() if name in known)
        return self.bias + self.slope * shipped + added


@dataclass(frozen=True, slots=True)
class Lesson:
    """What is laid over the judge and the reader of ``profile``.

    ``stands`` weighs whether a position is one, which stands from the chance ``keep`` on; None
    where that stays as it ships. ``score`` weighs whether a claim is accepted as it is.
    ``corrections`` are added to the reader's scores of the stances, by their names; empty where
    these stay as they ship, else only for the reader ``reader_sha256``.
    ``made`` and ``figures`` say what it was learned of and how well it does on left-out articles.
    """

    profile: str
    score: Odds
    stands: Odds | None = None
    keep: float = 0.0
    corrections: Mapping[str, tuple[float, ...]] = field(default_factory=dict)
    reader_sha256: str | None = None
    made: Mapping[str, Any] = field(default_factory=dict)
    figures: Mapping[str, Any] = field(default_factory=dict)

    def is_for(self, profile: str, reader_sha256: str | None) -> bool:
        """Whether it speaks of the profile, and of the reader if it corrects one."""
        same = not self.corrections or self.reader_sha256 == reader_sha256
        return self.profile == profile and same


def learned_file(folders: tuple[Path, ...]) -> Path | None:
    """The file of the last folder that has one; None where nothing was learned."""
    found = [folder / FILE for folder in folders if os.path.lexists(folder / FILE)]
    return found[-1] if found else None


def read_lesson(folders: tuple[Path, ...]) -> Lesson | None:
    """What was learned; None where nothing was.

    Raises:
        LexiconError: the file is damaged or was changed by hand.
    """
    path = learned_file(folders)
    if path is None:
        return None
    data = read_yaml(path)
    refuse_unknown(data, _KEYS, path)
    try:
        lesson = _from(data)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise _damaged(path, f"it is no lesson ({error!r:.80})") from error
    if data.get("sha256") != digest(lesson) or data.get("format") != FORMAT:
        raise _damaged(path, "its numbers are not those that were written")
    return lesson


def _damaged(path: Path, what: str) -> LexiconError:
    return LexiconError(
        f"{path}:1: {what}; write it anew with claims learn, or claims learn --reset"
    )


def _from(data: Mapping[str, Any]) -> Lesson:
    rows = _plain(data.get("reader") or {})
    if rows and sorted(rows) != sorted(_CORRECTIONS):
        raise ValueError(f"reader must have {', '.join(_CORRECTIONS)}")
    return Lesson(
        profile=str(data["profile"]),
        score=_odds(data["score"]),
        stands=_odds(data["stands"]) if data.get("stands") is not None else None,
        keep=float(data["keep"]),
        corrections={name: tuple(map(float, row.split())) for name, row in rows.items()},
        reader_sha256=data.get("reader_sha256"),
        made=_plain(data["made"]),
        figures=_plain(data["figures"]),
    )


def _odds(data: Mapping[str, Any]) -> Odds:
    weights = {str(name): float(value) for name, value in _plain(data["weights"]).items()}
    return Odds(float(data["bias"]), float(data["slope"]), weights)


def _plain(data: Any) -> dict[str, Any]:
    return {key: value for key, value in data.items() if key != LINE}


def to_record(lesson: Lesson) -> dict[str, Any]:
    """The lesson as the file has it, but for its hash."""
    parts = {"stands": lesson.stands, "score": lesson.score}
    return {
        "format": FORMAT,
        "profile": lesson.profile,
        "reader_sha256": lesson.reader_sha256,
        "made": dict(lesson.made),
        "figures": dict(lesson.figures),
        "keep": lesson.keep,
        **{name: None if odds is None else _record(odds) for name, odds in parts.items()},
        "reader": {
            name: " ".join(f"{value:g}" for value in row)
            for name, row in lesson.corrections.items()
        },
    }


def _record(odds: Odds) -> dict[str, Any]:
    return {"bias": odds.bias, "slope": odds.slope, "weights": dict(sorted(odds.weights.items()))}


def digest(lesson: Lesson) -> str:
    """The SHA-256 of all that the lesson says."""
    told = json.dumps(to_record(lesson), sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(told.encode()).hexdigest()
