"""One command that prints every figure of quality with its aim.

``python -m benchmarks.quality [--set NAME ...] [--limit N] [--json] [--texts FOLDER]``
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console

from benchmarks import sets
from benchmarks.attributions import score_polnear
from benchmarks.figures import Figure, build_table, to_records
from benchmarks.mention_figures import score_crossner, score_re3d, score_speeches
from benchmarks.stance_figures import score_gold, score_plv, score_seesaw
from pipeline.errors import PipelineError
from pipeline.extraction.build import build_language
from pipeline.lexicon.folder import models_folders
from pipeline.lexicon.settings import read_settings

if TYPE_CHECKING:
    from spacy.language import Language


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures; the exit code is 0, or 2 where a setting is wrong."""
    options = _read_options(arguments)
    try:
        figures = _score_sets(options)
    except PipelineError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    if options.json:
        print(json.dumps(to_records(figures), ensure_ascii=False, indent=2))
    else:
        width = None if sys.stdout.isatty() else 120
        Console(highlight=False, markup=False, width=width).print(build_table(figures))
    return 0


def _read_options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.quality", description=__doc__)
    parser.add_argument("--set", dest="sets", nargs="+", choices=sets.FILES, default=[*sets.FILES])
    parser.add_argument("--limit", type=int, help="read at most so many texts of each set")
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.add_argument("--texts", type=Path, help="the folder of the sets, else DEV_TEXTS")
    parser.add_argument("--models", type=Path, help="your own lexicons and settings")
    parser.add_argument("--file", help="another file of the one set named, as polnear/train.jsonl")
    parser.add_argument("--sample", type=int, default=0, help="print so many UN mentions to check")
    options = parser.parse_args(arguments)
    if options.file and len(options.sets) != 1:
        parser.error("--file goes with exactly one --set")
    return options


def _score_sets(options: argparse.Namespace) -> list[Figure]:
    folder = sets.find_texts(options.texts)
    nlp = build_language(models=options.models)
    figures: list[Figure] = []
    for name in options.sets:
        print(f"{name} …", file=sys.stderr, flush=True)
        figures += _score_set(name, folder / (options.file or sets.FILES[name]), nlp, options)
    return figures


def _score_set(name: str, path: Path, nlp: Language, options: argparse.Namespace) -> list[Figure]:
    limit = options.limit
    if name == "gold":
        return score_gold(nlp, path, limit)
    if name == "polnear":
        return score_polnear(nlp, sets.read_polnear(path, limit))
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


if __name__ == "__main__":
    raise SystemExit(main())
