"""What decided articles teach, tried on articles left out: it is taken only where it is better."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from pipeline.evaluation.bootstrap import find_interval
from pipeline.evaluation.evaluate import evaluate_extractions
from pipeline.evaluation.scores import Counts
from pipeline.extraction.judge import Opinion, TaughtJudge, Weighing
from pipeline.learning.calibration import Judged, expected_error
from pipeline.learning.split import fold_of
from pipeline.lexicon.lesson import Lesson
from pipeline.lexicon.settings import FULL
from pipeline.teaching.fitting import fit_odds, fit_tuning
from pipeline.teaching.rows import Table, Told, all_rows, tell_claims
from pipeline.teaching.study import Studied, Study, claims_of, sentences_in

KEEPS = (0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5)
"""The chances from which a position may stand."""
_SAMPLES = 500
MARGIN = 0.003
"""So much better F1 must be for what stands to change."""

Weighed = Sequence[tuple[Opinion, ...]]


@dataclass(frozen=True, slots=True)
class Tried:
    """How well something does on left-out articles: the counts of each, and the scored claims."""

    counts: tuple[Counts, ...]
    scored: tuple[Judged, ...]

    @property
    def f1(self) -> float:
        """F1 of claims with their stance, over all articles."""
        return sum(self.counts, Counts()).f1

    @property
    def error(self) -> float:
        """The expected calibration error of the scores."""
        return expected_error(self.scored)

    @property
    def loss(self) -> float:
        """The mean log loss of the scores."""
        chances = np.clip([one for one, _ in self.scored], 0.01, 0.99)
        right = np.array([one for _, one in self.scored], dtype=bool)
        return float(-np.log(np.where(right, chances, 1 - chances)).mean())


@dataclass(frozen=True, slots=True)
class Learned:
    """A lesson with what was tried: as it ships, and as it was learned; None where it is no better.

    ``interval`` is that of the difference of F1, over articles drawn again and again.
    """

    lesson: Lesson | None
    before: Tried
    after: Tried
    interval: tuple[float, float]


def learn(studied: Sequence[Studied], study: Study, profile: str) -> Learned:
    """What the articles teach; there must be articles in two folds at least."""
    weighed = [study.weigh(one) for one in studied]
    before = _try(studied, weighed, [study.judge] * len(studied))
    ways = [_Way(weighed, None)]
    if profile == FULL:
        rows = all_rows(studied, study)
        ways.append(_Way(_weigh_left_out(studied, study, *rows), rows))
    found = [one for way in ways for one in _lessons(studied, study, way, profile)]
    scores_alone, *others = found
    best = max(others, key=lambda one: (one.after.f1, -one.after.loss))
    if best.after.f1 >= before.f1 + MARGIN:
        return Learned(_whole(best), before, best.after, _interval(before, best.after))
    after = scores_alone.after
    lesson = scores_alone.lesson if after.loss < before.loss else None
    return Learned(lesson, before, after, _interval(before, after))


@dataclass(frozen=True, slots=True)
class _Way:
    """Opinions on articles by a reader that did not learn of them; ``rows`` are what it learns."""

    weighed: Weighed
    rows: tuple[Sequence[Table], Sequence[Table]] | None


@dataclass(frozen=True, slots=True)
class _Candidate:
    lesson: Lesson
    after: Tried
    way: _Way


def _lessons(studied: Sequence[Studied], study: Study, way: _Way, profile: str) -> list[_Candidate]:
    """First one that changes scores alone, then one for each chance from which positions stand."""
    told = [
        tell_claims(one, opinions, study.judge)
        for one, opinions in zip(studied, way.weighed, strict=True)
    ]
    folds = [fold_of(one.decided.gold.article) for one in studied]
    parts = {
        fold: _part([one for one, own in zip(told, folds, strict=True) if own != fold], profile)
        for fold in sorted(set(folds))
    }
    whole, found = _part(told, profile), []
    for keep in (None, 0.0, *KEEPS):
        judges = [TaughtJudge(study.judge, _with(parts[fold], keep)) for fold in folds]
        taught = [
            tuple(map(judge.teach, opinions))
            for judge, opinions in zip(judges, way.weighed, strict=True)
        ]
        found.append(_Candidate(_with(whole, keep), _try(studied, taught, judges), way))
    return found


def _with(lesson: Lesson, keep: float | None) -> Lesson:
    """The lesson that lets positions stand from a chance on; None leaves that as it ships."""
    return replace(lesson, stands=None) if keep is None else replace(lesson, keep=keep)


def _part(told: Sequence[Sequence[Told]], profile: str) -> Lesson:
    return Lesson(profile, fit_odds(told, stands=False), fit_odds(told, stands=True))


def _whole(best: _Candidate) -> Lesson:
    """The lesson of all articles, with corrections of the reader where it was read with them."""
    if best.way.rows is None:
        return best.lesson
    return replace(best.lesson, corrections=fit_tuning(*best.way.rows).corrections())


def _weigh_left_out(
    studied: Sequence[Studied], study: Study, words: Sequence[Table], stances: Sequence[Table]
) -> Weighed:
    """The opinions on each article with the reader corrected by the other folds."""
    folds = [fold_of(one.decided.gold.article) for one in studied]
    tunings = {}
    for fold in sorted(set(folds)):
        others = [number for number, own in enumerate(folds) if own != fold]
        tunings[fold] = fit_tuning([words[n] for n in others], [stances[n] for n in others])
    return [study.weigh(one, tunings[fold]) for one, fold in zip(studied, folds, strict=True)]


def _try(studied: Sequence[Studied], weighed: Weighed, judges: Sequence[Weighing]) -> Tried:
    """How well the claims do that come of each article's opinions."""
    predicted = [
        replace(
            one.decided.gold,
            claims=claims_of(one, opinions, judge),
            sentences=sentences_in(one.scene.doc),
        )
        for one, opinions, judge in zip(studied, weighed, judges, strict=True)
    ]
    results = evaluate_extractions(
        (one.decided.gold for one in studied), predicted, samples=1
    ).articles
    scored = (
        (claim.score, number in one.alignment.right)
        for one in results
        for number, claim in enumerate(one.alignment.predicted.claims)
    )
    return Tried(tuple(one.scores.claims_stance for one in results), tuple(scored))


def _interval(before: Tried, after: Tried) -> tuple[float, float]:
    def gain(numbers: Sequence[int]) -> float:
        drawn = ([one.counts[n] for n in numbers] for one in (after, before))
        now, then = (sum(counts, Counts()).f1 for counts in drawn)
        return now - then

    found = find_interval(len(before.counts), lambda numbers: gain(list(numbers)), samples=_SAMPLES)
    return found.low, found.high
