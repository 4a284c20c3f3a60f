"""What decided articles teach, tried on articles left out: it is taken only where it is better."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from pipeline.evaluation.bootstrap import find_interval
from pipeline.evaluation.evaluate import evaluate_extractions
from pipeline.evaluation.scores import Counts
from pipeline.extraction.judge import Opinion, TaughtJudge, Weighing
from pipeline.extraction.propose.reader import Tuning
from pipeline.learning.calibration import Judged, expected_error
from pipeline.learning.split import fold_of
from pipeline.lexicon.lesson import Lesson
from pipeline.teaching.fitting import fit_odds, fit_tuning, stance_loss
from pipeline.teaching.rows import Table, Told, stance_rows, tell_claims
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
    shipped = [study.weigh(one) for one in studied]
    before = _try(studied, shipped, [study.judge] * len(studied))
    tunings = _tunings(studied, study)
    folds = _folds(studied)
    weighed = shipped
    if tunings is not None:
        weighed = [
            study.weigh(one, tunings[fold]) for one, fold in zip(studied, folds, strict=True)
        ]
    scores_alone, *others = _lessons(studied, study, weighed, profile)
    best = max(others, key=lambda one: (one.after.f1, -one.after.loss))
    if best.after.f1 < before.f1 + MARGIN:
        if tunings is not None:
            scores_alone = _lessons(studied, study, shipped, profile, keeps=())[0]
        kept = scores_alone.lesson if scores_alone.after.loss < before.loss else None
        return Learned(kept, before, scores_alone.after, _interval(before, scores_alone.after))
    lesson = best.lesson
    if tunings is not None:
        lesson = replace(lesson, corrections=tunings[None].corrections())
    return Learned(lesson, before, best.after, _interval(before, best.after))


@dataclass(frozen=True, slots=True)
class _Candidate:
    lesson: Lesson
    after: Tried


def _folds(studied: Sequence[Studied]) -> list[int]:
    return [fold_of(one.decided.gold.article) for one in studied]


def _tunings(studied: Sequence[Studied], study: Study) -> dict[int | None, Tuning] | None:
    """The corrections of the reader for each fold, by the other folds, and by all for None.

    None where there is no reader, or where left-out stances are no likelier with them.
    """
    if study.reader is None:
        return None
    folds = _folds(studied)
    rows = [stance_rows(one, study.reader) for one in studied]
    found: dict[int | None, Tuning] = {None: fit_tuning(rows)}
    gain = 0.0
    for left_out in sorted(set(folds)):
        others = [one for one, fold in zip(rows, folds, strict=True) if fold != left_out]
        own = Table.joined(one for one, fold in zip(rows, folds, strict=True) if fold == left_out)
        found[left_out] = fit_tuning(others)
        gain += stance_loss(None, own) - stance_loss(found[left_out], own)
    return found if gain > 0 else None


def _lessons(
    studied: Sequence[Studied],
    study: Study,
    weighed: Weighed,
    profile: str,
    keeps: Sequence[float] = (0.0, *KEEPS),
) -> list[_Candidate]:
    """First one that changes scores alone, then one for each chance from which positions stand."""
    told = [
        tell_claims(one, opinions, study.judge)
        for one, opinions in zip(studied, weighed, strict=True)
    ]
    folds = _folds(studied)
    parts = {
        fold: _part([one for one, own in zip(told, folds, strict=True) if own != fold], profile)
        for fold in sorted(set(folds))
    }
    whole, found = _part(told, profile), []
    for keep in (None, *keeps):
        judges = [TaughtJudge(study.judge, _with(parts[fold], keep)) for fold in folds]
        taught = [
            tuple(map(judge.teach, opinions))
            for judge, opinions in zip(judges, weighed, strict=True)
        ]
        found.append(_Candidate(_with(whole, keep), _try(studied, taught, judges)))
    return found


def _with(lesson: Lesson, keep: float | None) -> Lesson:
    """The lesson that lets positions stand from a chance on; None leaves that as it ships."""
    return replace(lesson, stands=None) if keep is None else replace(lesson, keep=keep)


def _part(told: Sequence[Sequence[Told]], profile: str) -> Lesson:
    return Lesson(profile, fit_odds(told, stands=False), fit_odds(told, stands=True))


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
    """The interval of the gain, over articles drawn again and again."""

    def gain(numbers: Sequence[int]) -> float:
        drawn = ([one.counts[n] for n in numbers] for one in (after, before))
        now, then = (sum(counts, Counts()).f1 for counts in drawn)
        return now - then

    found = find_interval(len(before.counts), gain, samples=_SAMPLES)
    return found.low, found.high
