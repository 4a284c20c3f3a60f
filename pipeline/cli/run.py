"""The verb ``claims run``: add what is new, extract, merge, and say what there is to review."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli.console import command_name, on_one_line, say
from pipeline.cli.options import (
    ANNOTATIONS,
    CORPUS,
    AnnotationsOption,
    CorpusOption,
    ModelsOption,
    WorkersOption,
    chosen_rule,
    chosen_workers,
)
from pipeline.errors import SettingError

if TYPE_CHECKING:
    from pipeline.dataset.records import Decision
    from pipeline.reprocess.workspace import WorkspaceMerge

EXAMPLE = "Example: claims run --inbox inbox"

_FILES = typer.Argument(
    metavar="FILE", help="New articles, beside those in the inbox.", show_default=False
)
_INBOX = typer.Option(
    "--inbox",
    metavar="FOLDER",
    help="The folder of new articles. By default ./inbox, where there is one.",
    show_default=False,
)
_PUSH = typer.Option("--push/--no-push", help="Send what there is to review, if there is a server.")
_DRY_RUN = typer.Option("--dry-run", help="Say what would be done, and write nothing.")
_MOST_NAMED = 20


def run(
    files: Annotated[list[Path] | None, _FILES] = None,
    inbox: Annotated[Path | None, _INBOX] = None,
    push: Annotated[bool, _PUSH] = True,
    dry_run: Annotated[bool, _DRY_RUN] = False,
    corpus: CorpusOption = CORPUS,
    annotations: AnnotationsOption = ANNOTATIONS,
    models: ModelsOption = None,
    workers: WorkersOption = None,
) -> None:
    """Do the whole job: add new articles, extract, merge with the decisions, push to review.

    Files named and files in the inbox folder are added; files stay where they are, and are known
    again the next time. No decision is ever changed by a run: the last lines say what is new to
    review and which decisions go back to review because their sentence was edited. What there is
    to review is pushed where a Label Studio runs or is set up.

    Safe to call from cron: where another run is at work, this one says which and ends with 1.
    Exits with 1 where some files or articles failed, too; the others are done.
    """
    from pipeline.locking import locked

    if inbox is not None and not inbox.is_dir():
        raise SettingError(f"--inbox {inbox} is no folder. Make it, or leave --inbox out")
    with locked("run", corpus, annotations, unless=dry_run):
        paths = [*(files or []), *find_new_files(inbox or Path("inbox"))]
        failed = _add(paths, corpus, annotations, models=models, dry_run=dry_run)
        failed += _extract(corpus, annotations, models=models, dry_run=dry_run, workers=workers)
        failed += _merge(corpus, annotations, dry_run=dry_run)
        if push and not dry_run:
            failed += _push(corpus, annotations)
    if failed:
        raise typer.Exit(1)


def find_new_files(inbox: Path) -> list[Path]:
    """The files of an inbox folder that can be articles, sorted; none where there is no folder.

    A folder, a pipe or a link under the name of one is among them: adding it says what is wrong.
    """
    from pipeline.reading.corpus import SUFFIXES

    if not inbox.is_dir():
        return []
    return sorted(
        path
        for path in inbox.iterdir()
        if path.suffix.lower() in SUFFIXES and not path.name.startswith(".")
    )


def _add(
    paths: list[Path], corpus: Path, annotations: Path, *, models: Path | None, dry_run: bool
) -> int:
    """How many files were refused."""
    from pipeline.cli.add import build_adding, report
    from pipeline.reading.corpus import Corpus
    from pipeline.reading.ingest import add_files

    if not paths:
        return 0
    adding = build_adding(annotations, models, dry_run=dry_run)
    return report(add_files(paths, Corpus(corpus), adding=adding), dry_run=dry_run)


def _extract(
    corpus: Path, annotations: Path, *, models: Path | None, dry_run: bool, workers: int | None
) -> int:
    """How many articles failed, or a proposer could not read."""
    from pipeline.cli.extract import extract_corpus

    tally = extract_corpus(
        corpus,
        annotations / "extracted",
        force=False,
        dry_run=dry_run,
        models=models,
        model=None,
        profile=None,
        workers=chosen_workers(workers),
    )
    return tally.wanting


def _merge(corpus: Path, annotations: Path, *, dry_run: bool) -> int:
    """How many invariants are broken and files unread; the verified claims are rebuilt."""
    from pipeline.dataset.ledger import LEDGER
    from pipeline.dataset.verify import rebuild_readable
    from pipeline.reprocess.workspace import merge_workspace

    faults: list[str] = []
    if os.path.lexists(annotations / LEDGER):
        rule = chosen_rule(annotations, None)
        faults += rebuild_readable(corpus, annotations, rule=rule, dry_run=dry_run)
    merged = merge_workspace(annotations, on_fault=faults.append)
    for fault in dict.fromkeys(faults):
        say(on_one_line(f"broken: {fault}"))
    _tell(merged)
    return len(faults)


def _tell(merged: WorkspaceMerge) -> None:
    back = tuple(item.decision for item in merged.back_to_review())
    orphans = merged.orphans()
    _name("back to review", back)
    _name("no longer in the article", orphans)
    counts = merged.counts()
    say(
        f"Decisions: {counts['decision exact']:,} exact, {counts['decision moved']:,} moved, "
        f"{len(back):,} back to review, {len(orphans):,} orphaned. Of those that stand the machine "
        f"now says {counts['machine differs']:,} otherwise and "
        f"{counts['machine absent']:,} not at all; they stand all the same."
    )
    say(
        f"Claims to review: {merged.to_review():,}; since the extraction before "
        f"{counts['claim gained']:,} gained, {counts['claim changed']:,} changed, "
        f"{counts['claim lost']:,} lost."
    )


def _name(what: str, decisions: Sequence[Decision]) -> None:
    """Print the passages that the decisions were made on, the first twenty."""
    passages = Counter(
        (item.article, item.context.text if item.context else item.claim) for item in decisions
    )
    for (article, words), count in list(passages.items())[:_MOST_NAMED]:
        claims = f"{count} claim{'s' if count > 1 else ''}"
        say(on_one_line(f"{what} ({claims}): {article}: {words[:160]}"))
    if len(passages) > _MOST_NAMED:
        say(f"{what}: {len(passages) - _MOST_NAMED:,} more passages")


def _push(corpus: Path, annotations: Path) -> int:
    """1 where a server is set up and could not be sent what there is to review."""
    from pipeline.cli.review_order import effects_of
    from pipeline.errors import PipelineError
    from pipeline.review.connection import connect, is_shared
    from pipeline.review.state import State
    from pipeline.review.studio import find_running
    from pipeline.review.work import open_workspace, push

    state = State.beside(annotations)
    if not is_shared() and find_running(state) is None:
        say(f"No review server is set up. Next: {command_name()} review start")
        return 0
    try:
        with connect(state) as server:
            workspace = open_workspace(corpus, annotations)
            report = push(
                workspace,
                server,
                effects=effects_of(workspace),
                on_fault=lambda fault: say(f"not sent: {fault}"),
            )
            say(str(report))
    except PipelineError as error:
        say(f"not pushed: {error}")
        return 1
    say(f"Next: review them, then {command_name()} review pull")
    return 0
