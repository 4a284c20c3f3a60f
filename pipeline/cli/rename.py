"""The verb ``claims rename``: another id for an article."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

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

if TYPE_CHECKING:
    from pipeline.reprocess.rename import Renamed

EXAMPLE = "Example: claims rename vote oas-vote-2024 --dry-run"
_OLD = typer.Argument(metavar="ARTICLE", help="The article's id.")
_NEW = typer.Argument(metavar="NEW", help="The id that it gets: a–z, 0–9 and hyphens.")
_DRY_RUN = typer.Option("--dry-run", help="Say what would be done, and write nothing.")


def rename(
    article: Annotated[str, _OLD],
    new: Annotated[str, _NEW],
    corpus: CorpusOption = CORPUS,
    annotations: AnnotationsOption = ANNOTATIONS,
    dry_run: Annotated[bool, _DRY_RUN] = False,
) -> None:
    """Give an article another id, with its original, its extractions and its decisions.

    Ids of claims are hashes of the article's id too, so they change with it. Decisions are carried
    by new lines of the ledger, each of which names the line that it carries; no line is rewritten.
    Given again, the command carries what was decided under the old id meanwhile, as by a colleague
    whose ledger was merged, and completes a renaming that was broken off.
    """
    from pipeline.locking import locked
    from pipeline.reprocess.files_of import Workplace
    from pipeline.reprocess.rename import rename_article

    place = Workplace(existing_corpus(corpus), annotations, chosen_rule(annotations, None))
    with locked("rename", corpus, annotations, unless=dry_run):
        found = rename_article(place, article, new, dry_run=dry_run)
    for other in found.duplicates:
        say(on_one_line(f"{other}: a duplicate of {new} {'then' if dry_run else 'now'}"))
    if found.fault:
        say(on_one_line(f"broken: {found.fault}"))
    say(on_one_line(_summary(found, article, new, dry_run=dry_run)))
    if found.fault:
        raise typer.Exit(1)


def _summary(found: Renamed, old: str, new: str, *, dry_run: bool) -> str:
    would = "would be " if dry_run else ""
    moved = f"{old} {would or 'is '}renamed to {new}" if found.moved else f"{old} is {new} already"
    count = found.decisions
    lines = f"{count} decision{'' if count == 1 else 's'} {would}carried by new lines of the ledger"
    nothing = "no decision was to be carried" if not dry_run else "no decision is to be carried"
    following = (
        "The same command without --dry-run does it."
        if dry_run
        else f"Next: {command_name()} verify"
    )
    return f"{moved}; {lines if count else nothing}. {following}"
