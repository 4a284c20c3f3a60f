"""Readers of the development sets, each an iterator of items with an id and a text.

The texts are not part of the repository. Their folder is named by ``--texts`` or the environment
variable ``DEV_TEXTS``; by default it is ``../shared/dev`` beside the checkout.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from pipeline.errors import SettingError
from pipeline.records import Span

_CHECKOUT = Path(__file__).resolve().parents[1]
FILES = {
    "claims": "claims/train.jsonl",
    "gold": "gold/dev.jsonl",
    "polnear": "polnear/dev.jsonl",
    "plv": "plv/train.jsonl",
    "seesaw": "seesaw/valid.jsonl",
    "re3d": "re3d/entities.jsonl",
    "crossner": "crossner-politics/dev.jsonl",
    "ungdc": "ungdc/speeches.jsonl",
}
Row = dict[str, object]
Item = TypeVar("Item")
Pieces = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Attribution:
    """A source, cue and content, each of one or more pieces; ``source`` may have none."""

    source: Pieces
    cue: Pieces
    content: Pieces


@dataclass(frozen=True, slots=True)
class AttributedText:
    """A news article with its attributions (PolNeAR)."""

    id: str
    text: str
    attributions: tuple[Attribution, ...]


@dataclass(frozen=True, slots=True)
class EventText:
    """A sentence with source and target given; ``source`` is empty where nobody is named (PLV)."""

    id: str
    text: str
    source: Pieces
    target: Pieces
    cooperates: bool


@dataclass(frozen=True, slots=True)
class NamedStance:
    """One sentence's directed stance between two canonical names (SEESAW)."""

    sentence: Span
    source: str
    target: str
    positive: bool


@dataclass(frozen=True, slots=True)
class StanceText:
    """A news article with the stances between its entities, ``stances`` only those of two names."""

    id: str
    text: str
    stances: tuple[NamedStance, ...]


@dataclass(frozen=True, slots=True)
class EntityText:
    """A text with labelled entity spans (re3d, CrossNER)."""

    id: str
    text: str
    entities: tuple[tuple[Span, str], ...]


@dataclass(frozen=True, slots=True)
class PlainText:
    """A text with nothing marked (UN General Debate)."""

    id: str
    text: str


def find_texts(folder: Path | None = None) -> Path:
    """The folder of the development sets.

    Raises:
        SettingError: there is none; the message says how to name it.
    """
    named = folder or os.environ.get("DEV_TEXTS")
    path = Path(named) if named else _CHECKOUT.parent / "shared" / "dev"
    if not path.is_dir():
        raise SettingError(
            f"there is no folder of development texts at {str(path)!r}; "
            "name it with --texts FOLDER or the environment variable DEV_TEXTS"
        )
    return path


def read_rows(path: Path, limit: int | None = None) -> Iterator[Row]:
    """The objects of a JSON-lines file; with ``limit``, so many, spread evenly over the file.

    Some sets are sorted by class or source, so that their first lines stand for nothing.
    """
    with path.open(encoding="utf-8") as stream:
        lines = [line for line in stream if line.strip()]
    yield from map(json.loads, spread(lines, limit))


def spread(items: Sequence[Item], limit: int | None) -> list[Item]:
    """All items, or so many of them, spread evenly over all.

    >>> spread("abcdef", 3)
    ['a', 'c', 'e']
    """
    count = len(items) if limit is None else max(0, min(limit, len(items)))
    return [items[number * len(items) // count] for number in range(count)]


def read_polnear(path: Path, limit: int | None = None) -> Iterator[AttributedText]:
    """PolNeAR's articles."""
    for row in read_rows(path, limit):
        attributions = tuple(
            Attribution(*(_pieces(item[role]) for role in ("source", "cue", "content")))
            for item in read_list(row["attributions"])
        )
        yield AttributedText(str(row["id"]), str(row["text"]), attributions)


def read_plv(path: Path, limit: int | None = None) -> Iterator[EventText]:
    """PLV's sentences, quad classes 1 and 2 read as cooperation, 3 and 4 as conflict."""
    for number, row in enumerate(read_rows(path, limit)):
        yield EventText(
            id=f"plv-{number}",
            text=str(row["text"]),
            source=_pieces(row["source_spans"]),
            target=_pieces(row["target_spans"]),
            cooperates=str(row["gold_penta"]) in ("1", "2"),
        )


def read_seesaw(path: Path, limit: int | None = None) -> Iterator[StanceText]:
    """SEESAW's articles; stances of nobody or to something outside its list are left out."""
    for row in read_rows(path, limit):
        names = {str(entity["name"]) for entity in read_list(row["entities"])}
        stances = tuple(
            NamedStance(
                sentence=Span(*item["span"]),
                source=item["source"],
                target=item["target"],
                positive=item["polarity"] == "POS",
            )
            for item in read_list(row["stances"])
            if item["source"] in names and item["target"] in names
        )
        yield StanceText(str(row["id"]), str(row["text"]), stances)


def read_entities(path: Path, limit: int | None = None) -> Iterator[EntityText]:
    """The texts of re3d or CrossNER with every labelled span."""
    for row in read_rows(path, limit):
        entities = tuple(
            (Span(start, end), str(label)) for start, end, label in read_list(row["entities"])
        )
        yield EntityText(str(row["id"]), str(row["text"]), entities)


def read_speeches(path: Path, limit: int | None = None) -> Iterator[PlainText]:
    """The UN General Debate speeches."""
    for row in read_rows(path, limit):
        yield PlainText(str(row["article"]), str(row["text"]))


def read_list(value: object) -> list:  # type: ignore[type-arg]
    """The value, which must be a list.

    Raises:
        SettingError: it is none.
    """
    if not isinstance(value, list):
        raise SettingError(f"expected a list in the development set, found {type(value).__name__}")
    return value


def _pieces(value: object) -> Pieces:
    return tuple(Span(start, end) for start, end in read_list(value))
