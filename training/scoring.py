"""Fits the scores of ``fast``: ``python -m training.scoring ARTICLES.jsonl [--write FILE]``.

The claims of the rules in annotated articles are right or not; the weights of ``judge.yaml`` are
the ridge regression of that on the judge's features, so that a score is a share of right claims.
Printed is how well scores do by cross-validation over articles; ``--write`` puts the weights of
all articles into the file, whose sentences and order stay.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np

from pipeline.evaluation.evaluate import evaluate_extractions
from pipeline.extraction.build import build_language
from pipeline.extraction.extract import extract_articles
from pipeline.extraction.judge import FEATURES, Weight, Weights, describe_claim, measure
from pipeline.files import write_text_atomically
from pipeline.jsonl import read_extractions
from pipeline.learning.calibration import expected_error, ranking
from pipeline.learning.split import FOLDS
from pipeline.lexicon.cues import Cue, read_cues
from pipeline.lexicon.folder import models_folders
from pipeline.records import Article, Claim, Extraction
from training.folds import split_folds

PENALTY = 3.0
LEAST, MOST = 0.05, 0.95
BANDS = tuple(round(0.1 * number, 1) for number in range(1, 11))


@dataclass(frozen=True, slots=True)
class Judged:
    """A claim of an article: its features, its score as it ships, and whether it is right."""

    article: str
    features: Mapping[str, float]
    score: float
    right: bool


def judge_articles(
    gold: Sequence[Extraction], predicted: Iterable[Extraction], cues: Mapping[str, Cue]
) -> list[Judged]:
    """Every claim that the rules make in the annotated articles."""
    return [
        Judged(
            result.article, _features(claim, cues), claim.score, number in result.alignment.right
        )
        for result in evaluate_extractions(gold, predicted, samples=1).articles
        for number, claim in enumerate(result.alignment.predicted.claims)
    ]


def _features(claim: Claim, cues: Mapping[str, Cue]) -> Mapping[str, float]:
    entry = cues.get(claim.evidence.cue or "") if claim.evidence is not None else None
    return measure(describe_claim(claim, entry))


def fit_weights(judged: Sequence[Judged]) -> Weights:
    """Where scores begin and what each feature adds, to two digits."""
    table = np.array([[1.0, *(one.features[name] for name in FEATURES)] for one in judged])
    rights = np.array([float(one.right) for one in judged])
    drawn = np.diag([0.01, *([PENALTY] * len(FEATURES))])
    best, *found = np.linalg.solve(table.T @ table + drawn, table.T @ rights).round(2).tolist()
    pairs = zip(FEATURES, found, strict=True)
    return Weights(best, LEAST, MOST, {name: Weight(name, value, "") for name, value in pairs})


def score(weights: Weights, features: Mapping[str, float]) -> float:
    """The score of a claim with these features."""
    added = sum(features[name] * one.weight for name, one in weights.weights.items())
    return round(min(max(weights.best + added, weights.least), weights.most), 2)


def cross_validate(judged: Sequence[Judged], folds: Mapping[str, int]) -> list[tuple[float, bool]]:
    """The score of each claim by weights that were fitted without its article's fold."""
    found = []
    for fold in range(FOLDS):
        weights = fit_weights([one for one in judged if folds[one.article] != fold])
        own = (one for one in judged if folds[one.article] == fold)
        found += [(score(weights, one.features), one.right) for one in own]
    return found


def report(name: str, pairs: Sequence[tuple[float, bool]]) -> str:
    """The calibration error, the ranking, and the share of right claims in each band of scores."""
    shares = []
    for low, high in pairwise(BANDS):
        inside = [right for value, right in pairs if low <= value < high]
        if inside:
            shares.append(f"{low:g}–{high:g}: {sum(inside) / len(inside):.2f} of {len(inside)}")
    figures = f"ECE {expected_error(pairs):.3f} · AUC {ranking(pairs) or 0.0:.3f}"
    return f"{name}: {figures} · {', '.join(shares)}"


def write_weights(path: Path, weights: Weights) -> None:
    """Put the numbers into the file; its sentences, comments and order stay."""
    feature, lines = "", []
    for line in path.read_text(encoding="utf-8").splitlines():
        key, _, value = line.strip().partition(":")
        if key == "- feature":
            feature = value.strip()
        if key == "best":
            line = f"best: {weights.best:g}"
        elif key == "weight":
            line = f"{line.partition(':')[0]}: {weights.weights[feature].weight:g}"
        lines.append(line)
    write_text_atomically(path, "\n".join(lines) + "\n")


def main() -> None:
    """Reads the options, prints the figures and writes the weights."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("articles", type=Path)
    asked.add_argument("--write", type=Path, help="the file of the weights, judge.yaml")
    options = asked.parse_args()
    gold = tuple(read_extractions(options.articles))
    articles = [Article(one.article, one.text, one.metadata) for one in gold]
    predicted = extract_articles(build_language(profile="fast"), articles)
    cues = {cue.id: cue for cue in read_cues(models_folders(None))}
    judged = judge_articles(gold, predicted, cues)
    folds = split_folds({one.article: one.text for one in gold})
    print(report("as it ships", [(one.score, one.right) for one in judged]))
    print(report("out of fold", cross_validate(judged, folds)))
    if options.write:
        write_weights(options.write, fit_weights(judged))


if __name__ == "__main__":
    main()
