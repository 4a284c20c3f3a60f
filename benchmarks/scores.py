"""Whether higher scores are right more often, and which features tell right claims from wrong.

``python -m benchmarks.scores [--limit N] [--fit] [--least N] [--texts FOLDER] [--models FOLDER]``
"""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks import sets
from benchmarks.claim_features import Judged, judge_gold, judge_polnear
from benchmarks.score_fit import Fit, fit_costs
from pipeline.errors import PipelineError
from pipeline.extraction.build import build_language
from pipeline.learning.calibration import ranking
from pipeline.lexicon.cues import read_cues
from pipeline.lexicon.folder import models_folders

BANDS = (0.0, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)
SETS = ("gold", "polnear train", "polnear dev")


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the tables; the exit code is 0, or 2 where a setting is wrong."""
    options = _read_options(arguments)
    try:
        judged = _judge(options)
    except PipelineError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    console = Console(highlight=False, markup=False, width=None if sys.stdout.isatty() else 120)
    console.print(build_bands(judged))
    if options.fit:
        console.print(build_features(judged, least=options.least))
        console.print(_build_fit(fit_costs([one for one in judged if one.set != "polnear dev"])))
    return 0


def _read_options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.scores", description=__doc__)
    parser.add_argument("--limit", type=int, default=300, help="texts of polnear train, spread")
    parser.add_argument("--fit", action="store_true", help="print the features and fitted costs")
    parser.add_argument("--least", type=int, default=15, help="claims that a feature must have")
    parser.add_argument("--texts", type=Path, help="the folder of the sets, else DEV_TEXTS")
    parser.add_argument("--models", type=Path, help="your own lexicons and settings")
    return parser.parse_args(arguments)


def _judge(options: argparse.Namespace) -> list[Judged]:
    folder = sets.find_texts(options.texts)
    cues = {cue.id: cue for cue in read_cues(models_folders(options.models))}
    nlp = build_language(models=options.models, profile="fast")
    judged = list(judge_gold(nlp, folder / "gold/dev.jsonl", cues))
    for part, limit in (("train", options.limit), ("dev", None)):
        print(f"polnear {part} …", file=sys.stderr, flush=True)
        items = sets.read_polnear(folder / f"polnear/{part}.jsonl", limit)
        judged += judge_polnear(nlp, items, cues, f"polnear {part}")
    return judged


def build_bands(judged: Iterable[Judged]) -> Table:
    """The share of right claims in each band of scores, and how well the score ranks."""
    kept = list(judged)
    table = Table(title="Right claims by score", title_justify="left")
    table.add_column("score")
    for name in SETS:
        table.add_column(name, justify="right")
    for low, high in zip(BANDS, (*BANDS[1:], 1.01), strict=True):
        inside = [one for one in kept if low <= one.score < high]
        label = f"{low:.1f} to {min(high, 1.0):.1f}"
        table.add_row(label, *(_share([j for j in inside if j.set == name]) for name in SETS))
    table.add_row("all", *(_share([j for j in kept if j.set == name]) for name in SETS))
    ranks = (
        ranking([(j.score, j.right) for j in kept if j.set == name])
        for name in SETS
    )  # fmt: skip
    table.add_row("ranking (AUC)", *("–" if rank is None else f"{rank:.3f}" for rank in ranks))
    return table


def build_features(judged: Iterable[Judged], *, least: int) -> Table:
    """The share of right claims with and without each feature; rarer ones are left out."""
    groups: dict[tuple[str, bool], list[Judged]] = defaultdict(list)
    for one in judged:
        for name, value in one.features.items():
            groups[name, bool(value)].append(one)
    table = Table(title="Right claims by feature", title_justify="left")
    table.add_column("feature")
    table.add_column("present")
    for name in SETS:
        table.add_column(name, justify="right")
    for (name, present), members in groups.items():
        if len(members) >= least:
            shares = (_share([j for j in members if j.set == each]) for each in SETS)
            table.add_row(name, "yes" if present else "no", *shares)
    return table


def _build_fit(fit: Fit) -> Table:
    title = (
        f"Fitted costs (ranking over left-out articles: {fit.ranking:.3f}, "
        f"by the score as it is: {fit.ranking_now:.3f}; begin at {fit.base:.2f})"
    )
    table = Table(title=title, title_justify="left")
    for name in ("feature", "claims", "cost", "cost on gold alone"):
        table.add_column(name, justify="left" if name == "feature" else "right")
    for row in fit.rows:
        table.add_row(row.feature, str(row.count), f"{row.cost:+.2f}", f"{row.cost_on_gold:+.2f}")
    return table


def _share(members: Sequence[Judged]) -> str:
    if not members:
        return "–"
    right = sum(one.right for one in members)
    return f"{right / len(members):.2f} of {len(members)}"


if __name__ == "__main__":
    raise SystemExit(main())
