"""Fits the judge on annotated articles: ``python -m training.judging ARTICLES --readings OOF``.

Each article is read by the rules and by a reader that has not seen it (``python -m training.oof``
writes its readings). The weights are fitted on the positions that would stand
if all were kept, and tried by cross-validation: the articles of a fold are judged by weights that
were fitted without them. With ``--inner`` (``training.oof --inner``) the weights of a fold are
fitted on readings by readers that saw none of its articles either. ``--write`` puts the weights of
all articles into ``judge_full.yaml``.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from pipeline.errors import SettingError
from pipeline.evaluation.evaluate import Evaluation, evaluate_extractions
from pipeline.extraction.assemble import assemble
from pipeline.extraction.judge import (
    POSITION,
    STANCES,
    LearnedJudge,
    Odds,
    Opinion,
    Seen,
    Weight,
    measure_seen,
    measure_stances,
)
from pipeline.extraction.settle import settle
from pipeline.files import write_text_atomically
from pipeline.jsonl import read_extractions
from pipeline.learning.calibration import expected_error, ranking
from pipeline.learning.fit import fit_logistic
from pipeline.learning.split import FOLDS, Half, half_of, in_share
from pipeline.records import Claim, Stance
from training.folds import split_folds
from training.positions import KEPT, Article, add_readings, inner_articles, parse_articles
from training.readings import read_inner, read_readings

KEEPS = (0.3, 0.35, 0.4, 0.45, 0.5)
PENALTY = 3.0
ORDER = tuple(Stance)


def fit(articles: Iterable[Article], *, keep: float = 0.0) -> Odds:
    """The weights of the articles: of positions, of stances, and of both for the chance.

    Raises:
        SettingError: no position in them matches a gold claim.

    """
    kept = [(article, n) for article in articles for n in sorted(article.stands)]
    if all(article.stances[n] is None for article, n in kept):
        raise SettingError("no annotated claim is proposed in the articles that a judge learns of")
    rows = [_row(article.seen[n]) for article, n in kept]
    labels = [article.right[n] for article, n in kept]
    bias, *weights = fit_logistic(rows, labels, penalty=PENALTY)
    position = _as_weights(POSITION, weights)
    whole = Odds(keep, round(bias, 3), position, fit_stances(kept), (0.0, 1.0, 0.0))
    return replace(whole, chance=_fit_chance(kept, LearnedJudge(whole)))


def _row(seen: Seen) -> list[float]:
    measured = measure_seen(seen)
    return [1.0, *(measured.get(name, 0.0) for name in POSITION)]


def _as_weights(names: Iterable[str], values: Iterable[float]) -> dict[str, Weight]:
    return {
        name: Weight(name, round(value, 3), "") for name, value in zip(names, values, strict=True)
    }


def fit_stances(kept: Sequence[tuple[Article, int]], penalty: float = 1.0) -> dict[str, Weight]:
    """The weights of a softmax over the stances, by Newton's method."""
    matched = [(a, n) for a, n in kept if a.stances[n] is not None]
    table = np.array(
        [
            [list(measure_stances(a.seen[n])[stance].values()) for stance in Stance]
            for a, n in matched
        ]
    )
    target = np.eye(3)[[ORDER.index(a.stances[n]) for a, n in matched]]
    found: Any = np.zeros(table.shape[2])
    for _ in range(50):
        sums = table @ found
        chances = np.exp(sums - sums.max(1, keepdims=True))
        chances /= chances.sum(1, keepdims=True)
        slope = (table * (target - chances)[:, :, None]).sum((0, 1)) - penalty * found
        mean = (table * chances[:, :, None]).sum(1)
        curve = sum((table[:, k] * chances[:, k : k + 1]).T @ table[:, k] for k in range(3))
        curve = curve - mean.T @ mean + penalty * np.eye(len(found))
        step = np.linalg.solve(curve, slope)
        found = found + step
        if abs(step).max() < 1e-9:
            break
    return _as_weights(STANCES, map(float, found))


def _fit_chance(
    kept: Sequence[tuple[Article, int]], judge: LearnedJudge
) -> tuple[float, float, float]:
    rows, labels = [], []
    for article, number in kept:
        seen = article.seen[number]
        stance, odds = judge.choose_stance(seen)
        rows.append([1.0, judge.position_odds(measure_seen(seen)), odds])
        labels.append(article.right[number] if article.stances[number] is stance else 0.0)
    bias, position, of_stance = fit_logistic(rows, labels, penalty=0.1)
    return round(bias, 3), round(position, 3), round(of_stance, 3)


def extract(article: Article, opinions: Sequence[Opinion]) -> tuple[Claim, ...]:
    """The claims that stand of the opinions."""
    settled = settle(article.scene, [one for one in opinions if one.is_heard]).settled
    return assemble(article.scene.doc, settled, KEPT)


Opinions = dict[str, tuple[Opinion, ...]]


def cross_validate(
    articles: Sequence[Article],
    keep: float,
    folds: Mapping[str, int],
    *,
    inner: Callable[[int], Sequence[Article]] | None = None,
    share: float = 1.0,
) -> Opinions:
    """The opinions on each article by weights that were fitted without its fold.

    ``folds`` are those of ``training.folds.split_folds``. ``inner`` gives the articles that a
    fold's weights are fitted on, with readings by readers that saw neither them nor that fold;
    ``share`` is the part of the articles that is fitted on.
    """
    found: Opinions = {}
    for fold in range(FOLDS):
        own = [one for one in articles if folds[one.gold.article] == fold]
        if own:
            known = articles if inner is None else inner(fold)
            train = [one for one in known if folds[one.gold.article] != fold]
            judge = LearnedJudge(
                fit((one for one in train if in_share(one.gold.article, share)), keep=keep)
            )
            for one in own:
                found[one.gold.article] = judge.weigh(one.groups, one.scene)
    return found


def report(articles: Sequence[Article], opinions: Opinions) -> Iterator[str]:
    """The figures of all articles and of each half."""
    for name, halves in (("all", tuple(Half)), ("even", (Half.EVEN,)), ("odd", (Half.ODD,))):
        own = [one for one in articles if half_of(one.gold.article) in halves]
        yield f"{name}: {to_line(evaluate(own, opinions))}"


def evaluate(articles: Sequence[Article], opinions: Opinions) -> Evaluation:
    """The scores of what stands by the opinions."""
    predicted = [
        replace(one.gold, claims=extract(one, opinions[one.gold.article])) for one in articles
    ]
    return evaluate_extractions((one.gold for one in articles), predicted, samples=1)


def to_line(evaluation: Evaluation) -> str:
    """Three F1s, precision and recall, what is swapped, and how well the scores do."""
    total = evaluation.total
    counts = (total.claims, total.claims_stance, total.claims_stance_target)
    three = " ".join(f"{one.f1:.4f}" for one in counts)
    scores = [
        (claim.score, number in result.alignment.right)
        for result in evaluation.articles
        for number, claim in enumerate(result.alignment.predicted.claims)
    ]
    return (
        f"{three} (P {total.claims.precision:.3f} R {total.claims.recall:.3f}) "
        f"swapped {total.polarity_reversals} of {total.claims.matched} · "
        f"ECE {expected_error(scores):.3f} · AUC {ranking(scores) or 0.0:.3f}"
    )


def main() -> None:
    """Reads the options, prints the figures and writes the weights."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("articles", type=Path)
    asked.add_argument("--readings", type=Path, required=True, help="by readers that saw it not")
    asked.add_argument("--inner", type=Path, help="by readers that saw neither it nor another fold")
    asked.add_argument("--keep", type=float, default=0.45, help="the least chance of a position")
    asked.add_argument("--write", type=Path, help="the file of the weights, judge_full.yaml")
    options = asked.parse_args()
    gold = tuple(read_extractions(options.articles))
    folds = split_folds({one.article: one.text for one in gold})
    readings = read_readings(options.readings, folds)
    inner = read_inner(options.inner, folds) if options.inner else None
    parsed = tuple(parse_articles(gold))
    articles = add_readings(parsed, readings)
    known = None if inner is None else partial(inner_articles, parsed, folds, inner)
    for keep in sorted({options.keep, *KEEPS}):
        opinions = cross_validate(articles, keep, folds, inner=known)
        print(keep, *report(articles, opinions), sep="\n  ", flush=True)
    odds = fit(articles, keep=options.keep)
    if options.write:
        write_odds(options.write, odds)


def write_odds(path: Path, odds: Odds) -> None:
    """Put the numbers into the file; its sentences, comments and order stay."""
    numbers = {"keep": odds.keep, "bias": odds.bias}
    chance = dict(zip(("bias", "position", "stance"), odds.chance, strict=True))
    lists = {"position": odds.position, "stances": odds.stances}
    section, feature, lines = "", "", []
    for line in path.read_text(encoding="utf-8").splitlines():
        key, colon, _ = line.strip().partition(":")
        if colon and not line.startswith((" ", "#")):
            section = key
        if key == "- feature":
            feature = line.partition(":")[2].strip()
        value = _value(section, key, feature, numbers, chance, lists)
        lines.append(line if value is None else f"{line.partition(':')[0]}: {value}")
    write_text_atomically(path, "\n".join(lines) + "\n")


def _value(
    section: str,
    key: str,
    feature: str,
    numbers: Mapping[str, float],
    chance: Mapping[str, float],
    lists: Mapping[str, Mapping[str, Weight]],
) -> float | None:
    """The number that stands after the key, None where it is no number of the weights."""
    if section == "chance":
        return chance.get(key) if key != section else None
    if section in lists:
        return lists[section][feature].weight if key == "weight" else None
    return numbers.get(key)


if __name__ == "__main__":
    main()
