"""One command that prints every figure of quality with its interval and its aim.

    python -m benchmarks.quality [--readings FILE] [--inner FILE] [--curve 25=FILE 50=FILE] [--json]

Annotated articles, gold, PolNeAR and the minimal pairs in both profiles; ``--all`` the other sets
too. The profile ``full`` has learned from the annotated articles: its figures of them are printed
only where ``--readings`` (``python -m training.oof``) gives what readers saw in articles that they
were not trained on. ``--inner`` (``training.oof --inner``) gives the judge such readings as well.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from rich.console import Console

from benchmarks import sets
from benchmarks.claim_figures import UNREAD
from benchmarks.figures import Figure, build_profiles, build_table, to_records
from benchmarks.kept import FOLDER
from benchmarks.mention_figures import score_crossner, score_re3d, score_speeches
from benchmarks.out_of_fold import Point, build_corpus, check_readings
from benchmarks.profiles import (
    SHARES,
    Asked,
    points_of,
    score_annotated,
    score_attributions,
    score_curve,
    score_gold,
    score_minimal_pairs,
)
from benchmarks.stance_figures import score_plv, score_seesaw
from pipeline.errors import PipelineError, SettingError
from pipeline.extraction.build import build_language
from pipeline.jsonl import read_extractions
from pipeline.learning.split import Half, half_of
from pipeline.lexicon.folder import models_folders
from pipeline.lexicon.settings import FAST, FULL, PROFILES, read_settings
from pipeline.records import Extraction

PAIRS = "pairs"
USUAL = ("claims", "gold", "polnear", PAIRS)
NAMES = (*USUAL, *(name for name in sets.FILES if name not in USUAL))


@dataclass
class Report:
    """What was found: the figures of both profiles, those of the other sets, what to know.

    ``titles`` says how many articles the sets have in each part.
    """

    titles: dict[str, str] = field(default_factory=dict)
    figures: list[Figure] = field(default_factory=list)
    others: list[Figure] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures; the exit code is 0, or 2 where a setting is wrong."""
    options = _read_options(arguments)
    try:
        report = measure(options)
    except PipelineError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    if options.json:
        figures = to_records([*report.figures, *report.others])
        found = {"figures": figures, "notes": report.notes}
        print(json.dumps(found, ensure_ascii=False, indent=2))
    else:
        show(report, options.profiles)
    return 0


def _read_options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.quality",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--set", dest="sets", nargs="+", choices=NAMES, default=[*USUAL])
    parser.add_argument("--all", action="store_true", help="every set")
    parser.add_argument(
        "--profile", dest="profiles", nargs="+", choices=PROFILES, default=[*PROFILES]
    )
    parser.add_argument("--readings", type=Path, help="by readers that did not see the articles")
    parser.add_argument("--inner", type=Path, help="the same by readers without pairs of folds")
    parser.add_argument(
        "--curve", nargs="+", type=_point, default=[], metavar="PERCENT=FILE",
        help="readings by readers that were trained on so much of the articles, as 25=FILE",
    )  # fmt: skip
    parser.add_argument("--limit", type=int, help="read at most so many texts of each set")
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.add_argument("--texts", type=Path, help="the folder of the sets, else DEV_TEXTS")
    parser.add_argument("--models", type=Path, help="your own lexicons and settings")
    parser.add_argument("--file", help="another file of the one set named, as polnear/train.jsonl")
    parser.add_argument("--kept", type=Path, default=FOLDER, help="what earlier runs measured")
    parser.add_argument("--sample", type=int, default=0, help="print so many UN mentions to check")
    options = parser.parse_args(arguments)
    if options.file and len(options.sets) != 1:
        parser.error("--file goes with exactly one --set")
    if options.inner and not options.readings:
        parser.error("--inner goes with --readings")
    options.sets = [*NAMES] if options.all else list(dict.fromkeys(options.sets))
    options.profiles = [one for one in PROFILES if one in options.profiles]
    return options


def _point(text: str) -> tuple[float, Path]:
    """A share in percent and a file, as ``25=FILE``."""
    percent, _, name = text.partition("=")
    if not name or not percent.replace(".", "", 1).isdecimal() or not 0 < float(percent) < 100:
        raise argparse.ArgumentTypeError(f"{text!r} is no share with a file, as 25=FILE")
    return float(percent), Path(name)


def measure(options: argparse.Namespace) -> Report:
    """The figures of the sets that are asked for and there.

    Raises:
        PipelineError: a setting is wrong, or a file is no set.
    """
    report = Report()
    asked = Asked(
        models=options.models,
        limit=options.limit,
        readings=options.readings,
        inner=options.inner,
        curve=dict(options.curve),
        kept=options.kept,
    )
    paths = _find_sets(options, report)
    if "claims" in paths:
        _measure_claims(paths["claims"], asked, options.profiles, report)
    if "gold" in paths:
        _measure_gold(paths["gold"], asked, options.profiles, report)
    for profile in options.profiles:
        if "polnear" in paths:
            report.figures += score_attributions(asked, paths["polnear"], profile)
        if PAIRS in options.sets:
            report.figures += score_minimal_pairs(asked, profile)
    report.figures = list(asked.yardstick.with_aims(report.figures))
    if report.titles:
        report.notes.append(
            "intervals: articles are drawn again and again; what is drawn scatters more than all, "
            "so that the interval of the calibration error lies a little high"
        )
    for name in paths:
        if name not in USUAL:
            print(f"{name} …", file=sys.stderr, flush=True)
            report.others += _score_other(name, paths[name], options)
    return report


def _find_sets(options: argparse.Namespace, report: Report) -> dict[str, Path]:
    """The files of the sets that are there; it is noted which are not."""
    wanted = [name for name in options.sets if name != PAIRS]
    try:
        folder = sets.find_texts(options.texts) if wanted else None
    except SettingError as error:
        if options.texts is not None:
            raise
        report.notes.append(str(error))
        folder = None
    found = {}
    for name in wanted:
        file = options.file or sets.FILES[name]
        if folder is not None and (folder / file).is_file():
            found[name] = folder / file
        else:
            report.notes.append(f"{name}: left out, since {file} is not there")
    return found


def _measure_claims(path: Path, asked: Asked, profiles: Sequence[str], report: Report) -> None:
    every = tuple(read_extractions(path))
    corpus = build_corpus(every, sets.spread(every, asked.limit), asked.models)
    own = [Point(asked.readings, inner=asked.inner)] if asked.readings else []
    learned = FULL in profiles
    points = points_of(asked) if learned else {}
    check_readings(corpus, [*own, *points.values()])
    found = {profile: score_annotated(asked, corpus, profile) for profile in profiles}
    curve = score_curve(asked, corpus, found.get(FAST, [])) if points else []
    for figures in (*found.values(), curve):
        report.figures += figures
    report.titles["claims"] = _describe("claims", corpus.gold, asked, report)
    report.notes += _notes_of_learning(asked) if learned else []
    if points and FAST in profiles:
        report.notes.append("curve: fast learns nothing from the articles, so that it is flat")


def _measure_gold(path: Path, asked: Asked, profiles: Sequence[str], report: Report) -> None:
    gold = sets.spread(tuple(read_extractions(path)), asked.limit)
    report.titles["gold"] = _describe("gold", gold, asked, report)
    for profile in profiles:
        report.figures += score_gold(asked, gold, profile)


def _describe(name: str, gold: Sequence[Extraction], asked: Asked, report: Report) -> str:
    """How many articles a set has in each part; it is noted which are of no genre."""
    genres = {one.article: asked.yardstick.genre_of(one.article, one.metadata) for one in gold}
    lost = [article for article, genre in genres.items() if genre is None]
    if lost:
        report.notes.append(f"{name}: of no genre in quality.yaml: {', '.join(lost)}")
    counted = Counter(genre for genre in genres.values() if genre is not None)
    parts = [f"{genre} {counted[genre]}" for genre in sorted(counted)]
    if name == "claims":
        odd = sum(half_of(article) is Half.ODD for article in genres)
        parts.append(f"{UNREAD} {odd}")
    return f"{name}: {len(gold)} articles ({', '.join(parts)})"


def _notes_of_learning(asked: Asked) -> list[str]:
    """What has to be known of the figures of ``full`` on articles that its weights learned from."""
    if asked.readings is None:
        return [
            "claims, full: not printed, since the weights that ship saw these articles; give "
            "readings by readers that did not: --readings FILE (python -m training.oof)"
        ]
    notes = ["claims, full: by readers and judges that did not see the article, fold by fold"]
    if asked.inner is None:
        notes.append(
            "claims, full: the judge of a fold is fitted on readings by readers that saw the "
            "fold's articles, which is a little optimistic; --inner FILE (training.oof --inner)"
        )
    missing = [percent for percent in SHARES if percent not in asked.curve]
    if missing:
        notes.append(
            "curve: without readings by readers of fewer articles (training.crossval --share) "
            "only the judge learns from fewer: --curve "
            + " ".join(f"{percent:g}=FILE" for percent in missing)
        )
    return notes


def _score_other(name: str, path: Path, options: argparse.Namespace) -> list[Figure]:
    """The figures of a set that is measured with the rules alone."""
    nlp, limit = build_language(models=options.models, profile="fast"), options.limit
    if name == "plv":
        return score_plv(nlp, sets.read_plv(path, limit))
    if name == "seesaw":
        return score_seesaw(nlp, sets.read_seesaw(path, limit))
    if name == "ungdc":
        speeches = sets.read_speeches(path, limit)
        figures, lines = score_speeches(nlp, speeches, sample=options.sample)
        print(*lines, sep="\n", file=sys.stderr)
        return figures
    model = read_settings(models_folders(options.models)).model
    score = score_re3d if name == "re3d" else score_crossner
    return score(nlp, model, sets.read_entities(path, limit))


def show(report: Report, profiles: Sequence[str]) -> None:
    """Print a table a set, the other sets in one, and the notes."""
    width = None if sys.stdout.isatty() else 120
    console = Console(highlight=False, markup=False, width=width)
    for name in dict.fromkeys(one.set for one in report.figures):
        own = [one for one in report.figures if one.set == name]
        console.print(build_profiles(own, report.titles.get(name, name), profiles))
    if report.others:
        console.print(build_table(report.others))
    for note in report.notes:
        console.print(f"note: {note}")


if __name__ == "__main__":
    raise SystemExit(main())
