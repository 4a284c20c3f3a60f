"""The figures of extractions against annotated articles: of all, of the unread half, by genre."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from benchmarks.figures import ALL, Figure
from benchmarks.yardstick import Yardstick
from pipeline.evaluation.bootstrap import find_f1_interval, find_interval, find_ratio_interval
from pipeline.evaluation.evaluate import ArticleResult, evaluate_extractions
from pipeline.evaluation.scores import Counts, Share, sum_scores
from pipeline.learning.calibration import Judged, expected_error, ranking
from pipeline.learning.split import Half, half_of
from pipeline.records import Extraction

UNREAD = "unread half"
SCORE_SAMPLES = 500
"""How often articles are drawn for the figures of the score, which cannot be added up."""
CLAIMS = {
    "claims F1": "claims",
    "claims + stance F1": "claims_stance",
    "claims + stance + target F1": "claims_stance_target",
}
MENTIONS = {"mentions exact F1": "mentions_exact", "mentions overlap F1": "mentions_overlap"}
Measure = Callable[[Sequence[Judged]], float | None]
OF_SCORE: dict[str, Measure] = {
    "calibration error of the score": expected_error,
    "AUC of the score": ranking,
}
Results = Sequence[ArticleResult]
Parts = dict[str, Results]


def compare(gold: Iterable[Extraction], predicted: Iterable[Extraction]) -> Results:
    """Each article's matches and scores; the predictions must have sentences."""
    return evaluate_extractions(gold, predicted, samples=1).articles


def part_by_half(results: Results) -> Parts:
    """All articles, and the half whose texts nobody reads."""
    odd = [one for one in results if half_of(one.article) is Half.ODD]
    return {ALL: results, UNREAD: odd} if odd else {ALL: results}


def part_by_genre(results: Results, yardstick: Yardstick) -> Parts:
    """The articles of each genre, the genres that have none left out."""
    parts: dict[str, list[ArticleResult]] = {name: [] for name in yardstick.names()}
    for one in results:
        genre = yardstick.genre_of(one.article, one.alignment.gold.metadata)
        if genre is not None:
            parts[genre].append(one)
    return {name: own for name, own in parts.items() if own}


def score_claims(parts: Parts, yardstick: Yardstick, *, score: bool = True) -> Iterator[Figure]:
    """Every figure of each part, figure by figure, neither with a set nor with a profile.

    ``score`` says whether it is measured too how well the claims' scores do.
    """
    for name, field in CLAIMS.items():
        for part, results in parts.items():
            yield _f1(name, part, [getattr(one.scores, field) for one in results])
    for part, results in parts.items():
        yield _share("support and oppose swapped", part, [_swapped(one) for one in results])
    for part, results in parts.items():
        said = [_right_of_said(one, yardstick.is_said) for one in results]
        yield _share("stance right of what is said", part, said)
    for name, measure in OF_SCORE.items() if score else ():
        for part, results in parts.items():
            yield _of_score(name, part, results, measure)


def score_mentions(results: Results) -> Iterator[Figure]:
    """The figures of mentions and of reversed roles, of all articles."""
    for name, field in MENTIONS.items():
        yield _f1(name, ALL, [getattr(one.scores, field) for one in results])
    yield _share("linking accuracy", ALL, [one.scores.linking for one in results])
    total = sum_scores(one.scores for one in results)
    yield Figure("", "roles reversed", float(total.role_reversals))


def named(figures: Iterable[Figure], name: str, profile: str) -> Iterator[Figure]:
    """The figures with their set and profile."""
    return (replace(one, set=name, profile=profile) for one in figures)


def _f1(name: str, part: str, counts: Sequence[Counts]) -> Figure:
    total = sum(counts, Counts())
    note = f"P {total.precision:.3f} R {total.recall:.3f}"
    return Figure("", name, total.f1, None, note, part, interval=find_f1_interval(counts))


def _share(name: str, part: str, shares: Sequence[Share]) -> Figure:
    total = sum(shares, Share())
    interval = find_ratio_interval([(one.right, one.total) for one in shares])
    note = f"{total.right} of {total.total}"
    return Figure("", name, total.rate, None, note, part, interval=interval)


def _swapped(result: ArticleResult) -> Share:
    """The matched claims that support what gold opposes or the reverse."""
    return Share(result.scores.polarity_reversals, result.scores.claims.matched)


def _right_of_said(result: ArticleResult, is_said: Callable[[str], bool]) -> Share:
    """The matched claims with gold's stance, of those whose gold cue says or believes."""
    gold, predicted = result.alignment.gold, result.alignment.predicted
    pairs = [
        (gold.claims[g].stance, predicted.claims[p].stance)
        for g, p in result.alignment.claims
        if is_said(gold.claims[g].cue.text_in(gold.text))
    ]
    return Share(sum(one is other for one, other in pairs), len(pairs))


def _of_score(name: str, part: str, results: Results, measure: Measure) -> Figure:
    judged = [
        [
            (claim.score, number in one.alignment.right)
            for number, claim in enumerate(one.alignment.predicted.claims)
        ]
        for one in results
    ]

    def of(numbers: Iterable[int]) -> float | None:
        drawn = [pair for number in numbers for pair in judged[number]]
        return measure(drawn) if drawn else None

    return Figure(
        "",
        name,
        of(range(len(judged))),
        note=f"{sum(map(len, judged)):,} claims",
        part=part,
        interval=find_interval(len(judged), of, samples=SCORE_SAMPLES),
    )
