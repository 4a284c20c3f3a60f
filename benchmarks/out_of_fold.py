"""What the profile ``full`` says of annotated articles that neither its reader nor its judge saw.

The readings are of ``training.oof``; the judge of a fold is fitted on the other folds' articles.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from benchmarks.kept import told
from pipeline.extraction.judge import read_odds
from pipeline.language.segment import sentences_of
from pipeline.lexicon.folder import models_folders
from pipeline.records import Extraction
from training.folds import split_folds
from training.judging import cross_validate, extract
from training.positions import Article as Annotated
from training.positions import Parsed, add_readings, inner_articles, parse_articles
from training.readings import read_inner, read_readings

WHOLE = 100.0
"""The share of the articles, in percent, that the readers are usually trained on."""


@dataclass(frozen=True, slots=True)
class Point:
    """Who reads and judges: readings, and which percent of the articles the judge is fitted on.

    ``inner`` are readings of pairs of folds, which the judge is fitted on where they are given.
    """

    readings: Path
    percent: float = WHOLE
    inner: Path | None = None

    @property
    def files(self) -> tuple[Path, ...]:
        """The files that it rests on."""
        return (self.readings, self.inner) if self.inner else (self.readings,)


@dataclass(frozen=True)
class Corpus:
    """Annotated articles with the fold of each, by what all articles of the file share.

    They are parsed once, when they are first asked for, and joined with a file's readings once;
    ``models`` is an own lexicon folder.
    """

    gold: Sequence[Extraction]
    folds: Mapping[str, int]
    models: Path | None = None
    _parsed: list[Parsed] = field(default_factory=list)
    _read: dict[Path, list[Annotated]] = field(default_factory=dict)

    def parse(self) -> Sequence[Parsed]:
        """The parsed articles."""
        if not self._parsed:
            parsed = parse_articles(self.gold, self.models)
            self._parsed.extend(told("parsed", parsed, len(self.gold)))
        return self._parsed

    def read(self, readings: Path) -> Sequence[Annotated]:
        """The articles with the positions of the rules and of a file's readings."""
        if readings not in self._read:
            known = read_readings(readings, self.folds)
            self._read[readings] = add_readings(self.parse(), known)
        return self._read[readings]


def build_corpus(
    every: Sequence[Extraction], gold: Sequence[Extraction], models: Path | None = None
) -> Corpus:
    """The articles ``gold`` in the folds that they have among ``every``."""
    return Corpus(gold, split_folds({one.article: one.text for one in every}), models)


def check_readings(corpus: Corpus, points: Iterable[Point]) -> None:
    """Make sure before any work that the files hold readings by who did not see the articles.

    Raises:
        SettingError: one does not.
    """
    for point in points:
        read_readings(point.readings, corpus.folds)
        if point.inner is not None:
            read_inner(point.inner, corpus.folds)


def extract_unseen(corpus: Corpus, point: Point) -> Iterator[Extraction]:
    """Each article with the claims that stand by who did not see it.

    Raises:
        SettingError: the readings are of readers that may have seen it, or it has none.
    """
    articles = corpus.read(point.readings)
    inner = read_inner(point.inner, corpus.folds) if point.inner else None
    known = None if inner is None else partial(inner_articles, corpus.parse(), corpus.folds, inner)
    keep = read_odds(models_folders(corpus.models)).keep
    opinions = cross_validate(
        articles, keep, corpus.folds, inner=known, share=point.percent / WHOLE
    )
    for one in articles:
        claims = extract(one, opinions[one.gold.article])
        sentences = sentences_of(one.scene.doc)
        yield replace(one.gold, mentions=(), claims=claims, sentences=sentences)
