"""What quality goes by, from ``quality.yaml``: genres, cues of what is said, aims."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from benchmarks.figures import Figure
from pipeline.lexicon.settings import PROFILES
from pipeline.lexicon.yaml_lines import read_yaml, refuse_unknown

FILE = Path(__file__).with_name("quality.yaml")
_GENRE_KEYS = ("genre", "ids", "sources")
_AIM_KEYS = ("set", "figure", "part", "most", *PROFILES)
_VOWELS = "aeiou"


@dataclass(frozen=True, slots=True)
class Genre:
    """A kind of text, and how the ids or sources of its articles begin."""

    name: str
    ids: tuple[str, ...]
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Aim:
    """What a figure of a set and part should be, by profile; at least, or at most."""

    set: str
    figure: str
    part: str
    at_most: bool
    of: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Yardstick:
    """Genres in the order that they are asked for, the forms of cues of what is said, and aims."""

    genres: tuple[Genre, ...]
    said: re.Pattern[str]
    aims: tuple[Aim, ...]

    def genre_of(self, article: str, metadata: Mapping[str, object]) -> str | None:
        """The genre of the first line that the article fits, None where it fits none."""
        source = str(metadata.get("source") or "")
        fitting = (
            genre.name
            for genre in self.genres
            if article.startswith(genre.ids) or source.startswith(genre.sources)
        )
        return next(fitting, None)

    def names(self) -> tuple[str, ...]:
        """The genres, each once, by the alphabet."""
        return tuple(sorted({genre.name for genre in self.genres}))

    def is_said(self, cue: str) -> bool:
        """Whether the words of a cue say, report, note or believe."""
        return self.said.search(cue.lower()) is not None

    def with_aims(self, figures: Iterable[Figure]) -> Iterator[Figure]:
        """The figures with the aims that are set for them."""
        aims = {(one.set, one.figure, one.part): one for one in self.aims}
        for figure in figures:
            aim = aims.get((figure.set, figure.name, figure.part))
            value = aim.of.get(figure.profile) if aim else None
            yield figure if aim is None else replace(figure, aim=value, at_most=aim.at_most)


def read_yardstick(path: Path = FILE) -> Yardstick:
    """The genres, cues and aims of the file.

    Raises:
        LexiconError: it cannot be read or has an unknown key.
    """
    data = read_yaml(path)
    refuse_unknown(data, ("genres", "said", "aims"), path)
    refuse_unknown(data["said"], ("lemmas", "forms"), path)
    lemmas = (form for lemma in data["said"]["lemmas"] for form in forms_of(lemma))
    forms = sorted({*lemmas, *data["said"]["forms"]}, key=len, reverse=True)
    return Yardstick(
        genres=tuple(_genre(row, path) for row in data["genres"]),
        said=re.compile(rf"\b(?:{'|'.join(map(re.escape, forms))})\b"),
        aims=tuple(_aim(row, path) for row in data["aims"]),
    )


def _genre(row: dict[str, Any], path: Path) -> Genre:
    refuse_unknown(row, _GENRE_KEYS, path)
    return Genre(row["genre"], tuple(row.get("ids", ())), tuple(row.get("sources", ())))


def _aim(row: dict[str, Any], path: Path) -> Aim:
    refuse_unknown(row, _AIM_KEYS, path)
    of = {profile: float(row[profile]) for profile in PROFILES if profile in row}
    return Aim(row["set"], row["figure"], row["part"], bool(row.get("most")), of)


def forms_of(lemma: str) -> tuple[str, ...]:
    """The regular forms of a verb.

    >>> forms_of("note"), forms_of("reply")[1:3]
    (('note', 'notes', 'noted', 'noting'), ('replies', 'replied'))
    """
    if lemma.endswith("e"):
        return lemma, f"{lemma}s", f"{lemma}d", f"{lemma[:-1]}ing"
    if lemma.endswith("y") and lemma[-2] not in _VOWELS:
        stem = lemma[:-1]
        return lemma, f"{stem}ies", f"{stem}ied", f"{lemma}ing"
    return lemma, f"{lemma}s", f"{lemma}ed", f"{lemma}ing"
