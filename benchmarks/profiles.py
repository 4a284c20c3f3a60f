"""The sets that are measured in both profiles: annotated articles, gold, PolNeAR, minimal pairs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.attributions import count_polnear, score_polnear
from benchmarks.claim_figures import (
    CLAIMS,
    UNREAD,
    Parts,
    Results,
    compare,
    named,
    part_by_genre,
    part_by_half,
    score_claims,
    score_mentions,
)
from benchmarks.figures import ALL, Figure
from benchmarks.kept import FOLDER, Store, digest_code, take_up
from benchmarks.out_of_fold import WHOLE, Corpus, Point, extract_unseen
from benchmarks.pair_figures import read_pairs, score_pairs, try_pairs
from benchmarks.sets import read_polnear
from benchmarks.yardstick import Yardstick, read_yardstick
from pipeline.evaluation.scores import Counts
from pipeline.extraction.build import build_language
from pipeline.extraction.extract import extract_articles
from pipeline.jsonl import from_json, to_json
from pipeline.lexicon.settings import FULL
from pipeline.records import Article, Extraction

if TYPE_CHECKING:
    from spacy.language import Language

SHARES = (25.0, 50.0)
"""The points of the learning curve beside the whole, in percent of the articles."""


@dataclass(frozen=True)
class Asked:
    """What is measured: own lexicons, how many texts, and the readings of who saw none of them.

    ``curve`` has the readings of readers that were trained on so many percent of the articles;
    ``kept`` is where results lie for the next run.
    """

    models: Path | None = None
    limit: int | None = None
    readings: Path | None = None
    inner: Path | None = None
    curve: Mapping[float, Path] = field(default_factory=dict)
    kept: Path = FOLDER
    yardstick: Yardstick = field(default_factory=read_yardstick)

    def store(self, name: str, profile: str, files: tuple[Path, ...] = ()) -> Store:
        """Where the results of one set and profile lie."""
        return Store(f"{name}-{profile}", digest_code(profile, self.models, files), self.kept)

    def load(self, profile: str) -> Language:
        """The language of a profile, loaded once, when a text is not known from an earlier run."""
        return _load(profile, self.models)


@cache
def _load(profile: str, models: Path | None) -> Language:
    return build_language(models=models, profile=profile)


def score_gold(asked: Asked, gold: Sequence[Extraction], profile: str) -> list[Figure]:
    """The figures of the gold articles, mentions too."""
    results = compare(gold, _extract(asked, "gold", gold, profile))
    parts = {ALL: results, **part_by_genre(results, asked.yardstick)}
    figures = (*score_mentions(results), *score_claims(parts, asked.yardstick))
    return list(named(figures, "gold", profile))


def score_annotated(asked: Asked, corpus: Corpus, profile: str) -> list[Figure]:
    """The figures of the annotated articles, whole, unread half and genres; `full` out of fold.

    None where the profile learned from the articles and no readings of others are given.
    """
    if profile == FULL:
        if asked.readings is None:
            return []
        point = Point(asked.readings, inner=asked.inner)
        name = "inner" if asked.inner else "claims"
        predicted = _extract_unseen(asked, name, corpus, point)
    else:
        predicted = _extract(asked, "claims", corpus.gold, profile)
    results = compare(corpus.gold, predicted)
    figures = score_claims(_parts(results, asked.yardstick), asked.yardstick)
    return list(named(figures, "claims", profile))


def _parts(results: Results, yardstick: Yardstick) -> Parts:
    return {**part_by_half(results), **part_by_genre(results, yardstick)}


def _extract(asked: Asked, name: str, gold: Sequence[Extraction], profile: str) -> list[Extraction]:
    def make(wanted: Sequence[Extraction]) -> Iterator[object]:
        articles = (Article(one.article, one.text, one.metadata) for one in wanted)
        return map(to_json, extract_articles(asked.load(profile), articles))

    kept = take_up(asked.store(name, profile), gold, _key, make)
    return [from_json(value) for value in kept]


def _extract_unseen(asked: Asked, name: str, corpus: Corpus, point: Point) -> list[Extraction]:
    """The claims of all articles at once: they are judged by what is known of each other."""
    store = asked.store(name, FULL, point.files)

    def make(_: Sequence[Corpus]) -> Iterator[list[object]]:
        yield [to_json(one) for one in extract_unseen(corpus, point)]

    def key(whole: Corpus) -> object:
        return [point.percent, [_key(one) for one in whole.gold]]

    (found,) = take_up(store, [corpus], key, make)
    return [from_json(value) for value in found]


def _key(one: Extraction) -> object:
    """What the extraction of an article depends on beside the code."""
    return [one.article, one.text, sorted((key, str(one.metadata[key])) for key in one.metadata)]


def points_of(asked: Asked) -> dict[str, Point]:
    """Who reads and judges at each point of the learning curve, by its name.

    Where no readings are given of a share, its judge alone is fitted on so few articles.
    """
    points = {}
    for percent in sorted({*SHARES, *asked.curve}):
        own = asked.curve.get(percent, asked.readings)
        alone = "" if percent in asked.curve else ", judge alone"
        if own is not None:
            points[f"{percent:g} %{alone}"] = Point(own, percent)
    if asked.readings is not None:
        points[f"{WHOLE:g} %"] = Point(asked.readings)
    return points


def score_curve(asked: Asked, corpus: Corpus, fast: Iterable[Figure]) -> list[Figure]:
    """The learning curve of ``full``; ``fast`` learns nothing and stays at its own figures."""
    still = {(one.name, one.part): one for one in fast}
    found = []
    for label, point in points_of(asked).items():
        name = "claims" if point.percent == WHOLE else f"curve-{point.percent:g}"
        results = compare(corpus.gold, _extract_unseen(asked, name, corpus, point))
        for one in score_claims(part_by_half(results), asked.yardstick, score=False):
            flat = still.get((one.name, one.part))
            both = (replace(one, profile=FULL), *([flat] if flat else []))
            part = f"{label}, {one.part}"
            found += [replace(figure, set="curve", part=part) for figure in both]
    kept = [one for one in found if one.name in CLAIMS]
    order = list(CLAIMS)
    return sorted(kept, key=lambda one: (order.index(one.name), one.part.endswith(UNREAD)))


def score_attributions(asked: Asked, path: Path, profile: str) -> list[Figure]:
    """The figures of PolNeAR's articles."""
    items = list(read_polnear(path, asked.limit))

    def make(wanted: Sequence[Any]) -> Iterator[object]:
        for counts in count_polnear(asked.load(profile), wanted):
            yield {name: astuple(one) for name, one in counts.items()}

    kept = take_up(asked.store("polnear", profile), items, lambda one: [one.id, repr(one)], make)
    counted = [{name: Counts(*counts) for name, counts in one.items()} for one in kept]
    return list(score_polnear(counted, profile))


def score_minimal_pairs(asked: Asked, profile: str) -> list[Figure]:
    """The figures of the minimal pairs."""
    pairs = read_pairs(asked.limit)
    store = asked.store("pairs", profile)
    outcomes = take_up(store, pairs, repr, lambda own: try_pairs(asked.load(profile), own))
    return list(score_pairs(outcomes, profile))
