"""The verb ``claims add``: files into the corpus."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli.console import command_name, on_one_line, say
from pipeline.cli.options import CORPUS, CorpusOption

if TYPE_CHECKING:
    from pipeline.reading.ingest import Outcome

EXAMPLE = "Example: claims add vote.txt --title 'The vote' --language en"

_FILES = typer.Argument(metavar="FILE", help="Articles as .txt or .md files.")
_TITLE = typer.Option("--title", help="The title.")
_AUTHOR = typer.Option("--author", help="Who wrote it.")
_DATE = typer.Option("--date", help="When it was published, as 2024-05-31, 2024-05 or 2024.")
_PUBLISHER = typer.Option("--publisher", help="Who published it.")
_URL = typer.Option("--url", help="Where it was published.")
_LANGUAGE = typer.Option("--language", help="Its language, as en or pt-BR.")
_LICENCE = typer.Option("--licence", help="Under what licence it may be used.")
_DRY_RUN = typer.Option("--dry-run", help="Say what would be added, and write nothing.")


def add(
    files: Annotated[list[Path], _FILES],
    title: Annotated[str | None, _TITLE] = None,
    author: Annotated[str | None, _AUTHOR] = None,
    date: Annotated[str | None, _DATE] = None,
    publisher: Annotated[str | None, _PUBLISHER] = None,
    url: Annotated[str | None, _URL] = None,
    language: Annotated[str | None, _LANGUAGE] = None,
    licence: Annotated[str | None, _LICENCE] = None,
    corpus: CorpusOption = CORPUS,
    dry_run: Annotated[bool, _DRY_RUN] = False,
) -> None:
    """Add article files to the corpus; their text is fixed as it then stands.

    UTF-8, UTF-16 and Windows-1252 are told apart and converted, as are line ends and Markdown,
    whose front matter becomes metadata. The file's name gives the article's id. Title, author and
    the like are given to every file named, before what the files say. Originals are kept in
    corpus/originals/. A text that is in the corpus already is left as it is.

    Exits with 1 where some files were refused, and with 2 where the call is wrong.
    """
    from pipeline.reading.corpus import Corpus
    from pipeline.reading.ingest import add_files
    from pipeline.reading.metadata import check_overrides

    metadata = check_overrides(
        {
            "title": title,
            "author": author,
            "date": date,
            "publisher": publisher,
            "url": url,
            "language": language,
            "licence": licence,
        }
    )
    outcomes = add_files(files, Corpus(corpus), metadata=metadata, dry_run=dry_run)
    if _report(outcomes, dry_run=dry_run):
        raise typer.Exit(1)


def _report(outcomes: Iterable[Outcome], *, dry_run: bool) -> int:
    """How many files were refused; each file is told of as it is dealt with, then the counts."""
    from pipeline.reading.ingest import Added, Refused, Unchanged

    verb = "would be added" if dry_run else "added"
    causes: Counter[str] = Counter()
    added = unchanged = 0
    for outcome in outcomes:
        match outcome:
            case Added(path, article, characters, notes):
                added += 1
                details = "; ".join((f"{characters:,} characters", *notes))
                say(on_one_line(f"{path}: {verb} as {article} ({details})"))
            case Unchanged(path, article, notes):
                unchanged += 1
                details = "; ".join((f"already in the corpus as {article}", *notes))
                say(on_one_line(f"{path}: unchanged, {details}"))
            case Refused(_, cause, message):
                causes[cause] += 1
                say(on_one_line(f"refused: {message}"))
    refused = causes.total()
    counts = ", ".join(f"{cause} {count}" for cause, count in sorted(causes.items()))
    say(
        f"{added + unchanged + refused:,} read: {added:,} {verb}, {unchanged:,} unchanged, "
        f"{refused:,} refused{f' ({counts})' if counts else ''}."
        f"{_next_step(added=added, dry_run=dry_run)}"
    )
    return refused


def _next_step(*, added: int, dry_run: bool) -> str:
    if not added:
        return ""
    return (
        " The same command without --dry-run adds them."
        if dry_run
        else f" Next: {command_name()} extract"
    )
