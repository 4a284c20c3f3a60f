"""Readings of readers that did not see what they read, in the files of ``training.oof``."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.errors import SettingError
from pipeline.extraction.propose.reader import Holding, Reading
from training.folds import PAIR

if TYPE_CHECKING:
    from spacy.tokens import Doc

LEAST_READING = 0.2
"""The chance of a cue from which a reading counts."""


@dataclass(frozen=True)
class ReadArticle:
    """What a reader saw in an article; ``tokens`` is the digest of the tokens that it counted.

    Files that were written without a digest have None.
    """

    tokens: str | None
    readings: tuple[Reading, ...]


@dataclass(frozen=True)
class _Row:
    article: str
    without: str | None
    tokens: str | None
    reading: Reading | None


def digest_of(doc: Doc) -> str:
    """Sixteen digits that tell one cutting of a text into tokens from another."""
    places = json.dumps([(token.idx, len(token)) for token in doc])
    return hashlib.sha256(places.encode()).hexdigest()[:16]


def to_records(
    article: str, without: str, doc: Doc, readings: Iterable[Reading]
) -> Iterator[dict[str, Any]]:
    """The lines of an article: that it was read, and each reading in its tokens.

    ``without`` names the fold or folds that the reader did not see.
    """
    head = {"article": article, "without": without}
    yield {**head, "tokens": digest_of(doc), "reading": None}
    yield from ({**head, "reading": asdict(one)} for one in readings)


def read_readings(path: Path, folds: Mapping[str, object]) -> dict[str, ReadArticle]:
    """What was read in each article; ``folds`` has the fold of each, or the name of its reader.

    Raises:
        SettingError: an article was read by a reader that may have seen it; files that do not
            name the readers are trusted.

    """
    found: defaultdict[str, list[_Row]] = defaultdict(list)
    for row in _rows(path):
        if row.article in folds:
            if row.without not in (None, str(folds[row.article])):
                raise _saw(path, row, folds[row.article])
            found[row.article].append(row)
    return {article: _read(rows) for article, rows in found.items()}


def read_inner(path: Path, folds: Mapping[str, int]) -> dict[int, dict[str, ReadArticle]]:
    """For each fold what was read in the other folds' articles by readers that saw neither.

    Raises:
        SettingError: a reader may have seen the article, or did not leave out two folds.

    """
    found: dict[int, defaultdict[str, list[_Row]]] = {}
    for row in _rows(path):
        if row.article in folds:
            hidden = {int(one) for one in (row.without or "").split(PAIR) if one.isdecimal()}
            if len(hidden) != 2 or folds[row.article] not in hidden:
                raise _saw(path, row, folds[row.article])
            (outer,) = hidden - {folds[row.article]}
            found.setdefault(outer, defaultdict(list))[row.article].append(row)
    return {
        outer: {article: _read(rows) for article, rows in own.items()}
        for outer, own in found.items()
    }


def _read(rows: Iterable[_Row]) -> ReadArticle:
    kept = list(rows)
    return ReadArticle(
        tokens=next((row.tokens for row in kept if row.tokens), None),
        readings=tuple(
            row.reading
            for row in kept
            if row.reading is not None and row.reading.cue_chance >= LEAST_READING
        ),
    )


def _saw(path: Path, row: _Row, fold: object) -> SettingError:
    return SettingError(
        f"{path}: {row.article!r} of fold {fold} was read by the reader without {row.without!r}, "
        "which may know it; write the file anew with python -m training.oof"
    )


def _rows(path: Path) -> Iterator[_Row]:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise SettingError(f"{path}: cannot be read ({error.strerror})") from error
    for number, line in enumerate(lines, start=1):
        try:
            row = json.loads(line)
            yield _Row(
                row["article"], row.get("without"), row.get("tokens"), _reading(row["reading"])
            )
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise SettingError(
                f"{path}:{number}: no reading stands there ({error!r}); "
                "write the file with python -m training.oof"
            ) from error


def _reading(one: dict[str, Any] | None) -> Reading | None:
    """The reading of a line; None where the line says that the article was read."""
    if one is None:
        return None
    pairs: dict[str, Any] = {key: tuple(one[key]) for key in ("cue", "stances")}
    for key in ("target", "attribution"):
        pairs[key] = tuple(one[key]) if one[key] else None
    holders = tuple(Holding(*_values(holder)) for holder in one["holders"])
    return Reading(**{**one, **pairs, "holders": holders})


def _values(holder: dict[str, Any] | list[Any]) -> list[Any]:
    return list(holder.values()) if isinstance(holder, dict) else holder
