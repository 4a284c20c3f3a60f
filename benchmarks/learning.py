"""What decisions teach: F1 on articles that nobody decided, after more and more decisions.

    python -m benchmarks.learning --reader FOLDER --readings FILE [--profile fast] [--plot FILE]

Annotated articles stand in for a reviewer: the claims that ``fast`` or ``full`` make in the
decided articles are accepted, corrected and rejected as the annotations have it, passage by
passage, and what is missing in a passage is added. ``claims learn`` then learns of it, and the
articles that are only scored are read anew. Passages come in a random order, or as the review
queue has them. What was fitted for the profile at 0 decisions saw neither decided nor scored
articles: ``python -m training.apart`` makes the reader's folder and what it read for the judge.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from benchmarks import sets
from pipeline.evaluation.bootstrap import find_interval
from pipeline.evaluation.evaluate import evaluate_extractions
from pipeline.evaluation.match import SentencePlaces, match_claims
from pipeline.evaluation.scores import Counts
from pipeline.evaluation.tokens import TokenIndex
from pipeline.extraction.judge import (
    Judge,
    LearnedJudge,
    TaughtJudge,
    describe_claim,
    measure,
    read_weights,
)
from pipeline.extraction.propose.reader import RememberingReader, Tuning, open_reader
from pipeline.extraction.propose.rules import read_vocabulary
from pipeline.jsonl import read_extractions
from pipeline.language.segment import sentences_of
from pipeline.learning.calibration import expected_error
from pipeline.lexicon.cues import read_cues
from pipeline.lexicon.folder import models_folders
from pipeline.lexicon.lesson import Lesson
from pipeline.lexicon.settings import FULL, PROFILES
from pipeline.records import Extraction, Span
from pipeline.review.units import Unit, build_units, find_passages
from pipeline.teaching.decided import Decided, decide
from pipeline.teaching.lessons import Learned, learn
from pipeline.teaching.study import Studied, Study, claims_of
from training.judging import fit as fit_judge
from training.positions import Parsed, add_readings
from training.readings import read_readings
from training.scoring import Judged, fit_weights
from training.simulated import SIDES, parts, sides_of

POINTS = (100, 250, 500, 1000, 2000)
KEEP = 0.4
QUEUE = "queue"


@dataclass(frozen=True, slots=True)
class Point:
    """The F1 of claims and stance on the scored articles after so many decisions.

    ``low`` and ``high`` bound the difference to 0 decisions; ``took`` says what was learned.
    """

    profile: str
    order: str
    decisions: int
    articles: int
    f1: float
    gain: float
    low: float
    high: float
    calibration: float
    took: str


@dataclass(frozen=True)
class Passage:
    """A passage of the queue, how many decisions it takes, and where it lies."""

    article: str
    span: Span
    decisions: int


def whole(gold: Extraction) -> Decided:
    """The article with all of its text judged."""
    return decide(gold, gold.claims, [Span(0, len(gold.text))], len(gold.claims))


def to_extraction(one: Studied, study: Study, lesson: Lesson | None = None) -> Extraction:
    """The article with the claims that are made in it."""
    tuning = Tuning.of(lesson.corrections) if lesson is not None and lesson.corrections else None
    judge, opinions = study.judge, study.weigh(one, tuning)
    if lesson is not None:
        taught = TaughtJudge(judge, lesson)
        judge, opinions = taught, tuple(map(taught.teach, opinions))
    claims = claims_of(one, opinions, judge)
    return replace(one.decided.gold, claims=claims, sentences=sentences_of(one.scene.doc))


def queue_of(studied: Iterable[Studied], study: Study) -> list[Passage]:
    """All passages with a claim, the riskiest first, as the review queue has them."""
    found: list[tuple[Unit, Passage]] = []
    for one in studied:
        made = to_extraction(one, study)
        passages = find_passages(made)
        for unit in build_units(made):
            cue = unit.claims[0].cue
            inside = (span for span in passages if span.start <= cue.start < span.end)
            span = next(inside, cue)
            found.append((unit, Passage(unit.article, span, _count(one, unit, span))))
    found.sort(key=lambda pair: (pair[0].risk, pair[0].article, pair[0].start))
    return [passage for _, passage in found]


def _count(one: Studied, unit: Unit, span: Span) -> int:
    """One decision for each claim that is shown, and one for each that is added."""
    gold = one.decided.gold
    own = [claim for claim in gold.claims if span.start <= claim.cue.start < span.end]
    places = SentencePlaces(sentences_of(one.scene.doc))
    matched = match_claims(own, unit.claims, TokenIndex(gold.text), places)
    return len(unit.claims) + len(own) - len(matched)


def first_of(queue: Sequence[Passage], most: int) -> tuple[list[Passage], int]:
    """The first passages that take so many decisions, and how many they took."""
    taken, done = [], 0
    for passage in queue:
        if done >= most:
            break
        taken.append(passage)
        done += passage.decisions
    return taken, done


def reviewed(studied: Sequence[Studied], taken: Sequence[Passage]) -> list[Studied]:
    """The articles with what is known of them once the passages are decided."""
    found = []
    for one in studied:
        own = [each for each in taken if each.article == one.decided.gold.article]
        if own:
            gold, spans = one.decided.gold, [each.span for each in own]
            known = decide(gold, gold.claims, spans, sum(each.decisions for each in own))
            found.append(replace(one, decided=known))
    return found


def score(studied: Sequence[Studied], made: Iterable[Extraction]) -> tuple[list[Counts], float]:
    """The counts of each article, and the calibration error of all claims."""
    results = evaluate_extractions((one.decided.gold for one in studied), made, samples=1).articles
    scored = [
        (claim.score, number in one.alignment.right)
        for one in results
        for number, claim in enumerate(one.alignment.predicted.claims)
    ]
    return [one.scores.claims_stance for one in results], expected_error(scored)


def f1_of(counts: Iterable[Counts]) -> float:
    """F1 over all articles."""
    return sum(counts, Counts()).f1


def simulate(
    profile: str, decided: Sequence[Studied], scored: Sequence[Studied], study: Study, seeds: int
) -> Iterator[Point]:
    """The points of a profile, the queue's order first."""
    before, error = score(scored, [to_extraction(one, study) for one in scored])
    base = f1_of(before)
    yield Point(profile, QUEUE, 0, 0, base, 0.0, 0.0, 0.0, error, "")
    queue = queue_of(decided, study)
    orders = {QUEUE: queue}
    for seed in range(seeds):
        orders[f"random {seed + 1}"] = random.Random(seed).sample(queue, len(queue))
    learnt: dict[frozenset[Passage], Point] = {}
    for order, passages in orders.items():
        for most in POINTS:
            taken, done = first_of(passages, most)
            point = learnt.get(frozenset(taken))
            if point is None:
                known = reviewed(decided, taken)
                learned = learn(known, study, profile)
                made = [to_extraction(one, study, learned.lesson) for one in scored]
                after, error = score(scored, made)
                low, high = _interval(before, after)
                f1, took = f1_of(after), _took(learned)
                point = Point(
                    profile, order, done, len(known), f1, f1 - base, low, high, error, took
                )
                learnt[frozenset(taken)] = point
            yield replace(point, order=order)


def _interval(before: Sequence[Counts], after: Sequence[Counts]) -> tuple[float, float]:
    def gain(numbers: Sequence[int]) -> float:
        return f1_of(after[n] for n in numbers) - f1_of(before[n] for n in numbers)

    found = find_interval(len(before), gain, samples=1000)
    return found.low, found.high


def _took(learned: Learned) -> str:
    lesson = learned.lesson
    if lesson is None:
        return "nothing"
    parts = ["scores"]
    parts += [f"standing from {lesson.keep:g}"] if lesson.stands is not None else []
    parts += ["stances"] if lesson.corrections else []
    return ", ".join(parts)


def judge_of_fast(own: Sequence[Studied], study: Study) -> Judge:
    """The judge of ``fast`` with weights of its own articles alone."""
    cues = {cue.id: cue for cue in read_cues(models_folders(None))}
    made = [to_extraction(one, study) for one in own]
    results = evaluate_extractions((one.decided.gold for one in own), made, samples=1).articles
    judged = [
        Judged(
            one.article,
            measure(describe_claim(claim, cues.get((claim.evidence and claim.evidence.cue) or ""))),
            claim.score,
            number in one.alignment.right,
        )
        for one in results
        for number, claim in enumerate(one.alignment.predicted.claims)
    ]
    return Judge(fit_weights(judged))


def judge_of_full(own: Sequence[Studied], study: Study, readings: Path) -> LearnedJudge:
    """The judge of ``full``, fitted on its own articles as readers of the other side read them."""
    sides = sides_of(frozenset(one.decided.gold.article for one in own))
    first, second = SIDES
    read = read_readings(
        readings, {**dict.fromkeys(sides[first], second), **dict.fromkeys(sides[second], first)}
    )
    parsed = [Parsed(one.decided.gold, one.scene, one.said, study.cues) for one in own]
    return LearnedJudge(fit_judge(add_readings(parsed, read), keep=KEEP))


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the points, write and draw them."""
    options = _read_options(arguments)
    points: list[Point] = []
    for point in _kept(options.points) if options.points else _measured(options):
        points.append(point)
        print(_line(point), flush=True)
    if options.json:
        options.json.write_text(json.dumps([asdict(one) for one in points], indent=1) + "\n")
    if options.plot:
        draw(points, options.plot)
    return 0


def _kept(paths: Iterable[Path]) -> Iterator[Point]:
    """The points that earlier runs wrote."""
    for path in paths:
        yield from (Point(**one) for one in json.loads(path.read_text(encoding="utf-8")))


def _measured(options: argparse.Namespace) -> Iterator[Point]:
    gold = tuple(read_extractions(sets.find_texts(options.texts) / sets.FILES["claims"]))
    part = parts({one.article: one.text for one in gold})
    for profile in options.profiles:
        reader = RememberingReader(open_reader(options.reader)) if profile == FULL else None
        judge: Judge | LearnedJudge = Judge(read_weights(models_folders(None)))
        study = Study(None, judge, read_vocabulary(None).cues, reader)
        studied = {
            name: list(study.read(whole(one) for one in gold if one.article in ids))
            for name, ids in part.items()
        }
        if profile == FULL:
            judge = judge_of_full(studied["own"], study, options.readings)
        else:
            judge = judge_of_fast(studied["own"], study)
        study = replace(study, judge=judge, weighed={})
        yield from simulate(profile, studied["decided"], studied["scored"], study, options.seeds)


def _line(point: Point) -> str:
    return (
        f"{point.profile:5} {point.order:9} {point.decisions:6,} decisions in {point.articles:4} "
        f"articles: F1 {point.f1:.3f} ({100 * point.gain:+.1f} [{100 * point.low:+.1f}, "
        f"{100 * point.high:+.1f}]) ECE {point.calibration:.3f} {point.took}"
    )


def draw(points: Sequence[Point], path: Path) -> None:
    """The F1 of 0 decisions by decisions, the queue's order and the mean of the random ones."""
    import matplotlib as mpl

    mpl.use("svg")
    from matplotlib import pyplot as plt

    mpl.rcParams["svg.hashsalt"] = "learning"
    profiles = list(dict.fromkeys(one.profile for one in points))
    figure, axes = plt.subplots(1, len(profiles), figsize=(4.2 * len(profiles), 3.2), sharey=True)
    for axis, profile in zip([axes] if len(profiles) == 1 else axes, profiles, strict=True):
        own = [one for one in points if one.profile == profile]
        base = own[0].f1
        line = [one for one in own if one.order == QUEUE]
        places = [one.decisions for one in line]
        axis.plot(places, [one.f1 for one in line], "o-", color="#0b5fa5", label="queue")
        lows, highs = ([base + getattr(one, end) for one in line] for end in ("low", "high"))
        axis.fill_between(places, lows, highs, color="#0b5fa5", alpha=0.15, linewidth=0)
        steps = len(POINTS)
        others = [one for one in own if one.order != QUEUE]
        means = [others[n::steps] for n in range(steps)]
        xs = [0.0, *(sum(p.decisions for p in each) / len(each) for each in means)]
        ys = [base, *(sum(p.f1 for p in each) / len(each) for each in means)]
        axis.plot(xs, ys, "s--", color="#b35900", label="random (mean)")
        axis.set_title(profile)
        axis.set_xlabel("decisions")
        axis.grid(alpha=0.3)
    axis.legend(frameon=False)
    figure.axes[0].set_ylabel("F1, claims + stance")
    figure.tight_layout()
    figure.savefig(path, metadata={"Date": None})


def _read_options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.learning",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "--profile", dest="profiles", nargs="+", choices=PROFILES, default=[*PROFILES]
    )
    parser.add_argument("--reader", type=Path, help="the folder of a reader that saw none of them")
    parser.add_argument("--readings", type=Path, help="what the judge is fitted on")
    parser.add_argument("--seeds", type=int, default=3, help="how many random orders")
    parser.add_argument("--texts", type=Path, help="the folder of the sets, else DEV_TEXTS")
    parser.add_argument(
        "--points", type=Path, nargs="+", help="take the points from what --json wrote"
    )
    parser.add_argument("--json", type=Path, help="write the points here")
    parser.add_argument("--plot", type=Path, help="draw them here, as svg")
    options = parser.parse_args(arguments)
    unread = not (options.reader and options.readings)
    if FULL in options.profiles and unread and not options.points:
        parser.error("full needs --reader and --readings, of python -m training.apart")
    return options


if __name__ == "__main__":
    sys.exit(main())
