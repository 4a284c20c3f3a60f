"""The verb ``claims remove``: an article out of the workspace."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.console import command_name, on_one_line, say
from pipeline.cli.options import (
    ANNOTATIONS,
    CORPUS,
    AnnotationsOption,
    CorpusOption,
    chosen_rule,
    existing_corpus,
)

EXAMPLE = "Example: claims remove vote --dry-run"
_ARTICLE = typer.Argument(metavar="ARTICLE", help="The article's id.")
_DRY_RUN = typer.Option("--dry-run", help="Say what would be removed, and write nothing.")


def remove(
    article: Annotated[str, _ARTICLE],
    corpus: CorpusOption = CORPUS,
    annotations: AnnotationsOption = ANNOTATIONS,
    dry_run: Annotated[bool, _DRY_RUN] = False,
) -> None:
    """Take an article out: its text, metadata, original and extractions.

    What was decided on it stays in the ledger, holds again if the same text is added again under
    the same id, and is exported with --orphans. Of its near-duplicates the first counts itself from
    now on. A file of it that still lies in inbox/ is added again by the next claims run.
    """
    from pipeline.locking import locked
    from pipeline.reprocess.files_of import Workplace
    from pipeline.reprocess.remove import remove_article
    from pipeline.review.removed import remember_removed

    place = Workplace(existing_corpus(corpus), annotations, chosen_rule(annotations, None))
    with locked("remove", corpus, annotations, unless=dry_run):
        found = remove_article(place, article, dry_run=dry_run)
        if not dry_run:
            remember_removed(annotations, article)
    verb = "would be removed" if dry_run else "removed"
    for path in found.files:
        say(on_one_line(f"{path}: {verb}"))
    if found.duplicates:
        first, *others = found.duplicates
        counted = f", and {', '.join(others)} as its duplicates" if others else ""
        say(on_one_line(f"{first}: counts itself from now on{counted}"))
    if found.fault:
        say(on_one_line(f"broken: {found.fault}"))
    say(f"{decisions_kept(found.decisions, annotations)} {_next_step(dry_run)}")
    if found.fault:
        raise typer.Exit(1)


def decisions_kept(count: int, annotations: Path) -> str:
    """The sentence that says what becomes of the decisions on an article that goes."""
    if not count:
        return "Nobody had decided anything on it."
    return (
        f"{count} decision{'s' if count > 1 else ''} on it stay{'' if count > 1 else 's'} in "
        f"{annotations / 'decisions.jsonl'}; claims export --orphans has what they verified."
    )


def _next_step(dry_run: bool) -> str:
    if dry_run:
        return "The same command without --dry-run removes it."
    return f"Next: {command_name()} verify"
