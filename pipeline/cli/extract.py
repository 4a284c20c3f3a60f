"""The verb ``claims extract``: from the corpus, or in bulk from JSON lines."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, BinaryIO, TextIO

import typer

from pipeline.cli.console import (
    binary_stdin,
    command_name,
    emit,
    leaving_on_broken_pipe,
    progress,
    say,
    utf8_stdout,
)
from pipeline.cli.options import (
    ANNOTATIONS,
    CORPUS,
    AnnotationsOption,
    CorpusOption,
    ModelsOption,
    ProfileOption,
    existing_corpus,
    writable_place,
)
from pipeline.cli.tally import Tally
from pipeline.errors import SettingError

if TYPE_CHECKING:
    from pipeline.records import Article
    from pipeline.runs.corpus import Outcome
    from pipeline.runs.guard import Failure

STREAM = "-"

_IN = typer.Argument(
    metavar="IN.jsonl",
    help="JSON lines to extract from in bulk; - for stdin.",
    show_default=False,
)
_OUT = typer.Option(
    "--output", "-o", metavar="OUT.jsonl", help="Where the bulk goes; - for stdout, the default."
)
_FORCE = typer.Option("--force", help="Extract unchanged articles too.")
_DRY_RUN = typer.Option("--dry-run", help="Say what would be extracted, and write nothing.")
_MODEL = typer.Option(
    "--model", metavar="NAME", help="An installed spaCy pipeline, instead of the settings' one."
)


def extract(
    source: Annotated[str | None, _IN] = None,
    output: Annotated[str | None, _OUT] = None,
    force: Annotated[bool, _FORCE] = False,
    dry_run: Annotated[bool, _DRY_RUN] = False,
    corpus: CorpusOption = CORPUS,
    annotations: AnnotationsOption = ANNOTATIONS,
    models: ModelsOption = None,
    model: Annotated[str | None, _MODEL] = None,
    profile: ProfileOption = None,
) -> None:
    """Extract claims from new articles, or from JSON lines.

    Without IN.jsonl, every article of the corpus that is new, or whose text, metadata, lexicon or
    model has changed, is written to annotations/extracted/ID.jsonl. With IN.jsonl, each input line
    {"article": ID, "text": TEXT, "metadata": {}} gives one output line, in input order.

    With --profile fast the rules propose claims alone, without the learned reader.

    Proposers that models/settings.toml names stand beside both (docs/proposers.md). Where one
    cannot read an article, as when its server is down, that is said, the others' claims are
    written, and the next run reads the article again.

    Exits with 1 where some articles failed or a proposer could not read them, and with 2 where a
    setting or the call is wrong.
    """
    from pipeline.locking import locked

    if source is not None:
        tally = _extract_bulk(
            source, output or STREAM, dry_run=dry_run, models=models, model=model, profile=profile
        )
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
            )
    if tally.wanting:
        raise typer.Exit(1)


def extract_corpus(
    corpus: Path,
    extracted: Path,
    *,
    force: bool,
    dry_run: bool,
    models: Path | None,
    model: str | None,
    profile: str | None,
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


def _extract_bulk(
    source: str,
    output: str,
    *,
    dry_run: bool,
    models: Path | None,
    model: str | None,
    profile: str | None,
) -> Tally:
    from pipeline.reading.invisible import invisible_in_words
    from pipeline.runs.bulk import counting_invisible, read_articles

    tally = Tally()
    unseen: Counter[str] = Counter()
    with _reading(source) as (stream, size), progress("Extracting", size) as move_to:
        name = "stdin" if source == STREAM else source
        articles = counting_invisible(read_articles(stream, name=name, read_to=move_to), unseen)
        if dry_run:
            for item in articles:
                _count_bulk(tally, item)
        else:
            _write_bulk(articles, output, tally, models=models, model=model, profile=profile)
    if unseen:
        say(f"{name}: {invisible_in_words(unseen)}")
    step = f"{command_name()} evaluate GOLD.jsonl {output if output != STREAM else 'OUT.jsonl'}"
    if dry_run:
        step = "the same without --dry-run. Nothing was written"
    say(f"{tally.sentence(verb='to extract' if dry_run else 'written')} Next: {step}")
    return tally


def _write_bulk(
    articles: Iterator[Article | Failure],
    output: str,
    tally: Tally,
    *,
    models: Path | None,
    model: str | None,
    profile: str | None,
) -> None:
    from pipeline.jsonl import line_for
    from pipeline.runs.bulk import extract_bulk
    from pipeline.runs.guard import Failure

    found = extract_bulk(articles, models=models, model=model, profile=profile)
    with leaving_on_broken_pipe(), _writing(output) as lines:
        for item in found:
            _count_bulk(tally, item)
            if not isinstance(item, Failure):
                lines.write(line_for(item) + "\n")
        lines.flush()


def _count_bulk(tally: Tally, item: object) -> None:
    from pipeline.records import Extraction
    from pipeline.runs.guard import Failure

    tally.read += 1
    if isinstance(item, Failure):
        tally.add_failure(item)
        return
    tally.written += 1
    if isinstance(item, Extraction) and item.provenance is not None:
        tally.add_missing(item.article, item.provenance.missing)


@contextmanager
def _reading(source: str) -> Iterator[tuple[BinaryIO, int | None]]:
    """The bytes of the input, and how many there are where that can be known."""
    if source == STREAM:
        yield binary_stdin(), None
        return
    from pipeline.guarded.pipes import open_input
    from pipeline.guarded.source import Source

    if not (path := Path(source)).exists() or path.is_dir():
        kind = "a folder" if path.is_dir() else "not there"
        raise SettingError(f"{source} is {kind}; name a file of JSON lines, or - for stdin")
    with open_input(path, Source(source, SettingError)) as stream:
        yield stream, os.fstat(stream.fileno()).st_size or None


@contextmanager
def _writing(output: str) -> Iterator[TextIO]:
    """Where the lines go; a file appears whole at the end, a stream or a device at once."""
    from pipeline.files import open_text_atomically

    path = Path(output)
    if output == STREAM:
        with utf8_stdout() as stream:
            yield stream
    elif path.exists() and not path.is_file() and not path.is_dir():
        with path.open("w", encoding="utf-8", newline="") as stream:
            yield stream
    else:
        with open_text_atomically(writable_place(path)) as stream:
            yield stream
