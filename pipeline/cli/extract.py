"""The verb ``claims extract``: from the corpus, or from JSON lines, to a stream or a folder."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli.bulk import STREAM, extract_stream
from pipeline.cli.console import command_name, emit, progress, say
from pipeline.cli.options import (
    ANNOTATIONS,
    CORPUS,
    AnnotationsOption,
    CorpusOption,
    ModelsOption,
    ProfileOption,
    WorkersOption,
    chosen_workers,
    existing_corpus,
)
from pipeline.cli.sharded import (
    Cluster,
    Engine,
    PartFormat,
    Parts,
    extract_to_folder,
    is_folder,
)
from pipeline.cli.tally import Tally
from pipeline.errors import SettingError

if TYPE_CHECKING:
    from pipeline.runs.corpus import Outcome

EXAMPLE = "Example: claims extract speeches.jsonl.gz -o claims.jsonl.gz"

_IN = typer.Argument(
    metavar="IN.jsonl",
    help="JSON lines to extract from in bulk; - for stdin.",
    show_default=False,
)
_OUT = typer.Option(
    "--output",
    "-o",
    metavar="OUT",
    help="Where the bulk goes: a file, - for stdout, the default, or FOLDER/ for many files.",
)
_ENGINE = typer.Option(
    "--engine", help="With -o FOLDER/: processes of this machine, or a Dask cluster."
)
_SCHEDULER = typer.Option(
    "--scheduler",
    metavar="ADDRESS",
    help="The Dask scheduler, as tcp://10.0.0.1:8786. By default a cluster on this machine.",
    show_default=False,
)
_FORM = typer.Option("--format", "-f", help="With -o FOLDER/: what its files are.")
_FORCE = typer.Option(
    "--force", help="Extract unchanged articles too; with -o FOLDER/, begin that anew."
)
_DRY_RUN = typer.Option("--dry-run", help="Say what would be extracted, and write nothing.")
_MODEL = typer.Option(
    "--model", metavar="NAME", help="An installed spaCy pipeline, instead of the settings' one."
)


def extract(
    sources: Annotated[list[str] | None, _IN] = None,
    output: Annotated[str | None, _OUT] = None,
    force: Annotated[bool, _FORCE] = False,
    dry_run: Annotated[bool, _DRY_RUN] = False,
    corpus: CorpusOption = CORPUS,
    annotations: AnnotationsOption = ANNOTATIONS,
    models: ModelsOption = None,
    model: Annotated[str | None, _MODEL] = None,
    profile: ProfileOption = None,
    workers: WorkersOption = None,
    engine: Annotated[Engine, _ENGINE] = Engine.PROCESSES,
    scheduler: Annotated[str | None, _SCHEDULER] = None,
    form: Annotated[PartFormat, _FORM] = PartFormat.LINES,
) -> None:
    """Extract claims from new articles, or from JSON lines.

    Without IN.jsonl, every article of the corpus that is new, or whose text, metadata, lexicon or
    model has changed, is written to annotations/extracted/ID.jsonl. With IN.jsonl, each input line
    {"article": ID, "text": TEXT, "metadata": {}} gives one output line, in input order. Files may
    be compressed (.gz, .zst), and addresses as s3://bucket/in.jsonl (docs/scale.md).

    With -o FOLDER/ the input is cut into parts, each a file there, and a run that was ended is
    taken up where it was. With --engine dask a cluster does them.

    As many processes are at work as there are cores to use; what is written is the same with
    --workers 1.

    With --profile fast the rules propose claims alone, without the learned reader.

    Proposers that models/settings.toml names stand beside both (docs/proposers.md). Where one
    cannot read an article, as when its server is down, that is said, the others' claims are
    written, and the next run reads the article again.

    Exits with 1 where some articles failed or a proposer could not read them, and with 2 where a
    setting or the call is wrong.
    """
    from pipeline.locking import locked

    cluster = Cluster(engine, scheduler)
    if not sources and (cluster or form is not PartFormat.LINES):
        raise SettingError("--engine, --scheduler and --format go with IN.jsonl -o FOLDER/")
    if sources:
        from pipeline.runs.extractor import Making

        making, cores = Making(model, models, profile), chosen_workers(workers)
        parts = Parts(sources, output or STREAM, making, form, cluster, cores)
        tally = _from_sources(parts, dry_run=dry_run, force=force)
    elif output is not None:
        raise SettingError(
            f"-o {output} goes with IN.jsonl. For the corpus: {command_name()} extract"
        )
    else:
        existing_corpus(corpus)  # before the lock makes a folder
        with locked("extract", corpus, annotations, unless=dry_run):
            where = annotations / "extracted"
            tally = extract_corpus(
                corpus,
                where,
                force=force,
                dry_run=dry_run,
                models=models,
                model=model,
                profile=profile,
                workers=chosen_workers(workers),
            )
    if tally.wanting:
        raise typer.Exit(1)


def _from_sources(parts: Parts, *, dry_run: bool, force: bool) -> Tally:
    if is_folder(parts.output):
        return extract_to_folder(parts, dry_run=dry_run, force=force)
    if parts.cluster or parts.form is not PartFormat.LINES:
        raise SettingError("--engine, --scheduler and --format go with -o FOLDER/")
    return extract_stream(
        parts.sources, parts.output, parts.making, dry_run=dry_run, workers=parts.workers
    )


def extract_corpus(
    corpus: Path,
    extracted: Path,
    *,
    force: bool,
    dry_run: bool,
    models: Path | None,
    model: str | None,
    profile: str | None,
    workers: int,
) -> Tally:
    """What was done to the articles of a folder; each is told of, then the counts."""
    from pipeline.reading.invisible import unseen_by_hand
    from pipeline.runs import corpus as runs
    from pipeline.runs.store import find_removed

    articles_folder = existing_corpus(corpus)
    ids = articles_folder.ids()
    tally = Tally()
    if ids:
        outcomes = runs.extract_corpus(
            articles_folder,
            extracted,
            force=force,
            dry_run=dry_run,
            models=models,
            model=model,
            profile=profile,
            workers=workers,
        )
        with progress("Extracting", len(ids)) as move_to:
            for outcome in outcomes:
                _count(tally, outcome, dry_run=dry_run)
                if outcome.change and (
                    unseen := unseen_by_hand(articles_folder.read(outcome.article))
                ):
                    say(f"{outcome.article}: {unseen}")
                move_to(tally.read)
    for path in articles_folder.strays():
        say(f"{path}: not an article yet; take it in with: {command_name()} add {path}")
    for path in find_removed(ids, extracted):
        say(f"{path}: its article is not in {corpus}; delete the file if it is not wanted")
    verb = "to extract" if dry_run else "extracted"
    say(f"{tally.sentence(verb=verb)} {_next_step(tally, corpus, dry_run=dry_run)}")
    return tally


def _count(tally: Tally, outcome: Outcome, *, dry_run: bool) -> None:
    tally.read += 1
    if outcome.failure is not None:
        tally.add_failure(outcome.failure)
    elif outcome.change is None:
        tally.unchanged += 1
    else:
        tally.written += 1
        tally.add_missing(outcome.article, outcome.missing)
        if dry_run:
            emit(f"{outcome.article}\t{outcome.change}\n")


def _next_step(tally: Tally, corpus: Path, *, dry_run: bool) -> str:
    claims = command_name()
    if not tally.read:
        return f"No article in {corpus}. Next: {claims} add FILE"
    if dry_run:
        return f"Nothing was written. Next: {claims} extract"
    if tally.missing:
        return f"The others' claims are there; next, to read these again: {claims} extract"
    return f"Next: {claims} show"
