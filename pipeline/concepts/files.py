"""The concepts under ``models/concepts/``, checked, each with its file and line.

A concept of the analyst's own folder takes the place of the packaged one with its id.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pipeline.concepts.lemmas import tokens_of
from pipeline.concepts.patterns import Pattern, read_pattern
from pipeline.errors import LexiconError
from pipeline.lexicon.folder import lexicon_files
from pipeline.lexicon.yaml_lines import (
    LINE,
    did_you_mean,
    read_any_yaml,
    read_words,
    read_yaml,
    refuse_unknown,
)

FOLDER = "concepts"
TURNS = "turns.yaml"
ID = re.compile(r"concept\.[a-z0-9]+(?:-[a-z0-9]+)*\.[a-z0-9]+(?:-[a-z0-9]+)*")
_LISTS = ("patterns", "turned", "examples", "turned_examples", "counterexamples")
_KEYS = ("id", "label", "note", *_LISTS)
_LONGEST_PATTERN = 200


@dataclass(frozen=True, slots=True)
class Concept:
    """What targets are about; ``place`` is its file and line.

    ``turned`` are patterns of its contrary: who supports "repeal of the levy" opposes the levy.
    ``examples`` and ``turned_examples`` are targets that it takes, ``counterexamples`` some that it
    does not.
    """

    id: str
    label: str
    patterns: tuple[Pattern, ...] = ()
    turned: tuple[Pattern, ...] = ()
    examples: tuple[str, ...] = ()
    turned_examples: tuple[str, ...] = ()
    counterexamples: tuple[str, ...] = ()
    place: str = field(default="", compare=False)


@dataclass(frozen=True)
class ConceptLexicon:
    """The concepts by their ids, and the words that turn a concept round or only lead to it."""

    concepts: Mapping[str, Concept] = field(default_factory=dict)
    turns: frozenset[str] = frozenset()
    light: frozenset[str] = frozenset()

    def find(self, identifier: str) -> Concept:
        """The concept of that id.

        Raises:
            LexiconError: there is none; the message has the nearest.
        """
        if identifier not in self.concepts:
            raise LexiconError(
                f"no concept {identifier!r}; {did_you_mean(identifier, self.concepts)}"
            )
        return self.concepts[identifier]


def read_concepts(folders: tuple[Path, ...]) -> ConceptLexicon:
    """The packaged concepts with the folders' own laid over them.

    Raises:
        LexiconError: beginning with ``file:line``: an unknown key, no id, label or pattern, a
            pattern in which nothing could match, an id that a folder has twice.
    """
    found: dict[str, Concept] = {}
    turns: set[str] = set()
    light: set[str] = set()
    for folder in folders:
        own: dict[str, Concept] = {}
        for path in concept_files((folder,)):
            for concept in read_concept_file(path):
                if concept.id in own:
                    raise LexiconError(
                        f"{concept.place}: the id {concept.id} stands already at "
                        f"{own[concept.id].place}; give this one another"
                    )
                own[concept.id] = concept
        # One's own concepts come first, so that they win over a packaged one with their pattern.
        found = {**own, **{key: one for key, one in found.items() if key not in own}}
        words = read_turns(folder / FOLDER / TURNS)
        turns |= words["turns"]
        light |= words["light"]
    return ConceptLexicon(found, frozenset(turns), frozenset(light))


def concept_files(folders: tuple[Path, ...]) -> Iterator[Path]:
    """The files that hold concepts, in a fixed order."""
    for path in lexicon_files(folders, FOLDER):
        if path.suffix == ".yaml" and path.name != TURNS:
            yield path


def read_concept_file(path: Path) -> Iterator[Concept]:
    """The concepts of one file.

    Raises:
        LexiconError: see ``read_concepts``.
    """
    rows = read_any_yaml(path)
    rows = [] if rows is None else rows
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise LexiconError(f"{path}:1: the file must be a list of concepts that begin with '- id:'")
    for row in rows:
        yield _build_concept(row, path)


def read_turns(path: Path) -> dict[str, frozenset[str]]:
    """The keys of the words in ``turns.yaml`` by its lists; empty ones where there is no file.

    Raises:
        LexiconError: another list stands there, or something else than words in one.
    """
    data = read_yaml(path) if path.is_file() else {}
    refuse_unknown(data, ("turns", "light"), path)
    return {
        name: frozenset(
            token.key
            for word in read_words(data.get(name) or [], name, path)
            for token in tokens_of(word)
        )
        for name in ("turns", "light")
    }


def _build_concept(row: dict[str, Any], path: Path) -> Concept:
    refuse_unknown(row, _KEYS, path)
    place = f"{path}:{row.get(LINE, 1)}"
    for key in ("id", "label"):
        if not isinstance(row.get(key), str) or not row[key].strip():
            raise LexiconError(f"{place}: the concept needs {key}, as text")
    if not ID.fullmatch(row["id"]):
        raise LexiconError(
            f"{place}: the id {row['id']!r:.80} must be concept.AREA.NAME in small letters, as "
            "concept.trade.sugar-levy"
        )
    lists = {name: _texts_of(row, name, place) for name in _LISTS}
    if not lists["patterns"] and not lists["turned"]:
        raise LexiconError(f"{place}: {row['id']} needs patterns, as a list of texts")
    return Concept(
        id=row["id"],
        label=" ".join(row["label"].split()),
        patterns=_patterns_of(lists["patterns"], row["id"], place),
        turned=_patterns_of(lists["turned"], row["id"], place),
        examples=lists["examples"],
        turned_examples=lists["turned_examples"],
        counterexamples=lists["counterexamples"],
        place=place,
    )


def _texts_of(row: dict[str, Any], name: str, place: str) -> tuple[str, ...]:
    values = row.get(name) or []
    if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
        raise LexiconError(f"{place}: {name} must be a list of texts; put quotes around NO, ON, 77")
    if any(not value.strip() for value in values):
        raise LexiconError(f"{place}: {name} of {row['id']} has an empty text; take it out")
    return tuple(values)


def _patterns_of(texts: Iterable[str], identifier: str, place: str) -> tuple[Pattern, ...]:
    found = []
    for text in texts:
        if len(text) > _LONGEST_PATTERN:
            raise LexiconError(f"{place}: a pattern of {identifier} is longer than 200 characters")
        try:
            found.append(read_pattern(text))
        except ValueError as error:
            raise LexiconError(f"{place}: the pattern {text!r} of {identifier} {error}") from None
    return tuple(found)
