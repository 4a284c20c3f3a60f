"""The verb ``claims import``: claims of other extractors to review, decisions that were coded."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli.console import command_name, counted, on_one_line, say
from pipeline.cli.options import (
    ANNOTATIONS,
    CORPUS,
    AnnotationsOption,
    CorpusOption,
    ModelsOption,
    chosen_rule,
    existing_corpus,
    existing_extractions,
)
from pipeline.errors import PipelineError, SettingError

if TYPE_CHECKING:
    from pipeline.importing.claims import ImportReport
    from pipeline.importing.coded import CodedReport

EXAMPLE = "Example: claims import model.jsonl --source gpt --dry-run"
_FILES = typer.Argument(
    metavar="FILE",
    help="JSON lines of quotations (- is stdin), exported claims, or a .dna file.",
)
_SOURCE = typer.Option(
    "--source",
    metavar="NAME",
    help="Who made the claims, where a line does not say it. By default the file's name.",
    show_default=False,
)
_REVIEWER = typer.Option(
    "--reviewer",
    metavar="NAME",
    help="Who coded a .dna file; needed for one.",
    show_default=False,
)
_CONFIRM = typer.Option(
    "--confirm", help="Take what a .dna file leaves as it was exported for accepted."
)
_DRY_RUN = typer.Option("--dry-run", help="Place and count everything, and write nothing.")
_NAMES = 5


def import_(
    files: Annotated[list[Path], _FILES],
    source: Annotated[str | None, _SOURCE] = None,
    corpus: CorpusOption = CORPUS,
    annotations: AnnotationsOption = ANNOTATIONS,
    models: ModelsOption = None,
    reviewer: Annotated[str | None, _REVIEWER] = None,
    confirm: Annotated[bool, _CONFIRM] = False,
    dry_run: Annotated[bool, _DRY_RUN] = False,
) -> None:
    """Bring in claims of any extractor, to be reviewed like the machine's own.

    A line of FILE is a claim in quotations: {"article": ID, "holder": "Chile", "cue": "rejected",
    "stance": "oppose", "target": "the draft"}. Each is placed in the article's text, or refused by
    name. What claims export writes as jsonl, parquet, web-annotation or gold is taken back too: its
    claims are proposals here. Accepted ones lie in annotations/imported/ and stay when an article
    is extracted again. A .dna file that was exported and coded brings decisions, not proposals.

    Exits with 1 where some were refused; the others are imported.
    """
    from pipeline.importing.claims import check_source, import_claims
    from pipeline.lexicon.folder import models_folders
    from pipeline.lexicon.settings import read_settings
    from pipeline.locking import locked

    existing_corpus(corpus)
    existing_extractions(annotations)
    named = check_source(source) if source is not None else None
    _check_files(files)
    coded = [path for path in files if path.suffix == ".dna"]
    if coded and not reviewer:
        raise SettingError(f"{coded[0]}: name who coded it, with: --reviewer NAME")
    score = read_settings(models_folders(models)).proposer_score
    refused = False
    with locked("import", corpus, annotations, unless=dry_run):
        if others := [path for path in files if path.suffix != ".dna"]:
            report = import_claims(
                corpus, annotations, others, source=named, score=score, dry_run=dry_run
            )
            _tell(report, dry_run=dry_run)
            refused = bool(report.refused)
        for path in coded:
            refused |= _import_coded(
                corpus, annotations, path, reviewer or "", confirm=confirm, dry_run=dry_run
            )
    if refused:
        raise typer.Exit(1)


def _check_files(files: list[Path]) -> None:
    """Refuse the whole call where a file is not there: nothing is begun."""
    for path in files:
        if not path.is_file() and str(path) != "-":
            raise SettingError(f"there is no file {str(path)!r}; name one with a claim a line")


def _import_coded(
    corpus: Path, annotations: Path, path: Path, reviewer: str, *, confirm: bool, dry_run: bool
) -> bool:
    """Whether something of a file that was coded in DNA was not taken; what was is told."""
    from pipeline.importing.coded import import_coded

    rule = chosen_rule(annotations, None)
    try:
        report = import_coded(
            corpus,
            annotations,
            path,
            rule=rule,
            reviewer=reviewer,
            confirm=confirm,
            dry_run=dry_run,
        )
    except PipelineError as error:
        say(on_one_line(f"refused: {error}"))
        return True
    _tell_coded(path, report, dry_run=dry_run)
    return bool(report.not_taken)


def _tell_coded(path: Path, report: CodedReport, *, dry_run: bool) -> None:
    for line in report.not_taken:
        say(on_one_line(f"not taken: {line}"))
    for line in report.recoded:
        say(on_one_line(f"recoded: {line}"))
    would = "would be " if dry_run else ""
    say(
        on_one_line(
            f"{path}: {counted(report.decisions, 'decision')} {would}added to the ledger, "
            f"{counted(report.unchanged, 'claim')} unchanged, {len(report.not_taken):,} not taken. "
            f"Next: {command_name()} verify"
        )
    )


def _tell(report: ImportReport, *, dry_run: bool) -> None:
    for line in report.refused:
        say(on_one_line(f"refused: {line}"))
    if report.unresolved:
        few = ", ".join(sorted(report.unresolved)[:_NAMES])
        more = ", …" if len(report.unresolved) > _NAMES else ""
        say(on_one_line(f"unresolved: nothing says who these holders are: {few}{more}"))
    would = "would be " if dry_run else ""
    following = (
        "The same command without --dry-run does it."
        if dry_run
        else f"Next: {command_name()} review push"
    )
    say(
        f"{counted(report.read, 'claim')} read: {report.added:,} {would}imported "
        f"({report.agreeing:,} of them the machine's own too) into "
        f"{counted(len(report.articles), 'article')}, {report.known:,} imported before, "
        f"{len(report.refused):,} refused. {following}"
    )
