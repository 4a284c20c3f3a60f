"""The verb ``claims evaluate``: how well predictions, or a fresh extraction, match gold."""

from __future__ import annotations

import json as jsonlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli.console import counted, emit, emit_renderable, on_one_line, say
from pipeline.cli.options import ModelsOption
from pipeline.errors import RecordError, SettingError

if TYPE_CHECKING:
    from pipeline.evaluation.evaluate import Evaluation
    from pipeline.records import Extraction

EXAMPLE = "Example: claims evaluate annotations/gold/latin-america-cyber-diplomacy.jsonl --errors"

_GOLD = typer.Argument(metavar="GOLD.jsonl", help="Annotated articles, one a line.")
_PRED = typer.Argument(metavar="PRED.jsonl", help="Predictions; extracted afresh where absent.")
_JSON = typer.Option("--json", help="Print the scores as JSON.")
_ERRORS = typer.Option("--errors", help="List misses, extras and wrong stances by sentence.")
_SEED = typer.Option("--seed", help="The seed of the interval's resampling.")
_SAMPLES = typer.Option("--samples", min=1, help="How often the articles are drawn again.")


def evaluate(
    gold: Annotated[Path, _GOLD],
    pred: Annotated[Path | None, _PRED] = None,
    json: Annotated[bool, _JSON] = False,
    errors: Annotated[bool, _ERRORS] = False,
    seed: Annotated[int, _SEED] = 13,
    samples: Annotated[int, _SAMPLES] = 2000,
    models: ModelsOption = None,
) -> None:
    """Score predictions against gold: mentions, links, claims, stances and targets.

    Exits with 1 where a gold article has no prediction (it counts as all missed), and with 2
    where a file cannot be read or the texts of an article differ.
    """
    from pipeline.evaluation.evaluate import evaluate_extractions

    answers = _read(gold)
    guesses = _extract(answers, models) if pred is None else _read(pred)
    evaluation = evaluate_extractions(answers, guesses, samples=samples, seed=seed)
    _print(evaluation, json=json, errors=errors)
    _tell(evaluation)
    if evaluation.missing:
        raise typer.Exit(1)


def _read(path: Path) -> tuple[Extraction, ...]:
    """All extractions of the file: a line that is wrong stops the verb before any work."""
    from pipeline.jsonl import read_extractions

    if not path.is_file():
        raise SettingError(
            f"there is no file {str(path)!r}; name one with a JSON line an article (codebook §4)"
        )
    try:
        return tuple(read_extractions(path))
    except RecordError as error:
        raise SettingError(str(error)) from error


def _extract(answers: Iterable[Extraction], models: Path | None) -> Iterator[Extraction]:
    from pipeline.extraction.build import build_language
    from pipeline.extraction.extract import extract_articles
    from pipeline.records import Article

    articles = (
        Article(answer.article, answer.text, metadata=answer.metadata) for answer in answers
    )
    for found in extract_articles(build_language(models=models), articles):
        if found.provenance is not None and found.provenance.missing is not None:
            say(on_one_line(f"{found.article}: {found.provenance.missing}"))
        yield found


def _print(evaluation: Evaluation, *, json: bool, errors: bool) -> None:
    from pipeline.evaluation.report import build_mistakes, build_report, to_report

    if json:
        report = to_report(evaluation, errors=errors)
        emit(jsonlib.dumps(report, ensure_ascii=False, indent=2) + "\n")
        return
    if errors:
        emit_renderable(build_mistakes(evaluation))
    emit_renderable(build_report(evaluation))


def _tell(evaluation: Evaluation) -> None:
    """Say on stderr what was read, what was left out, and what to run next."""
    for article in evaluation.missing:
        say(f"no prediction for article {article!r}: counted as all missed")
    for article in evaluation.unknown:
        say(f"article {article!r} is not in gold: left out")
    scored = len(evaluation.articles)
    say(
        f"{counted(scored, 'gold article')} read, {scored - len(evaluation.missing)} predicted, "
        f"{len(evaluation.missing)} missing, {len(evaluation.unknown)} left out. "
        "Next: add --errors to read what went wrong."
    )
